"""Looking at one masked field: once, with a reason, on record; and the value is nowhere but in the answer."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer
from chalicelib.access.limits import UNMASKINGS
from chalicelib.api.views.officer import officer_case_view
from chalicelib.desk.claim import claim
from chalicelib.desk.open_case import open_case
from chalicelib.desk.unmask import REPEATED, Purpose, unmask
from chalicelib.errors import BadInput, Conflict, Forbidden, TooMany
from chalicelib.usulan.events import Event, verify
from tests.aws.test_nothing_personal_in_clear import stored
from tests.road import (
    ALAMAT,
    COLLEAGUE,
    FIELD_OFFICER,
    NAMA,
    NEIGHBOUR,
    NIK,
    OPERATOR,
    VERIFIER,
    Road,
    request,
)

NOTE = "diminta camat lewat surat"


@pytest.fixture
def number(road: Road) -> str:
    return road.submitted().case_number


def looked(road: Road, number: str, field: str = "nik", officer: Officer = OPERATOR) -> str:
    return unmask(road.world, officer, number, field, Purpose.PERTANYAAN_WARGA, "", request())


def looks(road: Road, number: str) -> list[Event]:
    return [event for event in road.store.events(number) if event.action == "officer:field:unmask"]


def test_the_value_comes_once_and_who_looked_at_what_and_why_is_on_record(road: Road, number: str) -> None:
    assert looked(road, number) == NIK
    (event,) = looks(road, number)
    assert (event.actor, dict(event.detail)) == (
        OPERATOR.id,
        {
            "field": "nik",
            "reason": "BUKA_PERTANYAAN_WARGA",
            "office": "13.05.02.2001",
            "role": "VILLAGE_OPERATOR",
        },
    )
    head, seq = road.store.chain_head(number)
    assert verify(number, road.store.events(number), head, seq) is None


def test_a_lost_answer_is_given_again_for_a_minute_and_recorded_once(road: Road, number: str) -> None:
    again = request()
    ask = (road.world, OPERATOR, number, "nama", Purpose.DUGAAN_GANDA, "", again)
    assert unmask(*ask) == NAMA
    road.clock.pass_(seconds=REPEATED.total_seconds())
    assert unmask(*ask) == NAMA
    assert len(looks(road, number)) == 1
    road.clock.pass_(seconds=1)
    with pytest.raises(Conflict, match="SUDAH_DITUNJUKKAN"):
        unmask(*ask)


def test_a_repeated_request_is_worth_nothing_after_a_move(road: Road, number: str) -> None:
    again = request()
    unmask(road.world, OPERATOR, number, "nik", Purpose.DUGAAN_GANDA, "", again)
    moved = Officer(OPERATOR.id, OPERATOR.name, OPERATOR.role, NEIGHBOUR.regions)
    with pytest.raises(Forbidden):
        unmask(road.world, moved, number, "nik", Purpose.DUGAAN_GANDA, "", again)


def test_offices_of_elsewhere_see_nothing_and_field_officers_no_numbers(road: Road, number: str) -> None:
    assert looked(road, number, "alamat", FIELD_OFFICER) == ALAMAT
    assert looked(road, number, "nik", VERIFIER) == NIK
    for officer, field in ((NEIGHBOUR, "nama"), (FIELD_OFFICER, "nik"), (FIELD_OFFICER, "nomor_kk")):
        with pytest.raises(Forbidden):
            looked(road, number, field, officer)
    assert len(looks(road, number)) == 2


def test_an_unknown_field_and_a_reason_without_words_are_refused(road: Road, number: str) -> None:
    with pytest.raises(BadInput, match="ISIAN_TIDAK_DIKENAL"):
        looked(road, number, "secret_digest")
    with pytest.raises(BadInput, match="ALASAN_KOSONG"):
        unmask(road.world, OPERATOR, number, "nik", Purpose.LAINNYA, "  ", request())
    assert looks(road, number) == []


@given(
    digits=st.text("0123456789٠١٢３４⁵⁶", min_size=16, max_size=16),
    between=st.lists(st.sampled_from(["", " ", ".", "-", " lalu ", "\u200b", "/"]), min_size=16, max_size=16),
)
def test_words_never_hold_sixteen_digits_however_they_are_parted(digits: str, between: list[str]) -> None:
    note = "".join(gap + digit for gap, digit in zip(between, digits, strict=True))
    # refused before anything of the world is touched
    with pytest.raises(BadInput, match="ALASAN_BERANGKA"):
        unmask(None, OPERATOR, "7K3M-9QTD-2", "nik", Purpose.LAINNYA, note, request())  # type: ignore[arg-type]


def test_who_looks_too_often_waits_and_colleagues_do_not(road: Road, number: str) -> None:
    for _ in range(UNMASKINGS.burst):
        road.world.meter.take(UNMASKINGS, OPERATOR.id, road.clock())
    with pytest.raises(TooMany):
        looked(road, number)
    assert looked(road, number, officer=COLLEAGUE) == NIK


def view(road: Road, number: str, officer: Officer) -> dict[str, object]:
    case, personal = open_case(road.world, officer, number)
    return officer_case_view(road.world, officer, case, personal)


def test_the_timeline_tells_officers_of_the_look_and_its_words_only_the_holder(
    road: Road, number: str
) -> None:
    unmask(road.world, COLLEAGUE, number, "nik", Purpose.LAINNYA, f" {NOTE} ", request())
    masked = view(road, number, OPERATOR)
    rows = [row for row in masked["timeline"] if row["label"] == "Satu isian dibuka petugas"]  # type: ignore[attr-defined]
    assert [(row["detail"], row["by"]) for row in rows] == [("NIK · Alasan lain", "Petugas")]
    assert [field["may_unmask"] for field in masked["fields"]] == [True] * 6  # type: ignore[attr-defined]
    assert NOTE not in json.dumps(masked)
    claim(road.world, OPERATOR, number, "desa", request())
    held = view(road, number, OPERATOR)
    assert NOTE in json.dumps(held)
    assert not any(field["may_unmask"] for field in held["fields"])  # type: ignore[attr-defined]
    assert held["unmask_reasons"] == []


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """Everything that is logged or printed."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with redirect_stdout(heard), redirect_stderr(heard):
        yield heard
    root.removeHandler(handler)
    root.setLevel(level)


def test_the_value_stands_in_no_log_event_or_stored_item(road: Road, number: str, told: io.StringIO) -> None:
    for field in ("nik", "nama", "nomor_kk", "alamat"):
        looked(road, number, field)
    unmask(road.world, OPERATOR, number, "nik", Purpose.LAINNYA, NOTE, request())
    shown = [road.store.load(number).value(field) for field in ("nik", "nama", "nomor_kk", "alamat")]
    events = [json.dumps([dict(event.detail), dict(event.private)]) for event in road.store.events(number)]
    # botocore's own debug lines carry what is sent to the table: sealed values too, and no clear ones
    texts = [told.getvalue(), *stored(road), *events, *road.bodies]
    assert len(told.getvalue()) > 1000
    for secret in (*shown, NOTE):
        assert not [text for text in texts if secret in text]
