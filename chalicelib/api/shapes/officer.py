"""A desk and a case as its officers see it."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes.pieces import Box, EventView, FindingView, Picture, Read, Severity, SlotView
from chalicelib.api.shapes.requests import Reason, RequestView
from chalicelib.api.shapes.shared import Place, Shape, Time


class FoundBox(Shape):
    slot: str
    field: str
    box: Box


class PlacedFinding(FindingView):
    boxes: list[FoundBox]


class Work(Shape):
    work_id: str
    case_number: str
    stage: str
    stage_label: str
    region: Place | None
    offered_at: Time
    due_at: Time
    state: Literal["open", "claimed"]
    mine: bool
    lease_until: Time | None
    name: str
    restricted: bool
    findings: dict[Severity, int]


class Desk(Shape):
    items: list[Work]
    next: str | None


class Claim(Shape):
    work_id: str
    fence: int
    lease_until: Time


class Document(SlotView):
    previous: Picture | None


class Corrected(Shape):
    value: str
    at: Time


class FieldView(Shape):
    name: str
    label: str
    value: str
    masked: bool
    may_unmask: bool
    source: Literal["typed", "corrected"]
    read: Read | None
    typed: str | None
    corrected: Corrected | None


class Shown(Shape):
    """One unmasked value; a page takes it away again after `seconds`."""

    name: str
    label: str
    value: str
    seconds: int


class OfficerEvent(EventView):
    by: str


class CurrentWork(Shape):
    work_id: str
    stage: str
    stage_label: str
    state: Literal["open", "claimed"]
    mine: bool
    fence: int | None
    lease_until: Time | None


class Returnable(Shape):
    slot: str
    title: str


class VerdictView(Shape):
    code: str
    label: str
    reasons: list[Reason]
    slots: list[Returnable]


class OfficerCase(Shape):
    case_number: str
    state: str
    state_label: str
    region: Place | None
    target: Literal["self", "family", "neighbour"]
    way: Literal["online", "loket", "kios", "list"]
    way_label: str
    helped: bool
    """Whether who asks helped to make it, and so decides nothing about it."""
    submitted_at: Time | None
    documents: list[Document]
    fields: list[FieldView]
    findings: list[PlacedFinding]
    twins: list[str]
    timeline: list[OfficerEvent]
    work: CurrentWork | None
    decisions: list[VerdictView]
    can: list[Literal["claim", "release", "correct", "decide"]]
    unmask_reasons: list[Reason]
    restricted: bool
    requests: list[RequestView]


class Resolved(Shape):
    case_number: str
