"""What is kept no longer: drafts that nobody sent, originals a year after the end, a whole case when its class's time is
over, and one that is to be erased.

Erasing destroys the case's data key: whatever was sealed with it, readings, typed values, notes, the private parts of
events, is unreadable from then on. What stays is the chain of events with its hashes (they are taken over ciphertext, so
it still verifies), the state and the dates. Each step is safe to repeat; the records say which are still to be done, and
the sweeper does them. How long what is kept: `retention.json` (DOMAIN 6, to be confirmed by the owner).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.usulan.case import Case, Due, NewEvent, State, Todo
from chalicelib.usulan.events import Happened
from chalicelib.usulan.keeping import without_others
from chalicelib.usulan.store import Step, World, change
from chalicelib.usulan.work import WorkItem

KEEPER = System("retention")
_ANY = "*"
GRACE = timedelta(minutes=10)
"""A form for a photo is good for five minutes (`add_photo.FORM_SECONDS`)."""


def ended(case: Case, now: datetime) -> Case:
    """A case that was decided for good or expired has its end date, and nobody looks for other rows of its family card
    any more. Its originals are due to go after a while, then all of it (`kept_until`)."""
    over = without_others(replace(case, ended_at=now))
    return replace(over, todo=Due(Todo.THIN, now + timedelta(days=_retention().originals_after_end_days)))


def kept_until(case: Case) -> datetime | None:
    """When a case that has ended goes, by the state in which it ended; None: it has not ended."""
    if case.ended_at is None or case.state == State.ERASED:
        return None
    days = _retention().cases_after_end_days
    return case.ended_at + timedelta(days=days.get(str(case.state), days[_ANY]))


def abandoned(case: Case, now: datetime) -> Case:
    """A draft that expired: all of it is due to go."""
    due = Due(Todo.ERASE, now + timedelta(days=_retention().expired_draft_days))
    return replace(case, ended_at=now, todo=due)


def thin(world: World, number: str) -> None:
    """Let go of the originals of a case that ended long ago, and of where its citizen was told; the working copies stay
    with the case."""
    require(KEEPER, Action.PROCESS, Subject())
    if not _is_due(world, number, Todo.THIN):
        return
    world.photos.forget_originals(number)

    def apply(case: Case) -> Step:
        if not case.must(Todo.THIN):
            return Step(case)
        until = kept_until(_dated(case))
        later = Due(Todo.ERASE, until) if until else None
        thinner = replace(_dated(case), todo=later, contact=None)
        return Step(thinner, (NewEvent(Happened.ORIGINALS_REMOVED, KEEPER.id),))

    change(world, number, apply)


def erase_due(world: World, number: str) -> None:
    """What the sweeper does with a case that is due to be erased: begin, or after the grace finish."""
    if not _is_due(world, number, Todo.ERASE):
        return
    if world.store.load(number).state != State.ERASED:
        erase(world, number)
        return
    world.photos.forget(number)
    world.store.shred(number)


def erase(world: World, number: str) -> None:
    """Begin to erase a case, whatever its state: it leaves all desks and indexes and its photos go at once; its key is
    destroyed after `GRACE`, when no form for a photo is good any more. NotFound USULAN_TIDAK_DITEMUKAN: there is none,
    or it is erased already."""
    require(KEEPER, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        if case.state == State.ERASED:
            return Step(case)
        return Step(emptied(case, world.now()), (NewEvent(Happened.ERASED, KEEPER.id),))

    change(world, number, apply)
    world.photos.forget(number)


def emptied(case: Case, now: datetime) -> Case:
    """The case with nothing in it that speaks of a person, off every desk and out of every index; its photos and its key
    are due to go after `GRACE`."""
    return replace(
        case,
        state=State.ERASED,
        stage=None,
        uploads={},
        previous={},
        typed={},
        answers=None,
        corrections={},
        findings=(),
        decisions=tuple(replace(decision, note="") for decision in case.decisions),
        works={stage: _off_the_desk(work, now) for stage, work in case.works.items()},
        twins=(),
        barkot_token=None,
        contact=None,
        requests={asked.id: asked.emptied() for asked in case.requests.values()},
        todo=Due(Todo.ERASE, now + GRACE),
    )


def _dated(case: Case) -> Case:
    """With its end date, also where it ended before cases had one: its originals were due so long after it."""
    if case.ended_at is not None or case.todo is None:
        return case
    return replace(case, ended_at=case.todo.at - timedelta(days=_retention().originals_after_end_days))


def _off_the_desk(work: WorkItem, at: datetime) -> WorkItem:
    return work if work.done_at else work.done(at)


def _is_due(world: World, number: str, todo: Todo) -> bool:
    case = world.store.load(number)
    if case.restricted and case.state != State.ERASED:
        return False  # who had its use restricted may want it as evidence
    return case.must(todo) and case.todo is not None and case.todo.at <= world.now()


@dataclass(frozen=True)
class _Retention:
    """Days. `cases_after_end_days`: by the state in which a case ended, `*` for any other."""

    expired_draft_days: int
    originals_after_end_days: int
    cases_after_end_days: Mapping[str, int]


@cache
def _retention() -> _Retention:
    return _Retention(**json.loads(Path(__file__).with_name("retention.json").read_text(encoding="utf-8")))
