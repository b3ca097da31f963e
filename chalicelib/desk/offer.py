"""Lay a case on the desk of its village or office. The verification queue says when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case, Due, NewEvent, Todo
from chalicelib.usulan.events import Happened
from chalicelib.usulan.roads import Stage
from chalicelib.usulan.store import Step, World, change
from chalicelib.usulan.work import WorkItem

OFFERER = System("offer_work")


def offer_work(world: World, number: str, stage: str) -> None:
    """Make the work item of `stage`. Late or repeated messages change nothing."""
    require(OFFERER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        if not case.must(Todo.OFFER) or case.stage != stage or case.region is None:
            return Step(case)
        work = _new_work(case.road.stage(stage), case.region, world.now(), case.works.get(stage))
        event = NewEvent(Happened.OFFERED, OFFERER.id, {"stage": stage, "due_at": work.due_at.isoformat()})
        return Step(replace(case.with_work(work), todo=Due(Todo.LATE, work.due_at)), (event,))

    change(world, number, apply)


def _new_work(stage: Stage, village: RegionCode, now: datetime, before: WorkItem | None) -> WorkItem:
    """A case that comes back to a desk keeps counting its fence, so that an old claim never fits again."""
    fence = before.fence if before else 0
    return WorkItem(
        stage.code, village.at(stage.desk_level), now, now + timedelta(days=stage.due_days), fence
    )
