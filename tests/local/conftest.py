"""Fixtures of the one-machine stack. What starts it is marked `stack` and may open sockets on loopback only."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from chalicelib.local.stack import RunningStack, running_stack

SAMPLE = "tests.local.sample_app"
T = TypeVar("T")


@pytest.fixture(scope="session")
def sample_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The stack with the sample app, shared: a test keeps to keys and messages of its own."""
    with running_stack(tmp_path_factory.mktemp("sample"), module=SAMPLE) as running:
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def eventually(check: Callable[[], T], seconds: float = 30.0) -> T:
    """The first truthy answer of `check`; fails the test when none comes within `seconds`."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := check()):
        if time.monotonic() > until:
            pytest.fail(f"did not happen within {seconds} s")
        pause.wait(0.05)
    return answer


def ended(pid: int, seconds: float = 15.0) -> bool:
    """Whether process `pid` has ended, waiting for it at most `seconds`."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)
