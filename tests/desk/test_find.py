"""Finding by name: in one village, by digests that go with the case, on record without what was typed."""

from __future__ import annotations

import pytest

from chalicelib.access.limits import SEARCHES
from chalicelib.access.searches import Search
from chalicelib.desk.claim import claim
from chalicelib.desk.correct import correct
from chalicelib.desk.find import SHOWN, Found, find
from chalicelib.errors import BadInput, Forbidden, TooMany
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import name_mark
from chalicelib.usulan.forget import erase
from chalicelib.usulan.submit import submit
from tests.aws.test_nothing_personal_in_clear import stored
from tests.road import FIELD_OFFICER, NEIGHBOUR, OPERATOR, OTHER_VILLAGE, VERIFIER, VILLAGE, Road, request

HERE, THERE = RegionCode(VILLAGE), RegionCode(OTHER_VILLAGE)


def sent(road: Road, name: str, village: str = VILLAGE) -> str:
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(nama=name, kode_wilayah=village), request())
    road.drain()
    return citizen.case_number


def found(road: Road, typed: str) -> list[str]:
    return [case.number for case in find(road.world, OPERATOR, HERE, typed).cases]


def test_part_of_a_name_finds_it_in_its_village_and_in_no_other(road: Road) -> None:
    here, there = sent(road, "RATNA CONTOH DEWI"), sent(road, "RATNA CONTOH DEWI", OTHER_VILLAGE)
    assert found(road, "dewi") == found(road, "Ratna D") == [here]
    assert found(road, "ratih") == []
    with pytest.raises(Forbidden):
        find(road.world, OPERATOR, THERE, "dewi")
    assert [case.number for case in find(road.world, NEIGHBOUR, THERE, "dewi").cases] == [there]
    with pytest.raises(Forbidden):
        find(road.world, FIELD_OFFICER, HERE, "dewi")


def test_a_wider_office_names_one_village_at_a_time(road: Road) -> None:
    here = sent(road, "RATNA CONTOH DEWI")
    assert [case.number for case in find(road.world, VERIFIER, HERE, "ratna").cases] == [here]
    with pytest.raises(BadInput, match="WILAYAH_SALAH"):
        find(road.world, VERIFIER, RegionCode("13.05"), "ratna")
    with pytest.raises(BadInput, match="NAMA_TERLALU_PENDEK"):
        find(road.world, VERIFIER, HERE, "r d")


def test_a_mended_name_is_found_anew_and_an_erased_one_no_more(road: Road) -> None:
    number = sent(road, "RATNA CONTOH DEWI")
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    correct(road.world, OPERATOR, number, "desa", fence, "nama", "RATIH CONTOH", request())
    assert (found(road, "dewi"), found(road, "ratih")) == ([], [number])
    erase(road.world, number)
    assert found(road, "ratih") == []
    purpose, value = name_mark(HERE, "ratih".upper())
    assert road.store.cases_with(purpose, road.digests.of(purpose, value)) == []


def test_the_newest_are_shown_and_the_rest_is_told(road: Road) -> None:
    numbers = []
    for place in range(SHOWN + 1):
        numbers.append(sent(road, f"RATNA CONTOH {'ABCDEFGHIJKLMNOPQRSTU'[place]}NI"))
        road.clock.pass_(minutes=5)
    seen: Found = find(road.world, OPERATOR, HERE, "contoh")
    assert [case.number for case in seen.cases] == numbers[:0:-1]
    assert seen.more
    assert not find(road.world, OPERATOR, HERE, "contoh uni").more


def test_a_search_is_on_record_without_what_was_typed(road: Road) -> None:
    number = sent(road, "RATNA CONTOH DEWI")
    find(road.world, OPERATOR, HERE, "Ratna Dewi")
    (search,), _ = road.personnel.watch.rows(HERE, OPERATOR.id, road.clock().date(), 10, None)
    assert isinstance(search, Search)
    assert (search.actor, search.village, search.words, search.cases) == (OPERATOR.id, HERE, 2, (number,))
    assert not [text for text in stored(road) if "ratna" in text.lower() or "dewi" in text.lower()]


def test_who_tries_names_has_to_wait(road: Road) -> None:
    for _ in range(SEARCHES.burst):
        road.world.meter.take(SEARCHES, OPERATOR.id, road.clock())
    with pytest.raises(TooMany):
        found(road, "dewi")
