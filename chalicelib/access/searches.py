"""Searches by name: on record, who looked in which village and which cases were shown. Never what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.identity.region import RegionCode


@dataclass(frozen=True)
class Search:
    """`actor` is the officer's opaque id, `words` how many were looked for, `cases` the numbers that were shown."""

    at: datetime
    actor: str
    village: RegionCode
    words: int
    cases: tuple[str, ...]


class Searches(Protocol):
    def record(self, search: Search) -> None: ...

    def on(self, day: date) -> Iterator[Search]:
        """Those of one day (UTC), in order."""
