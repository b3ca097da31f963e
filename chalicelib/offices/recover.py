"""When the last administrator of a region is gone, and there is none above: two operators of the stack put another in.

One asks, another confirms within a day; who they are is told by what runs the command (`local/recover.py`), not by what
they type. Whoever administered the region before is shut out in the same act, for nobody knows where a gone telephone
is. Both operators stand, sealed, in the chain of each person it touches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.access.actors import Role
from chalicelib.errors import BadInput, Conflict, Forbidden, NotFound
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices.appoint import new_office
from chalicelib.offices.changes import Change, described
from chalicelib.offices.days import day_in
from chalicelib.offices.invite import administrators, checked_name
from chalicelib.offices.person import Kind, Person, checked
from chalicelib.offices.personnel import Personnel, Step, change, reason_given
from chalicelib.usulan.case import NewEvent

GOOD_FOR = timedelta(hours=24)
BY = "system:recovery"


@dataclass(frozen=True)
class Recovery:
    """What one operator asked for: this person as administrator of the region, and why."""

    region: RegionCode
    username: str
    name: str
    reason: str
    asked_by: str
    asked_at: datetime


class Recoveries(Protocol):
    """One a region; what was asked before is replaced."""

    def keep(self, recovery: Recovery) -> None: ...

    def waiting(self, region: RegionCode) -> Recovery | None: ...

    def forget(self, region: RegionCode) -> None: ...


def ask(
    house: Personnel,
    recoveries: Recoveries,
    region: RegionCode,
    username: str,
    name: str,
    reason: str,
    by: str,
) -> Recovery:
    """Conflict BELUM_ADA_ADMIN (the first one is invited, not recovered), ADA_ADMIN_DI_ATAS (it is theirs to do, on the
    pages), NAMA_PENGGUNA_DIPAKAI; BadInput ISIAN_SALAH."""
    at = house.now()
    checked_name(username, name)
    checked(
        new_office(Role.ADMINISTRATOR, [region], Kind.TETAP, day_in(region, at), None), day_in(region, at)
    )
    why = reason_given(reason)
    if not administrators(house, region):
        raise Conflict("BELUM_ADA_ADMIN")
    if any(
        _governs(person, above, at) for above in _above(region) for person in administrators(house, above)
    ):
        raise Conflict("ADA_ADMIN_DI_ATAS")
    if house.staff.holder(username) is not None:
        raise Conflict("NAMA_PENGGUNA_DIPAKAI")
    recovery = Recovery(region, username, " ".join(name.split()), why, by, at)
    recoveries.keep(recovery)
    return recovery


def confirm(
    house: Personnel, recoveries: Recoveries, region: RegionCode, username: str, by: str
) -> tuple[Person, str]:
    """(the new administrator, a password for the first sign-in). `username`: whom the second operator means, typed anew.
    NotFound PEMULIHAN_TIDAK_ADA: nothing was asked within a day; Forbidden PEMULIHAN_DUA_ORANG: by the same operator."""
    at = house.now()
    asked = recoveries.waiting(region)
    if asked is None or at - asked.asked_at > GOOD_FOR:
        raise NotFound("PEMULIHAN_TIDAK_ADA")
    if asked.asked_by == by:
        raise Forbidden("PEMULIHAN_DUA_ORANG")
    if asked.username != username:
        raise BadInput("ISIAN_SALAH", fields={"username": message("PEMULIHAN_BEDA")})
    told = {"reason": asked.reason, "asked_by": asked.asked_by, "confirmed_by": by}
    for person in administrators(house, region):
        if person.active:
            change(house, person.id, lambda now: _gone(now, told))
            house.accounts.shut(person.username)
    office = new_office(Role.ADMINISTRATOR, [region], Kind.TETAP, day_in(region, at), None)
    made = Person(house.accounts.create(username), username, asked.name, (office,))
    event = NewEvent(Change.RECOVERED, BY, described(office), told)
    person = house.staff.create(Step(made, [event]), at, None)
    recoveries.forget(region)
    return person, house.accounts.temporary_password(username)


def _gone(person: Person, told: Mapping[str, str]) -> Step:
    """Shut out, with every session that stands."""
    event = NewEvent(Change.DEACTIVATED, BY, {}, told)
    return Step(replace(person, active=False, sessions=()), [event])


def _above(region: RegionCode) -> list[RegionCode]:
    return [region.at(level) for level in range(1, region.level)]


def _governs(person: Person, region: RegionCode, at: datetime) -> bool:
    """Whether the person can act as administrator of the region now."""
    return any(
        office.role is Role.ADMINISTRATOR and region in office.regions for office in person.counting(at)
    )
