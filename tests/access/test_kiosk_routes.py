"""The kiosk over HTTP in one process, with real records (moto): opened by its operator alone, good for one thing, ended
as every session is, and never widened again."""

from __future__ import annotations

from typing import Any

import pytest
from chalice.test import Client, HTTPResponse

from chalicelib.access.actors import Role
from chalicelib.api.own_page import HEADER
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.offices.kiosk import LIFE
from chalicelib.offices.personnel import Step
from tests.access.test_own_account import NEW, PASSWORD, Lived, Person, again, client, code, house
from tests.road import OTHER_VILLAGE, VILLAGE

__all__ = ["client", "house"]
HERE = {"village": VILLAGE}


def signed_in(
    house: Lived,
    client: Client,
    username: str = "ratih",
    role: Role = Role.VILLAGE_OPERATOR,
    at: str = VILLAGE,
) -> Person:
    made = house.road.officers.appoint(username, PASSWORD, "Ratih Contoh", role, [RegionCode(at)])
    person = Person(house, client, made, username)
    assert person.sign_in().status_code == 200
    return person


def opened(person: Person, village: str = VILLAGE) -> HTTPResponse:
    """The person's browser becomes a kiosk."""
    answer = person.ask("POST", "counter/kiosk", {"village": village})
    if answer.status_code == 201:
        person.cookie = answer.headers["Set-Cookie"].partition(";")[0]
    return answer


def begin(person: Person, village: str = VILLAGE) -> HTTPResponse:
    return person.ask("POST", "counter/kiosk/cases", {"target": "self", "village": village})


def events(house: Lived, person: Person) -> list[tuple[str, str]]:
    return [(one.action, one.actor) for one in house.road.staff.events(person._officer.id)][1:]


def test_a_browser_becomes_a_kiosk_and_has_nothing_of_its_officer(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    before = ratih.cookie
    answer = opened(ratih)
    assert answer.status_code == 201
    assert answer.json_body == {"village": {"code": VILLAGE, "name": "Katapiang"}}
    bounds = set(answer.headers["Set-Cookie"].split("; ")[1:])
    assert bounds == {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"}
    assert before != ratih.cookie
    (stands,) = house.road.staff.load(ratih._officer.id).sessions
    assert (stands.counter, stands.ends - stands.begun) == (RegionCode(VILLAGE), LIFE)
    officers_own = again(ratih)
    officers_own.cookie = before
    assert officers_own.ask("GET", "me").status_code == 401, "the session before has ended"
    seen = ratih.ask("GET", "counter/kiosk")
    assert (seen.status_code, seen.json_body) == (200, answer.json_body)
    assert b"Ratih" not in seen.body


def test_it_begins_cases_at_its_own_counter(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    opened(ratih)
    made = begin(ratih)
    assert made.status_code == 201
    assert made.json_body["secret"]
    assert made.json_body["case"]["case_number"] == made.json_body["case_number"]
    assert begin(ratih, OTHER_VILLAGE).status_code == 403
    assert begin(ratih, "x").status_code == 400


@pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.VILLAGE_HEAD, Role.VILLAGE_OPERATOR])
def test_an_officers_session_is_no_kiosk(house: Lived, client: Client, role: Role) -> None:
    person = signed_in(house, client, role=role)
    for answer in (person.ask("GET", "counter/kiosk"), begin(person)):
        assert (answer.status_code, code(answer)) == (403, "TIDAK_BERWENANG")
    if role is not Role.VILLAGE_OPERATOR:
        assert opened(person).status_code == 403
    assert person.ask("GET", "me").status_code == 200


def test_a_stranger_is_no_kiosk(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    ratih.cookie = ""
    for answer in (opened(ratih), ratih.ask("GET", "counter/kiosk"), begin(ratih)):
        assert answer.status_code == 401


def test_it_waits_all_day_for_its_next_citizen_and_no_longer(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    opened(ratih)
    house.road.clock.pass_(hours=5)
    assert begin(ratih).status_code == 201, "nobody has touched it for hours"
    house.road.clock.pass_(hours=4, minutes=59)
    assert begin(ratih).status_code == 201
    house.road.clock.pass_(minutes=1)
    over = begin(ratih)
    assert (over.status_code, code(over)) == (401, "BELUM_MASUK")
    assert "Max-Age=0" in over.headers["Set-Cookie"]


def test_signing_in_at_the_screen_ends_the_kiosk_and_says_so(house: Lived, client: Client) -> None:
    ratih, sari = signed_in(house, client), signed_in(house, client, "sari")
    opened(ratih)
    sari.cookie, kiosk = ratih.cookie, again(ratih)
    kiosk.cookie = ratih.cookie
    assert sari.ask("POST", "session", {"username": "sari", "password": "salah"}).status_code == 401
    assert kiosk.ask("GET", "counter/kiosk").status_code == 200, "a stranger's guess ends nothing"
    assert sari.sign_in().status_code == 200
    assert kiosk.ask("GET", "counter/kiosk").status_code == 401
    assert sari.ask("GET", "me").status_code == 200
    *_, (action, actor) = events(house, ratih)
    assert action == "officer:session:end"
    assert actor.startswith("kiosk:"), "not in the name of who was elsewhere"


def test_its_operator_sees_and_ends_it_from_elsewhere(house: Lived, client: Client) -> None:
    kiosk = signed_in(house, client)
    opened(kiosk)
    elsewhere = again(kiosk)
    elsewhere.sign_in()
    shown = elsewhere.ask("GET", "account").json_body
    (listed,) = (one for one in shown["sessions"] if not one["mine"])
    assert listed["device_label"] == "Kios Katapiang, HP Android, Chrome"
    assert "Kios dibuka" in [one["label"] for one in shown["events"]]
    elsewhere.ask("POST", f"account/sessions/{listed['session_id']}/end", {})
    assert kiosk.ask("GET", "counter/kiosk").status_code == 401


def _ends_others(person: Person) -> Any:
    return person.ask("POST", "account/others/end", {})


def _new_password(person: Person) -> Any:
    return person.ask("POST", "account/password", {"password": PASSWORD, "new": NEW})


@pytest.mark.parametrize("act", [_ends_others, _new_password])
def test_what_ends_sessions_ends_a_kiosk(house: Lived, client: Client, act: Any) -> None:
    kiosk = signed_in(house, client)
    opened(kiosk)
    elsewhere = again(kiosk)
    elsewhere.sign_in()
    assert act(elsewhere).status_code == 200
    assert begin(kiosk).status_code == 401


def test_a_kiosk_ends_with_its_operators_office(house: Lived, client: Client) -> None:
    kiosk = signed_in(house, client)
    opened(kiosk)
    road = house.road
    person = road.staff.load(kiosk._officer.id)
    ended = person.ending(person.offices[0], road.clock().date().replace(day=1))
    road.staff.save(person, Step(ended, []), road.clock(), None)
    assert code(begin(kiosk)) == "TIDAK_BERTUGAS"
    assert code(kiosk.ask("GET", "desk")) == "LAYAR_KIOS"


def test_a_kiosk_listens_to_our_own_page_alone(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    for forged in ({HEADER: ""}, {"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert code(ratih.ask("POST", "counter/kiosk", HERE, **forged)) == "BUKAN_HALAMAN_KAMI"
    opened(ratih)
    body = {"target": "self", **HERE}
    for forged in ({HEADER: ""}, {"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert code(ratih.ask("POST", "counter/kiosk/cases", body, **forged)) == "BUKAN_HALAMAN_KAMI"


def test_doors_tried_at_a_kiosk_are_on_record_once_a_while(house: Lived, client: Client) -> None:
    ratih = signed_in(house, client)
    opened(ratih)
    for _ in range(5):
        assert ratih.ask("GET", "desk").status_code == 403
    road = house.road
    denied, _ = road.world.denials.below(RegionCode("13"), day_in(RegionCode("13"), road.clock()), 10, None)
    assert [(one.actor, one.action, one.why) for one in denied] == [
        (ratih._officer.id, "desk.list", "LAYAR_KIOS")
    ]
