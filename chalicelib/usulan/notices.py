"""Notices: which events speak to the citizen, in which words, and at which hours. Pure; `tell.py` sends them.

A notice is made in the transaction of the event it speaks of, under that event's number: one for an event, whatever is
repeated. Its words hold nothing but the case's number, and no link: who sends false ones finds no example to follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from chalicelib.identity.region import RegionCode
from chalicelib.identity.zones import local
from chalicelib.messages import message
from chalicelib.usulan.events import Happened

MORNING, NIGHT = 7, 21
"""Hours of the village between which people are told; [D]."""
LEASE = timedelta(minutes=5)
"""How long a notice belongs to whoever is sending it."""
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""Between one try and the next; after the last try it is dead."""
_RULED = {
    "perlu_perbaikan": "KABAR_PERBAIKI",
    "tolak": "KABAR_BELUM_DISETUJUI",
    "lulus": "KABAR_DITERUSKAN",
}


class Standing(StrEnum):
    """How a notice stands. `WAITING` is also who is being sent just now; the others are ends."""

    WAITING = "MENUNGGU"
    SENT = "TERKIRIM"
    UNWANTED = "TIDAK_DIMINTA"
    DEAD = "MATI"


@dataclass(frozen=True)
class Notice:
    """One notice as kept. `event` is the number of the event it speaks of; `tries` counts those begun; who moves `due_at`
    on has the notice. `fault` says why the last try failed, in a word."""

    case_number: str
    event: int
    code: str
    made_at: datetime
    due_at: datetime
    standing: Standing = Standing.WAITING
    tries: int = 0
    fault: str = ""

    @property
    def key(self) -> str:
        """What a gateway may know it again by."""
        return f"{self.case_number}.{self.event}"

    @property
    def text(self) -> str:
        return message(self.code, nomor=self.case_number)


class Outbox(Protocol):
    """Notices in DynamoDB; the case store puts them there. A change holds only if the notice is still as it was read."""

    def due(self, case_number: str, now: datetime) -> Iterable[Notice]:
        """Those of a case whose hour has come, oldest first."""

    def begin(self, notice: Notice, until: datetime) -> Notice | None:
        """Count a try and keep others away until then; None: somebody else was quicker."""

    def postpone(self, notice: Notice, until: datetime, fault: str = "") -> None: ...

    def end(self, notice: Notice, standing: Standing, at: datetime, fault: str = "") -> None: ...

    def waiting(self, before: datetime) -> Iterable[str]:
        """Numbers of cases with a notice whose hour came before that."""

    def dead(self) -> Iterable[Notice]: ...

    def all_waiting(self) -> Iterable[Notice]: ...

    def revive(self, notice: Notice, now: datetime) -> None:
        """A dead one begins anew."""


def code_of(action: str, detail: Mapping[str, str], *, ended: bool) -> str | None:
    """What an event says to the citizen, by its code; None: nothing. `ended`: no office holds the case after it."""
    if action == Happened.DECIDED:
        decision = detail.get("decision", "")
        return "KABAR_DITERIMA_DINSOS" if decision == "lulus" and ended else _RULED[decision]
    if action == Happened.EXPIRED:
        return None if detail.get("state") == "DRAF" else "KABAR_KEDALUWARSA"
    return {
        Happened.SUBMITTED: "KABAR_DITERIMA",
        Happened.REMINDED: "KABAR_INGATKAN",
        Happened.LATE: "KABAR_TERLAMBAT",
    }.get(Happened(action))


def waking(region: RegionCode | None, at: datetime) -> datetime:
    """`at`, or where it is night in the region the next morning there; UTC."""
    here = local(region, at)
    if MORNING <= here.hour < NIGHT:
        return at
    day = here.date() + timedelta(days=1 if here.hour >= NIGHT else 0)
    return datetime.combine(day, time(MORNING), here.tzinfo).astimezone(UTC)
