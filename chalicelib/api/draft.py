"""A draft between two phones: what was typed is kept with it, and a code leads the other phone to it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.citizen import AnswersSaved, Handover
from chalicelib.barkot import handover
from chalicelib.barkot.receipt import drawing
from chalicelib.errors import Conflict
from chalicelib.usulan.answers import Screen
from chalicelib.usulan.save_answers import save_answers

Name = Literal["nik", "nama", "nomor_kk", "kode_wilayah", "alamat", "rt", "rw"]


class AnswersGiven(BaseModel):
    """`values`: what the person typed or chose, not yet proved; `seen`: the version this phone saw last, 0 for none."""

    model_config = ConfigDict(extra="forbid")
    screen: Screen
    values: dict[Name, Annotated[str, Field(max_length=200)]] = Field(max_length=7)
    seen: int = Field(ge=0)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/usulan/{case_number}/answers",
        action=Action.SAVE_ANSWERS,
        takes=AnswersGiven,
        gives=AnswersSaved,
        who=Who.CITIZEN,
        refuses=(409, 429),
    )
    def keep_answers(asked: Asked, given: AnswersGiven, case_number: str) -> dict[str, Any]:
        """Keep what was typed so far with the draft."""
        citizen, case = asked.citizen(case_number)
        values = {str(name): text for name, text in given.values.items()}
        return dict(
            save_answers(
                asked.world,
                citizen,
                case.number,
                given.screen,
                values,
                given.seen,
                asked.client_request(citizen.id),
            )
        )

    @router.get(
        "/usulan/{case_number}/handover",
        action=Action.VIEW_OWN,
        gives=Handover,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def view_handover(asked: Asked, case_number: str) -> dict[str, Any]:
        """The code that leads another phone to this draft; the secret is not in it."""
        _, case = asked.citizen(case_number)
        if not case.is_draft:
            raise Conflict("SUDAH_DIKIRIM")
        address = handover.address(case, asked.world.public_url)
        return {"address": address, "svg": drawing(address)}

    return router
