"""A citizen's case: from the draft to the receipt."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes.pieces import EventView, Read, SlotView
from chalicelib.api.shapes.shared import Place, Shape, Time


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
