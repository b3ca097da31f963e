"""What the people in a case ask about their data: their requests, and the copy of all that is kept."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.requests import Exported, OwnRequests
from chalicelib.api.shapes.shared import Nothing
from chalicelib.api.views.requests import export_view, own_requests_view
from chalicelib.usulan.ask import Wish, ask, withdraw
from chalicelib.usulan.export import fetch_export
from chalicelib.usulan.rights import Right


class Wished(BaseModel):
    """`wanted` (field → value) is for a correction."""

    model_config = ConfigDict(extra="forbid")
    right: Right
    wanted: dict[str, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict, max_length=10)
    note: str = Field(default="", max_length=500)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.get(
        "/usulan/{case_number}/requests", action=Action.USE_RIGHTS, gives=OwnRequests, who=Who.CITIZEN
    )
    def view_requests(asked: Asked, case_number: str) -> dict[str, Any]:
        """The requests about the data of this case, and what can be asked now."""
        _, case = asked.citizen(case_number)
        return own_requests_view(asked.world, case)

    @router.post(
        "/usulan/{case_number}/requests",
        action=Action.USE_RIGHTS,
        takes=Wished,
        gives=OwnRequests,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def ask_right(asked: Asked, wished: Wished, case_number: str) -> dict[str, Any]:
        """Ask for a copy, a correction, a restriction or an erasure; answered within 72 hours."""
        citizen, case = asked.citizen(case_number)
        wish = Wish(wished.right, wished.wanted, wished.note)
        after = ask(asked.world, citizen, case.number, wish, asked.client_request(citizen.id))
        return own_requests_view(asked.world, after)

    @router.post(
        "/usulan/{case_number}/requests/{request_id}/withdrawal",
        action=Action.USE_RIGHTS,
        takes=Nothing,
        gives=OwnRequests,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def withdraw_right(asked: Asked, _: Nothing, case_number: str, request_id: str) -> dict[str, Any]:
        """Take a request back, or lift a restriction."""
        citizen, case = asked.citizen(case_number)
        request = asked.client_request(f"{citizen.id}:{request_id}")
        return own_requests_view(
            asked.world, withdraw(asked.world, citizen, case.number, request_id, request)
        )

    @router.get(
        "/usulan/{case_number}/export",
        action=Action.USE_RIGHTS,
        gives=Exported,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def fetch_copy(asked: Asked, case_number: str) -> dict[str, Any]:
        """All that is kept about the person in this case, once a request for it was granted."""
        citizen, case = asked.citizen(case_number)
        return export_view(case, fetch_export(asked.world, citizen, case.number))

    return router
