"""Searches by name: on record, who looked in which village and which cases were shown. Never what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.identity.region import RegionCode


@dataclass(frozen=True)
class Search:
    """`actor` is the officer's opaque id, `office` the region of the office that allowed it, `words` how many were looked
    for, `cases` the numbers that were shown; `more`: there were others than these."""

    at: datetime
    actor: str
    office: RegionCode
    village: RegionCode
    words: int
    cases: tuple[str, ...]
    more: bool = False


class Searches(Protocol):
    def record(self, search: Search) -> None: ...
