"""The stack under attack: a case of the first village, a second one whose secret is guessed at, and a stranger."""

from __future__ import annotations

import pytest

from chalicelib.local.stack import RunningStack
from tests.attacks.victim import Victim, made_victim
from tests.client import Client


@pytest.fixture
def victim(stack: RunningStack) -> Victim:
    return made_victim(stack.base_url, 0)


@pytest.fixture
def besieged(stack: RunningStack) -> Victim:
    """One whose secret is guessed at, so that its own phone must wait."""
    return made_victim(stack.base_url, 1)


@pytest.fixture
def client(stack: RunningStack) -> Client:
    return Client(stack.base_url)
