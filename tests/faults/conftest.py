"""Fixtures of the fault tests, and how many random orders they try: few in `make test`, always the same ones; many with
`BERKAS_FAULTS=long .venv/bin/pytest tests/faults`."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import settings
from moto import mock_aws

from tests.faults.journey import Journey, left
from tests.road import Road

ORDERS = (
    settings(max_examples=500, deadline=None)
    if os.environ.get("BERKAS_FAULTS") == "long"
    else settings(max_examples=6, derandomize=True, deadline=None, database=None)
)


@pytest.fixture(scope="session")
def undisturbed() -> list[dict[str, Any]]:
    """What lies there after each leg when nothing goes wrong."""
    with mock_aws():
        journey = Journey(Road())
        return [left(journey) for _ in journey.legs()]
