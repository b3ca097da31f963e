"""A kiosk: a session that can do one thing, at one village's counter, while its officer is somewhere else.

It takes the place of the officer's own session in the same step: from then on that browser has nothing of the officer's.
It cannot be widened again; whoever signs in there begins a session of their own, and the kiosk ends.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.access.accounts import Session
from chalicelib.access.actors import Kiosk, Officer
from chalicelib.access.policy import Action, Subject, allow
from chalicelib.errors import NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices.changes import Change
from chalicelib.offices.person import Person, officer_of
from chalicelib.offices.personnel import Personnel, Step, change
from chalicelib.offices.sessions import Signed
from chalicelib.usulan.case import NewEvent

LIFE = timedelta(hours=10)
"""A working day with its breaks, so that it is opened once in the morning and is over at night. Nobody has to touch it:
a village waits longer than thirty minutes between two citizens, and what a kiosk can do a stranger can do at home."""


def open_kiosk(
    house: Personnel, officer: Officer, present: Session, kiosk: Session, counter: RegionCode, device: str
) -> None:
    """The session `kiosk` stands in the place of `present`. NotSignedIn BELUM_MASUK: that one has ended meanwhile."""
    at = house.now()

    def apply(person: Person) -> Step:
        if person.session(present.id, at) is None:
            raise NotSignedIn("BELUM_MASUK")
        others = tuple(one for one in person.sessions if one.id != present.id)
        made = Signed(kiosk.id, at, kiosk.expires_at, at, device, counter)
        detail = {"session": made.id, "before": present.id, "counter": str(counter), "device": device}
        event = NewEvent(Change.KIOSK_OPENED, officer.id, detail)
        return Step(replace(person, sessions=(*others, made)), [event])

    change(house, officer.id, apply)


def kiosk_of(person: Person, signed: Signed, at: datetime) -> Kiosk | None:
    """The kiosk that this session is, while its officer may open one there; None: it is none (any more)."""
    officer = officer_of(person, at)
    if signed.counter is None or officer is None:
        return None
    may = allow(officer, Action.OPEN_KIOSK, Subject(region=signed.counter))
    return Kiosk(signed.id, signed.counter, person.id) if may else None
