"""Return for mending: only the named photos come back to the citizen, under the same case number, with reminders and a
last day; what is sent again goes back to the desk that asked for it, old and new picture side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.access.actors import Actor, System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import BadInput, Conflict
from chalicelib.usulan.case import Case, Due, NewEvent, State, Todo
from chalicelib.usulan.documents import title
from chalicelib.usulan.events import Happened
from chalicelib.usulan.forget import abandoned, ended
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, change
from chalicelib.usulan.submit import photo_is_there

SWEEPER = System("sweep")


def returned(case: Case, now: datetime) -> Case:
    """The case in the citizen's hands, the returned photos kept as they were, the first reminder set."""
    slots = case.last_decision.slots if case.last_decision else ()
    previous = {slot: case.uploads[slot] for slot in slots if slot in case.uploads}
    first = timedelta(days=case.road.remind_days[0] if case.road.remind_days else case.road.mend_days)
    due = Due(Todo.MEND, now + first)
    return replace(case, state=State.NEEDS_FIX, stage=None, previous=previous, reminders=0, todo=due)


def mend(world: World, actor: Actor, number: str, request: ClientRequest) -> tuple[Case, Answer]:
    """Send a returned case again. BadInput FOTO_BELUM_ADA: a returned photo was not replaced yet; Conflict
    SUDAH_DIKIRIM: the case is not with the citizen."""

    def apply(case: Case) -> Step:
        require(actor, Action.SUBMIT, case.subject)
        if case.state != State.NEEDS_FIX:
            raise Conflict("SUDAH_DIKIRIM")
        for slot in case.returned:
            if not case.sent_again(slot) or not photo_is_there(world, case, slot):
                raise BadInput("FOTO_BELUM_ADA", dokumen=title(slot))
        event = NewEvent(Happened.MENDED, actor.id, {"slots": ",".join(case.returned)})
        sent = replace(case, state=State.SUBMITTED, todo=Due(Todo.CHECK, world.now()))
        return Step(sent, (event,), {"case_number": number})

    case, answer = change(world, number, apply, request)
    if case.must(Todo.CHECK):
        world.queues.submitted(number)
    return case, answer


def remind_or_expire(world: World, number: str) -> None:
    """What the sweeper does with a return whose hour has come: remind again, or after the last day let it expire."""
    require(SWEEPER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        decision = case.last_decision
        if not case.must(Todo.MEND) or case.todo is None or case.todo.at > world.now() or decision is None:
            return Step(case)
        if case.restricted:
            return Step(case)  # its days do not run while nobody may work on it
        days = (*case.road.remind_days, case.road.mend_days)
        if case.reminders + 1 >= len(days):
            return expired(case, world.now())
        following = decision.at + timedelta(days=days[case.reminders + 1])
        event = NewEvent(Happened.REMINDED, SWEEPER.id, {"day": str(days[case.reminders])})
        reminded = replace(case, reminders=case.reminders + 1, todo=Due(Todo.MEND, following))
        return Step(reminded, (event,))

    change(world, number, apply)


def expire_draft(world: World, number: str) -> None:
    """Let a draft go that was never sent."""
    require(SWEEPER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        if not case.must(Todo.FINISH) or case.todo is None or case.todo.at > world.now():
            return Step(case)
        return expired(case, world.now())

    change(world, number, apply)


def expired(case: Case, now: datetime) -> Step:
    event = NewEvent(Happened.EXPIRED, SWEEPER.id, {"state": str(case.state)})
    over = replace(case, state=State.EXPIRED, stage=None, todo=None)
    return Step(abandoned(over, now) if case.is_draft else ended(over, now), (event,))
