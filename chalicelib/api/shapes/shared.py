"""What all answers are made of: how a shape is closed, the one error, a place."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


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


class StateView(Shape):
    state: str
    state_label: str
