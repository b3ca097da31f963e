"""What an officer does with the own sign-in: begin and end sessions, change the password, change the device that shows
codes. Each is one link in the officer's own chain; who has no office today may still leave.

A new password or device ends every other session: whoever had the old one is out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.access.accounts import Challenge, Session
from chalicelib.access.actors import Officer, kiosk_named
from chalicelib.errors import BadInput, NotFound, NotSignedIn
from chalicelib.messages import message
from chalicelib.offices.changes import Change
from chalicelib.offices.passwords import weakness
from chalicelib.offices.person import Person, officer_of
from chalicelib.offices.personnel import OwnAccount, Personnel, Step, change
from chalicelib.offices.sessions import MOST, Signed
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.events import Event

RECENT = 20
"""How many of the own sign-ins and endings are shown."""
OF_SESSIONS = (
    Change.SIGNED_IN,
    Change.SIGNED_OUT,
    Change.SESSION_ENDED,
    Change.KIOSK_OPENED,
    Change.PASSWORD_CHANGED,
    Change.FACTOR_SET,
)


def begin(house: Personnel, session: Session, device: str) -> Officer:
    """A session from now on. NotSignedIn MASUK_DITOLAK: deactivated; TIDAK_BERTUGAS: no office counts today."""
    at = house.now()

    def apply(person: Person) -> Step:
        if not person.active:
            raise NotSignedIn("MASUK_DITOLAK")
        if officer_of(person, at) is None:
            raise NotSignedIn("TIDAK_BERTUGAS")
        standing = sorted(
            (one for one in person.sessions if one.good(at) and one.id != session.id),
            key=lambda one: one.seen,
        )
        over = standing[: max(0, len(standing) + 1 - MOST)]
        mine = Signed(session.id, at, session.expires_at, at, device)
        events = [_ended(person.id, one, "most") for one in over]
        factor = "code" if person.second_factor else "none"
        detail = {"session": mine.id, "device": device, "factor": factor}
        events.append(NewEvent(Change.SIGNED_IN, person.id, detail))
        return Step(replace(person, sessions=(*standing[len(over) :], mine)), events)

    person = change(house, session.subject, apply)
    officer = officer_of(person, at)
    if officer is None:
        raise NotSignedIn("TIDAK_BERTUGAS")
    return officer


def leave(house: Personnel, session: Session) -> None:
    """This session ends; one that has ended already stays so, without a further event. A kiosk's is ended by whoever
    signs in at its screen, so its end is not told as its officer's leaving."""
    at = house.now()
    standing = house.staff.load(session.subject).session(session.id, at)
    if standing is None:
        return
    event = NewEvent(Change.SIGNED_OUT, session.subject, {"session": session.id})
    if standing.counter is not None:
        event = _ended(kiosk_named(session.id), standing, "kiosk")

    def apply(person: Person) -> Step:
        return Step(_without(person, lambda one: one.id == session.id), [event])

    change(house, session.subject, apply)


def end_session(house: Personnel, officer: Officer, session_id: str) -> Person:
    """One of the own sessions, elsewhere. NotFound SESI_TIDAK_ADA."""
    at = house.now()

    def apply(person: Person) -> Step:
        ending = person.session(session_id, at)
        if ending is None:
            raise NotFound("SESI_TIDAK_ADA")
        return Step(_without(person, lambda one: one == ending), [_ended(officer.id, ending, "self")])

    return change(house, officer.id, apply)


def end_others(house: Personnel, officer: Officer, mine: Session) -> Person:
    """All of the own sessions but this one."""
    return change(house, officer.id, lambda person: _alone(person, mine, house.now(), []))


def change_password(
    house: Personnel, account: OwnAccount, officer: Officer, mine: Session, old: str, new: str
) -> None:
    """The pool is told first and our record after it. A change that is repeated over a bad line finds the new password
    there already, and that is no fault. NotSignedIn KATA_SANDI_LAMA_SALAH; BadInput ISIAN_SALAH: weak, or the old one."""
    person = house.staff.load(officer.id)
    told = weakness(new, (person.username, person.name))
    if told is None and new == old:
        told = "KATA_SANDI_SAMA"
    if told is not None:
        raise BadInput("ISIAN_SALAH", fields={"new": message(told)})
    if account.opens(person.username, old):
        account.set_password(person.username, new)
    elif not account.opens(person.username, new):
        raise NotSignedIn("KATA_SANDI_LAMA_SALAH")
    changed = NewEvent(Change.PASSWORD_CHANGED, officer.id)
    change(house, officer.id, lambda person: _alone(person, mine, house.now(), [changed]))


def begin_factor(
    house: Personnel, account: OwnAccount, officer: Officer, password: str, code: str
) -> Challenge:
    """What a new authenticator app is told, after a whole sign-in: password, and the old device's code where there is
    one. The old one goes on until the new one has shown a code. NotSignedIn KATA_SANDI_LAMA_SALAH, KODE_SALAH."""
    return account.begin_factor(house.staff.load(officer.id).username, password, code)


def confirm_factor(
    house: Personnel, account: OwnAccount, officer: Officer, mine: Session, handle: str, code: str
) -> None:
    """The new device's first code; from now on codes come from it alone. NotSignedIn MASUK_LAMA, KODE_SALAH."""
    account.confirm_factor(house.staff.load(officer.id).username, handle, code)
    at, event = house.now(), NewEvent(Change.FACTOR_SET, officer.id)

    def apply(person: Person) -> Step:
        return _alone(replace(person, second_factor=True), mine, at, [event])

    change(house, officer.id, apply)


def password_set(house: Personnel, officer_id: str) -> None:
    """On record: the password that was handed over has been replaced by an own one, at the first sign-in."""
    change(house, officer_id, lambda person: Step(person, [NewEvent(Change.PASSWORD_CHANGED, officer_id)]))


def factor_set(house: Personnel, officer_id: str) -> None:
    """On record: a second factor was set up in the course of a sign-in."""
    change(house, officer_id, lambda person: Step(person, [NewEvent(Change.FACTOR_SET, officer_id)]))


def recent(house: Personnel, officer: Officer) -> Sequence[Event]:
    """The own sign-ins, endings and changes, newest first."""
    mine = [event for event in house.staff.events(officer.id) if event.action in OF_SESSIONS]
    return mine[: -RECENT - 1 : -1]


def _alone(person: Person, mine: Session, at: datetime, events: Sequence[NewEvent]) -> Step:
    others = [one for one in person.sessions if one.good(at) and one.id != mine.id]
    ended = [_ended(person.id, one, "self") for one in others]
    return Step(_without(person, lambda one: one.id != mine.id), [*events, *ended])


def _without(person: Person, ends: Callable[[Signed], bool]) -> Person:
    return replace(person, sessions=tuple(one for one in person.sessions if not ends(one)))


def _ended(by: str, one: Signed, why: str) -> NewEvent:
    return NewEvent(Change.SESSION_ENDED, by, {"session": one.id, "why": why})
