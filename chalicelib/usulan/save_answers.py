"""Keep what was typed into a draft, step by step, so that another phone can go on with it.

Two phones may fill one draft. The last one saved counts, and nobody loses words unseen: a phone says which saving it has
seen last, and one that has missed another's is told so before it may save over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.access.actors import Actor
from chalicelib.access.limits import ANSWERS, spend
from chalicelib.access.policy import Action, require
from chalicelib.errors import Conflict
from chalicelib.usulan.answers import Answers, Screen
from chalicelib.usulan.case import Case, NewEvent
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, change


def save_answers(
    world: World,
    actor: Actor,
    number: str,
    screen: Screen,
    values: Mapping[str, str],
    seen: int,
    request: ClientRequest,
) -> Answer:
    """`{"version", "saved_at"}` of what is kept now. `seen` is the version this phone has seen last (0: none); one that
    has the same values as those kept need not have seen them. Conflict ISIAN_DI_HP_LAIN: other values were saved since;
    Conflict SUDAH_DIKIRIM: it is no draft any more. TooMany: saved too often."""
    spend(world.meter, ANSWERS, number, world.now())
    typed = {name: text.strip() for name, text in values.items() if text.strip()}

    def apply(case: Case) -> Step:
        require(actor, Action.SAVE_ANSWERS, case.subject)
        if not case.is_draft:
            raise Conflict("SUDAH_DIKIRIM")
        kept = case.answers
        version = kept.version if kept else 0
        if kept and kept.values == typed and kept.screen is screen:
            return Step(case, (), _told(kept))
        if seen != version and not (kept and kept.values == typed):
            raise Conflict("ISIAN_DI_HP_LAIN")
        saved = Answers(screen, version + 1, world.now(), typed)
        event = NewEvent(Happened.ANSWERS_SAVED, actor.id, {"screen": screen.value})
        return Step(replace(case, answers=saved), (event,), _told(saved))

    return change(world, number, apply, request)[1]


def _told(kept: Answers) -> Answer:
    return {"version": kept.version, "saved_at": kept.saved_at.isoformat()}
