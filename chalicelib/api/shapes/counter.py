"""The shapes of answers at the counter: its cases, and a list judged row by row."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes.shared import Region, Shape, Time

Way = Literal["online", "loket", "kios", "list"]


class CounterCase(Shape):
    """A case as its counter lists it: name masked, and which photos are missing."""

    case_number: str
    name: str
    state: str
    state_label: str
    draft: bool
    at: Time
    way: Way
    way_label: str
    missing: list[str]


class CounterDay(Shape):
    items: list[CounterCase]


class CounterWaiting(CounterDay):
    next: str | None


class KioskOpen(Shape):
    village: Region


class RemarkView(Shape):
    """`stops`: the row cannot be saved; `mended`: put right by us; `note`: worth knowing. `proposal`: what could stand
    there instead, to be taken by a person; empty: none."""

    field: str
    weight: Literal["mended", "note", "stops"]
    message: str
    hint: str
    proposal: str


class RowView(Shape):
    row: int
    good: bool
    values: dict[str, str]
    remarks: list[RemarkView]


class Judged(Shape):
    rows: list[RowView]


class RowSaved(Shape):
    """`known`: a draft for this NIK waited at this counter already; nothing was written."""

    case_number: str
    known: bool


class Download(Shape):
    """A file: its name, its type, and its bytes in base64."""

    name: str
    type: str
    data: str
