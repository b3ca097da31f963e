"""Mend a value. What was read and what was typed stay beside it."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, require
from chalicelib.desk.claim import work_at
from chalicelib.usulan.case import Case, Correction, NewEvent
from chalicelib.usulan.crosscheck import cross_check
from chalicelib.usulan.events import Happened
from chalicelib.usulan.keeping import without_others
from chalicelib.usulan.proofs import proved
from chalicelib.usulan.store import ClientRequest, Step, World, change


def correct(
    world: World,
    officer: Officer,
    number: str,
    stage: str,
    fence: int,
    field: str,
    value: str,
    request: ClientRequest,
) -> Case:
    """Put an officer's value beside what was read and typed; it counts from now on. BadInput: a value that cannot be."""
    mended_value = proved(field, value)

    def apply(case: Case) -> Step:
        require(officer, Action.CORRECT, case.subject)
        work_at(case, stage).check(officer.id, fence, world.now())
        correction = Correction(mended_value, officer.id, world.now())
        mended = replace(case, corrections={**case.corrections, field: correction})
        event = NewEvent(
            Happened.CORRECTED,
            officer.id,
            {"stage": stage, "field": field},
            {"before": case.value(field), "after": mended_value},
        )
        return Step(without_others(cross_check(world, mended)), (event,), {})

    return change(world, number, apply, request)[0]
