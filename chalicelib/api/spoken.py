"""The cookie in which a browser keeps the language its person has asked for: one word, nothing of the person."""

from __future__ import annotations

from chalicelib.messages import Language

COOKIE = "__Host-bahasa"
_YEAR = 31_536_000


def kept(language: Language) -> str:
    """`Set-Cookie` for a choice. Another site's link may bring it along (Lax): it opens nothing."""
    return f"{COOKIE}={language}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={_YEAR}"


def chosen(cookies: str) -> Language:
    """The language of a `Cookie` header; Indonesian where none is chosen, or two, or one that is not spoken here."""
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    found = {value for name, _, value in pairs if name == COOKIE}
    return Language.ENGLISH if found == {Language.ENGLISH.value} else Language.INDONESIAN
