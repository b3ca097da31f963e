"""Leave with its days. Meanwhile no office of the person counts; somebody else may act (Plt)."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, timedelta

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action
from chalicelib.errors import BadInput, Conflict
from chalicelib.messages import message
from chalicelib.offices.changes import Change
from chalicelib.offices.days import day_in
from chalicelib.offices.person import Leave, Person
from chalicelib.offices.personnel import Personnel, Step, change, reason_given, require_whole
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.store import ClientRequest

LONGEST = timedelta(days=366)


def set_leave(
    house: Personnel,
    actor: Officer,
    officer_id: str,
    begins: date,
    last_day: date,
    reason: str,
    request: ClientRequest,
) -> Person:
    """BadInput ISIAN_SALAH: days gone by, the wrong way round, or for more than a year. Conflict SUDAH_CUTI."""
    at = house.now()

    def apply(person: Person) -> Step:
        require_whole(actor, Action.SET_LEAVE, person, at)
        wrong = {}
        if begins < day_in(person.places(at)[0], at):
            wrong["begins"] = message("TANGGAL_SUDAH_LEWAT")
        if last_day < begins or last_day - begins > LONGEST:
            wrong["last_day"] = message("TANGGAL_TERBALIK")
        if wrong:
            raise BadInput("ISIAN_SALAH", fields=wrong)
        if any(one.begins <= last_day and begins <= one.last_day for one in person.leaves):
            raise Conflict("SUDAH_CUTI")
        leave = Leave(secrets.token_hex(4), begins, last_day)
        return Step(
            replace(person, leaves=(*person.leaves, leave)), [_event(Change.LEAVE_SET, actor, leave, reason)]
        )

    return change(house, officer_id, apply, request)


def end_leave(
    house: Personnel, actor: Officer, officer_id: str, leave_id: str, reason: str, request: ClientRequest
) -> Person:
    """Back at work from today on. Conflict CUTI_SUDAH_SELESAI."""
    at = house.now()

    def apply(person: Person) -> Step:
        require_whole(actor, Action.SET_LEAVE, person, at)
        leave, today = person.leave(leave_id), day_in(person.places(at)[0], at)
        if leave.last_day < today:
            raise Conflict("CUTI_SUDAH_SELESAI")
        shorter = replace(leave, last_day=today - timedelta(days=1))
        rest = tuple(shorter if one.id == leave_id else one for one in person.leaves)
        return Step(replace(person, leaves=rest), [_event(Change.LEAVE_ENDED, actor, shorter, reason)])

    return change(house, officer_id, apply, request)


def _event(what: Change, actor: Officer, leave: Leave, reason: str) -> NewEvent:
    """When somebody is away may tell of an illness: the days are sealed with the reason."""
    days = {"begins": leave.begins.isoformat(), "last_day": leave.last_day.isoformat()}
    return NewEvent(what, actor.id, {"leave": leave.id}, {"reason": reason_given(reason), **days})
