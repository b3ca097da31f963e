"""Officers sign in with an account that an administrator made; the token is Cognito's."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.actors import Officer
from chalicelib.access.limits import WRONG_PASSWORDS, refuse
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes import Me, SessionMade
from chalicelib.errors import NotSignedIn
from chalicelib.identity import regions
from chalicelib.messages import message


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    username: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=256)


_MAY = {
    "desk": Action.LIST_DESK,
    "search": Action.SEARCH,
    "requests": Action.LIST_RIGHTS,
    "record": Action.RECORD_RIGHTS,
}
"""What pages ask about an officer before they offer it."""


def me_view(officer: Officer) -> dict[str, Any]:
    return {
        "name": officer.name,
        "role": officer.role.value,
        "role_label": message(f"PERAN_{officer.role.value}"),
        "regions": [{"code": str(code), "name": regions.name(code)} for code in officer.regions],
        "may": [name for name, action in _MAY.items() if allow(officer, action, Subject())],
    }


def routes(joined: Joined, authorizer: Any) -> Router:
    router = Router(__name__, joined, authorizer, prefix="/api/v1")

    @router.post("/session", action=Action.SIGN_IN, takes=Credentials, gives=SessionMade, refuses=(401, 429))
    def sign_in(asked: Asked, given: Credentials) -> dict[str, Any]:
        holder = f"{given.username.casefold()}|{asked.address}"
        refuse(asked.world.meter.wait(WRONG_PASSWORDS, holder, asked.world.now()))
        try:
            token = asked.joined.officers().sign_in(given.username, given.password)
        except NotSignedIn:
            asked.limited(WRONG_PASSWORDS, holder)
            raise
        session = asked.joined.tokens().session(token)
        officer = asked.joined.officers().officer(session.subject)
        return {
            "token": session.token,
            "expires_at": session.expires_at.isoformat(),
            "officer": me_view(officer),
        }

    @router.get("/me", action=Action.VIEW_SELF, gives=Me, who=Who.OFFICER)
    def view_me(asked: Asked) -> dict[str, Any]:
        officer = asked.officer()
        require(officer, Action.VIEW_SELF, Subject())
        return me_view(officer)

    return router
