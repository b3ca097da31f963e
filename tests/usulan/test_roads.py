from __future__ import annotations

from datetime import date

import pytest

from chalicelib.access.policy import POLICY, Action
from chalicelib.identity.region import RegionCode
from chalicelib.messages import known
from chalicelib.usulan.roads import road_for

TODAY = date(2026, 11, 22)


def test_every_stage_has_people_and_every_word_its_text() -> None:
    road = road_for(RegionCode("13.05.02.2001"), TODAY)
    for stage in road.stages:
        assert any(grant.action is Action.DECIDE and stage.code in grant.stages for grant in POLICY)
        assert known(f"KEADAAN_{stage.waiting_state}")
        assert known(f"KEADAAN_{stage.rejected_state}")
    assert known(f"KEADAAN_{road.passed_state}")
    assert all(known(code) for code in (*road.mend_reasons, *road.reject_reasons))


def test_the_road_goes_on_and_ends() -> None:
    road = road_for(RegionCode("13.05.02.2001"), TODAY)
    assert road.first.code == "desa"
    following = road.after("desa")
    assert following is not None
    assert following.code == "dinsos"
    assert road.after("dinsos") is None


def test_before_the_first_road_there_is_none() -> None:
    with pytest.raises(LookupError):
        road_for(RegionCode("13.05.02.2001"), date(2020, 1, 1))
