"""Rows saved one by one: once each, as drafts that wait, and never with a word about what is known elsewhere."""

from __future__ import annotations

import pytest

from chalicelib.access.actors import Officer
from chalicelib.counter.assist import continue_for
from chalicelib.errors import BadInput, Forbidden
from chalicelib.usulan.crosscheck import cross_check
from tests.counter.lists import saved
from tests.road import (
    COLLEAGUE,
    FIELD_OFFICER,
    NAMA,
    NEIGHBOUR,
    NIK,
    NOMOR_KK,
    OPERATOR,
    VERIFIER,
    VILLAGE,
    Road,
    request,
)


def test_a_row_becomes_a_draft_that_waits_for_its_photos(road: Road) -> None:
    case = road.store.load(saved(road, rt="3", nama="Ratna  Contoh Dewi, S.Pd")["case_number"])
    assert case.is_draft
    assert case.region is None
    assert case.said == {
        "nik": NIK,
        "nama": NAMA,
        "nomor_kk": NOMOR_KK,
        "rt": "003",
        "rw": "005",
        "kode_wilayah": VILLAGE,
    }
    (first,) = road.store.events(case.number)
    assert (first.actor, first.detail) == (OPERATOR.id, {"target": "self", "way": "list"})


def test_the_same_request_and_the_same_nik_are_saved_once(road: Road) -> None:
    key = request()
    made = saved(road, key=key)
    assert saved(road, key=key) == made
    assert saved(road) == {"case_number": made["case_number"], "known": True}
    assert len(list(road.store.numbers())) == 1


@pytest.mark.parametrize("officer", [COLLEAGUE, VERIFIER, NEIGHBOUR, FIELD_OFFICER])
def test_lists_are_the_village_operators(road: Road, officer: Officer) -> None:
    with pytest.raises(Forbidden):
        saved(road, officer)


@pytest.mark.parametrize(
    ("field", "value"), [("nik", "1,30502E+15"), ("nama", " "), ("desa", "Sungai Buluh"), ("rt", "x")]
)
def test_a_bad_row_is_refused_with_its_field(road: Road, field: str, value: str) -> None:
    with pytest.raises(BadInput) as told:
        saved(road, **{field: value})
    assert list(told.value.fields) == [field]
    assert list(road.store.numbers()) == []


def test_a_waiting_draft_speaks_of_nobody(road: Road) -> None:
    """It is found by no cross-check: what was never sent is no usulan."""
    number = saved(road)["case_number"]
    case = road.case(road.submitted())
    assert number not in case.twins
    assert cross_check(road.world, case).twins == ()
    assert [case.number] == list(road.store.cases_with("nik", road.digests.of("nik", NIK)))


def test_the_answers_of_a_draft_are_replaced_by_what_is_sent(road: Road) -> None:
    number = saved(road)["case_number"]
    case, _ = continue_for(road.world, OPERATOR, number, request())
    assert case.said["kode_wilayah"] == VILLAGE
