"""Offices given, ended and moved. Each is a power in a region, so it is the region that decides who may."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.access.actors import Officer, Role
from chalicelib.access.policy import Action
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices.changes import Change, described
from chalicelib.offices.person import Kind, Office, Person, checked
from chalicelib.offices.personnel import (
    Personnel,
    Step,
    change,
    reason_given,
    require_other,
    require_regions,
    require_seen,
)
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.store import ClientRequest

_DAY = timedelta(days=1)


def new_office(
    role: Role, regions: Sequence[RegionCode], kind: Kind, begins: date, last_day: date | None
) -> Office:
    return Office(secrets.token_hex(4), role, tuple(regions), kind, begins, last_day)


def give(
    house: Personnel, actor: Officer, officer_id: str, office: Office, reason: str, request: ClientRequest
) -> Person:
    """One office more, also an acting one (Plt). Conflict SUDAH_MENJABAT; BadInput ISIAN_SALAH."""
    require_regions(actor, Action.APPOINT, office.regions)
    at = house.now()

    def apply(person: Person) -> Step:
        require_seen(actor, person, at)
        require_other(actor, person.id)
        made = person.with_office(checked(office, office.day(at)))
        return Step(made, [_event(Change.OFFICE_GIVEN, actor, office, reason)])

    return change(house, officer_id, apply, request)


def end(
    house: Personnel,
    actor: Officer,
    officer_id: str,
    office_id: str,
    last_day: date | None,
    reason: str,
    request: ClientRequest,
) -> Person:
    """An office's last day is set; None: it ends now. It is never made longer: that is a new office."""
    at = house.now()

    def apply(person: Person) -> Step:
        office = _standing(actor, person, office_id, at)
        if last_day is not None and last_day < office.day(at):
            raise BadInput("ISIAN_SALAH", fields={"last_day": message("TANGGAL_SUDAH_LEWAT")})
        shorter, without = _ending(person, office, last_day or office.day(at) - _DAY)
        return Step(without, [_event(Change.OFFICE_ENDED, actor, shorter, reason)])

    return change(house, officer_id, apply, request)


def move(
    house: Personnel,
    actor: Officer,
    officer_id: str,
    office_id: str,
    regions: Sequence[RegionCode],
    begins: date,
    reason: str,
    request: ClientRequest,
) -> Person:
    """The same office in other regions from `begins` on; the old one ends the day before. One act, two events: nobody is
    without an office, or in two places, because a line broke in between."""
    require_regions(actor, Action.APPOINT, regions)
    at = house.now()

    def apply(person: Person) -> Step:
        old = _standing(actor, person, office_id, at)
        new = checked(new_office(old.role, regions, old.kind, begins, old.last_day), day_of(regions, old, at))
        shorter, without = _ending(person, old, begins - _DAY)
        events = [
            _event(Change.OFFICE_ENDED, actor, shorter, reason),
            _event(Change.OFFICE_GIVEN, actor, new, reason),
        ]
        return Step(without.with_office(new), events)

    return change(house, officer_id, apply, request)


def day_of(regions: Sequence[RegionCode], old: Office, at: datetime) -> date:
    """Today where the office goes to; where it is, if it goes nowhere."""
    return replace(old, regions=tuple(regions) or old.regions).day(at)


def _standing(actor: Officer, person: Person, office_id: str, at: datetime) -> Office:
    """An office that may be ended by this administrator. Conflict JABATAN_SUDAH_BERAKHIR."""
    require_seen(actor, person, at)
    require_other(actor, person.id)
    office = person.office(office_id)
    require_regions(actor, Action.APPOINT, office.regions)
    if office.ended(at):
        raise Conflict("JABATAN_SUDAH_BERAKHIR")
    return office


def _ending(person: Person, office: Office, last_day: date) -> tuple[Office, Person]:
    """BadInput ISIAN_SALAH: the office ends before that anyway."""
    if office.last_day is not None and office.last_day < last_day:
        raise BadInput("ISIAN_SALAH", fields={"last_day": message("JABATAN_BERAKHIR_LEBIH_DULU")})
    return replace(office, last_day=last_day), person.ending(office, last_day)


def _event(what: Change, actor: Officer, office: Office, reason: str) -> NewEvent:
    return NewEvent(what, actor.id, described(office), {"reason": reason_given(reason)})
