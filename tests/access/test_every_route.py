"""Every route against an oracle, over HTTP in one process: random officers, cases and citizens.

The oracle knows people and what they are for (DOMAIN 1), not the policy's rows. A hundred requests a route here;
a thousand with `BERKAS_ACCESS=long .venv/bin/pytest tests/access`. Each test has a house of its own: the emulated table
goes through all it holds at each query, so what one test leaves would slow all that follow.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from chalice.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from chalicelib.access import passes
from chalicelib.access.actors import Citizen, Officer, Role, Stranger
from chalicelib.access.policy import POLICY, Scope
from chalicelib.access.searches import Search
from chalicelib.api.http import Route, Router, Who
from chalicelib.api.pages import NAMES
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.usulan.case import FIELDS, Target
from chalicelib.usulan.documents import REQUIRED
from chalicelib.usulan.rights import Right, refusals
from chalicelib.usulan.start import start
from chalicelib.usulan.submit import submit
from tests.access.house import House, as_officer, served
from tests.console import CONSOLE, COUNTER, KIOSK, OWN
from tests.road import NAMA, NIK, NOMOR_KK, OPERATOR, OTHER_VILLAGE, VILLAGE, Road, request

RUNS = settings(
    max_examples=1000 if os.environ.get("BERKAS_ACCESS") == "long" else 100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
FAR = "32.05.10.2002"
OFFICES = [role for role in Role if role not in (Role.CITIZEN, Role.KIOSK, Role.SYSTEM)]
STAGE_OF = {
    Role.VILLAGE_OPERATOR: "desa",
    Role.VILLAGE_HEAD: "desa",
    Role.DINSOS_VERIFIER: "dinsos",
    Role.DINSOS_HEAD: "dinsos",
}
REGIONS = ["13", "13.05", "13.05.02", VILLAGE, OTHER_VILLAGE, "32", FAR]
PERSONAL = (NIK, NAMA, NOMOR_KK)


@dataclass(frozen=True)
class Known:
    """A case as the oracle knows it."""

    number: str
    secret: str
    village: str
    stage: str


@dataclass
class Setting:
    house: House
    client: Client
    routers: list[Router]
    cases: list[Known]

    def ask(
        self, method: str, path: str, body: Any = None, officer: Officer | None = None, secret: str = ""
    ) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        if officer:
            self.house.people[officer.id] = officer
            headers |= as_officer(officer.id)
        if secret:
            headers["Berkas-Secret"] = secret
        send = getattr(self.client.http, method.lower())
        more = {} if body is None else {"body": json.dumps(body).encode()}
        answer = send(path, headers=headers, **more)
        return answer.status_code, answer.body.decode()


def _case(road: Road, village: str, *, passed: bool = False) -> Known:
    made = start(road.world, Stranger(), Target.SELF, request())
    citizen = Citizen(made["case_number"])
    for slot in REQUIRED:
        road.send(citizen, slot)
    submit(road.world, citizen, citizen.case_number, road.form(kode_wilayah=village), request())
    road.drain()
    if passed:
        here = Officer("sub-here", "Operator Contoh", Role.VILLAGE_OPERATOR, (RegionCode(village),))
        fence = claim(road.world, here, citizen.case_number, "desa", request())["fence"]
        decide(road.world, here, citizen.case_number, "desa", fence, Ruling(Verdict.LULUS), request())
        road.drain()
    return Known(citizen.case_number, made["secret"], village, "dinsos" if passed else "desa")


@pytest.fixture
def setting() -> Iterator[Setting]:
    with mock_aws():
        road = Road()
        house = House(road)
        app, routers = served(house)
        cases = [
            _case(road, village, passed=passed)
            for village in (VILLAGE, OTHER_VILLAGE, FAR)
            for passed in (False, True)
        ]
        with Client(app) as client:
            yield Setting(house, client, routers, cases)


def covers(officer: Officer, known: Known) -> bool:
    return any(known.village.startswith(region.value) for region in officer.regions)


def reviews(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and STAGE_OF.get(officer.role) == known.stage


def looks(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in (*STAGE_OF, Role.FIELD_OFFICER)


officers = st.builds(
    lambda role, codes, name: Officer(f"sub-{name}", "Petugas Contoh", role, tuple(map(RegionCode, codes))),
    st.sampled_from(OFFICES),
    st.lists(st.sampled_from(REGIONS), max_size=2, unique=True),
    st.integers(0, 10**6),
)
places = st.integers(0, 5)
REFUSED = {401, 403, 404}


def unmasks_numbers(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in STAGE_OF


def answers(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in (Role.DINSOS_VERIFIER, Role.DINSOS_HEAD)


MAY = {
    "unmask_field": unmasks_numbers,
    "record_request": looks,
    "record_withdrawal": looks,
    "view_request": answers,
    "answer_request": answers,
    "claim_work": reviews,
    "release_work": reviews,
    "correct_value": reviews,
    "decide_case": reviews,
    "view_case": looks,
    "resolve_barkot": looks,
}
"""Routes about one case → whom the oracle lets through. A wrong fence is then a conflict, not a refusal."""


def call_of(name: str, known: Known) -> tuple[str, str, Any]:
    work = f"{known.number}.{known.stage}"
    calls: dict[str, tuple[str, str, Any]] = {
        "claim_work": ("POST", f"/api/v1/desk/{work}/claim", {}),
        "release_work": ("POST", f"/api/v1/desk/{work}/release", {"fence": 9999}),
        "correct_value": (
            "POST",
            f"/api/v1/cases/{known.number}/corrections",
            {"work_id": work, "fence": 9999, "field": "nama", "value": "ORANG LAIN"},
        ),
        "decide_case": (
            "POST",
            f"/api/v1/cases/{known.number}/decision",
            {"work_id": work, "fence": 9999, "decision": "lulus"},
        ),
        "view_case": ("GET", f"/api/v1/cases/{known.number}", None),
        "unmask_field": (
            "POST",
            f"/api/v1/cases/{known.number}/unmasking",
            {"field": "nik", "reason": "DUGAAN_GANDA"},
        ),
        "record_request": (
            "POST",
            f"/api/v1/cases/{known.number}/requests",
            {"right": "koreksi", "wanted": {"nik": "12"}, "proof": "KTP_ASLI"},
        ),
        "record_withdrawal": (
            "POST",
            f"/api/v1/cases/{known.number}/requests/none/withdrawal",
            {"proof": "KTP_ASLI"},
        ),
        "view_request": ("GET", f"/api/v1/cases/{known.number}/requests/none", None),
        "answer_request": (
            "POST",
            f"/api/v1/cases/{known.number}/requests/none/answer",
            {"answer": "kabulkan"},
        ),
        "resolve_barkot": ("POST", "/api/v1/barkot/resolve", {"text": known.number}),
    }
    return calls[name]


@pytest.mark.parametrize("name", sorted(MAY))
@RUNS
@given(officer=officers, place=places)
def test_routes_about_a_case(setting: Setting, name: str, officer: Officer, place: int) -> None:
    known = setting.cases[place]
    setting.house.road.clock.pass_(hours=1)  # whoever held it, holds it no more
    status, text = setting.ask(*call_of(name, known), officer=officer)
    assert status < 500
    passed = status not in REFUSED or (status == 404 and "PERMINTAAN_TIDAK_ADA" in text)
    assert passed == MAY[name](officer, known), (status, officer, known)
    shown = (NIK,) if name == "unmask_field" and status == 200 else ()
    assert [value for value in PERSONAL if value in text] == [*shown]
    assert "X-Amz-" not in text, "a link to a photo"


@RUNS
@given(officer=officers, place=places)
def test_personal_values_and_photos_show_to_the_holder_of_the_claim_alone(
    setting: Setting, officer: Officer, place: int
) -> None:
    known = setting.cases[place]
    setting.house.road.clock.pass_(hours=1)
    claimed, _ = setting.ask(*call_of("claim_work", known), officer=officer)
    _, text = setting.ask(*call_of("view_case", known), officer=officer)
    held = claimed == 200
    assert held == reviews(officer, known)
    assert (NIK in text and "X-Amz-" in text) == held
    other = Officer("sub-other", "Rekan Contoh", Role.VILLAGE_HEAD, (RegionCode("13"), RegionCode("32")))
    _, seen = setting.ask(*call_of("view_case", known), officer=other)
    assert not any(value in seen for value in PERSONAL)


@RUNS
@given(officer=officers, place=places, field=st.sampled_from(FIELDS))
def test_a_field_shows_to_whom_it_is_for_and_each_look_is_on_record(
    setting: Setting, officer: Officer, place: int, field: str
) -> None:
    known, road = setting.cases[place], setting.house.road
    road.clock.pass_(hours=1)
    before = road.store.load(known.number).seq
    body = {"field": field, "reason": "PERTANYAAN_WARGA"}
    status, text = setting.ask("POST", f"/api/v1/cases/{known.number}/unmasking", body, officer)
    for_the_field = {"nama", "alamat", "rt", "rw"} if officer.role is Role.FIELD_OFFICER else set(FIELDS)
    expected = looks(officer, known) and field in for_the_field
    assert status == (200 if expected else 403)
    value = road.store.load(known.number).value(field)
    assert (json.loads(text).get("value") == value) == expected
    events = road.store.events(known.number)[before:]
    seen = [(event.action, event.actor, event.detail) for event in events]
    office = max((code.value for code in officer.regions if known.village.startswith(code.value)), default="")
    detail = {"field": field, "reason": "BUKA_PERTANYAAN_WARGA", "office": office, "role": officer.role}
    assert seen == ([("officer:field:unmask", officer.id, detail)] if expected else [])


@RUNS
@given(officer=officers, cursor=st.one_of(st.none(), st.text("0123456789:.#-TZ", max_size=40)))
def test_the_desk_lists_what_lies_there_and_nothing_else(
    setting: Setting, officer: Officer, cursor: str | None
) -> None:
    path = "/api/v1/desk" if cursor is None else f"/api/v1/desk?cursor={cursor.replace('#', '%23')}"
    status, text = setting.ask("GET", path, officer=officer)
    if officer.role not in STAGE_OF or not officer.regions:
        assert status == 403
        return
    assert status == 200
    listed = {item["case_number"] for item in json.loads(text)["items"]}
    expected = {known.number for known in setting.cases if reviews(officer, known)}
    assert listed == expected if cursor is None else listed <= expected
    assert not any(value in text for value in PERSONAL)


@RUNS
@given(officer=officers, place=places)
def test_waiting_requests_lie_with_the_social_office_of_their_kabupaten(
    setting: Setting, officer: Officer, place: int
) -> None:
    road, mine = setting.house.road, setting.cases[place]
    road.clock.pass_(hours=1)
    setting.ask("POST", f"/api/v1/usulan/{mine.number}/requests", {"right": "ekspor"}, secret=mine.secret)
    status, text = setting.ask("GET", "/api/v1/requests", officer=officer)
    if officer.role not in (Role.DINSOS_VERIFIER, Role.DINSOS_HEAD) or not officer.regions:
        assert status == 403
        return
    waits = {known.number for known in setting.cases if road.store.load(known.number).requests}
    listed = {item["case_number"] for item in json.loads(text)["items"]}
    assert listed == {known.number for known in setting.cases if covers(officer, known)} & waits
    assert not any(value in text for value in PERSONAL)


@RUNS
@given(officer=officers, place=places, right=st.sampled_from(list(Right)))
def test_each_right_is_answered_by_whom_it_is_for(
    setting: Setting, officer: Officer, place: int, right: Right
) -> None:
    known, road = setting.cases[place], setting.house.road
    road.clock.pass_(hours=12)
    wish = {"right": right, "wanted": {"rt": "009"} if right is Right.CORRECT else {}}
    setting.ask("POST", f"/api/v1/usulan/{known.number}/requests", wish, secret=known.secret)
    (waits,) = (
        one for one in road.store.load(known.number).requests.values() if one.right is right and one.waits
    )
    path = f"/api/v1/cases/{known.number}/requests/{waits.id}/answer"
    status, text = setting.ask("POST", path, {"answer": "tolak", "reason": refusals(right)[0]}, officer)
    expected = answers(officer, known) and (right is not Right.ERASE or officer.role is Role.DINSOS_HEAD)
    assert status == (200 if expected else 403)
    assert road.store.load(known.number).requests[waits.id].waits != expected
    assert not any(value in text for value in PERSONAL)


def _searches(road: Road, officer: Officer) -> set[Search]:
    """Those of the officer's day, in whichever office."""
    days = {road.clock().date() + timedelta(days=ahead) for ahead in (0, 1)}
    return {
        row
        for office in officer.regions
        for day in days
        for row in road.personnel.watch.rows(office, officer.id, day, 100, None)[0]
        if isinstance(row, Search)
    }


@RUNS
@given(
    officer=officers,
    village=st.sampled_from([*REGIONS, "99.99.99.9999", "x"]),
    name=st.sampled_from([NAMA, "ratna", "CONTOH DEWI", "dew", "ratna budi", "ra", "12"]),
)
def test_a_search_finds_the_cases_of_one_village_and_shows_no_name(
    setting: Setting, officer: Officer, village: str, name: str
) -> None:
    road = setting.house.road
    road.clock.pass_(hours=1)
    before = _searches(road, officer)
    status, text = setting.ask("POST", "/api/v1/search", {"village": village, "name": name}, officer)
    near = any(village.startswith(region.value) for region in officer.regions)
    if village not in (VILLAGE, OTHER_VILLAGE, FAR):
        assert status == 400
    elif not near or officer.role not in STAGE_OF:
        assert status == 403
    elif name in ("ra", "12"):
        assert status == 400
    else:
        assert status == 200
        listed = {item["case_number"] for item in json.loads(text)["items"]}
        here = {known.number for known in setting.cases if known.village == village}
        assert listed == (here if "budi" not in name else set())
        (search,) = _searches(road, officer) - before
        assert (search.actor, str(search.village), set(search.cases)) == (officer.id, village, listed)
    assert not any(value in text for value in PERSONAL)
    assert "ratna" not in text.lower()


@pytest.mark.parametrize(
    "name",
    [
        "view_usulan",
        "view_receipt",
        "request_photo",
        "submit_usulan",
        "mend_usulan",
        "give_contact",
        "keep_answers",
        "view_handover",
        "view_requests",
        "ask_right",
        "withdraw_right",
        "fetch_copy",
    ],
)
@RUNS
@given(mine=places, asked=places)
def test_a_citizens_secret_opens_one_case(setting: Setting, name: str, mine: int, asked: int) -> None:
    setting.house.road.clock.pass_(hours=2)  # wrong secrets are forgotten
    me, other = setting.cases[mine], setting.cases[asked]
    tail, body = {
        "view_usulan": ("", None),
        "view_receipt": ("/receipt", None),
        "request_photo": ("/photos/ktp", {"content_type": "image/jpeg", "size": 10}),
        "submit_usulan": ("/submission", vars(setting.house.road.form())),
        "mend_usulan": ("/mending", {}),
        "give_contact": ("/contact", {"address": ""}),
        "keep_answers": ("/answers", {"screen": "periksa", "values": {"nama": NAMA}, "seen": 0}),
        "view_handover": ("/handover", None),
        "view_requests": ("/requests", None),
        "ask_right": ("/requests", {"right": "koreksi"}),
        "withdraw_right": ("/requests/none/withdrawal", {}),
        "fetch_copy": ("/export", None),
    }[name]
    method = "GET" if body is None else "POST"
    status, text = setting.ask(method, f"/api/v1/usulan/{other.number}{tail}", body, secret=me.secret)
    if mine == asked:
        assert status in (200, 409) or "KOREKSI_KOSONG" in text or "PERMINTAAN_TIDAK_ADA" in text
    else:
        assert (status, json.loads(text)["error"]["code"]) == (404, "USULAN_TIDAK_DITEMUKAN")


@RUNS
@given(mine=places, asked=places)
def test_a_citizens_secret_opens_the_status_of_one_case(setting: Setting, mine: int, asked: int) -> None:
    setting.house.road.clock.pass_(hours=2)
    me, other = setting.cases[mine], setting.cases[asked]
    body = urlencode({"number": other.number, "secret": me.secret}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = setting.client.http.post("/status", headers=headers, body=body)
    text = answer.body.decode()
    assert answer.status_code == (200 if mine == asked else 404)
    assert ("result-number" in text) == (mine == asked)
    assert not any(value in text for value in (*PERSONAL, me.secret))


@RUNS
@given(
    mine=places,
    asked=places,
    form=st.sampled_from(["status", "status-foto", "status-kirim", "status-kabar"]),
    late=st.booleans(),
)
def test_a_pass_opens_the_forms_of_one_case_while_it_lasts(
    setting: Setting, mine: int, asked: int, form: str, late: bool
) -> None:
    me, other, road = setting.cases[mine], setting.cases[asked], setting.house.road
    token = passes.given(road.world.digests, me.number, road.clock())
    road.clock.pass_(hours=1 if late else 0)
    name = uuid.uuid4().hex
    fields = {"number": other.number, "pass": token, "name": name, "slot": "ktp", "stop": "1"}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = setting.client.http.post(f"/{form}", headers=headers, body=urlencode(fields).encode())
    opened = mine == asked and not late
    assert (answer.status_code == 404) != opened
    assert answer.status_code in ((200, 400, 409) if opened else (404,))
    assert not any(value in answer.body.decode() for value in (*PERSONAL, me.secret))


def test_nobody_without_a_token_gets_past_an_officers_door(setting: Setting) -> None:
    for name in MAY:
        method, path, body = call_of(name, setting.cases[0])
        assert setting.ask(method, path, body)[0] == 401


def test_every_route_names_an_action_that_somebody_of_its_kind_may_do(setting: Setting) -> None:
    scopes = {
        Who.ANYONE: {Scope.ANY},
        Who.CITIZEN: {Scope.OWN},
        Who.OFFICER: {Scope.REGION, Scope.BELOW},
        Who.KIOSK: {Scope.REGION},
    }
    routes: list[Route] = [route for router in setting.routers for route in router.routes]
    assert len(routes) > 20
    for route in routes:
        assert any(grant.action is route.action and grant.scope in scopes[route.who] for grant in POLICY), (
            route.name
        )


def test_the_oracle_speaks_of_every_route_that_answers_json(setting: Setting) -> None:
    spoken = {
        *MAY,
        "list_desk",
        "search_by_name",
        "list_requests",
        "view_requests",
        "ask_right",
        "withdraw_right",
        "fetch_copy",
        "view_usulan",
        "view_receipt",
        "request_photo",
        "submit_usulan",
        "mend_usulan",
        "give_contact",
        "keep_answers",
        "view_handover",
        *CONSOLE,
        *COUNTER,
        *KIOSK,
    }
    public = {"start_usulan", "list_regions", "sign_in", "continue_sign_in", "leave", "healthz", "view_me"}
    routes = {route.name for router in setting.routers for route in router.routes if route.gives}
    assert routes == spoken | public | OWN


def test_the_oracle_knows_what_answers_no_json(setting: Setting) -> None:
    """Pages, files, and doors that lead to a page; the forms of the status page alone speak of a case, by its secret or
    the pass that its secret gave."""
    routes = {route.name: route for router in setting.routers for route in router.routes if not route.gives}
    forms = {"look_at_status", "prepare_photo", "send_again", "tell_here"}
    assert {name for name in routes if not name.startswith("page_")} == {
        *("asset", "choose_language", "open_barkot", "photo_arrived", "worker"),
        *forms,
    }
    assert {name for name, route in routes.items() if route.who is not Who.ANYONE} == forms


@RUNS
@given(
    officer=st.one_of(st.none(), officers),
    language=st.one_of(
        st.sampled_from(["id", "en"]), st.text(st.characters(categories=["L", "N"]), min_size=1)
    ),
    page=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_a_language_is_chosen_by_anyone_and_leads_to_pages_of_ours_alone(
    setting: Setting, officer: Officer | None, language: str, page: str
) -> None:
    headers = {}
    if officer:
        setting.house.people[officer.id] = officer
        headers = as_officer(officer.id)
    path = f"/bahasa/{quote(language)}?{urlencode({'ke': page})}"
    answer = setting.client.http.get(path, headers=headers)
    if language in ("id", "en"):
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"../{page if page in NAMES else ''}"
        assert answer.headers["Set-Cookie"].startswith(f"__Host-bahasa={language}; ")
    else:
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_what_shows_personal_values_is_kept_by_nobody(setting: Setting) -> None:
    known, road = setting.cases[0], setting.house.road
    road.clock.pass_(days=20)
    setting.house.people[OPERATOR.id] = OPERATOR
    case = f"/api/v1/cases/{known.number}"
    calls: list[tuple[str, dict[str, Any]]] = [
        (f"{case}/unmasking", {"field": "nik", "reason": "DUGAAN_GANDA"}),
        ("/api/v1/search", {"village": known.village, "name": NAMA}),
    ]
    for path, body in calls:
        headers = {
            **as_officer(OPERATOR.id),
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        answer = setting.client.http.post(path, headers=headers, body=json.dumps(body).encode())
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not [value for value in PERSONAL if value in path + json.dumps(dict(answer.headers))]


def test_a_refused_request_is_on_record(setting: Setting) -> None:
    road, known = setting.house.road, setting.cases[0]
    far = Officer("sub-far", "Petugas Jauh", Role.VILLAGE_OPERATOR, (RegionCode(FAR),))
    denied = partial(
        road.world.denials.below, RegionCode("32"), day_in(RegionCode("32"), road.clock()), 100, None
    )
    before = set(denied()[0])
    for name in ("view_case", "resolve_barkot"):
        setting.ask(*call_of(name, known), officer=far)
    setting.ask(*call_of("view_case", known), officer=OPERATOR)
    new = set(denied()[0]) - before
    assert sorted((one.actor, one.action, one.case) for one in new) == [
        (far.id, "barkot.resolve", ""),
        (far.id, "case.view", known.number),
    ]
