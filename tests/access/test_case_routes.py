"""Routes about one case against the oracle, over HTTP in one process: random officers and cases."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer, Role
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.usulan.case import FIELDS
from tests.access.house import as_officer
from tests.access.oracle import (
    FAR,
    MAY,
    PERSONAL,
    REFUSED,
    Known,
    Setting,
    looks,
    officers,
    places,
    reviews,
    runs,
)
from tests.road import NAMA, NIK, OPERATOR


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
@runs
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


def test_nobody_without_a_token_gets_past_an_officers_door(setting: Setting) -> None:
    for name in MAY:
        method, path, body = call_of(name, setting.cases[0])
        assert setting.ask(method, path, body)[0] == 401


@runs
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


@runs
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
