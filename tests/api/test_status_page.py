"""The status page without scripts: one read, all in words, and nothing learned by who does not know the secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib.access.actors import Citizen
from chalicelib.access.limits import GUESS_REMEMBERED, GUESSES_FREE, WRONG_SECRETS
from chalicelib.barkot import receipt
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.messages import message
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.numbers import new_case_number
from chalicelib.usulan.submit import submit
from tests.access.house import House, served
from tests.road import NAMA, NIK, OPERATOR, Road, request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Doors:
    """The page over HTTP in one process, and what each answer asked of the table."""

    def __init__(self, road: Road, client: Client) -> None:
        self.road = road
        self.client = client
        self.calls: list[str] = []
        road.dynamodb.meta.events.register("before-call.dynamodb", self._called)

    def _called(self, model: object, **_: object) -> None:
        self.calls.append(getattr(model, "name", ""))

    def look(self, number: str, secret: str, **more: str) -> HTTPResponse:
        self.calls.clear()
        body = urlencode({"number": number, "secret": secret, **more}).encode()
        return self.client.http.post("/status", headers=FORM, body=body)

    def mine(self, who: Citizen) -> HTTPResponse:
        return self.look(who.case_number, self.road.secrets[who.case_number])


@pytest.fixture
def doors() -> Iterator[Doors]:
    with mock_aws():
        road = Road()
        app, _ = served(House(road))
        with Client(app) as client:
            yield Doors(road, client)


def text_of(answer: HTTPResponse) -> str:
    """What stands under the form."""
    page = answer.body.decode()
    said = page[page.index('id="status-notice"') : page.index('id="rights"')]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said))


def returned(road: Road) -> Citizen:
    citizen = road.submitted()
    fence = claim(road.world, OPERATOR, citizen.case_number, "desa", request())["fence"]
    ruling = Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP])
    decide(road.world, OPERATOR, citizen.case_number, "desa", fence, ruling, request())
    return citizen


def test_an_answer_costs_one_read_and_is_kept_by_nobody(doors: Doors) -> None:
    citizen = doors.road.submitted()
    answer = doors.mine(citizen)
    assert (answer.status_code, doors.calls) == (200, ["GetItem"])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = answer.body.decode()
    assert not [value for value in (NIK, NAMA, doors.road.secrets[citizen.case_number]) if value in page]


def test_it_tells_who_holds_the_case_what_comes_next_and_by_when(doors: Doors) -> None:
    said = text_of(doors.mine(doors.road.submitted()))
    assert "Kantor desa/kelurahan Katapiang" in said
    assert message("BERIKUT_PERIKSA") in said
    assert "Paling lambat 25 November 2026" in said
    assert "22 November 2026, 09.00 WIB" in said
    assert message("PERISTIWA_SUBMITTED") in said
    assert message("TERDAFTAR_BUKAN_JAMINAN") in said
    assert OPERATOR.name not in said


def test_times_are_those_of_the_village(doors: Doors) -> None:
    road = doors.road
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(kode_wilayah="91.71.01.1001"), request())
    assert "22 November 2026, 11.00 WIT" in text_of(doors.mine(citizen))


def test_an_office_that_let_its_day_pass_is_named(doors: Doors) -> None:
    citizen = doors.road.submitted()
    late = message("SUDAH_LEWAT", kantor="Kantor desa/kelurahan Katapiang")
    assert late not in text_of(doors.mine(citizen))
    doors.road.clock.pass_(days=4)
    assert late in text_of(doors.mine(citizen))


def test_what_came_back_is_shown_with_the_old_and_the_new_picture(doors: Doors) -> None:
    road = doors.road
    citizen = returned(road)
    old = road.case(citizen).uploads[Slot.KTP].upload_id
    answer = doors.mine(citizen)
    assert (answer.status_code, doors.calls) == (200, ["GetItem"])
    assert message("FOTO_BURAM", dokumen="KTP") in text_of(answer)
    assert f"/{old}.jpg?" in answer.body.decode()
    road.send(citizen, Slot.KTP, b"sharper")
    road.drain()
    new = road.case(citizen).uploads[Slot.KTP].upload_id
    page = doors.mine(citizen).body.decode()
    assert page.index(f"/{old}.jpg?") < page.index(f"/{new}.jpg?")
    assert message("status.terkirim") in page


def test_a_barkots_text_stands_for_the_number(doors: Doors) -> None:
    citizen = doors.road.submitted()
    text = receipt.text(doors.road.case(citizen), doors.road.world.public_url)
    answer = doors.look(text, doors.road.secrets[citizen.case_number].lower())
    assert citizen.case_number in text_of(answer)
    assert doors.look(text[:-1], "K7QM-2XPD").status_code == 404


def test_the_address_brings_the_number_and_never_the_secret(doors: Doors) -> None:
    citizen = doors.road.submitted()
    number, secret = citizen.case_number, doors.road.secrets[citizen.case_number]
    page = doors.client.http.get(f"/status?n={number}&secret={secret}").body.decode()
    assert f'value="{number}"' in page
    assert secret not in page
    assert "result-number" not in page
    assert re.search(r'<form id="form-status"[^>]* method="post" action="status"', page)
    assert doors.client.http.get("/status?n=%22%3E%3Cimg").body == doors.client.http.get("/status").body


def test_what_was_not_filled_in_is_said_beside_its_field(doors: Doors) -> None:
    answer = doors.look("7K3M-9QTD-2", " ")
    page = answer.body.decode()
    assert answer.status_code == 400
    assert page.count(message("status.kode_kosong")) == 3  # above, at the field, and for the scripts
    assert page.count(message("status.nomor_kosong")) == 1
    assert 'value="7K3M-9QTD-2"' in page
    assert doors.calls == []


def test_a_wrong_secret_and_a_number_that_is_none_cost_and_say_the_same(doors: Doors) -> None:
    citizen, nobody = doors.road.submitted(), new_case_number()
    seen = []
    for number in (citizen.case_number, nobody):
        answer = doors.look(number, "0000-0000")
        doors.road.clock.pass_(days=1)  # this address has missed nothing
        seen.append((answer.status_code, answer.body.decode().replace(number, ""), list(doors.calls)))
    known, unknown = seen
    assert known == unknown
    assert known[0] == 404
    assert known[2][:4] == ["GetItem", "GetItem", "GetItem", "UpdateItem"]


def test_five_tries_then_a_wait_also_for_the_right_secret(doors: Doors) -> None:
    citizen, road = doors.road.submitted(), doors.road
    for _ in range(WRONG_SECRETS.burst):
        assert doors.look(citizen.case_number, "0000-0000").status_code == 404
    for answer in (doors.look(citizen.case_number, "0000-0000"), doors.mine(citizen)):
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "600"
        assert "10 menit" in text_of(answer)
    road.clock.pass_(minutes=10)
    assert doors.mine(citizen).status_code == 200
    assert doors.calls == ["GetItem"] * 3
    road.clock.pass_(seconds=GUESS_REMEMBERED.total_seconds())
    assert doors.mine(citizen).status_code == 200
    assert doors.calls == ["GetItem"]


def test_tries_at_the_other_door_count_here_and_a_change_of_the_case_forgets_none(doors: Doors) -> None:
    citizen = doors.road.submitted()
    for _ in range(WRONG_SECRETS.burst):
        path, wrong = f"/api/v1/usulan/{citizen.case_number}", {"Berkas-Secret": "0000-0000"}
        assert doors.client.http.get(path, headers=wrong).status_code == 404
    claim(doors.road.world, OPERATOR, citizen.case_number, "desa", request())
    assert doors.mine(citizen).status_code == 429


def test_under_pressure_a_browser_without_scripts_waits_and_presses_again(doors: Doors) -> None:
    citizen, road = doors.road.submitted(), doors.road
    doors.look(citizen.case_number, "0000-0000")
    while road.world.meter.take(GUESSES_FREE, citizen.case_number, road.clock()) == timedelta():
        pass
    pressed = doors.mine(citizen)
    assert (pressed.status_code, message("LAYANAN_RAMAI") in text_of(pressed)) == (428, True)
    hidden = re.search(r'name="proof" value="([^"]+)"', pressed.body.decode())
    assert hidden
    assert hidden[1] == f"{pressed.headers['Berkas-Challenge']};tunggu"
    secret = road.secrets[citizen.case_number]
    assert doors.look(citizen.case_number, secret, proof=hidden[1]).status_code == 428
    road.clock.pass_(minutes=2)
    assert doors.look(citizen.case_number, secret, proof=hidden[1]).status_code == 200


def test_our_own_fault_is_told_on_the_page_without_its_cause(doors: Doors) -> None:
    citizen = doors.road.submitted()
    key = {"pk": f"CASE#{citizen.case_number}", "sk": "STATUS"}
    doors.road.table.put({**key, "secret_digest": "", "told": {}})
    answer = doors.mine(citizen)
    assert answer.status_code == 500
    assert message("GANGGUAN_KAMI") in text_of(answer)
    assert "KeyError" not in answer.body.decode()
