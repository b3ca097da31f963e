"""One list over several places, each with pages of its own: an officer's regions, the desks in them, their offices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from chalicelib.identity.digits import is_digits

Place = TypeVar("Place")
Row = TypeVar("Row")
_LONGEST = 6
"""Digits of a place's number in a cursor; nobody has a million desks, and a longer one was not made here."""


def paged(
    places: Sequence[Place],
    page: Callable[[Place, int, str | None], tuple[Sequence[Row], str | None]],
    limit: int,
    after: str | None,
) -> tuple[Sequence[Row], str | None]:
    """At most `limit` rows, place by place, and the cursor to go on; None: that was all.

    `page(place, at most, its cursor)` gives a place's rows and its own cursor; it may give fewer rows than it has, since
    what the policy does not show is left out. A cursor is `<number of the place>:<its cursor>`; one that was not made
    here shows nothing that the first page would not lead to."""
    start, _, cursor = (after or "0:").partition(":")
    found: list[Row] = []
    for index in range(_number(start), len(places)):
        rows, more = page(places[index], limit - len(found), cursor or None)
        found += rows
        if more:
            return found, f"{index}:{more}"
        if len(found) >= limit and index + 1 < len(places):
            return found, f"{index + 1}:"
        cursor = ""
    return found, None


def _number(text: str) -> int:
    return int(text) if is_digits(text) and len(text) <= _LONGEST else 0
