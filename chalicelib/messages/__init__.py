"""The one catalogue of what is said: messages that carry a code (DOMAIN 7.4 and our own), and the words of the
pages under `group.name`. Plain Indonesian, short sentences."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("id.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = json.loads(text)
    return entries


def message(code: str, **values: object) -> str:
    """The Indonesian sentence for `code`, its `{gaps}` filled from `values`. KeyError: there is no such code."""
    return _catalogue()[code]["message"].format(**values)


def text(code: str) -> str:
    """The sentence for `code` with its `{gaps}` open, for a page that fills them itself."""
    return _catalogue()[code]["message"]


def words(group: str) -> dict[str, str]:
    """What the pages of a group say by themselves: name → text with `{gaps}` open. KeyError: there is no such group."""
    found = {
        key.removeprefix(f"{group}."): entry["message"]
        for key, entry in _catalogue().items()
        if key.startswith(f"{group}.")
    }
    if not found:
        raise KeyError(group)
    return found


def hint(code: str) -> str:
    """What the person can do next; empty where the message says it already."""
    return _catalogue()[code].get("hint", "")


def known(code: str) -> bool:
    return code in _catalogue()
