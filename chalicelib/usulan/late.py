"""An office that lets its day pass: said once for each time the case was laid on its desk."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.usulan.case import Case, NewEvent, Todo
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import Step, World, change

SWEEPER = System("sweep")


def say_late(world: World, number: str) -> None:
    """What the sweeper does with a case whose office has let its day pass. A restricted case waits: nobody may work on
    it."""
    require(SWEEPER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        due = case.todo
        if due is None or due.todo is not Todo.LATE or due.at > world.now() or case.restricted:
            return Step(case)
        detail = {"stage": case.stage or "", "due_at": due.at.isoformat()}
        return Step(replace(case, todo=None), (NewEvent(Happened.LATE, SWEEPER.id, detail),))

    change(world, number, apply)
