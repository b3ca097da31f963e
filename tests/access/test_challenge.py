"""Under pressure a stranger's phone works or waits; each proof counts once, for one address, for a few minutes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from chalice import Chalice
from chalice.test import Client, HTTPResponse
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from chalicelib import api
from chalicelib.access.actors import Stranger
from chalicelib.access.challenge import LIFE, WAITED, Work, proves, solved
from chalicelib.access.limits import DRAFTS_FREE, GUESSES_FREE
from chalicelib.api.http import Joined
from chalicelib.usulan.case import Target
from chalicelib.usulan.start import start
from tests.access.house import House
from tests.road import Road, request

HERE, THERE = "203.0.113.7", "203.0.113.8"
LOCAL = "127.0.0.1"
"""Where Chalice's test client says it comes from."""


@pytest.fixture
def work(road: Road) -> Work:
    return Work(road.digests, road.world.meter)


def test_work_is_taken_once_and_from_the_address_it_was_given_to(road: Road, work: Work) -> None:
    proof = solved(work.given(HERE, road.clock()))
    assert not work.met(proof, THERE, road.clock())
    assert work.met(proof, HERE, road.clock())
    assert not work.met(proof, HERE, road.clock())


def test_a_proof_grows_old(road: Road, work: Work) -> None:
    first, second = (solved(work.given(HERE, road.clock())) for _ in range(2))
    road.clock.pass_(seconds=LIFE.total_seconds())
    assert work.met(first, HERE, road.clock())
    road.clock.pass_(seconds=1)
    assert not work.met(second, HERE, road.clock())
    road.clock.pass_(seconds=-LIFE.total_seconds() - 61)
    assert not work.met(second, HERE, road.clock()), "from before it was given"


def test_nobody_makes_their_own_work_easier(road: Road, work: Work) -> None:
    made, _, pieces, salt, code = work.given(HERE, road.clock()).split(".")
    for easier in (f"{made}.1.{pieces}.{salt}.{code}", f"{made}.1.1.{salt}.{code}"):
        proof = solved(easier)
        assert proves(easier, proof.partition(";")[2])
        assert not work.met(proof, HERE, road.clock())


def test_other_numbers_prove_nothing(road: Road, work: Work) -> None:
    token = work.given(HERE, road.clock())
    right = solved(token).partition(";")[2]
    numbers = right.split(",")
    wrong = [str(int(numbers[0]) + 1), *numbers[1:]]
    assert proves(token, right)
    assert not proves(token, ",".join(wrong))
    assert not proves(token, ",".join(numbers[:-1]))
    assert not proves(token, ",".join(numbers[::-1]))
    assert not work.met(f"{token};{','.join(wrong)}", HERE, road.clock())


def test_who_cannot_count_waits_two_minutes_and_then_passes_once(road: Road, work: Work) -> None:
    patient = f"{work.given(HERE, road.clock())};tunggu"
    for seconds in (0, 119):
        road.clock.pass_(seconds=seconds)
        assert not work.met(patient, HERE, road.clock())
    road.clock.pass_(seconds=1)
    assert not work.met(patient, THERE, road.clock())
    assert work.met(patient, HERE, road.clock())
    assert not work.met(patient, HERE, road.clock())


def test_patience_of_one_address_has_its_measure(road: Road, work: Work) -> None:
    tokens = [work.given(HERE, road.clock()) for _ in range(WAITED.burst + 1)]
    road.clock.pass_(minutes=2)
    met = [work.met(f"{token};tunggu", HERE, road.clock()) for token in tokens]
    assert met == [True] * WAITED.burst + [False]


@given(
    st.text(max_size=120)
    | st.from_regex(r"\d{1,12}\.13\.16\.[0-9a-f]{16}\.[0-9a-f]{32};[\d,]{0,90}", fullmatch=True)
)
def test_whatever_is_sent_as_a_proof_there_is_an_answer(sent: str) -> None:
    class Nothing:
        def of(self, purpose: str, value: str) -> str:
            return "x" * 64

        def take(self, *_: object) -> timedelta:
            raise AssertionError("nothing that was not given is counted")

    nothing = cast(Any, Nothing())
    assert not Work(nothing, nothing).met(sent, HERE, datetime(2026, 11, 22, tzinfo=UTC))


# --- at the doors


@pytest.fixture
def doors() -> Iterator[tuple[Road, Client]]:
    with mock_aws():
        road = Road()
        app = Chalice(app_name="berkas")
        for router in api.routers(cast(Joined, House(road))):
            app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
        with Client(app) as client:
            yield road, client


def begin(client: Client, proof: str = "") -> HTTPResponse:
    headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex, "Berkas-Proof": proof}
    return client.http.post("/api/v1/usulan", headers=headers, body=json.dumps({"target": "self"}).encode())


def press(road: Road, limit: Any, holder: str) -> None:
    while road.world.meter.take(limit, holder, road.clock()) == timedelta():
        pass


def test_a_draft_under_pressure_is_begun_by_who_works(doors: tuple[Road, Client]) -> None:
    road, client = doors
    assert begin(client).status_code == 201
    press(road, DRAFTS_FREE, LOCAL)
    asked = begin(client)
    assert (asked.status_code, asked.json_body["error"]["code"]) == (428, "LAYANAN_RAMAI")
    proof = solved(asked.headers["Berkas-Challenge"])
    assert begin(client, proof).status_code == 201
    again = begin(client, proof)
    assert again.status_code == 428
    assert again.headers["Berkas-Challenge"] != asked.headers["Berkas-Challenge"]


def test_strangers_guesses_lock_no_citizen_out_and_cost_work(doors: tuple[Road, Client]) -> None:
    road, client = doors
    mine, other = (start(road.world, Stranger(), Target.SELF, request()) for _ in range(2))

    def look(made: Any, secret: str = "", proof: str = "") -> HTTPResponse:
        headers = {"Berkas-Secret": secret or made["secret"], "Berkas-Proof": proof}
        return client.http.get(f"/api/v1/usulan/{made['case_number']}", headers=headers)

    assert look(mine, "0000-0000").status_code == 404
    assert road.world.meter.wait(GUESSES_FREE, mine["case_number"], road.clock()) == timedelta()
    for _ in range(GUESSES_FREE.burst - 2):
        assert road.world.meter.take(GUESSES_FREE, mine["case_number"], road.clock()) == timedelta()
    assert look(mine).status_code == 200
    assert look(mine, "0000-0000").status_code == 404, "the last that is free"
    assert look(other).status_code == 200
    guess, asked = look(mine, "0000-0000"), look(mine)
    assert (guess.status_code, asked.status_code) == (428, 428)
    assert guess.json_body["error"]["message"] == asked.json_body["error"]["message"], (
        "a guess learns nothing"
    )
    assert look(mine, proof=solved(asked.headers["Berkas-Challenge"])).status_code == 200
    road.clock.pass_(hours=GUESSES_FREE.burst + 1)
    assert look(mine).status_code == 200
