"""What the region above sees of an officer's day: fields unmasked, searches by name, refusals; and what of it is marked.

A day is the local one of the office by which the officer acted. Counts are kept while things happen (`Tally`), so that a
day's list costs one read and no row is counted twice. From which number on something is marked: `oversight.json`, our
choice [D]; a mark accuses nobody, it says where to look first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

from chalicelib.access.searches import Search
from chalicelib.identity.region import RegionCode


@dataclass(frozen=True)
class Look:
    """One field of one case unmasked. `seq` is its link in the case's chain, where the words of `LAINNYA` stand sealed;
    `acted`: the same officer worked on the case at that moment or later."""

    at: datetime
    actor: str
    office: RegionCode
    role: str
    case: str
    village: RegionCode | None
    field: str
    reason: str
    seq: int
    acted: bool = False


@dataclass(frozen=True)
class Seen:
    """That an administrator went through an officer's day. `up_to`: the last thing that was shown to them."""

    by: str
    at: datetime
    up_to: datetime


@dataclass(frozen=True)
class Tally:
    """One officer's day in one office, in numbers. `by_hour` counts looks by the hour of the clock (UTC)."""

    officer: str
    office: RegionCode
    day: date
    last_at: datetime
    looks: int = 0
    searches: int = 0
    empty: int = 0
    crowded: int = 0
    denials: int = 0
    by_hour: Mapping[int, int] = field(default_factory=dict)
    seen: Seen | None = None

    @property
    def is_seen(self) -> bool:
        """Whether nothing has happened since somebody went through it."""
        return self.seen is not None and self.seen.up_to >= self.last_at


class Watch(Protocol):
    """The records of officers' days, by region and day. A look is written in one transaction with the case's event."""

    def day(
        self, region: RegionCode, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Tally], str | None]:
        """Days of officers in offices truly below `region`, by office and officer; and the cursor to go on."""

    def tally(self, office: RegionCode, officer: str, day: date) -> Tally | None: ...

    def rows(
        self, office: RegionCode, officer: str, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Look | Search], str | None]:
        """What one officer did on that day in that office, in order; and the cursor to go on."""


class Mark(StrEnum):
    MANY_LOOKS = "BANYAK_SEJAM"
    OTHER_REGION = "WILAYAH_LAIN"
    EMPTY_SEARCHES = "CARI_KOSONG"
    CROWDED_SEARCHES = "CARI_RAMAI"
    DENIED = "DITOLAK"


def marks(tally: Tally, own: Iterable[RegionCode]) -> Sequence[tuple[Mark, int]]:
    """What is out of the ordinary in a day, with its number. `own`: the regions of the officer's permanent offices; who
    looks at cases elsewhere does so by an acting office."""
    limits = _limits()
    found = [
        (Mark.MANY_LOOKS, max(tally.by_hour.values(), default=0)),
        (Mark.OTHER_REGION, 0 if any(one.covers(tally.office) for one in own) else tally.looks),
        (Mark.EMPTY_SEARCHES, tally.empty),
        (Mark.CROWDED_SEARCHES, tally.crowded),
        (Mark.DENIED, tally.denials),
    ]
    return [(mark, count) for mark, count in found if count >= limits[mark]]


@cache
def _limits() -> Mapping[Mark, int]:
    table = json.loads(Path(__file__).with_name("oversight.json").read_text(encoding="utf-8"))
    return {Mark(name): int(count) for name, count in table.items()}
