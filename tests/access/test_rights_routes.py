"""Requests about one's own data against the oracle: with whom they lie, and who answers which."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer, Role
from chalicelib.usulan.rights import Right, refusals
from tests.access.oracle import PERSONAL, Setting, answers, covers, officers, places, runs


@runs
@given(officer=officers, place=places)
def test_waiting_requests_lie_with_the_social_office_of_their_kabupaten(
    setting: Setting, officer: Officer, place: int
) -> None:
    road, mine = setting.house.road, setting.cases[place]
    road.clock.pass_(hours=1)
    setting.ask("POST", f"/api/v1/usulan/{mine.number}/requests", {"right": "ekspor"}, secret=mine.secret)
    status, text = setting.ask("GET", "/api/v1/requests", officer=officer)
    if officer.role not in (Role.DINSOS_VERIFIER, Role.DINSOS_HEAD) or not officer.regions:
        assert status == 403
        return
    waits = {known.number for known in setting.cases if road.store.load(known.number).requests}
    listed = {item["case_number"] for item in json.loads(text)["items"]}
    assert listed == {known.number for known in setting.cases if covers(officer, known)} & waits
    assert not any(value in text for value in PERSONAL)


@runs
@given(officer=officers, place=places, right=st.sampled_from(list(Right)))
def test_each_right_is_answered_by_whom_it_is_for(
    setting: Setting, officer: Officer, place: int, right: Right
) -> None:
    known, road = setting.cases[place], setting.house.road
    road.clock.pass_(hours=12)
    wish = {"right": right, "wanted": {"rt": "009"} if right is Right.CORRECT else {}}
    setting.ask("POST", f"/api/v1/usulan/{known.number}/requests", wish, secret=known.secret)
    (waits,) = (
        one for one in road.store.load(known.number).requests.values() if one.right is right and one.waits
    )
    path = f"/api/v1/cases/{known.number}/requests/{waits.id}/answer"
    status, text = setting.ask("POST", path, {"answer": "tolak", "reason": refusals(right)[0]}, officer)
    expected = answers(officer, known) and (right is not Right.ERASE or officer.role is Role.DINSOS_HEAD)
    assert status == (200 if expected else 403)
    assert road.store.load(known.number).requests[waits.id].waits != expected
    assert not any(value in text for value in PERSONAL)
