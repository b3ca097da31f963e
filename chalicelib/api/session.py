"""Officers sign in with an account that an administrator made, in one step or several, and leave again. The token is
Cognito's and travels in a cookie that no script reads."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode

import segno
from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.accounts import Challenge, Wanted
from chalicelib.access.actors import Officer
from chalicelib.access.limits import SPRAYED, WRONG_CODES, WRONG_PASSWORDS, refuse
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.api import own_page
from chalicelib.api.http import NOBODY, Asked, Joined, Router, Who
from chalicelib.api.shapes.session import Me, SessionMade
from chalicelib.api.shapes.shared import Nothing
from chalicelib.errors import NotFound, NotSignedIn
from chalicelib.identity import regions
from chalicelib.messages import message
from chalicelib.offices import own
from chalicelib.offices.sessions import device_of

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
    "assist": Action.ASSIST,
    "list": Action.ENTER_LIST,
    "kiosk": Action.OPEN_KIOSK,
}
"""What pages ask about an officer before they offer it."""


def me_view(officer: Officer) -> dict[str, Any]:
    return {
        "officer_id": officer.id,
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


def enrolment(challenge: Challenge) -> dict[str, str]:
    """The secret as a QR code, and in groups of four for who types it. It is never in a URL or a log: the picture is
    drawn here and travels in the answer."""
    out = io.BytesIO()
    code = segno.make(key_uri(challenge.account, challenge.secret), error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True, light="#fff")
    groups = [challenge.secret[place : place + 4] for place in range(0, len(challenge.secret), 4)]
    return {"svg": out.getvalue().decode(), "secret": " ".join(groups), "account": challenge.account}


def step_view(challenge: Challenge) -> dict[str, Any]:
    enrol = enrolment(challenge) if challenge.wanted is Wanted.ENROL else None
    return {"wanted": challenge.wanted.value, "handle": challenge.handle, "enrol": enrol}


def _begun(asked: Asked, reached: str | Challenge) -> dict[str, Any]:
    """A session, its token in a cookie and nowhere else, or what is asked next."""
    if isinstance(reached, Challenge):
        return {"officer": None, "expires_at": None, "next": step_view(reached)}
    session = asked.joined.tokens().session(reached)
    _end_present(asked)
    officer = own.begin(asked.joined.personnel(), session, device_of(asked.header("user-agent")))
    asked.tells["Set-Cookie"] = own_page.given(session.token)
    return {"officer": me_view(officer), "expires_at": session.expires_at.isoformat(), "next": None}


def _end_present(asked: Asked) -> None:
    """The session of the request's cookie ends, if one stands: whoever is not signed in has left already."""
    with suppress(NotSignedIn, NotFound):
        own.leave(asked.joined.personnel(), asked.session())


def _failed(asked: Asked, username: str, problem: NotSignedIn) -> None:
    """On record with the account's id, where there is one: never the name that was typed."""
    if problem.code == "MASUK_DITOLAK":
        asked.world.meter.take(SPRAYED, asked.address, asked.world.now())
    staff = asked.joined.personnel().staff
    who = staff.holder(username) or NOBODY
    asked.noted(who, problem.code, offices=staff.regions(who))


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/session", action=Action.SIGN_IN, takes=Credentials, gives=SessionMade, refuses=(401, 403, 428, 429)
    )
    def sign_in(asked: Asked, given: Credentials) -> dict[str, Any]:
        """User name and password: a session (its token in the cookie), or what is asked next."""
        asked.from_own_page()
        holder = f"{given.username.casefold()}|{asked.address}"
        refuse(asked.world.meter.wait(WRONG_PASSWORDS, holder, asked.world.now()))
        if asked.world.meter.wait(SPRAYED, asked.address, asked.world.now()):
            asked.proven()
        try:
            return _begun(asked, asked.joined.officers().sign_in(given.username, given.password))
        except NotSignedIn as problem:
            _failed(asked, given.username, problem)
            if problem.code == "MASUK_DITOLAK":
                asked.limited(WRONG_PASSWORDS, holder)
            raise

    @router.post(
        "/session/step", action=Action.SIGN_IN, takes=Answered, gives=SessionMade, refuses=(401, 403, 429)
    )
    def continue_sign_in(asked: Asked, given: Answered) -> dict[str, Any]:
        """The answer to what was asked: a new password, or the code of the authenticator app."""
        asked.from_own_page()
        officers = asked.joined.officers()
        account = officers.account_of(given.handle).casefold()
        refuse(asked.world.meter.wait(WRONG_CODES, account, asked.world.now()))
        try:
            return _begun(asked, officers.go_on(given.handle, given.answer))
        except NotSignedIn as problem:
            _failed(asked, account, problem)
            if problem.code != "TIDAK_BERTUGAS":
                asked.limited(WRONG_CODES, account)
            raise

    @router.post("/session/end", action=Action.SIGN_IN, takes=Nothing, gives=Nothing, refuses=(403,))
    def leave(asked: Asked, _: Nothing) -> dict[str, Any]:
        """The session of the cookie ends, if one stands, and the cookie goes."""
        asked.from_own_page()
        _end_present(asked)
        asked.tells["Set-Cookie"] = own_page.taken()
        return {}

    @router.get("/me", action=Action.VIEW_SELF, gives=Me, who=Who.OFFICER)
    def view_me(asked: Asked) -> dict[str, Any]:
        """Who is signed in, and what they may act as today."""
        officer = asked.officer()
        require(officer, Action.VIEW_SELF, Subject())
        return me_view(officer)

    return router
