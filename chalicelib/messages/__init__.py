"""The one catalogue of what is said: messages that carry a code (DOMAIN 7.4 and our own), and the words of the
pages under `group.name`. Plain, short sentences; Indonesian, and English for who asks for it.

The language is that of the moment: `speaking` sets it where a request comes in, and everything below says what it says in
it. Without it, in queues and sweeps, Indonesian is spoken. What has no English yet is said in Indonesian.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path


class Language(StrEnum):
    INDONESIAN = "id"
    ENGLISH = "en"


_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.INDONESIAN)


def spoken() -> Language:
    """The language of the moment."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """All that is said within is said in `language`."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def _catalogue(language: Language) -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name(f"{language}.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = json.loads(text)
    if language is Language.INDONESIAN:
        return entries
    return {code: entry | entries.get(code, {}) for code, entry in _catalogue(Language.INDONESIAN).items()}


def message(code: str, **values: object) -> str:
    """The sentence for `code`, its `{gaps}` filled from `values`. KeyError: there is no such code."""
    return text(code).format(**values)


def text(code: str) -> str:
    """The sentence for `code` with its `{gaps}` open, for a page that fills them itself."""
    return _catalogue(spoken())[code]["message"]


def words(group: str) -> dict[str, str]:
    """What the pages of a group say by themselves: name → text with `{gaps}` open. KeyError: there is no such group."""
    found = {
        key.removeprefix(f"{group}."): entry["message"]
        for key, entry in _catalogue(spoken()).items()
        if key.startswith(f"{group}.")
    }
    if not found:
        raise KeyError(group)
    return found


def hint(code: str, **values: object) -> str:
    """What the person can do next; empty where the message says it already. Without `values` its `{gaps}` stay open."""
    found = _catalogue(spoken())[code].get("hint", "")
    return found.format(**values) if values else found


def known(code: str) -> bool:
    return code in _catalogue(Language.INDONESIAN)
