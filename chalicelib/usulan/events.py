"""What happens to a case: the closed vocabulary of events (`who:what:how`) and the chain that binds them.

Each event carries the hash of the one before it and a hash over its own body, sealed parts as ciphertext, so that the
chain still verifies after a case's data key was destroyed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Happened(StrEnum):
    STARTED = "citizen:case:start"
    STARTED_FOR = "officer:case:start"
    CONTINUED_FOR = "officer:case:continue"
    PHOTO_REQUESTED = "citizen:photo:request"
    PHOTO_ARRIVED = "system:photo:arrive"
    PHOTO_READ = "system:photo:read"
    PHOTO_FAILED = "system:photo:fail"
    ANSWERS_SAVED = "citizen:answers:save"
    SUBMITTED = "citizen:case:submit"
    MENDED = "citizen:case:mend"
    REMINDED = "system:citizen:remind"
    EXPIRED = "system:case:expire"
    ORIGINALS_REMOVED = "system:photo:remove"
    ERASED = "system:case:erase"
    CONTACT_SET = "citizen:contact:set"
    CONTACT_REMOVED = "citizen:contact:remove"
    LATE = "system:desk:late"
    CHECKED = "system:case:check"
    OFFERED = "system:desk:offer"
    CLAIMED = "officer:desk:claim"
    RELEASED = "officer:desk:release"
    OPENED = "officer:case:open"
    UNMASKED = "officer:field:unmask"
    CORRECTED = "officer:field:correct"
    RIGHT_ASKED = "citizen:right:ask"
    RIGHT_RECORDED = "officer:right:record"
    RIGHT_WITHDRAWN = "citizen:right:withdraw"
    RIGHT_REMINDED = "system:right:remind"
    RIGHT_OPENED = "officer:right:open"
    RIGHT_DECIDED = "officer:right:decide"
    EXPORTED = "citizen:right:export"
    DECIDED = "officer:case:decide"


TOLD = frozenset(
    {
        Happened.STARTED,
        Happened.STARTED_FOR,
        Happened.CONTINUED_FOR,
        Happened.SUBMITTED,
        Happened.CHECKED,
        Happened.OFFERED,
        Happened.CLAIMED,
        Happened.DECIDED,
        Happened.MENDED,
        Happened.REMINDED,
        Happened.EXPIRED,
        Happened.RIGHT_ASKED,
        Happened.RIGHT_RECORDED,
        Happened.RIGHT_WITHDRAWN,
        Happened.RIGHT_DECIDED,
        Happened.EXPORTED,
        Happened.CONTACT_SET,
        Happened.CONTACT_REMOVED,
        Happened.LATE,
    }
)
"""What a citizen is told of."""
_WORDS_FOR = ("way", "stage", "slot", "field", "decision", "right", "standing", "reason", "slots", "state")
"""The details that a timeline puts into words; the others are the chain's."""


@dataclass(frozen=True)
class Told:
    """One line of a citizen's timeline: what happened and when, not who did it."""

    at: datetime
    action: str
    detail: Mapping[str, str] = field(default_factory=dict)


def told_after(
    told: tuple[Told, ...], at: datetime, action: str, detail: Mapping[str, str]
) -> tuple[Told, ...]:
    """The timeline with one more event on it, if citizens are told of it. The same again at once (an officer who renews a
    claim, a copy fetched twice) is told once, so that a timeline does not grow without end."""
    if action not in TOLD:
        return told
    line = Told(at, str(action), {name: detail[name] for name in _WORDS_FOR if detail.get(name)})
    if told and (told[-1].action, told[-1].detail) == (line.action, line.detail):
        return told
    return (*told, line)


def told_of(events: Iterable[Event]) -> tuple[Told, ...]:
    """The timeline of a chain, from its beginning."""
    told: tuple[Told, ...] = ()
    for event in events:
        told = told_after(told, event.at, event.action, event.detail)
    return told


@dataclass(frozen=True)
class Event:
    """One link as stored. `sealed_digest` is SHA-256 of the sealed part (empty: none)."""

    seq: int
    at: datetime
    action: str
    actor: str
    detail: Mapping[str, str]
    previous: str
    hash: str
    sealed_digest: str = ""
    private: Mapping[str, Any] = field(default_factory=dict)


def link(
    case_number: str,
    seq: int,
    at: datetime,
    action: str,
    actor: str,
    detail: Mapping[str, str],
    previous: str,
    sealed_digest: str,
) -> str:
    """The hash of one event: SHA-256 over its canonical JSON, the previous hash included."""
    body = {
        "case": case_number,
        "seq": seq,
        "at": at.isoformat(),
        "action": action,
        "actor": actor,
        "detail": dict(detail),
        "previous": previous,
        "sealed": sealed_digest,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold, and why."""

    seq: int
    why: str


def verify(case_number: str, events: Iterable[Event], head: str, seq: int) -> Broken | None:
    """Walk a chain from its first event to `head` (the hash and `seq` the case itself remembers). None: it holds."""
    previous, expected = "", 1
    for event in events:
        if event.seq != expected:
            return Broken(expected, "an event is missing")
        if event.previous != previous:
            return Broken(event.seq, "it does not follow the event before it")
        own = link(
            case_number,
            event.seq,
            event.at,
            event.action,
            event.actor,
            event.detail,
            event.previous,
            event.sealed_digest,
        )
        if own != event.hash:
            return Broken(event.seq, "its content was changed")
        previous, expected = event.hash, expected + 1
    if previous != head or expected - 1 != seq:
        return Broken(expected, "the chain ends before the case does")
    return None
