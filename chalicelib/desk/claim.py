"""Take a case from the desk for a while, and give it back."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, require
from chalicelib.desk.four_eyes import require_other_eyes
from chalicelib.errors import Conflict
from chalicelib.usulan.case import Case, NewEvent
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, change
from chalicelib.usulan.work import WorkItem


def work_at(case: Case, stage: str) -> WorkItem:
    """The open item of that stage. Conflict BUKAN_TAHAPNYA: the case stands elsewhere by now. Conflict DIBATASI: whom it
    is about has had its use restricted."""
    if case.restricted:
        raise Conflict("DIBATASI")
    work = case.work
    if work is None or case.stage != stage or work.stage != stage or work.done_at is not None:
        raise Conflict("BUKAN_TAHAPNYA")
    return work


def claim(world: World, officer: Officer, number: str, stage: str, request: ClientRequest) -> Answer:
    """Hold the item for the road's lease: `{"work_id", "fence", "lease_until"}`. Conflict SEDANG_DIPEGANG, DUA_ORANG,
    PEMBANTU_MEMUTUS."""

    def apply(case: Case) -> Step:
        require(officer, Action.CLAIM, case.subject)
        work = work_at(case, stage)
        require_other_eyes(officer, case, stage)
        lease = timedelta(minutes=case.road.stage(stage).lease_minutes)
        claimed = work.claim(officer.id, world.now(), lease)
        event = NewEvent(Happened.CLAIMED, officer.id, {"stage": stage, "fence": str(claimed.fence)})
        until = claimed.lease_until.isoformat() if claimed.lease_until else None
        answer = {"work_id": f"{number}.{stage}", "fence": claimed.fence, "lease_until": until}
        return Step(case.with_work(claimed), (event,), answer)

    return change(world, number, apply, request)[1]


def release(
    world: World, officer: Officer, number: str, stage: str, fence: int, request: ClientRequest
) -> None:
    """Lay the item back. Conflict KLAIM_BERAKHIR: it is not held any more."""

    def apply(case: Case) -> Step:
        require(officer, Action.CLAIM, case.subject)
        free = work_at(case, stage).release(officer.id, fence, world.now())
        event = NewEvent(Happened.RELEASED, officer.id, {"stage": stage, "fence": str(fence)})
        return Step(case.with_work(free), (event,), {})

    change(world, number, apply, request)
