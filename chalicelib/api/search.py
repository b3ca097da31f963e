"""Cases of one village found by a name. A POST, so that the name stands in no address."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.masking import mask
from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.requests import Found
from chalicelib.api.views.pieces import iso, state_view
from chalicelib.desk.find import find
from chalicelib.identity.region import RegionCode


class Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")
    village: str = Field(max_length=20)
    name: str = Field(min_length=1, max_length=100)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post("/search", action=Action.SEARCH, takes=Wanted, gives=Found, who=Who.OFFICER, refuses=(429,))
    def search_by_name(asked: Asked, wanted: Wanted) -> dict[str, Any]:
        """Cases of one village by the beginnings of a name's words; names masked, newest first, twenty at most."""
        found = find(asked.world, asked.officer(), RegionCode.parse(wanted.village), wanted.name)
        return {
            "items": [
                {
                    "case_number": case.number,
                    "name": mask("nama", case.value("nama")),
                    "submitted_at": iso(case.submitted_at),
                    **state_view(case),
                }
                for case in found.cases
            ],
            "more": found.more,
        }

    return router
