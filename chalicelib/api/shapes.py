"""The shapes of answers, from which docs/openapi.json is made and against which the running API is tested."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Box = Annotated[list[tuple[float, float]], Field(min_length=4, max_length=4)]
"""Four corners in pixels of the working copy, the first being the text's own top left."""
SlotState = Literal["empty", "waiting", "reading", "read", "failed"]
Severity = Literal["info", "warning", "error"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ErrorBody(Shape):
    code: str
    message: str
    hint: str
    request_id: str
    fields: dict[str, str]


class Refusal(Shape):
    """The one error shape."""

    error: ErrorBody


class Health(Shape):
    status: Literal["ok"]


class Nothing(Shape):
    """An empty object."""


class Region(Shape):
    code: str
    name: str


class Place(Region):
    path: str


class Parent(Region):
    path: list[str]


class Regions(Shape):
    parent: Parent | None
    items: list[Region]


class Picture(Shape):
    url: str
    width: int
    height: int


class FindingView(Shape):
    code: str
    severity: Severity
    message: str
    fields: list[str]


class FoundBox(Shape):
    slot: str
    field: str
    box: Box


class PlacedFinding(FindingView):
    boxes: list[FoundBox]


class SlotView(Shape):
    slot: str
    title: str
    required: bool
    state: SlotState
    upload_id: str | None
    picture: Picture | None
    message: str | None
    findings: list[FindingView]


class Read(Shape):
    value: str
    confidence: float
    slot: str
    box: Box | None
    label: str | None = None


class Need(Shape):
    slot: str
    title: str
    message: str
    sent: bool


class ContactView(Shape):
    """The way by which notices go; null: none are sent."""

    channel: Literal["hp", "surel"] | None


class Next(Shape):
    label: str
    by: Time | None


class EventView(Shape):
    at: Time
    action: str
    label: str
    detail: str | None


class AnswersSaved(Shape):
    """`version` counts the savings; who saves next says which he has seen."""

    version: int
    saved_at: Time


class AnswersView(AnswersSaved):
    """What was typed into a draft so far; `region_label` names the village of `kode_wilayah`."""

    screen: Literal["ktp", "kk", "rumah", "tambahan", "periksa", "alamat", "kirim"]
    values: dict[str, str]
    region_label: str | None


class Handover(Shape):
    """The code by which another phone finds a draft, and what it says."""

    address: str
    svg: str


class CaseView(Shape):
    case_number: str
    state: str
    state_label: str
    target: Literal["self", "family", "neighbour"]
    region: Place | None
    submitted_at: Time | None
    slots: list[SlotView]
    proposed: dict[str, Read]
    answers: AnswersView | None
    needs: list[Need]
    notice: str | None
    holder: str | None
    next: Next | None
    timeline: list[EventView]


class DraftMade(Shape):
    case_number: str
    secret: str
    case: CaseView


class PostForm(Shape):
    url: str
    fields: dict[str, str]


class UploadMade(Shape):
    upload_id: str
    expires_in: int
    post: PostForm


class Barkot(Shape):
    text: str
    svg: str


class Receipt(Shape):
    case_number: str
    state: str
    state_label: str
    submitted_at: Time
    holder: str | None
    message: str
    barkot: Barkot


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


class Reason(Shape):
    code: str
    label: str


class Returnable(Shape):
    slot: str
    title: str


class VerdictView(Shape):
    code: str
    label: str
    reasons: list[Reason]
    slots: list[Returnable]


RightName = Literal["ekspor", "koreksi", "pembatasan", "penghapusan"]


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


class StateView(Shape):
    state: str
    state_label: str


class Resolved(Shape):
    case_number: str
