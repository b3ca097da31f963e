"""Requests about data at the offices: written down for somebody, listed, opened and answered."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who, case_named
from chalicelib.api.rights import Wished
from chalicelib.api.shapes.requests import OpenedRequest, WaitingRequests
from chalicelib.api.shapes.shared import StateView
from chalicelib.api.views.pieces import state_view
from chalicelib.api.views.requests import opened_view, waiting_view
from chalicelib.desk.rights import Answer, Reply, answer, open_request, waiting
from chalicelib.usulan.ask import Wish, ask, withdraw
from chalicelib.usulan.rights import Proof


class Recorded(Wished):
    proof: Proof


class TakenBack(BaseModel):
    model_config = ConfigDict(extra="forbid")
    proof: Proof


class Replied(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer: Answer
    reason: str | None = Field(default=None, max_length=60)
    note: str = Field(default="", max_length=500)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.get(
        "/requests", action=Action.LIST_RIGHTS, gives=WaitingRequests, who=Who.OFFICER, query=("cursor",)
    )
    def list_requests(asked: Asked) -> dict[str, Any]:
        """Requests that wait for this officer's office, the soonest due first."""
        found, cursor = waiting(asked.world, asked.officer(), asked.query("cursor"))
        return {"items": [waiting_view(asked.world, one, case) for one, case in found], "next": cursor}

    @router.post(
        "/cases/{case_number}/requests",
        action=Action.RECORD_RIGHTS,
        takes=Recorded,
        gives=StateView,
        who=Who.OFFICER,
        refuses=(404, 409, 429),
    )
    def record_request(asked: Asked, recorded: Recorded, case_number: str) -> dict[str, Any]:
        """Write down what somebody asks at the counter, and what they showed."""
        officer, number = asked.officer(), case_named(case_number)
        wish = Wish(recorded.right, recorded.wanted, recorded.note, recorded.proof)
        return state_view(
            ask(asked.world, officer, number, wish, asked.client_request(f"{officer.id}:{number}"))
        )

    @router.post(
        "/cases/{case_number}/requests/{request_id}/withdrawal",
        action=Action.RECORD_RIGHTS,
        takes=TakenBack,
        gives=StateView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def record_withdrawal(
        asked: Asked, taken: TakenBack, case_number: str, request_id: str
    ) -> dict[str, Any]:
        """Take a request back, or lift a restriction, for somebody at the counter who showed who they are."""
        officer, number = asked.officer(), case_named(case_number)
        request = asked.client_request(f"{officer.id}:{number}:{request_id}")
        return state_view(withdraw(asked.world, officer, number, request_id, request, taken.proof))

    @router.get(
        "/cases/{case_number}/requests/{request_id}",
        action=Action.DECIDE_RIGHTS,
        gives=OpenedRequest,
        who=Who.OFFICER,
        refuses=(404,),
    )
    def view_request(asked: Asked, case_number: str, request_id: str) -> dict[str, Any]:
        """One request with what it asks for, in the clear; the look is on record."""
        officer = asked.officer()
        opened, case = open_request(asked.world, officer, case_named(case_number), request_id)
        return opened_view(asked.world, officer, opened, case)

    @router.post(
        "/cases/{case_number}/requests/{request_id}/answer",
        action=Action.DECIDE_RIGHTS,
        takes=Replied,
        gives=StateView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def answer_request(asked: Asked, replied: Replied, case_number: str, request_id: str) -> dict[str, Any]:
        """Grant a request, and do what it asks for, or refuse it with its reason."""
        officer, number = asked.officer(), case_named(case_number)
        request = asked.client_request(f"{officer.id}:{number}:{request_id}")
        reply = Reply(replied.answer, replied.reason, replied.note)
        return state_view(answer(asked.world, officer, number, request_id, reply, request))

    return router
