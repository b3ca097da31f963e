"""The region above goes through its officers' days: what they looked at, searched for and were refused; and says so.

Who may, is the policy's scope `below` on the office by which the officer acted: the task stays with that region when
the officer has moved on. To have gone through a day is itself a link in the officer's chain; nobody goes through their
own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.access.actors import Officer
from chalicelib.access.oversight import Look, Mark, Tally, marks
from chalicelib.access.paging import paged
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.access.searches import Search
from chalicelib.errors import BadInput, NotFound
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.offices.changes import Change
from chalicelib.offices.look import regions_of
from chalicelib.offices.person import Kind, Person
from chalicelib.offices.personnel import Personnel, Step, change, reason_given, require_other
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.store import CaseStore, ClientRequest, Late

PAGE = 25
_KABUPATEN = 2
_IN_WORDS = "BUKA_LAINNYA"


@dataclass(frozen=True)
class Watched:
    """One officer's day, with what is marked in it. `people`: the officer and who went through the day, by id, where they
    are on record."""

    tally: Tally
    marked: Sequence[tuple[Mark, int]]
    people: Mapping[str, Person]


@dataclass(frozen=True)
class Opened:
    """One officer's day, thing by thing. `said`: the words given for looks whose reason is no other, by (case, seq)."""

    watched: Watched
    rows: Sequence[Look | Search]
    said: Mapping[tuple[str, int], str]
    next: str | None


def list_days(
    house: Personnel, actor: Officer, day: date, after: str | None = None
) -> tuple[Sequence[Watched], str | None]:
    """Days of officers in offices below the administrator's regions, by office, a page at a time; the cursor to go on."""
    require(actor, Action.LIST_LOOKS, Subject())

    def page(region: RegionCode, limit: int, cursor: str | None) -> tuple[Sequence[Tally], str | None]:
        return house.watch.day(region, day, limit, cursor)

    tallies, following = paged(regions_of(actor), page, PAGE, after)
    return _watched(house, tallies), following


def open_day(
    house: Personnel,
    store: CaseStore,
    actor: Officer,
    officer_id: str,
    office: RegionCode,
    day: date,
    after: str | None = None,
) -> Opened:
    """One officer's day in one office. NotFound TIDAK_ADA_CATATAN: nothing happened then; Forbidden: not below."""
    require(actor, Action.VIEW_LOOKS, Subject(region=office))
    (watched,) = _watched(house, [_tally(house, officer_id, office, day)])
    rows, following = house.watch.rows(office, officer_id, day, PAGE, after)
    in_words = [(row.case, row.seq) for row in rows if isinstance(row, Look) and row.reason == _IN_WORDS]
    return Opened(watched, rows, store.said(in_words), following)


def mark_seen(
    house: Personnel,
    actor: Officer,
    officer_id: str,
    office: RegionCode,
    day: date,
    up_to: datetime,
    reason: str,
    request: ClientRequest,
) -> Watched:
    """Somebody by name went through the day as far as `up_to` (what the page showed last; what comes later is new again)
    and writes down what they made of it. Forbidden BUKAN_DIRI_SENDIRI; NotFound TIDAK_ADA_CATATAN; BadInput WAKTU_SALAH:
    a moment behind the day's last."""
    require(actor, Action.MARK_SEEN, Subject(region=office))
    require_other(actor, officer_id)
    if up_to.tzinfo is None or up_to > _tally(house, officer_id, office, day).last_at:
        raise BadInput("WAKTU_SALAH")
    detail = {"office": str(office), "day": day.isoformat(), "up_to": up_to.isoformat()}

    def apply(person: Person) -> Step:
        event = NewEvent(Change.LOOKS_SEEN, actor.id, detail, {"reason": reason_given(reason)})
        return Step(person, [event])

    change(house, officer_id, apply, request)
    (watched,) = _watched(house, [_tally(house, officer_id, office, day)])
    return watched


def list_late(
    house: Personnel, store: CaseStore, actor: Officer, after: str | None = None
) -> tuple[Sequence[Late], str | None]:
    """Requests about data of the villages below whose 72 hours are over, the longest waiting first in each kabupaten, a
    page at a time; and the cursor to go on."""
    require(actor, Action.LIST_LATE, Subject())
    offices = list(dict.fromkeys(at for region in regions_of(actor) for at in _kabupaten(region)))
    now = house.now()

    def page(office: RegionCode, limit: int, cursor: str | None) -> tuple[Sequence[Late], str | None]:
        while True:
            late, cursor = store.overdue(office, now, limit, cursor)
            below = [one for one in late if allow(actor, Action.LIST_LATE, Subject(region=one.village))]
            if below or cursor is None:
                return below, cursor

    return paged(offices, page, PAGE, after)


def _kabupaten(region: RegionCode) -> Sequence[RegionCode]:
    if region.level >= _KABUPATEN:
        return [region.at(_KABUPATEN)]
    return [RegionCode(code) for code, _ in regions.children(region)]


def _tally(house: Personnel, officer_id: str, office: RegionCode, day: date) -> Tally:
    tally = house.watch.tally(office, officer_id, day)
    if tally is None:
        raise NotFound("TIDAK_ADA_CATATAN")
    return tally


def _watched(house: Personnel, tallies: Sequence[Tally]) -> Sequence[Watched]:
    wanted = [tally.officer for tally in tallies] + [tally.seen.by for tally in tallies if tally.seen]
    people = house.staff.people(wanted)
    return [
        Watched(tally, marks(tally, _permanent(people.get(tally.officer), tally)), people)
        for tally in tallies
    ]


def _permanent(person: Person | None, tally: Tally) -> Sequence[RegionCode]:
    """The regions of the offices that were the officer's own on that day, not held for somebody else."""
    if person is None:
        return ()
    return [
        region
        for office in person.offices
        if office.kind is Kind.TETAP
        and office.begins <= tally.day
        and (office.last_day is None or tally.day <= office.last_day)
        for region in office.regions
    ]
