"""The photos of a case: which are asked for, and the life of one upload.

WAITING ──arrived──▶ READING ──read──▶ READ
   │                    └─────failed──▶ FAILED
   └──never came──▶ (replaced by the next upload, or forgotten with the draft)
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.messages import message
from chalicelib.reading.model import Finding, Kind, Reading, Severity


class Slot(StrEnum):
    """The photos of an usulan (DOMAIN 4.3), in the order in which they are asked for."""

    KTP = "ktp"
    KK = "kk"
    HOUSE_FRONT = "rumah_depan"
    HOUSE_INSIDE = "rumah_dalam"
    KITCHEN = "dapur"
    TOILET = "jamban"
    METER = "meteran"
    OTHER = "lain"


REQUIRED = (Slot.KTP, Slot.KK, Slot.HOUSE_FRONT)
EXPECTED = {
    Slot.KTP: Kind.KTP,
    Slot.KK: Kind.KK,
    Slot.HOUSE_FRONT: Kind.HOUSE,
    Slot.HOUSE_INSIDE: Kind.OTHER,
    Slot.KITCHEN: Kind.OTHER,
    Slot.TOILET: Kind.OTHER,
    Slot.METER: Kind.OTHER,
    Slot.OTHER: Kind.OTHER,
}
CONTENT_TYPES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "application/pdf")
MAX_BYTES = 10 * 1024 * 1024


def title(slot: Slot | None) -> str:
    """What a slot's photo shows, as people call it; None: a document, whichever."""
    return message(f"DOKUMEN_{slot or 'umum'}")


class UploadState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Upload:
    """One photo sent for one slot. `version` is the object version that is read: the first that came."""

    slot: Slot
    upload_id: str
    issued_at: datetime
    state: UploadState = UploadState.WAITING
    arrived_at: datetime | None = None
    version: str | None = None
    reading: Reading | None = None
    failure: str | None = None

    @property
    def open(self) -> bool:
        return self.state in (UploadState.WAITING, UploadState.READING)

    def arrived(self, version: str, at: datetime) -> Upload:
        """The photo lies in the store. A second arrival changes nothing: the first version wins."""
        if self.version is not None:
            return self
        return replace(self, state=UploadState.READING, version=version, arrived_at=at)

    def read(self, reading: Reading) -> Upload:
        return replace(self, state=UploadState.READ, reading=reading, failure=None)

    def failed(self, code: str) -> Upload:
        return replace(self, state=UploadState.FAILED, failure=code)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the reader noticed, or why it could not read."""
        if self.reading is not None:
            return self.reading.findings
        return (Finding(self.failure, Severity.WARNING),) if self.failure else ()


def new_upload(slot: Slot, at: datetime) -> Upload:
    return Upload(slot, secrets.token_hex(8), at)


ORIGINALS = "karantina"
WORKING_COPIES = "olahan"
FOLDERS = (ORIGINALS, WORKING_COPIES)


def original_key(case_number: str, upload: Upload) -> str:
    """Where the phone posts the photo. Nobody ever looks at this object: it feeds the reader."""
    return f"{ORIGINALS}/{case_number}/{upload.slot.value}/{upload.upload_id}"


def working_copy_key(case_number: str, upload: Upload) -> str:
    """The upright copy without metadata that people look at."""
    return copy_key(case_number, upload.slot, upload.upload_id)


def copy_key(case_number: str, slot: Slot, upload_id: str) -> str:
    """The same, by the upload's id alone."""
    return f"{WORKING_COPIES}/{case_number}/{slot.value}/{upload_id}.jpg"


def parse_original_key(key: str) -> tuple[str, Slot, str] | None:
    """(case number, slot, upload id) of an original's key; None: not one of ours."""
    parts = key.split("/")
    if len(parts) != 4 or parts[0] != ORIGINALS or parts[2] not in set(Slot):
        return None
    return parts[1], Slot(parts[2]), parts[3]
