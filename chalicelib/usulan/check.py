"""Cross-checks: what the documents and the citizen's words say of each other. They make findings that a person weighs;
nothing here rejects (DOMAIN 0.6, 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import NotFound
from chalicelib.identity.names import similar
from chalicelib.identity.nik import Nik
from chalicelib.reading.model import Finding, Severity
from chalicelib.usulan.case import Case, Due, NewEvent, State, Todo
from chalicelib.usulan.events import Happened
from chalicelib.usulan.propose import proposed_region
from chalicelib.usulan.store import Step, World, change

CHECKER = System("check_submissions")
_WORTH_COMPARING = 0.6
_SAME_NAME = 0.88
_ENDED = ("DITOLAK_DESA", "DITOLAK_DINSOS", "DIBATALKAN", "KEDALUWARSA", State.DRAFT)


def check_submission(world: World, number: str) -> None:
    """Check a case that was sent and put it on the road's first desk, or after a return on the desk that returned it.
    Repeating it changes nothing."""
    require(CHECKER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        if case.state != State.SUBMITTED:
            return Step(case)
        checked = cross_check(world, case)
        desk = case.road.stage(case.last_decision.stage) if case.last_decision else case.road.first
        detail = {"findings": ",".join(sorted({finding.code for finding in checked.findings}))}
        moved = replace(checked, state=desk.waiting_state, stage=desk.code, todo=Due(Todo.OFFER, world.now()))
        return Step(moved, (NewEvent(Happened.CHECKED, CHECKER.id, detail),))

    case, _ = change(world, number, apply)
    if case.must(Todo.OFFER) and case.stage:
        world.queues.to_verify(number, case.stage)


def cross_check(world: World, case: Case) -> Case:
    """The case with its findings made anew from what is known now."""
    return replace(
        case, findings=(*_unread(case), *_typed_against_read(case), *_nik(case), *_twice(world, case))
    )


def _unread(case: Case) -> Iterator[Finding]:
    for slot, upload in case.uploads.items():
        if upload.open:
            yield Finding("BELUM_DIBACA", Severity.INFO, (slot.value,))


def _typed_against_read(case: Case) -> Iterator[Finding]:
    differs = {"nik": "NIK_BEDA_KETIKAN", "nomor_kk": "NOMOR_KK_BEDA_KETIKAN", "nama": "NAMA_BEDA_KETIKAN"}
    for name, code in differs.items():
        read = case.read(name)
        if read is None or read[1].confidence < _WORTH_COMPARING:
            continue
        typed = case.value(name)
        same = similar(typed, read[1].value) >= _SAME_NAME if name == "nama" else typed == read[1].value
        if not same:
            yield Finding(code, Severity.WARNING, (name,))
    for upload in case.uploads.values():
        region = proposed_region(upload.reading.fields) if upload.reading else None
        if region and case.region and region[0] != case.region:
            yield Finding("WILAYAH_BEDA_KK", Severity.WARNING, (upload.slot.value, "kode_wilayah"))


def _nik(case: Case) -> Iterator[Finding]:
    nik = Nik.parse(case.value("nik"))
    for doubt in nik.doubts(lives_in=case.region):
        yield Finding(doubt.code, Severity(doubt.severity), ("nik",))


def _twice(world: World, case: Case) -> Iterator[Finding]:
    for other in world.store.cases_with_nik(world.digests.of("nik", case.value("nik"))):
        if other == case.number:
            continue
        try:
            state = world.store.load(other).state
        except NotFound:
            continue
        if state not in _ENDED:
            yield Finding("NIK_GANDA", Severity.WARNING, ("nik",))
            return
