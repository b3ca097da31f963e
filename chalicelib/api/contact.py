"""Where a citizen's notices go: given, changed, taken back."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.citizen import ContactView
from chalicelib.usulan.contact import set_contact


class ContactGiven(BaseModel):
    """`address`: a mobile number or a mail address; empty: no notices any more."""

    model_config = ConfigDict(extra="forbid")
    address: str = Field(max_length=254)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/usulan/{case_number}/contact",
        action=Action.SET_CONTACT,
        takes=ContactGiven,
        gives=ContactView,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def give_contact(asked: Asked, given: ContactGiven, case_number: str) -> dict[str, Any]:
        """Be told by message at this address, or nowhere; the address itself is never told again."""
        citizen, case = asked.citizen(case_number)
        after = set_contact(
            asked.world, citizen, case.number, given.address, asked.client_request(citizen.id)
        )
        return {"channel": after.contact.channel.value if after.contact else None}

    return router
