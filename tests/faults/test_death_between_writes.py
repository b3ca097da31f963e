"""A process dies at each point before or after each write, one after the other: the case goes on as if none had died."""

from __future__ import annotations

import random
from itertools import count, groupby
from typing import Any

import pytest
from moto import mock_aws

from chalicelib.aws.failpoints import POINTS, Died, installed
from tests.faults.journey import Journey, left
from tests.road import Road


class DiesOnceALeg:
    """Dies at the `at`-th point of each leg, counted from 1; `where` is its name, if this leg has so many."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.next_leg()

    def next_leg(self) -> None:
        self.to_go = self.at
        self.where = ""

    def __call__(self, point: str) -> None:
        self.to_go -= 1
        if self.to_go == 0:
            self.where = point
            raise Died(point)


def test_the_undisturbed_road_ends_where_it_should(undisturbed: list[dict[str, Any]]) -> None:
    end = undisturbed[-1]
    assert end["state"] == "DITERIMA_DINSOS"
    assert end["works"] == {"desa": (2, True), "dinsos": (1, True)}
    assert (end["unfinished"], end["on desks"]) == (["THIN"], [])  # its originals go in a year
    assert end["items"]["NIK", "CASE"] == 1
    assert [state for state, _ in groupby(leg["state"] for leg in undisturbed)] == [
        "DRAF",
        "ANTREAN_DESA",
        "PERLU_PERBAIKAN",
        "ANTREAN_DESA",
        "VERIFIKASI_DINSOS",
        "DITERIMA_DINSOS",
    ]


def test_after_a_death_at_any_point_everything_is_as_if_none_had_died(
    undisturbed: list[dict[str, Any]],
) -> None:
    """Every point of every leg in turn. What lies there after a leg is what lies there without the death, so the next
    leg may have a death of its own."""
    died: list[str] = []
    for at in count(1):
        before = len(died)
        dies = DiesOnceALeg(at)
        with mock_aws():
            journey = Journey(Road())
            with installed(dies):
                for leg, _ in enumerate(journey.legs()):
                    assert left(journey) == undisturbed[leg], f"leg {leg}, died at point {at}, {dies.where}"
                    died += [dies.where] if dies.where else []
                    dies.next_leg()
        if len(died) == before:
            break
    # photos are deleted on no case's road: deaths there are in tests/usulan/test_forget.py
    assert {point.partition(":")[0] for point in died} == set(POINTS) - {"s3.delete", "sqs.delete"}
    assert len(died) > 70


@pytest.mark.parametrize("seed", range(5))
def test_many_deaths_change_nothing_in_the_end(undisturbed: list[dict[str, Any]], seed: int) -> None:
    chance = random.Random(seed)
    died = []

    def plan(point: str) -> None:
        if chance.random() < 0.25:
            died.append(point)
            raise Died(point)

    with mock_aws():
        journey = Journey(Road())
        with installed(plan):
            journey.walk()
        assert left(journey) == undisturbed[-1]
    assert len(died) > 5
