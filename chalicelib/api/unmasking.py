"""One masked field shown to an officer who says why."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who, case_named
from chalicelib.api.shapes.officer import Shown
from chalicelib.desk.unmask import SHOWN_SECONDS, Purpose, unmask
from chalicelib.messages import message


class LookedAt(BaseModel):
    model_config = ConfigDict(extra="forbid")
    field: str = Field(max_length=40)
    reason: Purpose
    note: str = Field(default="", max_length=200)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/cases/{case_number}/unmasking",
        action=Action.UNMASK,
        takes=LookedAt,
        gives=Shown,
        who=Who.OFFICER,
        refuses=(404, 409, 429),
    )
    def unmask_field(asked: Asked, wanted: LookedAt, case_number: str) -> dict[str, Any]:
        """The value of one masked field, once; who looked, at what and why stands in the case's chain."""
        officer = asked.officer()
        number = case_named(case_number)
        request = asked.client_request(f"{officer.id}:{number}")
        value = unmask(asked.world, officer, number, wanted.field, wanted.reason, wanted.note, request)
        label = message(f"ISIAN_{wanted.field}")
        return {"name": wanted.field, "label": label, "value": value, "seconds": SHOWN_SECONDS}

    return router
