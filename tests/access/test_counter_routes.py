"""The counter's routes against the oracle: who helps, in which village, with which draft; and what of it is told."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer, Role
from chalicelib.counter.assist import begin_for
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.usulan.case import Target
from tests.access.oracle import FAR, PERSONAL, REGIONS, Setting, officers, runs
from tests.counter.lists import csv, saved, values
from tests.road import NAMA, NIK, NOMOR_KK, OPERATOR, OTHER_VILLAGE, VILLAGE, request

VILLAGES = (VILLAGE, OTHER_VILLAGE, FAR)
HELPERS = (Role.FIELD_OFFICER, Role.VILLAGE_OPERATOR)
villages = st.sampled_from([*REGIONS, "99.99.99.9999", "x"])
DATA = base64.b64encode(csv("NIK;Nama", f"{NIK};{NAMA}")).decode()


def near(officer: Officer, village: str) -> bool:
    return any(village.startswith(region.value) for region in officer.regions)


def expected(officer: Officer, village: str, roles: tuple[Role, ...]) -> set[int]:
    """The statuses that the oracle allows for something done at the counter of a village."""
    if village not in VILLAGES:
        return {400}
    return {200, 201, 429} if officer.role in roles and near(officer, village) else {403}


def calls(village: str) -> dict[str, tuple[str, str, Any, tuple[Role, ...]]]:
    row = values(desa=village)
    return {
        "begin_for_citizen": ("POST", "", {"target": "self", "village": village}, HELPERS),
        "view_counter": ("GET", f"?village={village}", None, HELPERS),
        "list_waiting": ("GET", f"/waiting?village={village}", None, HELPERS),
        "find_waiting": ("POST", "/waiting", {"village": village, "nik": NOMOR_KK}, HELPERS),
        "check_list": ("POST", "/list", {"village": village, "data": DATA}, (Role.VILLAGE_OPERATOR,)),
        "check_rows": (
            "POST",
            "/list/rows",
            {"village": village, "rows": [{"row": 2, "values": row}]},
            (Role.VILLAGE_OPERATOR,),
        ),
        "save_list_row": (
            "POST",
            "/list/saved",
            {"village": village, "values": row},
            (Role.VILLAGE_OPERATOR,),
        ),
    }


@pytest.mark.parametrize("name", sorted(calls(VILLAGE)))
@runs
@given(officer=officers, village=villages)
def test_a_counter_is_open_to_its_own(setting: Setting, name: str, officer: Officer, village: str) -> None:
    setting.house.road.clock.pass_(hours=12)
    method, tail, body, roles = calls(village)[name]
    path = f"/api/v1/counter{'/cases' if name == 'begin_for_citizen' else tail}"
    status, text = setting.ask(method, path, body, officer)
    allowed = expected(officer, village, roles)
    if name == "find_waiting" and 200 in allowed:
        allowed = {400, 404}  # the number given is nobody's NIK
    assert status in allowed, (status, text)
    if name not in ("check_list", "check_rows"):
        assert not any(value in text for value in PERSONAL)


@pytest.fixture
def drafts(setting: Setting) -> dict[str, str]:
    """A draft of each village's counter."""
    made = {}
    for village in VILLAGES:
        here = Officer(f"sub-{village}", "Operator Contoh", Role.VILLAGE_OPERATOR, (RegionCode(village),))
        row = saved(setting.house.road, here, village, desa=village, nama=NAMA)
        made[village] = row["case_number"]
    return made


@runs
@given(officer=officers, village=st.sampled_from(VILLAGES), own=st.booleans())
def test_a_draft_is_opened_by_its_counter_alone(
    setting: Setting, drafts: dict[str, str], officer: Officer, village: str, own: bool
) -> None:
    road = setting.house.road
    road.clock.pass_(hours=2)
    number = drafts[village] if own else road.draft().case_number
    before = road.store.load(number).secret_digest
    status, text = setting.ask("POST", f"/api/v1/counter/cases/{number}/continuation", {}, officer)
    passed = own and officer.role in HELPERS and near(officer, village)
    assert status == (200 if passed else 403)
    assert (road.store.load(number).secret_digest != before) == passed
    assert (NIK in text) == passed


@runs
@given(officer=officers)
def test_the_lists_to_download_are_the_operators(setting: Setting, officer: Officer) -> None:
    setting.house.road.clock.pass_(hours=1)
    body = {"rows": [{"values": values(), "reason": "Periksa"}]}
    allowed = officer.role is Role.VILLAGE_OPERATOR and bool(officer.regions)
    for method, tail, given_ in (("GET", "template", None), ("POST", "remaining", body)):
        status, text = setting.ask(method, f"/api/v1/counter/list/{tail}", given_, officer)
        assert status == (200 if allowed else 403)
        assert not any(value in text for value in PERSONAL), "text in a zip in base64"


@runs
@given(officer=officers)
def test_a_kiosk_is_opened_by_the_operator_of_its_village(setting: Setting, officer: Officer) -> None:
    """The oracle: village operators, for a village of theirs; and no officer is a kiosk himself."""
    for village in (VILLAGE, OTHER_VILLAGE, FAR, "13.05", "x"):
        status, text = setting.ask("POST", "/api/v1/counter/kiosk", {"village": village}, officer)
        near = any(village.startswith(region.value) for region in officer.regions)
        if village in ("13.05", "x"):
            assert status == 400, text
        elif officer.role is Role.VILLAGE_OPERATOR and near:
            assert status != 403, text
        else:
            assert status == 403, text


def test_nobody_helps_without_signing_in(setting: Setting) -> None:
    for name, (method, tail, body, _) in calls(VILLAGE).items():
        path = f"/api/v1/counter{'/cases' if name == 'begin_for_citizen' else tail}"
        assert setting.ask(method, path, body)[0] == 401
    for tail in ("cases/7K3M-9QTD-2/continuation", "list/remaining"):
        assert setting.ask("POST", f"/api/v1/counter/{tail}", {})[0] == 401
    assert setting.ask("GET", "/api/v1/counter/list/template")[0] == 401


def test_nothing_of_a_list_is_kept_but_the_saved_drafts(setting: Setting) -> None:
    road = setting.house.road

    def stored() -> int:
        pages = road.dynamodb.get_paginator("scan").paginate(TableName="berkas")
        kept = [item for page in pages for item in page["Items"]]
        return sum(1 for item in kept if not item["pk"]["S"].startswith("LIMIT#"))

    before = stored()
    status, text = setting.ask("POST", "/api/v1/counter/list", {"village": VILLAGE, "data": DATA}, OPERATOR)
    assert (status, json.loads(text)["rows"][0]["values"]["nik"]) == (200, NIK)
    assert stored() == before


def test_where_a_nik_is_known_changes_no_answer(setting: Setting) -> None:
    """One that stands in cases of this very village, one of nobody: the same words (DOMAIN 6: no oracle)."""
    told = []
    for nik in (NIK, "1305026006879877"):
        data = base64.b64encode(csv("NIK;Nama", f"{nik};{NAMA}")).decode()
        _, checked = setting.ask("POST", "/api/v1/counter/list", {"village": VILLAGE, "data": data}, OPERATOR)
        body = {"village": VILLAGE, "values": values(nik=nik)}
        status, made = setting.ask("POST", "/api/v1/counter/list/saved", body, OPERATOR)
        told.append((checked.replace(nik, ""), status, json.loads(made)["known"]))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"data": "%%%"}, 400),
        ({"data": "é"}, 400),
        ({"data": "A" * 1_500_000}, 413),
        ({"data": ""}, 400),
        ({"data": base64.b64encode(b"\x00\x01").decode()}, 400),
    ],
)
def test_what_is_no_list_is_refused_in_words(setting: Setting, body: dict[str, str], status: int) -> None:
    given_ = {"village": VILLAGE, **body}
    answered, text = setting.ask("POST", "/api/v1/counter/list", given_, OPERATOR)
    assert answered == status
    assert json.loads(text)["error"]["message"]


def test_a_refused_helper_is_on_record(setting: Setting) -> None:
    road = setting.house.road
    far = Officer("sub-far", "Petugas Jauh", Role.VILLAGE_OPERATOR, (RegionCode(FAR),))
    number = begin_for(road.world, OPERATOR, Target.SELF, VILLAGE, request())["case_number"]
    setting.ask("POST", f"/api/v1/counter/cases/{number}/continuation", {}, far)
    setting.ask("POST", "/api/v1/counter/list", {"village": VILLAGE, "data": DATA}, far)
    today = day_in(RegionCode("32"), road.clock())
    denied, _ = road.world.denials.below(RegionCode("32"), today, 100, None)
    assert sorted((one.actor, one.action, one.case) for one in denied) == [
        (far.id, "counter.assist", number),
        (far.id, "counter.list", ""),
    ]


def test_lists_are_checked_so_often_and_no_more(setting: Setting) -> None:
    body = {"village": VILLAGE, "data": DATA}
    answers = [setting.ask("POST", "/api/v1/counter/list", body, OPERATOR)[0] for _ in range(41)]
    assert answers == [200] * 40 + [429]
