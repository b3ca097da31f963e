"""Requests about data at the office that answers them: the queue, one request opened, the answer and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.access.actors import Officer
from chalicelib.access.paging import paged
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.desk.queue import PAGE, at_level
from chalicelib.errors import Conflict
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.ask import decided, request_of
from chalicelib.usulan.case import Case, Correction, NewEvent
from chalicelib.usulan.crosscheck import cross_check
from chalicelib.usulan.events import Happened
from chalicelib.usulan.forget import emptied
from chalicelib.usulan.rights import Asked, Right, kept_by_law
from chalicelib.usulan.store import ClientRequest, Step, World, change

_OFFICE_LEVEL = 2


class Answer(StrEnum):
    KABULKAN = "kabulkan"
    TOLAK = "tolak"


@dataclass(frozen=True)
class Reply:
    """An office's answer as sent. `note` is for who asked, and may be personal."""

    answer: Answer
    reason: str | None = None
    note: str = ""


def waiting(
    world: World, officer: Officer, after: str | None = None
) -> tuple[Sequence[tuple[Asked, Case]], str | None]:
    """Requests that wait in the officer's regions, the soonest due first in each kabupaten, a page at a time."""
    require(officer, Action.LIST_RIGHTS, Subject())
    regions = [region for mandate in officer.mandates for region in mandate.regions]
    offices = list(dict.fromkeys(at for region in regions for at in at_level(region, _OFFICE_LEVEL)))

    def page(
        office: RegionCode, limit: int, cursor: str | None
    ) -> tuple[Sequence[tuple[Asked, Case]], str | None]:
        waits, more = world.store.requests(office, limit, cursor)
        shown = [
            (case.requests[request_id], case)
            for request_id, case in waits
            if request_id in case.requests
            and case.requests[request_id].waits
            and allow(officer, Action.DECIDE_RIGHTS, case.subject)
        ]
        return shown, more

    return paged(offices, page, PAGE, after)


def open_request(world: World, officer: Officer, number: str, request_id: str) -> tuple[Asked, Case]:
    """One request with what it asks for, in the clear; the look is on record. NotFound PERMINTAAN_TIDAK_ADA."""

    def apply(case: Case) -> Step:
        require(officer, Action.DECIDE_RIGHTS, case.subject)
        asked = request_of(case, request_id)
        detail = {"request": asked.id, "right": asked.right.value}
        return Step(case, (NewEvent(Happened.RIGHT_OPENED, officer.id, detail),))

    case, _ = change(world, number, apply)
    return case.requests[request_id], case


def obstacle(officer: Officer, case: Case, asked: Asked) -> str | None:
    """The code of what keeps this officer from granting the request, None: nothing does."""
    if asked.by == officer.id:
        return "PENCATAT_MEMUTUS"
    if asked.right is Right.ERASE and not allow(officer, Action.DECIDE_ERASURE, case.subject):
        return "HAPUS_OLEH_KEPALA"
    if asked.right is Right.ERASE and kept_by_law(case.state):
        return "HAPUS_TERIKAT_HUKUM"
    return None


def answers_open(officer: Officer, case: Case, asked: Asked) -> tuple[Answer, ...]:
    """The answers this officer may give now. What the law keeps can only be refused."""
    if not asked.waits:
        return ()
    match obstacle(officer, case, asked):
        case None:
            return (Answer.KABULKAN, Answer.TOLAK)
        case "HAPUS_TERIKAT_HUKUM":
            return (Answer.TOLAK,)
        case _:
            return ()


def answer(
    world: World, officer: Officer, number: str, request_id: str, reply: Reply, request: ClientRequest
) -> Case:
    """Grant a request, and do what it asks for in the same write, or refuse it with its reason.

    Conflict PENCATAT_MEMUTUS (who wrote it down answers no), HAPUS_TERIKAT_HUKUM (the law keeps the case),
    PERMINTAAN_SELESAI; Forbidden: an erasure is the head's to answer; BadInput ALASAN_KURANG."""

    def apply(case: Case) -> Step:
        require(officer, Action.DECIDE_RIGHTS, case.subject)
        asked = request_of(case, request_id)
        if asked.right is Right.ERASE:
            require(officer, Action.DECIDE_ERASURE, case.subject)
        if asked.by == officer.id:
            raise Conflict("PENCATAT_MEMUTUS")
        note = " ".join(reply.note.split())
        if reply.answer is Answer.TOLAK:
            refused = asked.refused(officer.id, world.now(), reply.reason, note)
            event = NewEvent(Happened.RIGHT_DECIDED, officer.id, decided(refused))
            return Step(case.with_request(refused), (event,), {})
        granted = asked.granted(officer.id, world.now(), note)
        event = NewEvent(Happened.RIGHT_DECIDED, officer.id, decided(granted))
        done = _done(world, officer, case.with_request(granted), granted)
        return Step(done.case, (event, *done.events), {})

    return change(world, number, apply, request)[0]


def _done(world: World, officer: Officer, case: Case, granted: Asked) -> Step:
    """The case as the granted request makes it."""
    if granted.right is Right.CORRECT:
        return _corrected(world, officer, case, granted)
    if granted.right is Right.RESTRICT:
        free = {
            stage: replace(work, holder=None, lease_until=None) if work.done_at is None else work
            for stage, work in case.works.items()
        }
        return Step(replace(case, works=free))
    if granted.right is Right.ERASE:
        if kept_by_law(case.state):
            raise Conflict("HAPUS_TERIKAT_HUKUM")
        return Step(emptied(case, world.now()), (NewEvent(Happened.ERASED, officer.id),))
    return Step(case)


def _corrected(world: World, officer: Officer, case: Case, granted: Asked) -> Step:
    events = [
        NewEvent(
            Happened.CORRECTED,
            officer.id,
            {"field": name, "request": granted.id},
            {"before": case.value(name), "after": value},
        )
        for name, value in granted.wanted.items()
    ]
    made = {name: Correction(value, officer.id, world.now()) for name, value in granted.wanted.items()}
    return Step(cross_check(world, replace(case, corrections={**case.corrections, **made})), events)
