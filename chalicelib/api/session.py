"""Officers sign in with an account that an administrator made, in one step or several; the token is Cognito's."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote, urlencode

import segno
from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.accounts import Challenge, Wanted
from chalicelib.access.actors import Officer
from chalicelib.access.limits import WRONG_CODES, WRONG_PASSWORDS, refuse
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes_session import Me, SessionMade
from chalicelib.errors import NotSignedIn
from chalicelib.identity import regions
from chalicelib.messages import message

_ISSUER = "Berkas"


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    username: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=256)


class Answered(BaseModel):
    model_config = ConfigDict(extra="forbid")
    handle: str = Field(min_length=1, max_length=6000)
    answer: str = Field(min_length=1, max_length=256)


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
        "mandates": [
            {
                "role": mandate.role.value,
                "role_label": message(f"PERAN_{mandate.role.value}"),
                "regions": [{"code": str(code), "name": regions.name(code)} for code in mandate.regions],
            }
            for mandate in officer.mandates
        ],
        "may": [name for name, action in _MAY.items() if allow(officer, action, Subject())],
    }


def key_uri(account: str, secret: str) -> str:
    """What authenticator apps read: `otpauth://totp/…` (six digits, thirty seconds, SHA-1: what they all know)."""
    label = quote(f"{_ISSUER}:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': _ISSUER})}"


def _enrolment(challenge: Challenge) -> dict[str, str]:
    """The secret as a QR code, and in groups of four for who types it. It is never in a URL or a log: the picture is
    drawn here and travels in the answer."""
    out = io.BytesIO()
    code = segno.make(key_uri(challenge.account, challenge.secret), error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True, light="#fff")
    groups = [challenge.secret[place : place + 4] for place in range(0, len(challenge.secret), 4)]
    return {"svg": out.getvalue().decode(), "secret": " ".join(groups), "account": challenge.account}


def _view(asked: Asked, reached: str | Challenge) -> dict[str, Any]:
    """A session, or what is asked next."""
    if isinstance(reached, Challenge):
        enrol = _enrolment(reached) if reached.wanted is Wanted.ENROL else None
        step = {"wanted": reached.wanted.value, "handle": reached.handle, "enrol": enrol}
        return {"token": None, "expires_at": None, "officer": None, "next": step}
    session = asked.joined.tokens().session(reached)
    officer = asked.joined.officers().officer(session.subject, session.issued_at)
    return {
        "token": session.token,
        "expires_at": session.expires_at.isoformat(),
        "officer": me_view(officer),
        "next": None,
    }


def routes(joined: Joined, authorizer: Any) -> Router:
    router = Router(__name__, joined, authorizer, prefix="/api/v1")

    @router.post("/session", action=Action.SIGN_IN, takes=Credentials, gives=SessionMade, refuses=(401, 429))
    def sign_in(asked: Asked, given: Credentials) -> dict[str, Any]:
        """User name and password: a session, or what is asked next."""
        holder = f"{given.username.casefold()}|{asked.address}"
        refuse(asked.world.meter.wait(WRONG_PASSWORDS, holder, asked.world.now()))
        try:
            reached = asked.joined.officers().sign_in(given.username, given.password)
        except NotSignedIn:
            asked.limited(WRONG_PASSWORDS, holder)
            raise
        return _view(asked, reached)

    @router.post(
        "/session/step", action=Action.SIGN_IN, takes=Answered, gives=SessionMade, refuses=(401, 429)
    )
    def continue_sign_in(asked: Asked, given: Answered) -> dict[str, Any]:
        """The answer to what was asked: a new password, or the code of the authenticator app."""
        officers = asked.joined.officers()
        account = officers.account_of(given.handle).casefold()
        refuse(asked.world.meter.wait(WRONG_CODES, account, asked.world.now()))
        try:
            reached = officers.go_on(given.handle, given.answer)
        except NotSignedIn:
            asked.limited(WRONG_CODES, account)
            raise
        return _view(asked, reached)

    @router.get("/me", action=Action.VIEW_SELF, gives=Me, who=Who.OFFICER)
    def view_me(asked: Asked) -> dict[str, Any]:
        """Who is signed in, and what they may act as today."""
        officer = asked.officer()
        require(officer, Action.VIEW_SELF, Subject())
        return me_view(officer)

    return router
