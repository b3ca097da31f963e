"""An officer's own account: where it is signed in, its password, the device that shows its codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.actors import Officer
from chalicelib.access.limits import OWN_SIGN_IN, refuse
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.session import me_view, step_view
from chalicelib.api.shapes.session import Account, SignInStep
from chalicelib.api.shapes.shared import Nothing
from chalicelib.errors import BadInput, NotSignedIn
from chalicelib.identity import regions
from chalicelib.messages import message
from chalicelib.offices import own
from chalicelib.offices.changes import Change
from chalicelib.offices.sessions import MOST, Signed
from chalicelib.usulan.events import Event


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewPassword(Sent):
    password: str = Field(min_length=1, max_length=256)
    new: str = Field(min_length=1, max_length=256)


class SignedAnew(Sent):
    """`code`: of the present device, where there is one."""

    password: str = Field(min_length=1, max_length=256)
    code: str = Field(default="", max_length=20)


class Confirmed(Sent):
    handle: str = Field(min_length=1, max_length=6000)
    code: str = Field(min_length=1, max_length=20)


_FIELD = {"KATA_SANDI_LAMA_SALAH": "password"}


def device_label(device: str) -> str:
    """`HP Android, Chrome`."""
    kind, _, browser = device.partition("/")
    return f"{message(f'PERANGKAT_{kind}')}, {message(f'PERAMBAN_{browser}')}"


def _session_view(one: Signed, mine: str) -> dict[str, Any]:
    device = device_label(one.device)
    if one.counter is not None:
        device = message("KIOS_DI", desa=regions.name(one.counter), perangkat=device)
    return {
        "session_id": one.id,
        "device_label": device,
        "begun": one.begun.isoformat(),
        "seen": one.seen.isoformat(),
        "mine": one.id == mine,
    }


def _event_view(event: Event) -> dict[str, Any]:
    detail = None
    if device := event.detail.get("device"):
        detail = device_label(device)
    elif why := event.detail.get("why"):
        detail = message(f"SESI_{why}")
    label = message(f"PERUBAHAN_{Change(event.action).name}")
    return {"at": event.at.isoformat(), "label": label, "detail": detail}


def _account(asked: Asked, officer: Officer) -> dict[str, Any]:
    house, mine = asked.joined.personnel(), asked.session().id
    person, at = house.staff.load(officer.id), house.now()
    standing = sorted(
        (one for one in person.sessions if one.good(at)), key=lambda one: one.begun, reverse=True
    )
    return {
        "officer": me_view(officer),
        "username": person.username,
        "second_factor": person.second_factor,
        "sessions": [_session_view(one, mine) for one in standing],
        "most_sessions": MOST,
        "events": [_event_view(event) for event in own.recent(house, officer)],
    }


@contextmanager
def _tried(asked: Asked, officer: Officer) -> Iterator[None]:
    """A wrong password or code is counted, on record, and told at its field: it does not end the session that asks."""
    refuse(asked.world.meter.wait(OWN_SIGN_IN, officer.id, asked.world.now()))
    try:
        yield
    except NotSignedIn as problem:
        asked.noted(officer.id, problem.code)
        asked.limited(OWN_SIGN_IN, officer.id)
        fields = {_FIELD.get(problem.code, "code"): problem.message}
        raise BadInput("ISIAN_SALAH", fields=fields) from problem


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")
    _sessions(router)
    _sign_in(router)
    return router


def _sessions(router: Router) -> None:
    @router.get("/account", action=Action.VIEW_SELF, gives=Account, who=Who.OFFICER)
    def view_account(asked: Asked) -> dict[str, Any]:
        """The own account: sessions that stand, and what happened lately."""
        officer = asked.officer()
        require(officer, Action.VIEW_SELF, Subject())
        return _account(asked, officer)

    @router.post(
        "/account/sessions/{session_id}/end",
        action=Action.MANAGE_SELF,
        takes=Nothing,
        gives=Account,
        who=Who.OFFICER,
        refuses=(404,),
    )
    def end_session(asked: Asked, _: Nothing, session_id: str) -> dict[str, Any]:
        """One of the own sessions ends, on another device."""
        officer = asked.officer()
        require(officer, Action.MANAGE_SELF, Subject())
        own.end_session(asked.joined.personnel(), officer, session_id)
        return _account(asked, officer)

    @router.post(
        "/account/others/end", action=Action.MANAGE_SELF, takes=Nothing, gives=Account, who=Who.OFFICER
    )
    def end_other_sessions(asked: Asked, _: Nothing) -> dict[str, Any]:
        """All of the own sessions end but the one that asks."""
        officer = asked.officer()
        require(officer, Action.MANAGE_SELF, Subject())
        own.end_others(asked.joined.personnel(), officer, asked.session())
        return _account(asked, officer)


def _sign_in(router: Router) -> None:
    @router.post(
        "/account/password",
        action=Action.MANAGE_SELF,
        takes=NewPassword,
        gives=Account,
        who=Who.OFFICER,
        refuses=(429,),
    )
    def change_password(asked: Asked, given: NewPassword) -> dict[str, Any]:
        """A new password for who knows the present one; every other session ends."""
        officer, joined = asked.officer(), asked.joined
        require(officer, Action.MANAGE_SELF, Subject())
        with _tried(asked, officer):
            own.change_password(
                joined.personnel(),
                joined.own_account(),
                officer,
                asked.session(),
                given.password,
                given.new,
            )
        return _account(asked, officer)

    @router.post(
        "/account/factor",
        action=Action.MANAGE_SELF,
        takes=SignedAnew,
        gives=SignInStep,
        who=Who.OFFICER,
        refuses=(429,),
    )
    def begin_factor(asked: Asked, given: SignedAnew) -> dict[str, Any]:
        """What a new authenticator app is told, for who signs in anew; the old one goes on until it is confirmed."""
        officer, joined = asked.officer(), asked.joined
        require(officer, Action.MANAGE_SELF, Subject())
        with _tried(asked, officer):
            return step_view(
                own.begin_factor(
                    joined.personnel(), joined.own_account(), officer, given.password, given.code
                )
            )

    @router.post(
        "/account/factor/confirmation",
        action=Action.MANAGE_SELF,
        takes=Confirmed,
        gives=Account,
        who=Who.OFFICER,
        refuses=(429,),
    )
    def confirm_factor(asked: Asked, given: Confirmed) -> dict[str, Any]:
        """The new device's first code; every other session ends."""
        officer, joined = asked.officer(), asked.joined
        require(officer, Action.MANAGE_SELF, Subject())
        with _tried(asked, officer):
            own.confirm_factor(
                joined.personnel(),
                joined.own_account(),
                officer,
                asked.session(),
                given.handle,
                given.code,
            )
        return _account(asked, officer)
