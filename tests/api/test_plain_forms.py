"""The status page's forms for browsers without scripts: what a pass opens, for how long, and what each form does once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib.access import passes
from chalicelib.access.actors import Citizen
from chalicelib.messages import hint, message
from chalicelib.usulan.case import State
from chalicelib.usulan.documents import Slot
from tests.access.house import House, served
from tests.api.test_status_page import FORM, Doors, returned, text_of
from tests.road import Road

FORMS = ("status", "status-foto", "status-kirim", "status-kabar")
NAME = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def doors() -> Iterator[Doors]:
    with mock_aws():
        road = Road()
        app, _ = served(House(road))
        with Client(app) as client:
            yield Doors(road, client)


def pass_for(doors: Doors, who: Citizen) -> str:
    """As the page carries it after the secret was typed."""
    found = re.search(r'name="pass" value="([^"]+)"', doors.mine(who).body.decode())
    assert found
    return found[1]


def press(doors: Doors, form: str, number: str, token: str, **more: str) -> HTTPResponse:
    body = urlencode({"number": number, "pass": token, "name": NAME, **more}).encode()
    return doors.client.http.post(f"/{form}", headers=FORM, body=body)


@pytest.mark.parametrize("form", FORMS)
def test_a_pass_opens_its_own_case_alone_and_for_half_an_hour(doors: Doors, form: str) -> None:
    mine, other = returned(doors.road), returned(doors.road)
    token, more = pass_for(doors, mine), {"slot": "ktp", "contact": "081234509876"}
    until, _, code = token.partition(".")
    for wrong in ("1.0", f"{int(until) + 60}.{code}", f"{until}.{code[::-1]}", f"{token}0"):
        answer = press(doors, form, mine.case_number, wrong, **more)
        assert (answer.status_code, message("HALAMAN_LAMA") in text_of(answer)) == (404, True)
    assert press(doors, form, other.case_number, token, **more).status_code == 404
    assert doors.road.case(other).contact is None
    assert press(doors, form, mine.case_number, token, **more).status_code in (200, 400)
    doors.road.clock.pass_(seconds=passes.LIFE.total_seconds())
    assert press(doors, form, mine.case_number, token, **more).status_code == 404


def test_a_look_by_pass_costs_one_read_too(doors: Doors) -> None:
    mine = doors.road.submitted()
    token = pass_for(doors, mine)
    doors.calls.clear()
    answer = press(doors, "status", mine.case_number, token)
    assert (answer.status_code, doors.calls) == (200, ["GetItem"])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert doors.road.secrets[mine.case_number] not in answer.body.decode()


def test_a_photo_s_form_leads_back_to_a_page_that_knows_of_no_case(doors: Doors) -> None:
    mine = returned(doors.road)
    token = pass_for(doors, mine)
    asked = press(doors, "status-foto", mine.case_number, token, slot="ktp")
    page = asked.body.decode()
    back = re.search(r'name="success_action_redirect" value="([^"]+)"', page)
    assert back
    assert back[1].endswith("/foto-sampai")
    again = press(doors, "status-foto", mine.case_number, token, slot="ktp").body.decode()
    key = r'name="key" value="([^"]+)"'
    assert re.findall(key, page) == re.findall(key, again), "pressing twice asks for one photo"
    assert message("status.terkirim") not in text_of(asked), "what was only asked for has not come"
    arrived = doors.client.http.get("/foto-sampai")
    assert arrived.status_code == 200
    assert "frame-ancestors 'self'" in arrived.headers["Content-Security-Policy"]
    assert mine.case_number not in arrived.body.decode()


def test_only_what_came_back_may_be_sent(doors: Doors) -> None:
    mine = returned(doors.road)
    token = pass_for(doors, mine)
    assert press(doors, "status-foto", mine.case_number, token, slot="kk").status_code == 409
    assert press(doors, "status-foto", mine.case_number, token, slot="apa").status_code == 400


def test_the_case_goes_again_once_its_photo_is_there(doors: Doors) -> None:
    road, mine = doors.road, returned(doors.road)
    token = pass_for(doors, mine)
    missing = press(doors, "status-kirim", mine.case_number, token)
    assert missing.status_code == 400
    for said in (message, hint):
        assert said("FOTO_BELUM_ADA", dokumen="KTP") in text_of(missing)
    road.send(mine, Slot.KTP, b"sharper")
    road.drain()
    for _ in range(2):
        sent = press(doors, "status-kirim", mine.case_number, token)
        assert (sent.status_code, message("status.dikirim_lagi") in text_of(sent)) == (200, True)
    assert road.case(mine).state is not State.NEEDS_FIX


def test_notices_are_asked_for_and_taken_back(doors: Doors) -> None:
    mine = doors.road.submitted()
    token = pass_for(doors, mine)
    assert press(doors, "status-kabar", mine.case_number, token, contact="12345").status_code == 400
    told = press(doors, "status-kabar", mine.case_number, token, contact="0812 3450 9876", name=NAME[::-1])
    assert message("KANAL_hp") in text_of(told)
    assert "9876" not in told.body.decode()
    over = press(doors, "status-kabar", mine.case_number, token, stop="1", name=NAME.upper())
    assert message("KANAL_TIDAK_ADA") in text_of(over)
    assert doors.road.case(mine).contact is None


def test_a_form_without_a_name_does_nothing(doors: Doors) -> None:
    mine = doors.road.submitted()
    answer = press(
        doors, "status-kabar", mine.case_number, pass_for(doors, mine), contact="081234509876", name=""
    )
    assert answer.status_code == 400
    assert doors.road.case(mine).contact is None


def test_a_pass_is_forgotten_by_its_time(doors: Doors) -> None:
    digests, now = doors.road.world.digests, doors.road.clock()
    token = passes.given(digests, "7K3M-9QTD-2", now)
    assert passes.holds(digests, token, "7K3M-9QTD-2", now + passes.LIFE - timedelta(seconds=1))
    assert not passes.holds(digests, token, "7K3M-9QTD-2", now + passes.LIFE)
