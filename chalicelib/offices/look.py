"""What an administrator sees: the staff of the regions under theirs, one person with all their record, and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.access.actors import Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.errors import NotFound
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.offices.person import Person
from chalicelib.offices.personnel import Personnel, may_see, require_seen
from chalicelib.usulan.events import Event

PAGE = 25
MOST_DENIALS = 200


@dataclass(frozen=True)
class Record:
    """A person with their changes, newest last, and the names of those who made them (officer → name)."""

    person: Person
    events: Sequence[Event]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Rattled:
    """A refusal and whose it was."""

    denial: Denial
    person: Person


def list_staff(
    house: Personnel, actor: Officer, after: str | None = None
) -> tuple[Sequence[tuple[RegionCode, Person]], str | None]:
    """(region, person), by region, a page at a time; and the cursor to go on. Somebody with offices in two regions
    stands there twice. An index may still name a region that somebody has left: they are not shown for it."""
    require(actor, Action.LIST_STAFF, Subject())
    mine = _regions(actor)
    start, _, cursor = (after or "0:").partition(":")
    at = house.now()
    for index in range(int(start) if start.isascii() and start.isdigit() else 0, len(mine)):
        rows, more = house.staff.below(mine[index], PAGE, cursor or None)
        found = [
            (region, person)
            for region, person in ((region, house.staff.load(officer)) for region, officer in rows)
            if region in person.places(at) and allow(actor, Action.LIST_STAFF, Subject(region=region))
        ]
        if more:
            return found, f"{index}:{more}"
        if found or index + 1 == len(mine):
            return found, f"{index + 1}:" if index + 1 < len(mine) else None
        cursor = ""
    return [], None


def look_at(house: Personnel, actor: Officer, officer_id: str) -> Record:
    """One person: powers, offices, leave and every change. NotFound PETUGAS_TIDAK_DITEMUKAN: none, or not below."""
    require(actor, Action.VIEW_STAFF, Subject())
    person = house.staff.load(officer_id)
    require_seen(actor, person, house.now())
    events = house.staff.events(officer_id)
    return Record(person, events, {who: _name(house, who) for who in {event.actor for event in events}})


def list_denials(house: Personnel, actor: Officer, day: date) -> Sequence[Rattled]:
    """What people of the regions below were refused on that day (the administrator's), newest first, at most
    `MOST_DENIALS`."""
    require(actor, Action.LIST_DENIALS, Subject())
    at, home = house.now(), _regions(actor)[0]
    people: dict[str, Person | None] = {}
    found = []
    for denial in (*house.denials.on(day - timedelta(days=1)), *house.denials.on(day)):  # kept by UTC's days
        if day_in(home, denial.at) != day:
            continue
        if denial.actor not in people:
            people[denial.actor] = _below(house, actor, denial.actor, at)
        person = people[denial.actor]
        if person is not None:
            found.append(Rattled(denial, person))
    return found[::-1][:MOST_DENIALS]


def today(house: Personnel, actor: Officer) -> date:
    """Today where the administrator is."""
    require(actor, Action.LIST_DENIALS, Subject())
    return day_in(_regions(actor)[0], house.now())


def _regions(actor: Officer) -> list[RegionCode]:
    """The regions that an administrator has; at least one, once the policy let them through."""
    return [
        region
        for mandate in actor.mandates
        if mandate.role is Role.ADMINISTRATOR
        for region in mandate.regions
    ]


def _below(house: Personnel, actor: Officer, officer_id: str, at: datetime) -> Person | None:
    try:
        person = house.staff.load(officer_id)
    except NotFound:
        return None
    return person if may_see(actor, person, at) else None


def _name(house: Personnel, officer_id: str) -> str:
    """Who made a change; empty for the command line, which is nobody's account."""
    try:
        return house.staff.load(officer_id).name
    except NotFound:
        return ""
