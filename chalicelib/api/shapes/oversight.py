"""The shapes of oversight: officers' days as the region above goes through them, and requests that wait too long."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from chalicelib.api.shapes.console import Day, Reasoned
from chalicelib.api.shapes.shared import Region, Shape, Time


class WentThrough(Reasoned):
    """`up_to`: the day's `last_at` as the page showed it."""

    office: str = Field(max_length=13)
    day: date
    up_to: datetime


class MarkView(Shape):
    code: Literal["BANYAK_SEJAM", "WILAYAH_LAIN", "CARI_KOSONG", "CARI_RAMAI", "DITOLAK"]
    label: str


class SeenView(Shape):
    by: str
    at: Time
    whole: bool
    """Whether nothing has happened since."""


class WatchedDay(Shape):
    officer_id: str
    name: str
    office: Region
    last_at: Time
    looks: int
    searches: int
    denials: int
    marks: list[MarkView]
    seen: SeenView | None
    mine: bool
    """Whether it is the administrator's own day, which somebody else goes through."""


class WatchedDays(Shape):
    day: Day
    items: list[WatchedDay]
    next: str | None


class LookRow(Shape):
    """`said`: the officer's own words, where no listed reason was chosen. `acted`: the officer worked on the case at that
    moment or later; null where that is nobody's task."""

    kind: Literal["look", "search"]
    at: Time
    case_number: str | None
    village: Region | None
    label: str
    said: str | None
    acted: bool | None
    marks: list[str]


class OpenedDay(Shape):
    day: Day
    watched: WatchedDay
    items: list[LookRow]
    next: str | None


class LateRow(Shape):
    case_number: str
    right: str
    label: str
    region: Region
    office: Region
    due_at: Time
    hours: int
    """Whole hours over the time."""
    reminders: int


class LateRows(Shape):
    items: list[LateRow]
    next: str | None
