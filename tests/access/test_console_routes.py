"""The administrator's routes against an oracle, over HTTP in one process: random officers, people and regions.

A request that is let through is told what is wrong with its reason (400), so that nobody is changed; the acts themselves
are in tests/offices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from chalice.test import Client
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from chalicelib.access.actors import Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.identity.region import RegionCode
from chalicelib.offices import appoint
from chalicelib.offices.invite import invite
from chalicelib.offices.person import Kind
from chalicelib.usulan.ask import Wish, ask
from chalicelib.usulan.rights import Right
from chalicelib.usulan.submit import submit
from tests.access.house import House, served
from tests.access.oracle import FAR, OFFICES, REFUSED, Setting, runs
from tests.console import CONSOLE
from tests.road import OTHER_VILLAGE, VILLAGE, Road, request

KECAMATAN, KABUPATEN = "13.05.02", "13.05"
NEXT_DOOR = "13.06.01.2001"
PLACES = ["13", KABUPATEN, KECAMATAN, VILLAGE, OTHER_VILLAGE, NEXT_DOOR, "32", FAR]
EVERYWHERE = Officer("sub-all", "Admin Pusat", Role.ADMINISTRATOR, (RegionCode("13"), RegionCode("32")))
TODAY = date(2026, 11, 22)
ROLE_AT = {2: Role.DINSOS_VERIFIER, 3: Role.FIELD_OFFICER, 4: Role.VILLAGE_OPERATOR}
HELD = [(VILLAGE,), (OTHER_VILLAGE, NEXT_DOOR), (KECAMATAN,), (KABUPATEN,), (FAR,)]
"""The people: one office each, for these regions; the second one is split between two kabupaten."""


@dataclass(frozen=True)
class Known:
    """A person as the oracle knows them."""

    id: str
    name: str
    office: str
    places: tuple[str, ...]


@dataclass
class Console:
    setting: Setting
    people: list[Known]
    late: tuple[str, ...]
    """Villages in which a request about data waits for too long."""


def _person(road: Road, n: int, places: tuple[str, ...]) -> Known:
    role = ROLE_AT[RegionCode(places[0]).level]
    office = appoint.new_office(role, [RegionCode(one) for one in places], Kind.TETAP, TODAY, None)
    name = f"Petugas {'ABCDE'[n]} Contoh"
    made, _ = invite(road.personnel, EVERYWHERE, f"orang{n}", name, office, "Surat tugas", request())
    return Known(made.id, name, office.id, places)


def _waiting(road: Road, village: str) -> None:
    """A case there with a request about its data."""
    citizen = road.photographed()
    submit(road.world, citizen, citizen.case_number, road.form(kode_wilayah=village), request())
    road.drain()
    ask(road.world, citizen, citizen.case_number, Wish(Right.EXPORT), request())


@pytest.fixture(scope="module")
def five_people() -> Iterator[Console]:
    with mock_aws():
        road = Road()
        house = House(road)
        app, routers = served(house)
        people = [_person(road, n, places) for n, places in enumerate(HELD)]
        for one in people:
            offices = tuple(map(RegionCode, one.places))
            road.world.denials.record(Denial(road.clock(), one.id, "case.view", offices))
        late = (VILLAGE, FAR)
        road.clock.pass_(hours=-73)
        for village in late:
            _waiting(road, village)
        road.clock.pass_(hours=73)
        with Client(app) as client:
            yield Console(Setting(house, client, routers, []), people, late)


@pytest.fixture
def console(five_people: Console) -> Iterator[Console]:
    with five_people.setting.house.road.taken_back():
        yield five_people


def above(officer: Officer, code: str) -> bool:
    """The oracle's one rule: an administrator, and the place lies below one of theirs."""
    return officer.role is Role.ADMINISTRATOR and any(
        code.startswith(f"{region.value}.") for region in officer.regions
    )


officers = st.builds(
    lambda role, codes, name: Officer(f"sub-{name}", "Petugas Lain", role, tuple(map(RegionCode, codes))),
    st.one_of(st.just(Role.ADMINISTRATOR), st.sampled_from(OFFICES)),
    st.lists(st.sampled_from(PLACES), max_size=2, unique=True),
    st.integers(0, 10**6),
)
some_person = st.integers(0, len(HELD) - 1)
NO_REASON: dict[str, Any] = {"reason": ""}
OFFICE = {"role": "VILLAGE_OPERATOR", "kind": "tetap", "begins": "2026-11-22"}


def seen(officer: Officer, known: Known, target: str) -> bool:
    return any(above(officer, place) for place in known.places)


def whole(officer: Officer, known: Known, target: str) -> bool:
    return all(above(officer, place) for place in known.places)


ACTS: dict[str, tuple[str, dict[str, Any] | None, Any]] = {
    "view_staff": ("", None, seen),
    "give_office": (
        "/offices",
        OFFICE,
        lambda officer, known, target: seen(officer, known, target) and above(officer, target),
    ),
    "end_office": ("/offices/{office}/end", {}, whole),
    "move_office": (
        "/offices/{office}/move",
        {"begins": "2026-11-23"},
        lambda officer, known, target: whole(officer, known, target) and above(officer, target),
    ),
    "give_leave": ("/leaves", {"begins": "2026-11-22", "last_day": "2026-11-23"}, whole),
    "stop_leave": ("/leaves/none/end", {}, whole),
    "deactivate_officer": ("/deactivation", {}, whole),
    "reactivate_officer": ("/reactivation", {}, whole),
    "reset_second_factor": ("/second-factor/reset", {}, whole),
    "reset_password": ("/password/reset", {}, whole),
}
"""Route → (tail of its address, body, whom the oracle lets through)."""
NO_SUCH_LEAVE = "TIDAK_DITEMUKAN"


@pytest.mark.parametrize("name", sorted(ACTS))
@runs
@given(officer=officers, place=some_person, target=st.sampled_from(PLACES))
def test_routes_about_a_person(
    console: Console, name: str, officer: Officer, place: int, target: str
) -> None:
    known = console.people[place]
    tail, body, lets = ACTS[name]
    path = f"/api/v1/console/staff/{known.id}{tail.format(office=known.office)}"
    targeted = {"regions": [target]} if name in ("give_office", "move_office") else {}
    sent = None if body is None else NO_REASON | body | targeted
    status, text = console.setting.ask("GET" if sent is None else "POST", path, sent, officer)
    assert status < 500
    code = json.loads(text)["error"]["code"] if status >= 400 else ""
    refused = status in REFUSED and code != NO_SUCH_LEAVE
    assert refused != lets(officer, known, target), (status, text, officer, known, target)
    assert (known.name in text) == (name == "view_staff" and not refused)


@runs
@given(officer=officers, target=st.sampled_from(PLACES))
def test_an_invitation(console: Console, officer: Officer, target: str) -> None:
    body = NO_REASON | OFFICE | {"regions": [target], "username": "orang.baru", "name": "Orang Baru"}
    status, _ = console.setting.ask("POST", "/api/v1/console/staff", body, officer)
    assert status == (400 if above(officer, target) else 403)
    assert console.setting.house.road.staff.holder("orang.baru") is None


def _listed(
    console: Console, officer: Officer, path: str, cursor: str | None = None
) -> list[dict[str, Any]] | None:
    """The rows of all pages of a list, from that cursor on; None: refused, as it must be for all but administrators."""
    rows: list[dict[str, Any]] = []
    while True:
        at = "" if cursor is None else f"{'&' if '?' in path else '?'}cursor={quote(cursor)}"
        status, text = console.setting.ask("GET", path + at, officer=officer)
        allowed = officer.role is Role.ADMINISTRATOR and bool(officer.regions)
        assert status == (200 if allowed else 403)
        if not allowed:
            return None
        page = json.loads(text)
        rows += page["items"]
        cursor = page["next"]
        if not cursor:
            return rows


@runs
@given(officer=officers, cursor=st.one_of(st.none(), st.text("0123456789:.-a", max_size=40)))
def test_the_list_holds_those_below_and_nobody_else(
    console: Console, officer: Officer, cursor: str | None
) -> None:
    rows = _listed(console, officer, "/api/v1/console/staff", cursor)
    if rows is None:
        return
    expected = {
        (place, known.id) for known in console.people for place in known.places if above(officer, place)
    }
    listed = {(row["region"]["code"], row["officer_id"]) for row in rows}
    assert listed == expected if cursor is None else listed <= expected


@runs
@given(officer=officers)
def test_refusals_of_those_below_and_of_nobody_else(console: Console, officer: Officer) -> None:
    rows = _listed(console, officer, "/api/v1/console/denials?day=2026-11-22")
    if rows is not None:
        told = {row["officer_id"] for row in rows}
        assert told == {known.id for known in console.people if seen(officer, known, "")}


DAY = "2026-11-22"


@runs
@given(officer=officers)
def test_days_of_those_below_and_of_nobody_else(console: Console, officer: Officer) -> None:
    rows = _listed(console, officer, f"/api/v1/console/oversight?day={DAY}")
    if rows is None:
        return
    listed = {(row["office"]["code"], row["officer_id"]) for row in rows}
    assert listed >= {
        (place, one.id) for one in console.people for place in one.places if above(officer, place)
    }
    assert all(above(officer, place) for place, _ in listed)


@runs
@given(officer=officers, place=some_person, office=st.sampled_from(PLACES))
def test_one_day_is_opened_and_marked_by_who_stands_above_the_office(
    console: Console, officer: Officer, place: int, office: str
) -> None:
    known = console.people[place]
    path = f"/api/v1/console/oversight/{known.id}"
    status, text = console.setting.ask("GET", f"{path}?office={office}&day={DAY}", officer=officer)
    there = office in known.places
    assert status == ((200 if there else 404) if above(officer, office) else 403)
    assert (known.name in text) == (status == 200)
    body = {"office": office, "day": DAY, "up_to": f"{DAY}T02:00:00+00:00", "reason": ""}
    status, _ = console.setting.ask("POST", f"{path}/seen", body, officer=officer)
    assert status == ((400 if there else 404) if above(officer, office) else 403)


@runs
@given(officer=officers)
def test_late_requests_are_told_to_administrators(console: Console, officer: Officer) -> None:
    rows = _listed(console, officer, "/api/v1/console/late")
    if rows is not None:
        listed = {row["region"]["code"] for row in rows}
        assert listed == {village for village in console.late if above(officer, village)}


@runs
@given(officer=officers)
def test_the_forms_offer_administrators_their_own_regions(console: Console, officer: Officer) -> None:
    status, text = console.setting.ask("GET", "/api/v1/console/choices", officer=officer)
    allowed = officer.role is Role.ADMINISTRATOR and bool(officer.regions)
    assert status == (200 if allowed else 403)
    if allowed:
        offered = {region["code"] for region in json.loads(text)["regions"]}
        assert offered == {region.value for region in officer.regions}


def test_the_oracle_speaks_of_every_route_of_the_console(console: Console) -> None:
    routes = {
        route.name
        for router in console.setting.routers
        for route in router.routes
        if "/console/" in route.path
    }
    assert routes == CONSOLE
    others = {"invite_officer", "list_staff", "list_denials", "list_choices"}
    watching = {"list_watched", "view_watched", "mark_watched", "list_late"}
    assert set(ACTS) | others | watching == CONSOLE
