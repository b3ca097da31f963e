"""The counter's routes: a case begun for a citizen, one opened again, what lies there today."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who, case_named
from chalicelib.api.shapes.citizen import DraftMade
from chalicelib.api.shapes.counter import CounterCase, CounterDay, CounterWaiting
from chalicelib.api.shapes.shared import Nothing
from chalicelib.api.views.citizen import case_view
from chalicelib.api.views.counter import counter_case_view, opened_view
from chalicelib.counter.assist import begin_for, continue_for
from chalicelib.counter.today import today_at, waiting_at, waiting_for
from chalicelib.usulan.case import Target


class Begun(BaseModel):
    model_config = ConfigDict(extra="forbid")
    target: Target
    village: str = Field(max_length=20)


class Awaited(BaseModel):
    model_config = ConfigDict(extra="forbid")
    village: str = Field(max_length=20)
    nik: str = Field(max_length=40)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/counter/cases",
        action=Action.ASSIST,
        takes=Begun,
        gives=DraftMade,
        who=Who.OFFICER,
        status=201,
        refuses=(409, 429),
    )
    def begin_for_citizen(asked: Asked, begun: Begun) -> dict[str, Any]:
        """Begin a draft for a citizen who stands at the counter of a village; who helps is on record."""
        officer = asked.officer()
        request = asked.client_request(officer.id)
        made = begin_for(asked.world, officer, begun.target, begun.village, request)
        case = asked.world.store.load(made["case_number"])
        return {**made, "case": case_view(asked.world, case)}

    @router.post(
        "/counter/cases/{case_number}/continuation",
        action=Action.ASSIST,
        takes=Nothing,
        gives=DraftMade,
        who=Who.OFFICER,
        refuses=(404, 409, 429),
    )
    def continue_for_citizen(asked: Asked, _: Nothing, case_number: str) -> dict[str, Any]:
        """Open a draft of the counter again; it gets a new secret, told here once, and the one before ends."""
        officer = asked.officer()
        number = case_named(case_number)
        request = asked.client_request(f"{officer.id}:{number}")
        case, answer = continue_for(asked.world, officer, number, request)
        return opened_view(asked.world, case, answer["secret"])

    @router.get(
        "/counter",
        action=Action.ASSIST,
        gives=CounterDay,
        who=Who.OFFICER,
        query=("village",),
        refuses=(400,),
    )
    def view_counter(asked: Asked) -> dict[str, Any]:
        """What was opened today at the counter of a village, names masked."""
        found = today_at(asked.world, asked.officer(), asked.query("village") or "")
        return {"items": [counter_case_view(case) for case in found]}

    @router.get(
        "/counter/waiting",
        action=Action.ASSIST,
        gives=CounterWaiting,
        who=Who.OFFICER,
        query=("village", "cursor"),
        refuses=(400,),
    )
    def list_waiting(asked: Asked) -> dict[str, Any]:
        """Drafts out of lists that wait for their citizens, names masked."""
        village = asked.query("village") or ""
        found, more = waiting_at(asked.world, asked.officer(), village, asked.query("cursor"))
        return {"items": [counter_case_view(case) for case in found], "next": more}

    @router.post(
        "/counter/waiting",
        action=Action.ASSIST,
        takes=Awaited,
        gives=CounterCase,
        who=Who.OFFICER,
        refuses=(404, 429),
    )
    def find_waiting(asked: Asked, wanted: Awaited) -> dict[str, Any]:
        """The draft that waits at this counter for a NIK. A POST, so that the NIK stands in no address."""
        return counter_case_view(waiting_for(asked.world, asked.officer(), wanted.village, wanted.nik))

    return router
