"""An officer's own account over HTTP in one process, with real records (moto): each officer sees and ends sessions of
their own alone, a wrong password ends nothing, and what happened is on record without a name."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from chalice import Chalice
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib import api
from chalicelib.access.accounts import Session, Tokens
from chalicelib.access.actors import Officer, Role
from chalicelib.api.http import Joined
from chalicelib.api.own_page import COOKIE, HEADER
from chalicelib.aws.officers import CognitoOfficers
from chalicelib.errors import NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.offices.personnel import Step
from chalicelib.offices.sessions import MOST
from tests.access.house import ORIGIN, House
from tests.console import OWN
from tests.road import VILLAGE, Road

PASSWORD, NEW = "kopi hujan sepeda genteng", "perahu kertas lampu kebun"
CHROME = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


class Lived(House):
    """The house whose officers are those on record, with an account in the pool. Its tokens are the pool's, unverified
    (moto's issuer is not ours): that is tried in tests/aws/test_tokens.py."""

    def officers(self) -> CognitoOfficers:  # type: ignore[override]
        return self.road.officers

    def tokens(self) -> Tokens:
        return cast(Tokens, self)

    def session(self, token: str) -> Session:
        if token not in self.made:
            made = self.road.session(self.whose, f"s{len(self.made)}")
            self.made[token] = replace(made, token=token)
        return self.made[token]

    def __init__(self, road: Road) -> None:
        super().__init__(road)
        self.made: dict[str, Session] = {}
        self.whose = ""


class Person:
    """One officer in one browser."""

    def __init__(self, house: Lived, client: Client, officer: Officer, username: str) -> None:
        self._house, self._client, self._officer, self._username = house, client, officer, username
        self.cookie = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        self._house.whose = self._officer.id
        sent = {"Content-Type": "application/json", HEADER: "1", "User-Agent": CHROME, "Cookie": self.cookie}
        more = {} if body is None else {"body": json.dumps(body).encode()}
        sent["Idempotency-Key"] = uuid.uuid4().hex
        send = getattr(self._client.http, method.lower())
        answer: HTTPResponse = send(f"/api/v1/{path}", headers=sent | headers, **more)
        return answer

    def sign_in(self, password: str = PASSWORD) -> HTTPResponse:
        answer = self.ask("POST", "session", {"username": self._username, "password": password})
        if answer.status_code == 200:
            self.cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
        return answer


@pytest.fixture
def house() -> Iterator[Lived]:
    with mock_aws():
        yield Lived(Road())


@pytest.fixture
def client(house: Lived) -> Iterator[Client]:
    app = Chalice(app_name="berkas")
    for router in api.routers(cast(Joined, house)):
        app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
    with Client(app) as made:
        yield made


def officer(house: Lived, client: Client, username: str = "ratih") -> Person:
    here = [RegionCode(VILLAGE)]
    made = house.road.officers.appoint(username, PASSWORD, "Ratih Contoh", Role.VILLAGE_OPERATOR, here)
    return Person(house, client, made, username)


def again(person: Person) -> Person:
    """The same officer in another browser."""
    return Person(person._house, person._client, person._officer, person._username)


def code(answer: HTTPResponse) -> str:
    return str(answer.json_body["error"]["code"])


def test_the_token_stands_in_a_cookie_that_no_script_reads_and_nowhere_else(
    house: Lived, client: Client
) -> None:
    ratih = officer(house, client)
    answer = ratih.sign_in()
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    token, *bounds = rest.split("; ")
    assert name == COOKIE
    assert set(bounds) == {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"}
    assert len(token) > 20
    assert token not in answer.body.decode()
    assert answer.json_body["officer"]["name"] == "Ratih Contoh"
    assert len(house.road.pool.voided) == 1, "what renews a session is voided at once"


def test_leaving_ends_the_session_and_takes_the_cookie(house: Lived, client: Client) -> None:
    ratih, elsewhere = officer(house, client), None
    ratih.sign_in()
    elsewhere = again(ratih)
    elsewhere.sign_in()
    left = ratih.ask("POST", "session/end", {})
    assert left.status_code == 200
    assert left.headers["Set-Cookie"].startswith(f"{COOKIE}=; ")
    assert "Max-Age=0" in left.headers["Set-Cookie"]
    refused = ratih.ask("GET", "me")
    assert (refused.status_code, code(refused)) == (401, "BELUM_MASUK")
    assert "Max-Age=0" in refused.headers["Set-Cookie"]
    assert elsewhere.ask("GET", "me").status_code == 200
    assert ratih.ask("POST", "session/end", {}).status_code == 200, "leaving twice is no fault"


def test_signing_in_anew_in_the_same_browser_ends_the_session_before(house: Lived, client: Client) -> None:
    ratih, sari = officer(house, client), officer(house, client, "sari")
    ratih.sign_in()
    before = again(ratih)
    before.cookie = sari.cookie = ratih.cookie
    sari.sign_in()
    assert before.ask("GET", "me").status_code == 401
    assert sari.ask("GET", "me").json_body["name"] == "Ratih Contoh"
    assert len(house.road.staff.load(sari._officer.id).sessions) == 1
    assert house.road.staff.load(ratih._officer.id).sessions == ()


def test_an_officer_sees_and_ends_the_own_sessions_and_nobody_elses(house: Lived, client: Client) -> None:
    ratih, sari = officer(house, client), officer(house, client, "sari")
    ratih.sign_in()
    sari.sign_in()
    other = again(ratih)
    other.sign_in()
    seen = ratih.ask("GET", "account").json_body
    assert [one["device_label"] for one in seen["sessions"]] == ["HP Android, Chrome"] * 2
    (theirs,) = (one["session_id"] for one in seen["sessions"] if not one["mine"])
    refused = sari.ask("POST", f"account/sessions/{theirs}/end", {})
    assert (refused.status_code, code(refused)) == (404, "SESI_TIDAK_ADA")
    assert other.ask("GET", "me").status_code == 200
    after = ratih.ask("POST", f"account/sessions/{theirs}/end", {}).json_body
    assert [one["mine"] for one in after["sessions"]] == [True]
    assert other.ask("GET", "me").status_code == 401
    assert sari.ask("GET", "me").status_code == 200
    assert [one["label"] for one in after["events"]] == ["Sesi diakhiri", "Masuk", "Masuk"]


def test_one_session_more_than_may_be_ends_the_one_that_lay_longest(house: Lived, client: Client) -> None:
    first = officer(house, client)
    first.sign_in()
    others = [again(first) for _ in range(MOST)]
    for one in others:
        house.road.clock.pass_(minutes=1)
        one.sign_in()
    assert first.ask("GET", "me").status_code == 401
    assert [one.ask("GET", "me").status_code for one in others] == [200] * MOST


def test_a_session_that_nobody_uses_is_over_and_use_keeps_it(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    for _ in range(5):
        house.road.clock.pass_(minutes=29)
        assert ratih.ask("GET", "me").status_code == 200
    house.road.clock.pass_(minutes=33)
    assert ratih.ask("GET", "me").status_code == 401
    ratih.sign_in()
    for _ in range(9):
        house.road.clock.pass_(minutes=28)
        last = ratih.ask("GET", "me").status_code
    assert last == 401, "four hours are the most, however busy"


def test_a_new_password_asks_for_the_old_one_and_ends_other_sessions(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    other = again(ratih)
    other.sign_in()
    wrong = ratih.ask("POST", "account/password", {"password": "salah", "new": NEW})
    assert wrong.json_body["error"]["fields"] == {"password": "Kata sandi sekarang belum cocok."}
    assert other.ask("GET", "me").status_code == 200
    for weak in ("petugas-desa-2026", "pendek", PASSWORD):
        refused = ratih.ask("POST", "account/password", {"password": PASSWORD, "new": weak})
        assert set(refused.json_body["error"]["fields"]) == {"new"}
    changed = ratih.ask("POST", "account/password", {"password": PASSWORD, "new": NEW})
    assert changed.status_code == 200
    assert ratih.ask("GET", "me").status_code == 200
    assert other.ask("GET", "me").status_code == 401
    assert other.sign_in().status_code == 401
    assert other.sign_in(NEW).status_code == 200
    repeated = ratih.ask("POST", "account/password", {"password": PASSWORD, "new": NEW})
    assert repeated.status_code == 200, "a change repeated over a bad line"


def test_guessing_the_own_password_comes_to_a_wait(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    body = {"password": "salah", "new": NEW}
    assert [ratih.ask("POST", "account/password", body).status_code for _ in range(12)][-1] == 429
    assert ratih.ask("POST", "account/factor", {"password": "salah"}).status_code == 429
    assert ratih.ask("GET", "me").status_code == 200


def test_a_second_factor_is_set_up_after_a_whole_sign_in(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    other = again(ratih)
    other.sign_in()
    wrong = ratih.ask("POST", "account/factor", {"password": "salah"})
    assert set(wrong.json_body["error"]["fields"]) == {"password"}
    step = ratih.ask("POST", "account/factor", {"password": PASSWORD}).json_body
    assert step["enrol"]["secret"]
    as_sign_in = other.ask("POST", "session/step", {"handle": step["handle"], "answer": "123456"})
    assert code(as_sign_in) == "MASUK_LAMA", "what sets a device up begins no session"
    done = ratih.ask("POST", "account/factor/confirmation", {"handle": step["handle"], "code": "123 456"})
    assert done.json_body["second_factor"] is True
    assert other.ask("GET", "me").status_code == 401
    assert again(ratih).sign_in().json_body["next"]["wanted"] == "code"


def test_a_handle_of_somebody_else_sets_up_nothing(house: Lived, client: Client) -> None:
    ratih, sari = officer(house, client), officer(house, client, "sari")
    ratih.sign_in()
    sari.sign_in()
    step = ratih.ask("POST", "account/factor", {"password": PASSWORD}).json_body
    stolen = {"handle": step["handle"], "code": "123456"}
    refused = sari.ask("POST", "account/factor/confirmation", stolen)
    assert (refused.status_code, set(refused.json_body["error"]["fields"])) == (400, {"code"})
    assert sari.ask("GET", "account").json_body["second_factor"] is False


def test_nothing_changes_without_the_sign_of_our_own_page(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    changes = [("session/end", {}), ("account/others/end", {}), ("account/factor", {"password": PASSWORD})]
    for path, body in changes:
        for forged in ({HEADER: ""}, {"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert code(ratih.ask("POST", path, body, **forged)) == "BUKAN_HALAMAN_KAMI", (path, forged)
    assert code(ratih.ask("GET", "me", **{"Sec-Fetch-Site": "same-site"})) == "BUKAN_HALAMAN_KAMI"
    ours = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    assert ratih.ask("POST", "account/others/end", {}, **ours).status_code == 200


def test_each_coming_and_going_is_on_record_and_failed_ones_by_the_accounts_id(
    house: Lived, client: Client
) -> None:
    ratih = officer(house, client)
    assert ratih.sign_in("salah").status_code == 401
    stranger = Person(house, client, ratih._officer, "tidak.ada")
    assert stranger.sign_in("salah").status_code == 401
    ratih.sign_in()
    ratih.ask("POST", "session/end", {})
    road = house.road
    refused = "session.start", "MASUK_DITOLAK"
    nobodys = [(one.actor, one.action, one.why) for one in road.world.denials.of_nobody(road.clock().date())]
    assert nobodys == [("stranger", *refused)]
    above, day = RegionCode("13"), day_in(RegionCode("13"), road.clock())
    hers, _ = road.world.denials.below(above, day, 10, None)
    assert [(one.actor, one.action, one.why) for one in hers] == [(ratih._officer.id, *refused)]
    events = [(one.action, one.actor) for one in road.staff.events(ratih._officer.id)][1:]
    assert events == [
        ("officer:session:begin", ratih._officer.id),
        ("officer:session:leave", ratih._officer.id),
    ]


def test_a_limit_that_is_reached_is_on_record_once_a_while(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    assert [ratih.sign_in("salah").status_code for _ in range(9)] == [401] * 5 + [429] * 4
    road = house.road
    reached = [
        one for one in road.world.denials.of_nobody(road.clock().date()) if one.why == "TERLALU_SERING"
    ]
    assert [(one.actor, one.action) for one in reached] == [("stranger", "session.start")]


def test_an_address_that_tries_many_accounts_must_work_for_it(house: Lived, client: Client) -> None:
    people = [officer(house, client, f"orang{n}") for n in range(7)]
    statuses = [one.sign_in("salah").status_code for one in people for _ in range(5)]
    assert statuses[:30] == [401] * 30
    assert set(statuses[31:]) == {428}


def test_all_routes_about_the_own_account_are_tried_here(house: Lived) -> None:
    routes = {
        route.name
        for router in api.routers(cast(Joined, house))
        for route in router.routes
        if "/account" in route.path
    }
    assert routes == OWN


def test_who_is_signed_in_without_an_office_may_still_leave(house: Lived, client: Client) -> None:
    ratih = officer(house, client)
    ratih.sign_in()
    house.road.clock.pass_(minutes=1)
    made = house.made[ratih.cookie.partition("=")[2]]
    road = house.road
    person = road.staff.load(made.subject)
    ended = person.ending(person.offices[0], road.clock().date().replace(day=1))
    road.staff.save(person, Step(ended, []), road.clock(), None)
    assert code(ratih.ask("GET", "me")) == "TIDAK_BERTUGAS"
    assert ratih.ask("POST", "session/end", {}).status_code == 200
    assert road.staff.load(made.subject).sessions == ()
    with pytest.raises(NotSignedIn, match="TIDAK_BERTUGAS"):
        road.signed_in(made.subject, "again")
