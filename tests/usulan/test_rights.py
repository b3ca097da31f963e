"""Requests about data as a machine: answered once, with reasons of their own, reminded of until then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.errors import BadInput, Conflict
from chalicelib.messages import known
from chalicelib.usulan.rights import Asked, Proof, Right, Standing, new_request, refusals

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
REASONS = sorted({code for right in Right for code in refusals(right)})


def made(right: Right = Right.EXPORT) -> Asked:
    return new_request(right, "citizen:7K3M-9QTD-2", START, {}, "", None)


class Life(RuleBasedStateMachine):
    """One request, pushed about at random, beside a plain account of what should be so."""

    def __init__(self) -> None:
        super().__init__()
        self.right = Right.RESTRICT
        self.asked = made(self.right)
        self.now = START
        self.over = False
        self.in_force = False

    @rule(right=st.sampled_from(list(Right)))
    @precondition(lambda self: self.now == START and not self.over)
    def of_another_kind(self, right: Right) -> None:
        self.right, self.asked = right, made(right)

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        before = self.asked
        self.asked = before.reminded(self.now)
        due = not self.over and before.remind_at is not None and before.remind_at <= self.now
        assert self.asked.reminders == before.reminders + due

    @rule()
    def granted(self) -> None:
        self._answered(lambda: self.asked.granted("officer", self.now), self.right is Right.RESTRICT)

    @rule(reason=st.sampled_from([None, "APA_SAJA", *REASONS]))
    def refused(self, reason: str | None) -> None:
        if reason in refusals(self.right):
            self._answered(lambda: self.asked.refused("officer", self.now, reason), False)
        else:
            with pytest.raises(BadInput, match="ALASAN_KURANG"):
                self.asked.refused("officer", self.now, reason)

    @rule()
    def withdrawn(self) -> None:
        if self.in_force:
            self.asked, self.in_force = self.asked.withdrawn(), False
            assert self.asked.standing is Standing.LIFTED
        else:
            self._answered(self.asked.withdrawn, False)

    def _answered(self, act, in_force: bool) -> None:  # type: ignore[no-untyped-def]
        if self.over:
            with pytest.raises(Conflict, match="PERMINTAAN_SELESAI"):
                act()
            return
        self.asked, self.over, self.in_force = act(), True, in_force

    @invariant()
    def what_is_so(self) -> None:
        assert self.asked.waits is not self.over
        assert (self.asked.remind_at is None) == self.over
        assert self.asked.restricts == self.in_force
        assert self.asked.overdue(self.now) == (not self.over and self.now > START + timedelta(hours=72))
        if not self.over:
            assert self.asked.remind_at is not None
            assert self.now < self.asked.remind_at <= max(self.now, START) + timedelta(hours=48)
        emptied = self.asked.emptied()
        assert not emptied.waits
        assert (emptied.wanted, emptied.note, emptied.answer) == ({}, "", "")


TestLife = Life.TestCase


def test_a_reminder_comes_a_day_before_at_the_hour_and_each_day_after() -> None:
    asked, hours = made(), []
    for hour in range(24 * 6):
        after = asked.reminded(START + timedelta(hours=hour))
        if after.reminders > asked.reminders:
            hours.append(hour)
        asked = after
    assert hours == [48, 72, 96, 120]


@given(st.integers(0, 30))
def test_a_copy_can_be_fetched_for_two_weeks(days: int) -> None:
    until = made().granted("officer", START).available_until
    assert until is not None
    assert (START + timedelta(days=days) < until) == (days < 14)
    assert made(Right.ERASE).granted("officer", START).available_until is None


def test_every_word_of_it_is_in_the_catalogue() -> None:
    for right in Right:
        assert known(f"HAK_{right}")
        assert known(f"HAK_ARTI_{right}")
        assert all(known(code) for code in refusals(right))
    assert all(known(f"PERMINTAAN_{standing}") for standing in Standing)
    assert all(known(f"BUKTI_{proof}") for proof in Proof)
