"""The officers' routes: the desk, a case opened, values mended, a stage decided, a barkot resolved."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who, case_named
from chalicelib.api.shapes.officer import Claim, Desk, FieldView, OfficerCase, Resolved
from chalicelib.api.shapes.shared import Nothing, StateView
from chalicelib.api.views.officer import case_field_view, officer_case_view, work_view
from chalicelib.api.views.pieces import state_view
from chalicelib.barkot.resolve import resolve
from chalicelib.desk.claim import claim, release
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.open_case import open_case, sees_personal
from chalicelib.desk.queue import desk
from chalicelib.usulan.documents import Slot


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Held(Strict):
    fence: int = Field(ge=1)


class Mended(Held):
    work_id: str = Field(max_length=60)
    field: str = Field(max_length=40)
    value: str = Field(max_length=200)


class Decided(Held):
    work_id: str = Field(max_length=60)
    decision: Verdict
    reason: str | None = Field(default=None, max_length=60)
    slots: list[Slot] = Field(default_factory=list, max_length=10)
    note: str = Field(default="", max_length=1000)


class Scanned(Strict):
    text: str = Field(min_length=1, max_length=500)


def _work(work_id: str) -> tuple[str, str]:
    """(case number, stage) of `7K3M-9QTD-2.desa`."""
    typed, _, stage = work_id.partition(".")
    return case_named(typed), stage


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.get("/desk", action=Action.LIST_DESK, gives=Desk, who=Who.OFFICER, query=("cursor",))
    def list_desk(asked: Asked) -> dict[str, Any]:
        """Open work on the officer's desks, oldest first."""
        officer = asked.officer()
        offers, cursor = desk(asked.world, officer, asked.query("cursor"))
        return {"items": [work_view(asked.world, officer, offer) for offer in offers], "next": cursor}

    @router.post(
        "/desk/{work_id}/claim",
        action=Action.CLAIM,
        takes=Nothing,
        gives=Claim,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def claim_work(asked: Asked, _: Nothing, work_id: str) -> dict[str, Any]:
        """Hold a case for a while; claiming again renews the lease."""
        officer = asked.officer()
        number, stage = _work(work_id)
        return dict(
            claim(asked.world, officer, number, stage, asked.client_request(f"{officer.id}:{work_id}"))
        )

    @router.post(
        "/desk/{work_id}/release",
        action=Action.CLAIM,
        takes=Held,
        gives=Nothing,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def release_work(asked: Asked, held: Held, work_id: str) -> dict[str, Any]:
        """Lay the case back on the desk."""
        officer = asked.officer()
        number, stage = _work(work_id)
        release(
            asked.world, officer, number, stage, held.fence, asked.client_request(f"{officer.id}:{work_id}")
        )
        return {}

    @router.get(
        "/cases/{case_number}", action=Action.VIEW_CASE, gives=OfficerCase, who=Who.OFFICER, refuses=(404,)
    )
    def view_case(asked: Asked, case_number: str) -> dict[str, Any]:
        """The case; personal values and pictures only for who holds the claim. Each look is on record."""
        officer = asked.officer()
        case, personal = open_case(asked.world, officer, case_named(case_number))
        return officer_case_view(asked.world, officer, case, personal)

    @router.post(
        "/cases/{case_number}/corrections",
        action=Action.CORRECT,
        takes=Mended,
        gives=FieldView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def correct_value(asked: Asked, mended: Mended, case_number: str) -> dict[str, Any]:
        """Mend a value; what was read and typed stays beside it."""
        officer = asked.officer()
        number = case_named(case_number)
        _, stage = _work(mended.work_id)
        request = asked.client_request(f"{officer.id}:{number}")
        case = correct(asked.world, officer, number, stage, mended.fence, mended.field, mended.value, request)
        # a repeated request is answered after the claim has ended, too: then masked
        return case_field_view(case, mended.field, personal=sees_personal(asked.world, officer, case))

    @router.post(
        "/cases/{case_number}/decision",
        action=Action.DECIDE,
        takes=Decided,
        gives=StateView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def decide_case(asked: Asked, sent: Decided, case_number: str) -> dict[str, Any]:
        """Decide the stage."""
        officer = asked.officer()
        number = case_named(case_number)
        _, stage = _work(sent.work_id)
        ruling = Ruling(sent.decision, sent.reason, sent.slots, sent.note)
        request = asked.client_request(f"{officer.id}:{number}")
        return state_view(decide(asked.world, officer, number, stage, sent.fence, ruling, request))

    @router.post(
        "/barkot/resolve",
        action=Action.RESOLVE_BARKOT,
        takes=Scanned,
        gives=Resolved,
        who=Who.OFFICER,
        refuses=(404,),
    )
    def resolve_barkot(asked: Asked, scanned: Scanned) -> dict[str, Any]:
        """The case behind a scanned barkot or a typed case number."""
        officer = asked.officer()
        return {"case_number": resolve(asked.world, officer, scanned.text)}

    return router
