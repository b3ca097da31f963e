"""The visitors of a served stack (chalicelib/local/visitor.py), and how tests wait for what they see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chalicelib.local.demo import appoint_in as appoint_officers
from chalicelib.local.visitor import (
    SLOTS,
    Answer,
    Client,
    Sent,
    drafted,
    form_of,
    on_desk,
    read_slots,
    submitted,
    wait_for,
)

__all__ = [
    "SLOTS",
    "Answer",
    "Client",
    "Sent",
    "appoint_officers",
    "drafted",
    "eventually",
    "form_of",
    "on_desk",
    "read_slots",
    "submitted",
]
T = TypeVar("T")


def eventually(check: Callable[[], T | None], seconds: float = 120.0) -> T:
    """The first truthy answer; AssertionError when none comes in time."""
    found = wait_for(check, seconds)
    assert found, "it did not happen in time"
    return found
