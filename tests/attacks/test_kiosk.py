"""A stranger alone with the kiosk's screen tries every route by the kiosk's cookie, over HTTP in one process: no desk, no
case, no search, no list of waiting drafts, no account. Table-driven over all that `api.routers` offers, so that a route
of tomorrow is tried too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import pytest
from chalice.test import Client
from moto import mock_aws

from chalicelib import api
from chalicelib.access.actors import Role
from chalicelib.api.http import Joined, Route, Who
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.documents import REQUIRED
from chalicelib.usulan.submit import submit
from tests.access.house import House, served
from tests.access.test_own_account import PASSWORD, Lived, Person, code
from tests.attacks.bodies import BODIES
from tests.console import KIOSK
from tests.counter.lists import saved
from tests.road import NAMA, NIK, NOMOR_KK, OPERATOR, VILLAGE, Road, request

ROUTES = [route for router in api.routers(cast(Joined, House)) for route in router.routes]
OFFICERS = [route for route in ROUTES if route.who is Who.OFFICER]
KIOSKS = [route for route in ROUTES if route.who is Who.KIOSK]
OTHERS = [
    route
    for route in ROUTES
    if route.who in (Who.ANYONE, Who.CITIZEN) and route.path.startswith("/api/") and route.name != "leave"
]
"""What is everybody's, but for the end of the session, which anybody before the screen may bring about."""
PERSONAL = (NIK, NAMA, NOMOR_KK, "Ratih")


@dataclass
class Screen:
    """A kiosk beside a village whose desk and counter hold something: what a stranger must not reach."""

    house: Lived
    kiosk: Person
    submitted: str
    waiting: str
    session: str

    def is_as_it_was(self) -> bool:
        """The case on the desk, the draft that waits, the operator, and the kiosk itself."""
        store, staff = self.house.road.store, self.house.road.staff
        person = staff.load(self.kiosk._officer.id)
        return (
            store.load(self.submitted).stage == "desa"
            and store.load(self.waiting).is_draft
            and person.active
            and [one.id for one in person.sessions] == [self.session]
        )

    def ask(self, route: Route) -> tuple[int, str, str]:
        """Status, code and text of one try, at the case of this village or at the officer who opened the kiosk."""
        path = route.path.removeprefix("/api/v1/")
        for part, value in (
            ("case_number", self.waiting if path.startswith("counter/") else self.submitted),
            ("work_id", f"{self.submitted}.desa"),
            ("officer_id", self.kiosk._officer.id),
            ("session_id", self.session),
            ("slot", "ktp"),
        ):
            path = path.replace(f"{{{part}}}", value)
        path = re.sub(r"\{\w+\}", "1", path)
        if path in ("counter", "counter/waiting") and route.method == "GET":
            path += f"?village={VILLAGE}"
        body = None if route.method == "GET" else dict(BODIES.get(route.name, {}))
        answer = self.kiosk.ask(route.method, path, body)
        text = answer.body.decode()
        told = code(answer) if answer.status_code >= 400 and text.startswith("{") else ""
        return answer.status_code, told, text


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with mock_aws():
        road = Road()
        house = Lived(road)
        citizen = road.draft()
        for slot in REQUIRED:
            road.send(citizen, slot)
        submit(road.world, citizen, citizen.case_number, road.form(), request())
        road.drain()
        waiting = saved(road, OPERATOR, VILLAGE, nama=NAMA)["case_number"]
        made = road.officers.appoint(
            "ratih", PASSWORD, "Ratih Contoh", Role.VILLAGE_OPERATOR, [RegionCode(VILLAGE)]
        )
        with Client(served(house)[0]) as client:
            kiosk = Person(house, client, made, "ratih")
            kiosk.sign_in()
            opened = kiosk.ask("POST", "counter/kiosk", {"village": VILLAGE})
            kiosk.cookie = opened.headers["Set-Cookie"].partition(";")[0]
            (stands,) = road.staff.load(made.id).sessions
            yield Screen(house, kiosk, citizen.case_number, waiting, stands.id)


@pytest.mark.parametrize("route", OFFICERS, ids=lambda route: route.name)
def test_no_officers_route_opens_to_who_is_left_alone_with_the_screen(screen: Screen, route: Route) -> None:
    status, told, text = screen.ask(route)
    assert (status, told) == (403, "LAYAR_KIOS"), text
    assert not [value for value in PERSONAL if value in text]
    assert screen.is_as_it_was()


@pytest.mark.parametrize("route", OTHERS, ids=lambda route: route.name)
def test_the_kiosks_cookie_opens_nothing_more_of_what_is_everybodys(screen: Screen, route: Route) -> None:
    status, _, text = screen.ask(route)
    assert status < 500
    if route.who is Who.CITIZEN:
        assert status in (400, 404), "number without its secret"
    assert not [value for value in PERSONAL if value in text]


def test_what_a_kiosk_begins_is_the_next_citizens_and_leads_to_nobody_elses(screen: Screen) -> None:
    made = screen.kiosk.ask("POST", "counter/kiosk/cases", {"target": "self", "village": VILLAGE})
    assert made.status_code == 201
    assert not [value for value in PERSONAL if value in made.body.decode()]
    secret = made.json_body["secret"]
    for number in (screen.submitted, screen.waiting):
        assert screen.kiosk.ask("GET", f"usulan/{number}", **{"Berkas-Secret": secret}).status_code == 404
    again = f"counter/cases/{made.json_body['case_number']}/continuation"
    assert code(screen.kiosk.ask("POST", again, {})) == "LAYAR_KIOS"


def test_every_route_that_asks_for_a_session_is_tried() -> None:
    assert {route.name for route in KIOSKS} == KIOSK - {"open_for_all"}
    assert len(OFFICERS) > 40
    assert {route.who for route in ROUTES} == {route.who for route in (*OFFICERS, *KIOSKS, *OTHERS)}
