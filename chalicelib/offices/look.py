"""What an administrator sees: the staff of the regions under theirs, one person with all their record, and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.access.actors import Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.access.paging import paged
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.offices.person import Person
from chalicelib.offices.personnel import Personnel, may_see, require_seen
from chalicelib.usulan.events import Event

PAGE = 25
MOST_DENIALS = 50


@dataclass(frozen=True)
class Record:
    """A person with their changes, newest last, and the names of those who made them (officer → name; the
    command line is nobody's account)."""

    person: Person
    events: Sequence[Event]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Rattled:
    """A refusal, whose it was, and whom it was about: an officer whom the administrator may see, else None."""

    denial: Denial
    person: Person
    about: Person | None = None


def list_staff(
    house: Personnel, actor: Officer, after: str | None = None
) -> tuple[Sequence[tuple[RegionCode, Person]], str | None]:
    """(region, person), by region, a page at a time; and the cursor to go on. Somebody with offices in two regions
    stands there twice. An index may still name a region that somebody has left: they are not shown for it."""
    require(actor, Action.LIST_STAFF, Subject())
    at = house.now()

    def page(
        region: RegionCode, limit: int, cursor: str | None
    ) -> tuple[Sequence[tuple[RegionCode, Person]], str | None]:
        rows, more = house.staff.below(region, limit, cursor)
        people = house.staff.people(officer for _, officer in rows)
        return [(place, people[officer]) for place, officer in rows if officer in people], more

    rows, following = paged(regions_of(actor), page, PAGE, after)
    shown = [
        (region, person)
        for region, person in rows
        if region in person.places(at) and allow(actor, Action.LIST_STAFF, Subject(region=region))
    ]
    return shown, following


def look_at(house: Personnel, actor: Officer, officer_id: str) -> Record:
    """One person: powers, offices, leave and every change. NotFound PETUGAS_TIDAK_DITEMUKAN: none, or not below."""
    require(actor, Action.VIEW_STAFF, Subject())
    person = house.staff.load(officer_id)
    require_seen(actor, person, house.now())
    events = house.staff.events(officer_id)
    names = {who: one.name for who, one in house.staff.people({event.actor for event in events}).items()}
    return Record(person, events, names)


def list_denials(
    house: Personnel, actor: Officer, day: date, after: str | None = None
) -> tuple[Sequence[Rattled], str | None]:
    """What people in offices below were refused on that day (the office's own), by office and person, a page at a time;
    and the cursor to go on. The people of a page, and those they asked about, are read together."""
    require(actor, Action.LIST_DENIALS, Subject())

    def page(region: RegionCode, limit: int, cursor: str | None) -> tuple[Sequence[Denial], str | None]:
        return house.denials.below(region, day, limit, cursor)

    denials, following = paged(regions_of(actor), page, MOST_DENIALS, after)
    at = house.now()
    people = house.staff.people(who for denial in denials for who in (denial.actor, denial.account) if who)
    shown = []
    for denial in denials:
        about = people.get(denial.account)
        near = about if about is not None and may_see(actor, about, at) else None
        if denial.actor in people:
            shown.append(Rattled(denial, people[denial.actor], near))
    return shown, following


def today(house: Personnel, actor: Officer) -> date:
    """Today where the administrator is."""
    require(actor, Action.LIST_DENIALS, Subject())
    return day_in(regions_of(actor)[0], house.now())


def regions_of(actor: Officer) -> list[RegionCode]:
    """The regions that an administrator has; at least one, once the policy let them through."""
    return [
        region
        for mandate in actor.mandates
        if mandate.role is Role.ADMINISTRATOR
        for region in mandate.regions
    ]
