"""What a citizen's secret opens, and the pass that it gave: one case."""

from __future__ import annotations

import json
import uuid
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access import passes
from tests.access.oracle import OF_CITIZENS, PERSONAL, Setting, places, runs
from tests.road import NAMA


@pytest.mark.parametrize("name", OF_CITIZENS)
@runs
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


@runs
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


@runs
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
