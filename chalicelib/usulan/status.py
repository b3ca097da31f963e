"""What a citizen is told of a case when they ask how it stands: one small record, so that an answer costs one read.

It is a shadow of the case and its chain, never a source. The store writes it in the same transaction as every change that
makes it differ (`status_of`), and `status_of(case, told_of(events))` makes it anew from nothing else (`audit status`).
It holds no value of a person, neither typed nor read: codes, dates, the region of the office and the names of files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.identity.region import RegionCode
from chalicelib.reading.model import Severity
from chalicelib.usulan.case import Case, Standing, State
from chalicelib.usulan.documents import Slot, Upload, UploadState
from chalicelib.usulan.events import Happened, Told
from chalicelib.usulan.notices import code_of

_SURELY_SHOWN = 0.95
_OF_THE_PHOTO = ("FOTO", "BUKAN_DOKUMEN", "BELUM_TERBACA")
"""Findings about a picture, by the beginning of their code. Those about a person are for the desk."""


@dataclass(frozen=True)
class Picture:
    """A working copy: where it lies, and its size in pixels."""

    upload_id: str
    width: int
    height: int


@dataclass(frozen=True)
class Need:
    """A photo that came back: why, what it was, and what has been sent since."""

    slot: Slot
    reason: str
    before: Picture | None
    sent: bool
    after: Picture | None


@dataclass(frozen=True)
class Note:
    """What the reader noticed about a photo that did not come back."""

    slot: Slot
    code: str


@dataclass(frozen=True)
class Status(Standing):
    """How a case stands. `secret_digest` opens it; `guessed_until`: somebody has guessed at the secret, so until then the
    limits are asked before an answer (`access/limits.py`). `next_step` is a code of the catalogue; `channel` the way by
    which notices go, not the address."""

    number: str
    secret_digest: str
    state: str
    region: RegionCode | None
    stage: str | None
    submitted_at: datetime | None
    next_step: str | None
    next_by: datetime | None
    proposed_before: bool
    channel: str | None
    needs: tuple[Need, ...]
    notes: tuple[Note, ...]
    told: tuple[Told, ...]
    guessed_until: datetime | None = field(default=None, compare=False)

    def guessed(self, now: datetime) -> bool:
        return self.guessed_until is not None and now < self.guessed_until

    @property
    def news(self) -> str | None:
        """The code of the last notice that its events gave, sent or not."""
        for line in reversed(self.told):
            if line.action == Happened.MENDED:
                return None  # what was asked for before has been done
            if code := code_of(line.action, line.detail, ended=self.stage is None):
                return code
        return None

    def late(self, now: datetime) -> bool:
        """Whether the office that holds it has let its day pass."""
        return self.stage is not None and self.next_by is not None and self.next_by < now


def status_of(case: Case) -> Status:
    """The status of a case as it stands now."""
    step, by = next_of(case)
    return Status(
        number=case.number,
        secret_digest=case.secret_digest,
        state=str(case.state),
        region=case.region,
        stage=case.stage,
        submitted_at=case.submitted_at,
        next_step=step,
        next_by=by,
        proposed_before=proposed_before(case),
        channel=case.contact.channel.value if case.contact else None,
        needs=_needs(case),
        notes=() if case.returned else _notes(case),
        told=case.told,
    )


def next_of(case: Case) -> tuple[str | None, datetime | None]:
    """(code of what comes next, by when) as far as it is known; None: nothing more comes."""
    if case.is_draft:
        return "BERIKUT_DRAF", None
    if case.restricted:
        return "BERIKUT_DIBATASI", None
    decision = case.last_decision
    if case.state == State.NEEDS_FIX and decision:
        return "BERIKUT_PERBAIKI", decision.at + timedelta(days=case.road.mend_days)
    if case.stage is None and case.state != State.SUBMITTED:
        return None, None
    return "BERIKUT_PERIKSA", case.work.due_at if case.work else None


def proposed_before(case: Case) -> bool:
    """Whether the same person was proposed before. Told only to who showed the card itself: whether a NIK is known is
    nobody else's business."""
    shown = case.read("nik")
    if shown is None or not any(finding.code == "NIK_GANDA" for finding in case.findings):
        return False
    _, read = shown
    return read.value == case.value("nik") and read.confidence >= _SURELY_SHOWN


def _needs(case: Case) -> tuple[Need, ...]:
    decision = case.last_decision
    if decision is None or decision.reason is None:
        return ()
    return tuple(_need(case, slot, decision.reason) for slot in case.returned)


def _need(case: Case, slot: Slot, reason: str) -> Need:
    sent = case.sent_again(slot)
    after = _picture(case.uploads.get(slot)) if sent else None
    return Need(slot, reason, _picture(case.previous.get(slot)), sent, after)


def _picture(upload: Upload | None) -> Picture | None:
    if upload is None or upload.state is not UploadState.READ or upload.reading is None:
        return None
    return Picture(upload.upload_id, *upload.reading.size)


def _notes(case: Case) -> tuple[Note, ...]:
    return tuple(
        Note(slot, finding.code)
        for slot, upload in sorted(case.uploads.items(), key=lambda sent: list(Slot).index(sent[0]))
        for finding in upload.findings
        if finding.severity is not Severity.INFO and finding.code.startswith(_OF_THE_PHOTO)
    )
