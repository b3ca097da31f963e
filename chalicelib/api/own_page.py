"""The officers' cookie, and what shows that a request comes from a page of ours (decision 0014).

A cookie goes with whatever a browser sends here. So a request that could use it shows where it comes from: by a header of
our own (another origin's page would need our leave to set it, and we give none), and, where the browser tells them, by
`Origin` and `Sec-Fetch-Site`.
"""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.errors import Forbidden

COOKIE = "__Host-berkas"
"""By its name browsers take it over TLS alone (or from the machine itself), for this one host and all of its paths."""
HEADER = "Berkas-Page"
_BOUNDS = "Path=/; Secure; HttpOnly; SameSite=Strict"
_OWN_SITE = frozenset({"", "same-origin", "none"})


def given(token: str) -> str:
    """`Set-Cookie` for a session. It goes when the browser is closed; how long it is good, our record says."""
    return f"{COOKIE}={token}; {_BOUNDS}"


def taken() -> str:
    """`Set-Cookie` that takes it away."""
    return f"{COOKIE}=; {_BOUNDS}; Max-Age=0"


def token_in(cookies: str) -> str:
    """The token of a `Cookie` header; empty: none, or two, of which we would not know whose they are."""
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    found = [value for name, _, value in pairs if name == COOKIE]
    return found[0] if len(found) == 1 else ""


def require_own_page(header: Callable[[str], str], method: str, origin: str) -> None:
    """`header` gives a request's header or an empty text; `origin` is ours (`https://host`). Forbidden
    BUKAN_HALAMAN_KAMI."""
    foreign = header("origin") not in ("", origin) or header("sec-fetch-site") not in _OWN_SITE
    if foreign or (method != "GET" and not header(HEADER)):
        raise Forbidden("BUKAN_HALAMAN_KAMI")
