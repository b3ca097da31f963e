"""What of a case citizens and officers are shown alike."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.shapes.shared import Shape, Time

Box = Annotated[list[tuple[float, float]], Field(min_length=4, max_length=4)]
"""Four corners in pixels of the working copy, the first being the text's own top left."""
SlotState = Literal["empty", "waiting", "reading", "read", "failed"]
Severity = Literal["info", "warning", "error"]


class Picture(Shape):
    url: str
    width: int
    height: int


class FindingView(Shape):
    code: str
    severity: Severity
    message: str
    fields: list[str]


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


class EventView(Shape):
    at: Time
    action: str
    label: str
    detail: str | None
