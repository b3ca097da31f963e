"""Decide a stage: lulus (on to the next office, or accepted), perlu_perbaikan (back to the citizen) or tolak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, require
from chalicelib.desk.claim import work_at
from chalicelib.desk.four_eyes import require_other_eyes
from chalicelib.errors import BadInput
from chalicelib.usulan.case import Case, Decision, Due, NewEvent, Todo
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import Happened
from chalicelib.usulan.forget import ended
from chalicelib.usulan.mend import returned
from chalicelib.usulan.roads import Road
from chalicelib.usulan.store import ClientRequest, Step, World, change


class Verdict(StrEnum):
    LULUS = "lulus"
    PERLU_PERBAIKAN = "perlu_perbaikan"
    TOLAK = "tolak"


@dataclass(frozen=True)
class Ruling:
    """An officer's decision as sent. `note` is for colleagues and may be personal."""

    verdict: Verdict
    reason: str | None = None
    slots: Sequence[Slot] = ()
    note: str = ""


def decide(
    world: World,
    officer: Officer,
    number: str,
    stage: str,
    fence: int,
    ruling: Ruling,
    request: ClientRequest,
) -> Case:
    """Decide the stage, once. Conflict KLAIM_BERAKHIR: the lease is gone, nothing was written. BadInput ALASAN_KURANG,
    DOKUMEN_KURANG: a no needs its reason, a return also the documents it speaks of."""

    def apply(case: Case) -> Step:
        require(officer, Action.DECIDE, case.subject)
        work = work_at(case, stage)
        work.check(officer.id, fence, world.now())
        require_other_eyes(officer, case, stage)
        _require_reason(case.road, ruling)
        decision = Decision(
            stage,
            ruling.verdict,
            ruling.reason,
            tuple(ruling.slots),
            officer.id,
            world.now(),
            ruling.note.strip(),
        )
        decided = replace(case.with_work(work.done(world.now())), decisions=(*case.decisions, decision))
        moved = _moved(decided, stage, ruling.verdict, world.now())
        detail = {
            "stage": stage,
            "decision": str(ruling.verdict),
            "reason": ruling.reason or "",
            "slots": ",".join(ruling.slots),
            "state": moved.state,
        }
        private = {"note": decision.note} if decision.note else {}
        return Step(moved, (NewEvent(Happened.DECIDED, officer.id, detail, private),), {})

    case, _ = change(world, number, apply, request)
    if case.must(Todo.OFFER) and case.stage:
        world.queues.to_verify(number, case.stage)
    return case


def _moved(case: Case, stage: str, verdict: Verdict, now: datetime) -> Case:
    road = case.road
    if verdict is Verdict.TOLAK:
        return ended(replace(case, state=road.stage(stage).rejected_state, stage=None), now)
    if verdict is Verdict.PERLU_PERBAIKAN:
        return returned(case, now)
    following = road.after(stage)
    if following is None:
        return ended(replace(case, state=road.passed_state, stage=None), now)
    return replace(case, state=following.waiting_state, stage=following.code, todo=Due(Todo.OFFER, now))


def _require_reason(road: Road, ruling: Ruling) -> None:
    if ruling.verdict is Verdict.LULUS:
        return
    allowed = road.mend_reasons if ruling.verdict is Verdict.PERLU_PERBAIKAN else road.reject_reasons
    if ruling.reason not in allowed:
        raise BadInput("ALASAN_KURANG")
    if ruling.verdict is Verdict.PERLU_PERBAIKAN and not ruling.slots:
        raise BadInput("DOKUMEN_KURANG")
