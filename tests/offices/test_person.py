"""What offices make of a person, day by day, against an oracle that walks the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.access.actors import Role
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.offices.person import (
    LONGEST_ACTING,
    Kind,
    Leave,
    Office,
    Person,
    checked,
    officer_of,
    powers,
)

START = date(2026, 11, 1)
VILLAGES = tuple(RegionCode(code) for code in ("13.05.02.2001", "13.05.02.2002", "94.01.01.2001"))
WIDE = (*VILLAGES, RegionCode("13"), RegionCode("13.05"), RegionCode("13.05.02"))
TODAY = date(2026, 11, 22)
DESK = Office("o", Role.VILLAGE_OPERATOR, VILLAGES[:1], Kind.TETAP, TODAY)

days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
offices = st.builds(
    lambda n, role, regions, begins, length: Office(
        f"o{n}",
        role,
        tuple(regions),
        Kind.TETAP,
        begins,
        None if length is None else begins + timedelta(days=length),
    ),
    st.integers(0, 10**6),
    st.sampled_from([Role.FIELD_OFFICER, Role.VILLAGE_OPERATOR, Role.VILLAGE_HEAD, Role.ADMINISTRATOR]),
    st.lists(st.sampled_from(WIDE), min_size=1, max_size=3, unique=True),
    days,
    st.one_of(st.none(), st.integers(-1, 20)),
)
leaves = st.builds(
    lambda n, begins, length: Leave(f"l{n}", begins, begins + timedelta(days=length)),
    st.integers(0, 10**6),
    days,
    st.integers(0, 10),
)
people = st.builds(
    lambda held, away, active: Person("sub", "contoh", "Petugas Contoh", tuple(held), tuple(away), active),
    st.lists(offices, min_size=1, max_size=4),
    st.lists(leaves, max_size=2),
    st.booleans(),
)
moments = st.integers(0, 45 * 24 * 60).map(
    lambda minutes: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def calendar(begins: date, last_day: date | None) -> set[date]:
    """Every day of it until the end of the test's time."""
    last = last_day or START + timedelta(days=60)
    return {begins + timedelta(days=n) for n in range((last - begins).days + 1)}


def acts(person: Person, role: Role, village: RegionCode, at: datetime) -> bool:
    """The oracle: an office of that role, for a region that holds the village, has today among its days; no leave has."""
    if not person.active:
        return False
    for office in person.offices:
        today = day_in(office.regions[0], at)
        away = any(today in calendar(one.begins, one.last_day) for one in person.leaves)
        holds = any(village.value.startswith(region.value) for region in office.regions)
        if office.role is role and holds and today in calendar(office.begins, office.last_day) and not away:
            return True
    return False


@given(people, moments, st.sampled_from(list(Role)), st.sampled_from(VILLAGES))
def test_powers_are_those_of_the_offices_in_force(
    person: Person, at: datetime, role: Role, village: RegionCode
) -> None:
    held = powers(person, at)
    assert any(one.role is role and one.covers(village) for one in held) is acts(person, role, village, at)
    assert len({one.role for one in held}) == len(held)
    officer = officer_of(person, at)
    assert (officer.mandates if officer else ()) == held


@given(people, moments, st.sampled_from(VILLAGES))
def test_who_is_deactivated_or_away_can_do_nothing(person: Person, at: datetime, village: RegionCode) -> None:
    assert powers(replace(person, active=False), at) == ()
    away = Leave("all", START - timedelta(days=9), START + timedelta(days=99))
    assert powers(replace(person, leaves=(away,)), at) == ()


@given(people, moments)
def test_everybody_belongs_somewhere_on_every_day(person: Person, at: datetime) -> None:
    places = set(person.places(at))
    assert places
    assert {region for office in person.counting(at) for region in office.regions} <= places


@given(people, offices)
@example(
    Person("sub", "contoh", "Petugas Contoh", (replace(DESK, last_day=TODAY - timedelta(days=1)),)),
    replace(DESK, begins=START),
)
def test_nobody_holds_the_same_office_twice_on_a_day(person: Person, office: Office) -> None:
    shared = any(
        other.role is office.role
        and set(other.regions) & set(office.regions)
        and calendar(other.begins, other.last_day) & calendar(office.begins, office.last_day)
        for other in person.offices
    )
    if shared:
        with pytest.raises(Conflict, match="SUDAH_MENJABAT"):
            person.with_office(office)
    elif calendar(office.begins, office.last_day):
        assert office in person.with_office(office).offices


@pytest.mark.parametrize(
    ("code", "utc", "local"),
    [
        ("13.05", "2026-11-22T16:59", date(2026, 11, 22)),
        ("13.05", "2026-11-22T17:00", date(2026, 11, 23)),
        ("51.03", "2026-11-22T16:00", date(2026, 11, 23)),
        ("61.01", "2026-11-22T16:00", date(2026, 11, 22)),
        ("94.01", "2026-11-22T15:00", date(2026, 11, 23)),
        ("81.01", "2026-11-22T14:59", date(2026, 11, 22)),
    ],
)
def test_days_begin_at_midnight_in_the_region(code: str, utc: str, local: date) -> None:
    assert day_in(RegionCode(code), datetime.fromisoformat(utc).replace(tzinfo=UTC)) == local


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": Role.DINSOS_HEAD}, "regions"),
        ({"regions": (RegionCode("13.05.02.9999"),)}, "regions"),
        ({"regions": ()}, "regions"),
        ({"regions": VILLAGES[:1] * 2}, "regions"),
        ({"role": Role.CITIZEN}, "regions"),
        ({"begins": TODAY - timedelta(days=1)}, "begins"),
        ({"last_day": TODAY - timedelta(days=1)}, "last_day"),
        ({"kind": Kind.PLT}, "last_day"),
        ({"kind": Kind.PLT, "last_day": TODAY + LONGEST_ACTING}, "last_day"),
    ],
)
def test_an_office_that_cannot_be_is_told_by_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as told:
        checked(replace(DESK, **change), TODAY)
    assert set(told.value.fields) == {field}


def test_an_office_that_can_be_passes() -> None:
    acting = replace(DESK, kind=Kind.PLT, last_day=TODAY + LONGEST_ACTING - timedelta(days=1))
    for office in (DESK, acting):
        assert checked(office, TODAY) is office
