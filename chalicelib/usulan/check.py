"""Check a case that was sent, and lead it to its desk."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.usulan.case import Case, Due, NewEvent, State, Todo
from chalicelib.usulan.crosscheck import cross_check
from chalicelib.usulan.events import Happened
from chalicelib.usulan.keeping import without_others
from chalicelib.usulan.store import Step, World, change

CHECKER = System("check_submissions")


def check_submission(world: World, number: str) -> None:
    """Check a case that was sent and put it on the road's first desk, or after a return on the desk that returned it.
    Repeating it changes nothing. A restricted case waits; once the restriction is lifted the sweeper sends it again."""
    require(CHECKER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        if case.state != State.SUBMITTED or case.restricted:
            return Step(case)
        checked = without_others(cross_check(world, case))
        desk = case.road.stage(case.last_decision.stage) if case.last_decision else case.road.first
        detail = {"findings": ",".join(sorted({finding.code for finding in checked.findings}))}
        moved = replace(checked, state=desk.waiting_state, stage=desk.code, todo=Due(Todo.OFFER, world.now()))
        return Step(moved, (NewEvent(Happened.CHECKED, CHECKER.id, detail),))

    case, _ = change(world, number, apply)
    if case.must(Todo.OFFER) and case.stage:
        world.queues.to_verify(number, case.stage)
