"""The one catalogue of messages that carry a code (DOMAIN 7.4 and our own): plain Indonesian, short sentences."""

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


def hint(code: str) -> str:
    """What the person can do next; empty where the message says it already."""
    return _catalogue()[code].get("hint", "")


def known(code: str) -> bool:
    return code in _catalogue()
