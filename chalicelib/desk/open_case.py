"""Open a case as an officer: every look is on record, and personal values show only to who holds the claim."""

from __future__ import annotations

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, allow, require
from chalicelib.usulan.case import Case, NewEvent
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import Step, World, change


def open_case(world: World, officer: Officer, number: str) -> tuple[Case, bool]:
    """The case, and whether its personal values and pictures may be shown to this officer now."""

    def apply(case: Case) -> Step:
        require(officer, Action.VIEW_CASE, case.subject)
        detail = {"personal": "yes" if sees_personal(world, officer, case) else "no"}
        return Step(case, (NewEvent(Happened.OPENED, officer.id, detail),))

    case, _ = change(world, number, apply)
    return case, sees_personal(world, officer, case)


def sees_personal(world: World, officer: Officer, case: Case) -> bool:
    work = case.work
    return (
        work is not None
        and work.held_by(officer.id, world.now())
        and allow(officer, Action.VIEW_PERSONAL, case.subject)
    )
