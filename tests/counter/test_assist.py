"""At the counter: begun for a citizen, opened again with a new secret, and decided by other eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.access.actors import Citizen, Officer, Role
from chalicelib.api.views.counter import counter_case_view
from chalicelib.counter.assist import begin_for, continue_for
from chalicelib.counter.today import today_at, waiting_at, waiting_for
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.errors import BadInput, Conflict, Forbidden, NotFound, TooMany
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case, Target
from chalicelib.usulan.documents import REQUIRED, Slot
from chalicelib.usulan.entry import Way
from chalicelib.usulan.events import verify
from chalicelib.usulan.export import export_of
from chalicelib.usulan.forget import erase
from chalicelib.usulan.start import knows_secret
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.counter.lists import saved
from tests.road import (
    COLLEAGUE,
    FIELD_OFFICER,
    NAMA,
    NEIGHBOUR,
    NIK,
    OPERATOR,
    OTHER_VILLAGE,
    VERIFIER,
    VILLAGE,
    Road,
    request,
)


def begun(road: Road, officer: Officer = OPERATOR) -> Citizen:
    made = begin_for(road.world, officer, Target.SELF, VILLAGE, request())
    return Citizen(made["case_number"])


def sent(road: Road, citizen: Citizen) -> Case:
    for slot in REQUIRED:
        road.send(citizen, slot, slot.value.encode())
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    road.drain()
    return road.case(citizen)


def test_who_helped_and_how_it_came_stand_on_the_case_and_in_its_first_event(road: Road) -> None:
    citizen = begun(road)
    case = road.case(citizen)
    assert (case.entry.way, case.entry.helpers) == (Way.COUNTER, (OPERATOR.id,))
    (first,) = road.store.events(case.number)
    assert (first.action, first.actor) == ("officer:case:start", OPERATOR.id)
    assert first.detail == {"target": "self", "way": "loket"}
    assert [line.detail for line in case.told] == [{"way": "loket"}]
    copy = export_of(case, road.store.events(case.number), "now")
    assert (copy["way"], copy["processing"][0]["by"]) == ("loket", "officer")
    assert OPERATOR.id not in str(copy)


def test_an_erased_case_says_no_more_but_its_chain_holds(road: Road) -> None:
    number = begun(road).case_number
    erase(road.world, number)
    assert today_at(road.world, OPERATOR, VILLAGE) == []
    head, seq = road.store.chain_head(number)
    assert verify(number, road.store.events(number), head, seq) is None


def test_a_citizen_helped_there_holds_number_and_secret_as_anybody(road: Road) -> None:
    key = request()
    made = begin_for(road.world, OPERATOR, Target.FAMILY, VILLAGE, key)
    assert begin_for(road.world, OPERATOR, Target.FAMILY, VILLAGE, key) == made
    assert knows_secret(road.world, road.store.load(made["case_number"]), made["secret"])
    assert sent(road, Citizen(made["case_number"])).stage == "desa"


@pytest.mark.parametrize("officer", [COLLEAGUE, VERIFIER, NEIGHBOUR])
def test_a_counter_is_its_own_agents(road: Road, officer: Officer) -> None:
    number = begun(road).case_number
    with pytest.raises(Forbidden):
        begin_for(road.world, officer, Target.SELF, VILLAGE, request())
    with pytest.raises(Forbidden):
        continue_for(road.world, officer, number, request())
    with pytest.raises(Forbidden):
        today_at(road.world, officer, VILLAGE)
    with pytest.raises(Forbidden):
        waiting_at(road.world, officer, VILLAGE, None)
    with pytest.raises(Forbidden):
        waiting_for(road.world, officer, VILLAGE, NIK)


def test_a_citizens_own_draft_belongs_to_no_counter(road: Road) -> None:
    number = road.draft().case_number
    with pytest.raises(Forbidden):
        continue_for(road.world, OPERATOR, number, request())


@pytest.mark.parametrize("village", ["13.05.02", "13.05.02.9999", "99.99.99.9999", "x", ""])
def test_a_counter_stands_in_a_village(road: Road, village: str) -> None:
    with pytest.raises(BadInput):
        begin_for(road.world, OPERATOR, Target.SELF, village, request())


def test_who_helped_decides_at_no_stage(road: Road) -> None:
    helper = Officer(
        "sub-both",
        "Petugas Contoh",
        Role.FIELD_OFFICER,
        (RegionCode(VILLAGE),),
        (OPERATOR.mandates[0], VERIFIER.mandates[0]),
    )
    number = sent(road, begun(road, helper)).number
    with pytest.raises(Conflict, match="PEMBANTU_MEMUTUS"):
        claim(road.world, helper, number, "desa", request())
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    decide(road.world, OPERATOR, number, "desa", fence, Ruling(Verdict.LULUS), request())
    road.drain()
    with pytest.raises(Conflict, match="PEMBANTU_MEMUTUS"):
        claim(road.world, helper, number, "dinsos", request())


def test_who_opens_a_draft_again_has_helped_too(road: Road) -> None:
    citizen = begun(road, FIELD_OFFICER)
    continue_for(road.world, OPERATOR, citizen.case_number, request())
    case = sent(road, citizen)
    assert case.entry.helpers == (FIELD_OFFICER.id, OPERATOR.id)
    with pytest.raises(Conflict, match="PEMBANTU_MEMUTUS"):
        claim(road.world, OPERATOR, case.number, "desa", request())
    assert claim(road.world, COLLEAGUE, case.number, "desa", request())["fence"]


def test_a_draft_opened_again_has_a_new_secret_and_the_old_one_ends(road: Road) -> None:
    made = begin_for(road.world, OPERATOR, Target.SELF, VILLAGE, request())
    number, key = made["case_number"], request()
    _, opened = continue_for(road.world, OPERATOR, number, key)
    case, again = continue_for(road.world, OPERATOR, number, key)
    assert again == opened
    assert knows_secret(road.world, case, opened["secret"])
    assert not knows_secret(road.world, case, made["secret"])
    status = road.store.status(number)
    assert status is not None
    assert knows_secret(road.world, status, opened["secret"])
    assert [event.action for event in road.store.events(number)] == [
        "officer:case:start",
        "officer:case:continue",
    ]


def test_what_was_sent_is_not_opened_again(road: Road) -> None:
    number = sent(road, begun(road)).number
    with pytest.raises(Conflict, match="SUDAH_DIKIRIM"):
        continue_for(road.world, OPERATOR, number, request())


def test_the_day_shows_what_was_opened_since_midnight_in_the_village(road: Road) -> None:
    road.clock.at = road.clock.at.replace(hour=16, minute=59)  # 23.59 WIB
    early = begun(road).case_number
    road.clock.pass_(minutes=2)
    late = begun(road)
    road.send(late, Slot.KTP)
    road.drain()
    today = [counter_case_view(case) for case in today_at(road.world, OPERATOR, VILLAGE)]
    assert [(one["case_number"], one["missing"]) for one in today] == [
        (late.case_number, ["Kartu Keluarga", "Rumah tampak depan"])
    ]
    continue_for(road.world, OPERATOR, early, request())
    assert {case.number for case in today_at(road.world, OPERATOR, VILLAGE)} == {early, late.case_number}
    assert today_at(road.world, NEIGHBOUR, OTHER_VILLAGE) == []


def test_a_sent_case_stays_on_the_day_and_its_name_is_masked(road: Road) -> None:
    number = sent(road, begun(road)).number
    (one,) = [counter_case_view(case) for case in today_at(road.world, OPERATOR, VILLAGE)]
    assert (one["case_number"], one["draft"], one["missing"]) == (number, False, [])
    assert NAMA not in str(one)
    assert NIK not in str(one)


def test_a_listed_draft_waits_until_it_is_opened(road: Road) -> None:
    number = saved(road)["case_number"]
    waits, more = waiting_at(road.world, OPERATOR, VILLAGE, None)
    assert ([case.number for case in waits], more) == ([number], None)
    assert today_at(road.world, OPERATOR, VILLAGE) == []
    assert waiting_for(road.world, OPERATOR, VILLAGE, NIK).number == number
    road.clock.pass_(minutes=1)
    case, _ = continue_for(road.world, OPERATOR, number, request())
    assert case.said["nik"] == NIK
    assert waiting_at(road.world, OPERATOR, VILLAGE, None) == ([], None)
    assert [case.number for case in today_at(road.world, OPERATOR, VILLAGE)] == [number]


def test_a_nik_is_looked_for_at_this_counter_and_nowhere_else(road: Road) -> None:
    """Whether the NIK is known by another counter's draft, or by a case that was sent, is told to nobody."""
    road.submitted()
    saved(road, NEIGHBOUR, OTHER_VILLAGE)
    with pytest.raises(NotFound, match="DRAF_TIDAK_ADA"):
        waiting_for(road.world, OPERATOR, VILLAGE, NIK)
    made = saved(road)
    assert made["known"] is False
    assert road.store.load(made["case_number"]).is_draft


def test_what_was_sent_waits_for_nobody(road: Road) -> None:
    number = saved(road)["case_number"]
    continue_for(road.world, OPERATOR, number, request())
    sent(road, Citizen(number))
    with pytest.raises(NotFound):
        waiting_for(road.world, OPERATOR, VILLAGE, NIK)


def test_a_draft_that_nobody_finishes_leaves_the_counter(road: Road) -> None:
    number = saved(road)["case_number"]
    road.clock.pass_(days=31)
    sweep(road.world)
    assert road.store.load(number).state == "KEDALUWARSA"
    assert waiting_at(road.world, OPERATOR, VILLAGE, None) == ([], None)
    with pytest.raises(NotFound):
        waiting_for(road.world, OPERATOR, VILLAGE, NIK)


def test_an_officer_begins_so_many_and_no_more(road: Road) -> None:
    for _ in range(120):
        begin_for(road.world, OPERATOR, Target.SELF, VILLAGE, request())
    with pytest.raises(TooMany) as told:
        begin_for(road.world, OPERATOR, Target.SELF, VILLAGE, request())
    assert told.value.wait <= timedelta(minutes=6)
    assert begin_for(road.world, FIELD_OFFICER, Target.SELF, VILLAGE, request())["secret"]
