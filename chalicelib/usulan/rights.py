"""What the people in a case may ask about their data (UU 27/2022), as a small machine of frozen values.

    DIMINTA ─granted─▶ DIKABULKAN ─lifted (a restriction only)─▶ DICABUT
       ├─refused, with a reason of the law──▶ DITOLAK
       └─withdrawn by who asked─────────────▶ DITARIK

Each is to be answered within 3 × 24 hours (Pasal 30, 32, 41); reminders fall due before and after that, until it is.
Hours, days and reasons are data (`rights.json`); those the law does not name are ours, to be confirmed by the owner.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from chalicelib.errors import BadInput, Conflict


class Right(StrEnum):
    EXPORT = "ekspor"
    CORRECT = "koreksi"
    RESTRICT = "pembatasan"
    ERASE = "penghapusan"


class Standing(StrEnum):
    ASKED = "DIMINTA"
    GRANTED = "DIKABULKAN"
    REFUSED = "DITOLAK"
    WITHDRAWN = "DITARIK"
    LIFTED = "DICABUT"


class Proof(StrEnum):
    """What an officer who records a request for somebody was shown."""

    KTP_ASLI = "KTP_ASLI"
    BUKTI_USULAN = "BUKTI_USULAN"
    SURAT_KUASA = "SURAT_KUASA"


@dataclass(frozen=True)
class Asked:
    """One request. `wanted` (field → value, for a correction) and both notes are personal: they are stored sealed.
    `proof` is there where an officer recorded it; `remind_at` only while it waits for its answer."""

    id: str
    right: Right
    by: str
    at: datetime
    due_at: datetime
    remind_at: datetime | None
    wanted: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    proof: Proof | None = None
    standing: Standing = Standing.ASKED
    reminders: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    answer: str = ""

    @property
    def waits(self) -> bool:
        return self.standing is Standing.ASKED

    @property
    def restricts(self) -> bool:
        """Whether a restriction is in force by it."""
        return self.right is Right.RESTRICT and self.standing is Standing.GRANTED

    @property
    def available_until(self) -> datetime | None:
        """Until when a granted export can be fetched."""
        if self.right is not Right.EXPORT or self.standing is not Standing.GRANTED or self.decided_at is None:
            return None
        return self.decided_at + timedelta(days=_rules().export_days)

    def overdue(self, now: datetime) -> bool:
        return self.waits and now > self.due_at

    def granted(self, by: str, at: datetime, answer: str = "") -> Asked:
        """Conflict PERMINTAAN_SELESAI: it was answered or withdrawn before."""
        return self._decided(Standing.GRANTED, by, at, None, answer)

    def refused(self, by: str, at: datetime, reason: str | None, answer: str = "") -> Asked:
        """BadInput ALASAN_KURANG: no reason for which this right may be refused. Conflict PERMINTAAN_SELESAI."""
        if reason not in refusals(self.right):
            raise BadInput("ALASAN_KURANG")
        return self._decided(Standing.REFUSED, by, at, reason, answer)

    def withdrawn(self) -> Asked:
        """Taken back by who asked; a restriction in force is lifted so. Conflict PERMINTAAN_SELESAI."""
        if self.restricts:
            return replace(self, standing=Standing.LIFTED)
        self._require_waiting()
        return replace(self, standing=Standing.WITHDRAWN, remind_at=None)

    def reminded(self, now: datetime) -> Asked:
        """Reminded of once more, the next reminder set. Nothing is due: the same."""
        if not self.waits or self.remind_at is None or self.remind_at > now:
            return self
        again = timedelta(hours=_rules().again_hours)
        planned = [self.at + timedelta(hours=hours) for hours in _rules().remind_hours]
        following = next((at for at in planned if at > now), now + again)
        return replace(self, reminders=self.reminders + 1, remind_at=following)

    def emptied(self) -> Asked:
        """What stays of it when the case is erased: that it was asked and how it was answered, nothing personal."""
        standing = Standing.WITHDRAWN if self.waits else self.standing
        return replace(self, wanted={}, note="", answer="", standing=standing, remind_at=None)

    def _decided(self, standing: Standing, by: str, at: datetime, reason: str | None, answer: str) -> Asked:
        self._require_waiting()
        return replace(
            self,
            standing=standing,
            decided_by=by,
            decided_at=at,
            reason=reason,
            answer=answer,
            remind_at=None,
        )

    def _require_waiting(self) -> None:
        if not self.waits:
            raise Conflict("PERMINTAAN_SELESAI")


def new_request(
    right: Right, by: str, at: datetime, wanted: Mapping[str, str], note: str, proof: Proof | None
) -> Asked:
    rules = _rules()
    return Asked(
        id=secrets.token_hex(4),
        right=right,
        by=by,
        at=at,
        due_at=at + timedelta(hours=rules.answer_hours),
        remind_at=at + timedelta(hours=rules.remind_hours[0]),
        wanted=dict(wanted),
        note=note,
        proof=proof,
    )


def refusals(right: Right) -> tuple[str, ...]:
    """Codes of the reasons for which a right may be refused."""
    return _rules().refusals[right]


def kept_by_law(state: str) -> bool:
    """Whether the law asks to keep a case in that state, so that an erasure cannot be granted."""
    return state in _rules().kept_by_law_in


@dataclass(frozen=True)
class _Rules:
    answer_hours: int
    remind_hours: tuple[int, ...]
    again_hours: int
    export_days: int
    refusals: Mapping[Right, tuple[str, ...]]
    kept_by_law_in: frozenset[str]


@cache
def _rules() -> _Rules:
    table = json.loads(Path(__file__).with_name("rights.json").read_text(encoding="utf-8"))
    return _Rules(
        table["answer_hours"],
        tuple(table["remind_hours"]),
        table["again_hours"],
        table["export_days"],
        {Right(name): tuple(codes) for name, codes in table["refusals"].items()},
        frozenset(table["kept_by_law_in"]),
    )
