"""What an administrator can do about somebody's sign-in: shut it at once, open it again, and help who lost a telephone or
a password.

Our record is written first where something is taken away (it is asked at each request, so it works at once) and last
where something is given back; the user pool follows or goes before. A line that breaks in between leaves
the stricter state.
"""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action
from chalicelib.errors import Conflict
from chalicelib.offices.changes import Change
from chalicelib.offices.person import Person
from chalicelib.offices.personnel import (
    Personnel,
    Step,
    change,
    reason_given,
    require_whole,
)
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.store import ClientRequest


def deactivate(
    house: Personnel, actor: Officer, officer_id: str, reason: str, request: ClientRequest
) -> Person:
    """From this moment no session of theirs is good. Conflict SUDAH_NONAKTIF."""
    person = _changed(
        house, actor, officer_id, Action.SET_ACTIVE, Change.DEACTIVATED, reason, request, active=False
    )
    house.accounts.shut(person.username)
    return person


def reactivate(
    house: Personnel, actor: Officer, officer_id: str, reason: str, request: ClientRequest
) -> Person:
    """The account can be used again; sessions from before stay ended. Nobody lifts their own. Conflict SUDAH_AKTIF."""
    person = _changed(
        house, actor, officer_id, Action.SET_ACTIVE, Change.REACTIVATED, reason, request, active=True
    )
    house.accounts.open(person.username)
    return person


def reset_second_factor(
    house: Personnel, actor: Officer, officer_id: str, reason: str, request: ClientRequest
) -> Person:
    """For a lost telephone: all sessions end, and the next sign-in shows a new secret."""
    person = _changed(house, actor, officer_id, Action.RESET_SIGN_IN, Change.FACTOR_RESET, reason, request)
    house.accounts.forget_second_factor(person.username)
    return person


def reset_password(
    house: Personnel, actor: Officer, officer_id: str, reason: str, request: ClientRequest
) -> tuple[Person, str]:
    """(the person, a password for one sign-in). All sessions end; the second factor stays."""
    person = _changed(house, actor, officer_id, Action.RESET_SIGN_IN, Change.PASSWORD_RESET, reason, request)
    return person, house.accounts.temporary_password(person.username)


def _changed(
    house: Personnel,
    actor: Officer,
    officer_id: str,
    action: Action,
    what: Change,
    reason: str,
    request: ClientRequest,
    active: bool | None = None,
) -> Person:
    at = house.now()

    def apply(person: Person) -> Step:
        require_whole(actor, action, person, at)
        if active is not None and person.active is active:
            raise Conflict("SUDAH_AKTIF" if active else "SUDAH_NONAKTIF")
        still = person.active if active is None else active
        after = replace(person, active=still, sessions=())
        return Step(after, [NewEvent(what, actor.id, {}, {"reason": reason_given(reason)})])

    require_whole(
        actor, action, house.staff.load(officer_id), at
    )  # also before a repeated request is answered
    return change(house, officer_id, apply, request)
