"""The shapes of answers about requests for data, of the copy that people get, and of a search by name."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes.shared import Place, Shape, Time

RightName = Literal["ekspor", "koreksi", "pembatasan", "penghapusan"]


class Reason(Shape):
    code: str
    label: str


class RequestView(Shape):
    """A request about data, without what it says. `may_withdraw`: it waits, or is a restriction in force."""

    id: str
    right: RightName
    label: str
    standing: str
    standing_label: str
    at: Time
    due_at: Time
    overdue: bool
    decided_at: Time | None
    reason: str | None
    available_until: Time | None
    may_withdraw: bool


class FoundCase(Shape):
    case_number: str
    name: str
    submitted_at: Time | None
    state: str
    state_label: str


class Found(Shape):
    """`more`: others would fit as well; another word of the name parts them."""

    items: list[FoundCase]
    more: bool


class OwnRequest(RequestView):
    answer: str


class RightChoice(Shape):
    code: RightName
    label: str
    help: str


class OwnRequests(Shape):
    """`may`: what can be asked now; `fields`: what a correction can speak of."""

    items: list[OwnRequest]
    may: list[RightChoice]
    fields: list[Reason]


class WaitingRequest(RequestView):
    case_number: str
    region: Place | None
    name: str


class WaitingRequests(Shape):
    items: list[WaitingRequest]
    next: str | None


class WantedValue(Shape):
    name: str
    label: str
    now: str
    wanted: str


class OpenedRequest(WaitingRequest):
    """`obstacle`: why this officer cannot grant it; `answers`: what he may
    answer; `refusals`: for what it may be refused."""

    case_state: str
    proof: str | None
    note: str
    wanted: list[WantedValue]
    obstacle: str | None
    answers: list[Literal["kabulkan", "tolak"]]
    refusals: list[Reason]


class ExportedField(Shape):
    name: str
    label: str
    value: str
    typed: str | None
    read: str | None
    corrected: str | None


class ExportedDocument(Shape):
    slot: str
    label: str
    sent_at: Time
    state: str
    read: dict[str, str]
    own_row: dict[str, str]


class ExportedPhoto(Shape):
    """A link to the working copy of a photo, good for `seconds` from the moment of the answer."""

    slot: str
    label: str
    sent_at: Time
    url: str
    seconds: int


class ExportedContact(Shape):
    channel: Literal["hp", "surel"]
    address: str


class ExportedDecision(Shape):
    at: Time
    stage: str
    decision: str
    label: str
    reason: str | None


class ExportedRequest(Shape):
    at: Time
    right: str
    label: str
    standing: str
    reason: str | None
    note: str
    answer: str
    wanted: dict[str, str]


class ExportedEvent(Shape):
    at: Time
    action: str
    label: str
    by: Literal["citizen", "system", "officer"]
    detail: dict[str, str]


class Exported(Shape):
    """All that is kept about a person in one case, but what speaks of others (docs/processing-register.md)."""

    format: Literal[1]
    made_at: Time
    case_number: str
    state: str
    state_label: str
    target: Literal["self", "family", "neighbour"]
    way: Literal["online", "loket", "kios", "list"]
    way_label: str
    region: Place | None
    created_at: Time
    submitted_at: Time | None
    ended_at: Time | None
    kept_until: Time | None
    """When all of it goes, by the retention of its class; null while it has not ended."""
    fields: list[ExportedField]
    documents: list[ExportedDocument]
    photos: list[ExportedPhoto]
    contact: ExportedContact | None
    findings: list[str]
    decisions: list[ExportedDecision]
    requests: list[ExportedRequest]
    processing: list[ExportedEvent]
    left_out: list[str]
