"""At a kiosk: a citizen begins alone, the record says so, and what is left there is nobody's to go on with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.access.actors import Citizen, Kiosk
from chalicelib.access.limits import KIOSK
from chalicelib.api.views.counter import counter_case_view
from chalicelib.counter.assist import begin_for, continue_for
from chalicelib.counter.kiosk import begin_alone
from chalicelib.counter.today import today_at, waiting_at
from chalicelib.desk.claim import claim
from chalicelib.errors import BadInput, Forbidden, TooMany
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Target
from chalicelib.usulan.documents import REQUIRED
from chalicelib.usulan.entry import Way
from chalicelib.usulan.export import export_of
from chalicelib.usulan.start import knows_secret
from chalicelib.usulan.submit import submit
from tests.road import FIELD_OFFICER, OPERATOR, OTHER_VILLAGE, VILLAGE, Road, request

SCREEN = Kiosk("session", RegionCode(VILLAGE), OPERATOR.id)


def begun(road: Road) -> Citizen:
    return Citizen(begin_alone(road.world, SCREEN, Target.SELF, VILLAGE, request())["case_number"])


def sent(road: Road, citizen: Citizen) -> None:
    for slot in REQUIRED:
        road.send(citizen, slot, slot.value.encode())
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    road.drain()


def test_the_citizen_began_it_and_the_record_says_where_and_who_had_opened_the_screen(road: Road) -> None:
    citizen = begun(road)
    case = road.case(citizen)
    assert (case.entry.way, case.entry.counter, case.entry.helpers) == (Way.KIOSK, RegionCode(VILLAGE), ())
    (first,) = road.store.events(case.number)
    assert (first.action, first.actor) == ("citizen:case:start", citizen.id)
    assert first.detail == {"target": "self", "way": "kios", "opened_by": OPERATOR.id}
    assert [line.detail for line in case.told] == [{"way": "kios"}]
    copy = export_of(case, road.store.events(case.number), "now")
    assert (copy["way"], copy["processing"][0]["by"]) == ("kios", "citizen")
    assert OPERATOR.id not in str(copy)


def test_the_same_request_is_answered_with_the_same_number_and_secret(road: Road) -> None:
    key = request()
    made = begin_alone(road.world, SCREEN, Target.FAMILY, VILLAGE, key)
    assert begin_alone(road.world, SCREEN, Target.FAMILY, VILLAGE, key) == made
    assert knows_secret(road.world, road.store.load(made["case_number"]), made["secret"])


@pytest.mark.parametrize("village", [OTHER_VILLAGE, "32.05.10.2002"])
def test_a_kiosk_is_of_one_counter(road: Road, village: str) -> None:
    with pytest.raises(Forbidden):
        begin_alone(road.world, SCREEN, Target.SELF, village, request())


@pytest.mark.parametrize("village", ["13.05.02", "13", "x", ""])
def test_a_counter_stands_in_a_village(road: Road, village: str) -> None:
    with pytest.raises(BadInput):
        begin_alone(road.world, SCREEN, Target.SELF, village, request())


def test_nobody_goes_on_with_what_was_left_there(road: Road) -> None:
    citizen = begun(road)
    before = road.case(citizen).secret_digest
    assert today_at(road.world, OPERATOR, VILLAGE) == []
    assert waiting_at(road.world, OPERATOR, VILLAGE, None)[0] == []
    for officer in (OPERATOR, FIELD_OFFICER):
        with pytest.raises(Forbidden):
            continue_for(road.world, officer, citizen.case_number, request())
    assert road.case(citizen).secret_digest == before


def test_who_only_opened_the_kiosk_may_review_what_came_from_it(road: Road) -> None:
    citizen = begun(road)
    sent(road, citizen)
    assert claim(road.world, OPERATOR, citizen.case_number, "desa", request())["fence"]
    (listed,) = (counter_case_view(case) for case in today_at(road.world, OPERATOR, VILLAGE))
    assert (listed["way"], listed["draft"]) == ("kios", False)


def test_who_plays_with_the_screen_is_stopped_and_the_operators_own_counter_goes_on(road: Road) -> None:
    for _ in range(KIOSK.burst):
        begun(road)
    with pytest.raises(TooMany):
        begun(road)
    anew = replace(SCREEN, session="another")
    with pytest.raises(TooMany):
        begin_alone(road.world, anew, Target.SELF, VILLAGE, request())
    assert begin_for(road.world, OPERATOR, Target.SELF, VILLAGE, request())
