"""The pass of a page without scripts: for one case, for half an hour, and made by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.access import passes
from chalicelib.access.sealing import Digests

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DIGESTS = Digests(b"a key of thirty-two bytes, or so")
NUMBER, OTHER = "7K3M-9QTD-2", "AAAA-BBBB-C"


def test_it_opens_its_case_until_its_time_is_over() -> None:
    token = passes.given(DIGESTS, NUMBER, NOW)
    almost = NOW + passes.LIFE - timedelta(seconds=1)
    assert passes.holds(DIGESTS, token, NUMBER, almost)
    assert not passes.holds(DIGESTS, token, NUMBER, NOW + passes.LIFE)
    assert not passes.holds(DIGESTS, token, OTHER, NOW)
    assert not passes.holds(Digests(b"another key of thirty-two bytes."), token, NUMBER, NOW)


@pytest.mark.parametrize("later", [1, 60, 10**6])
def test_its_time_cannot_be_moved(later: int) -> None:
    until, _, code = passes.given(DIGESTS, NUMBER, NOW).partition(".")
    assert not passes.holds(DIGESTS, f"{int(until) + later}.{code}", NUMBER, NOW)


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,14}\.[0-9a-f]{30,33}", fullmatch=True))
@example("999999999999." + "0" * 32)
@example("٩٩٩٩٩٩٩٩٩٩٩." + "0" * 32)
def test_nothing_made_up_holds_or_stumbles(token: str) -> None:
    assert not passes.holds(DIGESTS, token, NUMBER, NOW)
