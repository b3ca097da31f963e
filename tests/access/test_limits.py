"""Limits: what they let through, whom they count, and that nobody is locked out by another's hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.access.limits import PHOTOS, SUBMISSIONS, Limit, spend
from chalicelib.aws.meter import DynamoMeter
from chalicelib.errors import TooMany
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.submit import submit
from tests.road import Road, request

FEW = Limit("few", 3, timedelta(minutes=10))


def test_a_burst_goes_through_and_then_one_at_a_time(road: Road) -> None:
    meter = road.world.meter
    assert [meter.take(FEW, "a", road.clock()) for _ in range(3)] == [timedelta()] * 3
    assert meter.take(FEW, "a", road.clock()) == timedelta(minutes=10)
    assert meter.wait(FEW, "a", road.clock()) == timedelta(minutes=10)
    road.clock.pass_(minutes=9)
    assert meter.take(FEW, "a", road.clock()) == timedelta(minutes=1)
    road.clock.pass_(minutes=1)
    assert meter.take(FEW, "a", road.clock()) == timedelta()
    assert meter.take(FEW, "a", road.clock()) > timedelta()
    road.clock.pass_(hours=2)
    assert [bool(meter.take(FEW, "a", road.clock())) for _ in range(4)] == [False, False, False, True]


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pauses=st.lists(st.integers(0, 1500), min_size=1, max_size=25))
def test_never_more_than_the_bucket_holds(road: Road, pauses: list[int]) -> None:
    """The oracle: a bucket of `burst` that fills by one each `every`."""
    holder = str(pauses)
    level, last = float(FEW.burst), road.clock()
    for pause in pauses:
        road.clock.pass_(seconds=pause)
        level = min(FEW.burst, level + (road.clock() - last) / FEW.every)
        last = road.clock()
        through = road.world.meter.take(FEW, holder, road.clock()) == timedelta()
        assert through == (level >= 1 - 1e-9)
        level -= through


def test_each_holder_and_each_limit_counts_alone(road: Road) -> None:
    for _ in range(3):
        spend(road.world.meter, FEW, "a", road.clock())
    with pytest.raises(TooMany, match="TERLALU_SERING") as told:
        spend(road.world.meter, FEW, "a", road.clock())
    assert "10 menit" in told.value.message
    spend(road.world.meter, FEW, "b", road.clock())
    spend(road.world.meter, Limit("other", 1, timedelta(hours=1)), "a", road.clock())


def test_who_is_counted_is_not_told_by_the_table(road: Road) -> None:
    DynamoMeter(road.table, road.digests).take(FEW, "203.0.113.7", road.clock())
    kept = [item for item in road.table.scan("LIMIT") if "few" in item["pk"]]
    assert len(kept) == 1
    assert "203.0.113.7" not in str(kept)
    assert kept[0]["expires_at"] > road.clock().timestamp()


def test_a_case_has_so_many_photos_a_day(road: Road) -> None:
    citizen = road.draft()
    number = citizen.case_number
    for _ in range(PHOTOS.burst):
        spend(road.world.meter, PHOTOS, number, road.clock())
    with pytest.raises(TooMany):
        add_photo(road.world, citizen, number, Slot.KTP, "image/jpeg", 100, request())
    road.clock.pass_(minutes=15)
    add_photo(road.world, citizen, number, Slot.KTP, "image/jpeg", 100, request())


def test_a_village_is_not_buried(road: Road) -> None:
    citizen = road.photographed()
    road.drain()
    for _ in range(SUBMISSIONS.burst):
        spend(road.world.meter, SUBMISSIONS, "13.05.02.2001", road.clock())
    with pytest.raises(TooMany):
        submit(road.world, citizen, citizen.case_number, road.form(), request())
    assert road.case(citizen).is_draft
    road.clock.pass_(minutes=2)
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    assert not road.case(citizen).is_draft
