"""What the domain asks of the case store, and how a use case changes a case: load, apply, write, again if stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.access.challenge import Challenge
from chalicelib.access.denials import Denials
from chalicelib.access.limits import Meter
from chalicelib.access.sealing import Digests
from chalicelib.access.searches import Searches
from chalicelib.errors import Conflict, StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.ports import Clock, Messenger, Photos, Queues
from chalicelib.usulan.addresses import Channel
from chalicelib.usulan.case import Case, NewEvent, Todo
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.entry import Pile
from chalicelib.usulan.events import Event
from chalicelib.usulan.notices import Notice, Outbox, code_of, waking
from chalicelib.usulan.rights import Right
from chalicelib.usulan.status import Status

Answer = Mapping[str, Any]
_TRIES = 8


@dataclass(frozen=True)
class ClientRequest:
    """A POST as its sender named it. Same `id` and `scope`, same effect once; `fingerprint` tells a changed body."""

    id: str
    scope: str
    fingerprint: str


@dataclass(frozen=True)
class Step:
    """One change of a case: what it becomes, what happened, and what the asker is told."""

    case: Case
    events: Sequence[NewEvent] = ()
    answer: Answer | None = None


@dataclass(frozen=True)
class Offer:
    """A work item as a desk lists it."""

    stage: str
    case: Case


@dataclass(frozen=True)
class Late:
    """A request about data that nobody answered in time."""

    case_number: str
    request_id: str
    right: Right
    village: RegionCode
    due_at: datetime
    reminders: int


@dataclass(frozen=True)
class OpenUpload:
    """An upload the records call unfinished."""

    case_number: str
    slot: Slot
    upload_id: str
    issued_at: datetime


class AlreadyAnswered(Exception):
    """The same client request was written first by someone else; its answer is there to be read."""


class CaseStore(Protocol):
    """Cases in DynamoDB. A write is one transaction: case, status, events, indexes and the remembered answer, or
    nothing."""

    def create(self, step: Step, at: datetime, request: ClientRequest) -> Case: ...

    def load(self, number: str) -> Case:
        """NotFound USULAN_TIDAK_DITEMUKAN when there is none (Erased when there was one)."""

    def save(self, before: Case, step: Step, at: datetime, request: ClientRequest | None) -> Case:
        """StaleWrite when `before` is no longer what is stored; AlreadyAnswered when `request` has an answer."""

    def status(self, number: str) -> Status | None:
        """How a case stands, in one read; None: there is no such case, or its key was destroyed."""

    def mark_guessed(self, number: str, until: datetime) -> None:
        """Have the limits asked before the status of this case is told. The same work for a number that is none."""

    def remembered(self, request: ClientRequest) -> tuple[str, Answer] | None:
        """(fingerprint, answer) of a request seen before."""

    def shred(self, number: str) -> None:
        """Destroy the data key of an erased case; from then on it is NotFound. Erased: it was done before."""

    def events(self, number: str, *, private: bool = False) -> Sequence[Event]:
        """The chain. With `private` their sealed parts are opened too (NotFound for an erased case)."""

    def desk(
        self, desk: RegionCode, stage: str, limit: int, after: str | None
    ) -> tuple[Sequence[Offer], str | None]:
        """Open work on one desk, oldest first, and the cursor behind the last (None: no more)."""

    def at_counter(
        self, counter: RegionCode, pile: Pile, limit: int, after: str | None
    ) -> tuple[Sequence[Case], str | None]:
        """A pile of a village's counter, what was opened first there first, and the cursor behind the last. A time
        (ISO 8601) is a cursor too."""

    def requests(
        self, office: RegionCode, limit: int, after: str | None
    ) -> tuple[Sequence[tuple[str, Case]], str | None]:
        """Requests about data that wait at an office (id and case), the soonest due first, and the cursor behind the
        last."""

    def overdue(
        self, office: RegionCode, now: datetime, limit: int, after: str | None
    ) -> tuple[Sequence[Late], str | None]:
        """Requests about data at an office whose time is up, the longest first, and the cursor to go on. No case is
        loaded for them."""

    def said(self, links: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """The `note` of events (case number, seq) in clear; those of erased cases and those without one are absent."""

    def cases_with(self, purpose: str, digest: str) -> Sequence[str]:
        """Numbers of cases with the same mark (`Case.marks`): `nik`, `nomor_kk`, `house`, `name`, `draft`."""

    def case_of_barkot(self, token_digest: str) -> str | None: ...

    def unfinished(self, todo: Todo, before: datetime) -> Iterator[str]:
        """Numbers of cases whose `todo` has waited since before that time."""

    def open_uploads(self, before: datetime) -> Iterator[OpenUpload]: ...

    def ping(self) -> None:
        """Raise unless the store answers."""

    def numbers(self) -> Iterable[str]:
        """Every case, for the audit command."""


@dataclass(frozen=True)
class World:
    """The ports a use case works with, joined by bootstrap."""

    store: CaseStore
    photos: Photos
    queues: Queues
    digests: Digests
    meter: Meter
    challenge: Challenge
    denials: Denials
    searches: Searches
    outbox: Outbox
    messenger: Callable[[Channel], Messenger]
    now: Clock
    public_url: str


def answered(world: World, request: ClientRequest | None) -> Answer | None:
    """The answer given to this request before. Conflict PERMINTAAN_BEDA: same id, other body."""
    if request is None:
        return None
    found = world.store.remembered(request)
    if found is None:
        return None
    fingerprint, answer = found
    if fingerprint != request.fingerprint:
        raise Conflict("PERMINTAAN_BEDA")
    return answer


def notices_of(after: Case, events: Sequence[NewEvent], at: datetime) -> list[Notice]:
    """What these last events of a case say to its citizen, if there is somebody to be told."""
    if after.contact is None:
        return []
    first = after.seq - len(events) + 1
    codes = (code_of(event.action, event.detail, ended=after.stage is None) for event in events)
    return [
        Notice(after.number, first + place, code, at, waking(after.region, at))
        for place, code in enumerate(codes)
        if code
    ]


def change(
    world: World, number: str, apply: Callable[[Case], Step], request: ClientRequest | None = None
) -> tuple[Case, Answer]:
    """Apply a pure step to a case and write it once. Readers and officers write to the same case side by side, so a
    stale write reads again and applies anew; a step without events writes nothing."""
    for _ in range(_TRIES):
        before = world.store.load(number)
        if (known := answered(world, request)) is not None:
            # perhaps written since `before` was read: the asker acts on the case as the answer left it
            return world.store.load(number), known
        step = apply(before)
        if not step.events:
            return step.case, step.answer or {}
        try:
            saved = world.store.save(before, step, world.now(), request)
        except (StaleWrite, AlreadyAnswered):
            continue
        now = world.now()
        if any(notice.due_at <= now for notice in notices_of(saved, step.events, now)):
            world.queues.to_tell(number)  # what waits for the morning, the sweeper puts there
        return saved, step.answer or {}
    raise StaleWrite
