"""Queues give messages late, twice and in any order; a second process may be at the same work at the same time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from chalicelib.aws.failpoints import installed
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.store import ClientRequest, change
from tests.faults.conftest import ORDERS
from tests.faults.journey import Journey, left
from tests.road import Road, request


@ORDERS
@given(data=st.data())
def test_messages_in_any_order_and_often_end_the_same(undisturbed: list[dict[str, Any]], data: Any) -> None:
    """An impatient citizen and officers: photos, submission, check and offer are all on their queues at once."""
    copies = iter(data.draw(st.lists(st.booleans(), min_size=20, max_size=20), label="again"))
    with mock_aws():
        journey = Journey(
            Road(),
            next_message=lambda waiting: data.draw(st.integers(0, waiting - 1), label="next"),
            again=lambda: next(copies, False),
            patient=False,
        )
        journey.walk()
        assert left(journey) == undisturbed[-1]


class TwoAtOnce:
    """At the `at`-th transaction of each leg a second process does the whole of the same work before the first writes."""

    def __init__(self, at: int, journey: Journey) -> None:
        self.at = at
        self.journey = journey
        self.next_leg()

    def next_leg(self) -> None:
        self.to_go = self.at
        self.met = False

    def __call__(self, point: str) -> None:
        if point != "dynamodb.write:before":
            return
        self.to_go -= 1
        if self.to_go == 0:
            self.met = True
            self.journey.doing()


def test_two_processes_at_the_same_work_have_one_effect(undisturbed: list[dict[str, Any]]) -> None:
    meetings = 0
    for at in count(1):
        before = meetings
        with mock_aws():
            journey = Journey(Road())
            two = TwoAtOnce(at, journey)
            with installed(two):
                for leg, _ in enumerate(journey.legs()):
                    assert left(journey) == undisturbed[leg], f"leg {leg}, two at transaction {at}"
                    meetings += two.met
                    two.next_leg()
        if meetings == before:
            break
    assert meetings > 20


class AnswersInBetween:
    """A case store in which the same request is answered elsewhere between the reading of the case and the look for an
    answer: once."""

    def __init__(self, inner: Any, elsewhere: Callable[[], object]) -> None:
        self._inner = inner
        self._elsewhere: Callable[[], object] | None = elsewhere

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def remembered(self, asked: ClientRequest) -> Any:
        elsewhere, self._elsewhere = self._elsewhere, None
        if elsewhere is not None:
            elsewhere()
        return self._inner.remembered(asked)


def test_an_answer_given_in_between_is_told_with_the_case_it_left(road: Road) -> None:
    """A phone on a bad line posts again while its first request is still being answered."""
    citizen, same = road.draft(), request()
    number = citizen.case_number

    def ask(world: Any) -> str:
        return add_photo(world, citizen, number, Slot.KTP, "image/jpeg", 5, same)[0].upload_id

    world = type(road.world)(
        **{**vars(road.world), "store": AnswersInBetween(road.store, lambda: ask(road.world))}
    )
    assert ask(world) == ask(road.world)
    assert change(road.world, number, lambda _: never(), same)[0].uploads[Slot.KTP].upload_id == ask(world)


def never() -> Any:
    raise AssertionError("an answered request is not applied again")
