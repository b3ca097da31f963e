"""The case: one proposed family on its way from a draft to a decision. Frozen values; every change makes a new one.

States (DOMAIN 2.3):

    DRAF ─submit─▶ DIKIRIM ─check─▶ ANTREAN_DESA ─lulus─▶ VERIFIKASI_DINSOS ─lulus─▶ DITERIMA_DINSOS
                                        │  └─tolak─▶ DITOLAK_DESA     └─tolak─▶ DITOLAK_DINSOS
                                        └─perlu_perbaikan─▶ PERLU_PERBAIKAN ─mend─▶ DIKIRIM, back to the same desk
    DRAF and PERLU_PERBAIKAN that nobody finishes end as KEDALUWARSA. What is erased is DIHAPUS (`forget.py`).

The states behind ANTREAN_DESA come from the road (`roads.py`), so another kabupaten may have more of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.access.policy import Subject
from chalicelib.identity import name_tokens
from chalicelib.identity.digits import is_digits
from chalicelib.identity.region import RegionCode
from chalicelib.reading.house.fingerprints import bands
from chalicelib.reading.model import Field as ReadField
from chalicelib.reading.model import Finding
from chalicelib.usulan.addresses import Contact
from chalicelib.usulan.answers import Answers
from chalicelib.usulan.documents import Slot, Upload
from chalicelib.usulan.entry import ONLINE, Entry, Pile, Way
from chalicelib.usulan.events import Told
from chalicelib.usulan.rights import Asked
from chalicelib.usulan.roads import Road, road_for
from chalicelib.usulan.work import WorkItem


class State(StrEnum):
    """The states every road shares; those between come from the road."""

    DRAFT = "DRAF"
    SUBMITTED = "DIKIRIM"
    NEEDS_FIX = "PERLU_PERBAIKAN"
    EXPIRED = "KEDALUWARSA"
    ERASED = "DIHAPUS"


class Target(StrEnum):
    """Whom the citizen proposes."""

    SELF = "self"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"


class Todo(StrEnum):
    """What the records say is unfinished: the sweeper puts a check or an offer back on its queue, tells when an office
    lets its day pass, reminds the citizen of a return and the office of a request about data, lets what nobody finished
    expire, and lets go of what is kept no longer."""

    CHECK = "CHECK"
    OFFER = "OFFER"
    LATE = "LATE"
    FINISH = "FINISH"
    MEND = "MEND"
    RIGHTS = "RIGHTS"
    THIN = "THIN"
    ERASE = "ERASE"


@dataclass(frozen=True)
class Due:
    """Something to be done, from `at` on."""

    todo: Todo
    at: datetime


@dataclass(frozen=True)
class Correction:
    """A value mended by an officer; what was read and typed stays beside it."""

    value: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Decision:
    """What an officer decided at a stage, and why. `note` is personal: it is stored sealed."""

    stage: str
    decision: str
    reason: str | None
    slots: tuple[Slot, ...]
    by: str
    at: datetime
    note: str = ""


# Which photo speaks for a field, first choice first.
SOURCES: Mapping[str, tuple[tuple[Slot, str], ...]] = {
    "nik": ((Slot.KTP, "nik"),),
    "nama": ((Slot.KTP, "nama"),),
    "nomor_kk": ((Slot.KK, "nomor_kk"),),
    "alamat": ((Slot.KK, "alamat"), (Slot.KTP, "alamat")),
    "rt": ((Slot.KK, "rt"), (Slot.KTP, "rt")),
    "rw": ((Slot.KK, "rw"), (Slot.KTP, "rw")),
}
FIELDS = tuple(SOURCES)


class Standing:
    """Where a case stands, as the case itself and its status both know it."""

    number: str
    state: str
    region: RegionCode | None
    stage: str | None
    submitted_at: datetime | None

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def subject(self) -> Subject:
        return Subject(self.number, self.region, self.stage)

    @property
    def road(self) -> Road:
        """The road it walks. LookupError for a draft, which has no region yet."""
        if self.region is None or self.submitted_at is None:
            raise LookupError("a draft walks no road yet")
        return road_for(self.region, self.submitted_at.date())


@dataclass(frozen=True)
class Case(Standing):
    """Shape of a case. `seq` counts its events and guards every write; `typed` holds what the citizen confirmed."""

    number: str
    target: Target
    created_at: datetime
    secret_digest: str
    state: str = State.DRAFT
    region: RegionCode | None = None
    stage: str | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was decided for good or expired; how long it is kept runs from there (`forget.py`)."""
    entry: Entry = ONLINE
    uploads: Mapping[Slot, Upload] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    answers: Answers | None = None
    """What was typed into the form so far, while it is a draft; personal."""
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    works: Mapping[str, WorkItem] = field(default_factory=dict)
    todo: Due | None = None
    previous: Mapping[Slot, Upload] = field(default_factory=dict)
    """The photos that were returned, as they were then; `uploads` holds those sent since."""
    reminders: int = 0
    twins: tuple[str, ...] = ()
    """Numbers of other living cases with the same NIK, family card number or house picture."""
    barkot_token: str | None = None
    contact: Contact | None = None
    """Where its citizen wants to be told; personal."""
    requests: Mapping[str, Asked] = field(default_factory=dict)
    """What was asked about the data of this case, by id."""
    told: tuple[Told, ...] = ()
    """The citizen's timeline, drawn on by the store with each event; `status.py` keeps it."""
    seq: int = 0
    head: str = ""

    def must(self, todo: Todo) -> bool:
        return self.todo is not None and self.todo.todo is todo

    @property
    def marks(self) -> frozenset[tuple[str, str]]:
        """By what other cases find this one: (purpose, value). What was never sent has none: an unsent form speaks of
        nobody. But a counter finds its own draft by NIK, when its citizen comes."""
        if self.submitted_at is None:
            nik = self.said.get("nik", "")
            waits = self.is_draft and self.entry.counter is not None and is_digits(nik)
            return frozenset({draft_mark(self.entry.counter, nik)} if waits else ())
        numbers = {(name, self.value(name)) for name in ("nik", "nomor_kk") if self.value(name)}
        if self.region is None:
            return frozenset(numbers)
        kecamatan = self.region.at(3)
        houses = {("house", f"{kecamatan}:{band}") for band in bands(self.house_fingerprint)}
        names = {name_mark(self.region, token) for token in name_tokens.tokens(self.value("nama"))}
        return frozenset(numbers | houses | names)

    @property
    def house_fingerprint(self) -> str:
        """Of the picture of the house's front; empty while it is not read."""
        upload = self.uploads.get(Slot.HOUSE_FRONT)
        return upload.reading.fingerprint if upload and upload.reading else ""

    @property
    def returned(self) -> tuple[Slot, ...]:
        """The photos that came back to the citizen for mending; empty: the case is not with the citizen."""
        return self.last_decision.slots if self.state == State.NEEDS_FIX and self.last_decision else ()

    @property
    def restricted(self) -> bool:
        """Whether nobody may work on it until the restriction is lifted (UU 27/2022 Pasal 41)."""
        return any(asked.restricts for asked in self.requests.values())

    @property
    def at_the_counter(self) -> Subject:
        """The case for an officer who helps with it: it belongs to the counter where it was begun, if to any. What was
        begun alone at a kiosk is its citizen's, whom nobody has asked for help."""
        return Subject(self.number, None if self.entry.begun_alone else self.entry.counter)

    @property
    def pile(self) -> Pile | None:
        """Where its counter lists it; None: nowhere (any more)."""
        if self.entry.counter is None or self.state in (State.ERASED, State.EXPIRED):
            return None
        if not self.is_draft:
            return Pile.SENT
        if self.entry.begun_alone:
            return None
        listed = self.entry.way is Way.LIST and self.entry.at == self.created_at
        return Pile.LISTED if listed else Pile.BEGUN

    @property
    def work(self) -> WorkItem | None:
        """The item on the desk of the stage where the case stands."""
        return self.works.get(self.stage) if self.stage else None

    @property
    def last_decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    def with_upload(self, upload: Upload) -> Case:
        return replace(self, uploads={**self.uploads, upload.slot: upload})

    def with_request(self, asked: Asked) -> Case:
        return replace(self, requests={**self.requests, asked.id: asked})

    def with_work(self, work: WorkItem) -> Case:
        return replace(self, works={**self.works, work.stage: work})

    def read(self, name: str) -> tuple[Slot, ReadField] | None:
        """What was read for a field, and on which photo."""
        for slot, key in SOURCES[name]:
            upload = self.uploads.get(slot)
            if upload and upload.reading and key in upload.reading.fields:
                return slot, upload.reading.fields[key]
        return None

    def sent_again(self, slot: Slot) -> bool:
        """Whether a returned photo has been replaced since."""
        before, now = self.previous.get(slot), self.uploads.get(slot)
        return now is not None and (before is None or now.upload_id != before.upload_id)

    def value(self, name: str) -> str:
        """The value that counts: corrected by an officer, else confirmed by the citizen, or typed so far of a draft."""
        corrected = self.corrections.get(name)
        return corrected.value if corrected else self.said.get(name, "")

    @property
    def said(self) -> Mapping[str, str]:
        """What the citizen confirmed; of a draft what was typed so far (with the village as `kode_wilayah`)."""
        return self.answers.values if self.answers else self.typed


def name_mark(village: RegionCode, token: str) -> tuple[str, str]:
    """The mark of a name's beginning (`identity.name_tokens`), in one village."""
    return "name", f"{village}:{token}"


def draft_mark(counter: RegionCode | None, nik: str) -> tuple[str, str]:
    """The mark of a draft that waits at one village's counter, and at no other."""
    return "draft", f"{counter}:{nik}"


@dataclass(frozen=True)
class NewEvent:
    """Something that happened, before it has its place in the chain. `detail` is not personal; `private` is sealed."""

    action: str
    actor: str
    detail: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
