"""A person with an account: offices and leave, each with its days, and what that makes them on a given day.

Days are the region's own (`days.py`) and include the last one. Nothing is deleted: an office that has ended stays in the
record, so that who could do what, and since when, can be told for any day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from chalicelib.access.actors import Mandate, Officer, Role
from chalicelib.errors import BadInput, Conflict, NotFound
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices.days import day_in
from chalicelib.offices.sessions import Signed

T = TypeVar("T")

LEVELS = {
    Role.FIELD_OFFICER: (3, 4),
    Role.VILLAGE_OPERATOR: (4,),
    Role.VILLAGE_HEAD: (4,),
    Role.DINSOS_VERIFIER: (2,),
    Role.DINSOS_HEAD: (2,),
    Role.ADMINISTRATOR: (1, 2, 3),
}
"""Role → the levels of regions its office may be for (DOMAIN 1)."""
LONGEST_ACTING = timedelta(days=92)
"""Somebody acts (Plt) for three months at most and is then appointed again (after SE BKN 1/SE/I/2021, which we have not
read ourselves: the owner must confirm)."""
MOST_REGIONS = 10


class Kind(StrEnum):
    TETAP = "tetap"
    PLT = "plt"


@dataclass(frozen=True)
class Office:
    """One office from `begins` to `last_day` (None: until further notice), both included."""

    id: str
    role: Role
    regions: tuple[RegionCode, ...]
    kind: Kind
    begins: date
    last_day: date | None = None

    def day(self, at: datetime) -> date:
        return day_in(self.regions[0], at)

    def in_force(self, at: datetime) -> bool:
        return self.begins <= self.day(at) and not self.ended(at)

    def ended(self, at: datetime) -> bool:
        return self.last_day is not None and self.last_day < self.day(at)

    def meets(self, other: Office) -> bool:
        """Whether both give the same role in some same region on some same day; an office taken back before its first day
        has none."""
        first = max(self.begins, other.begins)
        common = all(one.last_day is None or first <= one.last_day for one in (self, other))
        return common and self.role is other.role and bool(set(self.regions) & set(other.regions))


@dataclass(frozen=True)
class Leave:
    """Away from `begins` to `last_day`, both included: no office counts meanwhile."""

    id: str
    begins: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.begins <= day <= self.last_day


@dataclass(frozen=True)
class Person:
    """`id` is the user pool's opaque subject. `second_factor`: whether no session is given without one. `sessions`: those
    that stand; a token of no session here is good for nothing. `seq` and `head` are the end of the chain of changes."""

    id: str
    username: str
    name: str
    offices: tuple[Office, ...]
    leaves: tuple[Leave, ...] = ()
    active: bool = True
    second_factor: bool = True
    sessions: tuple[Signed, ...] = ()
    seq: int = 0
    head: str = ""

    def office(self, office_id: str) -> Office:
        """NotFound TIDAK_DITEMUKAN."""
        return _found(office for office in self.offices if office.id == office_id)

    def leave(self, leave_id: str) -> Leave:
        """NotFound TIDAK_DITEMUKAN."""
        return _found(leave for leave in self.leaves if leave.id == leave_id)

    def session(self, session_id: str, at: datetime) -> Signed | None:
        """The session of that name, if it is good at that moment."""
        return next((one for one in self.sessions if one.id == session_id and one.good(at)), None)

    def on_leave(self, day: date) -> bool:
        return any(leave.covers(day) for leave in self.leaves)

    def counting(self, at: datetime) -> tuple[Office, ...]:
        """The offices that give powers at that moment."""
        if not self.active:
            return ()
        return tuple(
            office for office in self.offices if office.in_force(at) and not self.on_leave(office.day(at))
        )

    def places(self, at: datetime) -> tuple[RegionCode, ...]:
        """The regions this person belongs to: of all offices that have not ended; when all have, of the last ones."""
        standing = [office for office in self.offices if not office.ended(at)]
        if not standing:
            last = max(office.last_day or date.max for office in self.offices)
            standing = [office for office in self.offices if office.last_day == last]
        return tuple(sorted({region for office in standing for region in office.regions}))

    def with_office(self, office: Office) -> Person:
        """Conflict SUDAH_MENJABAT: the same role in the same region on some of the same days."""
        if any(office.meets(other) for other in self.offices):
            raise Conflict("SUDAH_MENJABAT")
        return replace(self, offices=(*self.offices, office))

    def ending(self, office: Office, last_day: date) -> Person:
        shorter = replace(office, last_day=last_day)
        return replace(self, offices=tuple(shorter if one.id == office.id else one for one in self.offices))


def _found(found: Iterable[T]) -> T:
    for one in found:
        return one
    raise NotFound("TIDAK_DITEMUKAN")


def powers(person: Person, at: datetime) -> tuple[Mandate, ...]:
    """What the person may act as at that moment, one mandate a role in the order of `Role`; empty: nothing."""
    counting = person.counting(at)
    return tuple(
        Mandate(role, held)
        for role in Role
        if (
            held := _united(region for office in counting if office.role is role for region in office.regions)
        )
    )


def _united(given: Iterable[RegionCode]) -> tuple[RegionCode, ...]:
    """Without what lies in another one of them."""
    every = sorted(set(given))
    return tuple(one for one in every if not any(other != one and other.covers(one) for other in every))


def officer_of(person: Person, at: datetime) -> Officer | None:
    """The person as an actor at that moment; None: without any power."""
    held = powers(person, at)
    if not held:
        return None
    return Officer(person.id, person.name, held[0].role, held[0].regions, held[1:])


def checked(office: Office, today: date) -> Office:
    """The office, if it can be. BadInput ISIAN_SALAH names what cannot: a region that is none or not of the role's level,
    days the wrong way round or long past, an acting office without an end or for too long."""
    wrong: dict[str, str] = {}
    fitting = LEVELS.get(office.role, ())
    if not 1 <= len(office.regions) <= MOST_REGIONS or len(set(office.regions)) != len(office.regions):
        wrong["regions"] = message("JABATAN_TANPA_WILAYAH", n=MOST_REGIONS)
    elif not all(region.level in fitting and regions.exists(region) for region in office.regions):
        wrong["regions"] = message("JABATAN_WILAYAH_SALAH")
    if office.begins < today:
        wrong["begins"] = message("TANGGAL_SUDAH_LEWAT")
    if office.last_day is not None and office.last_day < office.begins:
        wrong["last_day"] = message("TANGGAL_TERBALIK")
    elif office.kind is Kind.PLT and office.last_day is None:
        wrong["last_day"] = message("PLT_TANPA_AKHIR")
    elif office.kind is Kind.PLT and office.last_day and office.last_day - office.begins >= LONGEST_ACTING:
        wrong["last_day"] = message("PLT_TERLALU_LAMA", hari=LONGEST_ACTING.days)
    if wrong:
        raise BadInput("ISIAN_SALAH", fields=wrong)
    return office
