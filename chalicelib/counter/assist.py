"""Begin a case for a citizen at the counter, and go on with one that was begun there.

The officer helps; the citizen proposes. So the citizen gets number and secret as anybody does, and from then on the form
speaks for the citizen. Who helped is on record and decides nothing about this case (`desk.four_eyes`).
"""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import Kiosk, Officer
from chalicelib.access.limits import COUNTER, spend
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case, NewEvent, Target
from chalicelib.usulan.entry import Entry, Way
from chalicelib.usulan.events import Happened
from chalicelib.usulan.start import created, new_draft, with_new_secret
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, answered, change

_VILLAGE_LEVEL = 4


def counter_of(actor: Officer | Kiosk, action: Action, typed: str) -> RegionCode:
    """The village at whose counter this actor may do that. BadInput WILAYAH_SALAH: none; Forbidden: another's."""
    village = RegionCode.parse(typed)
    if village.level != _VILLAGE_LEVEL or not regions.exists(village):
        raise BadInput("WILAYAH_SALAH")
    require(actor, action, Subject(region=village))
    return village


def begin_for(world: World, officer: Officer, target: Target, village: str, request: ClientRequest) -> Answer:
    """A new draft, begun for a citizen: `{"case_number", "secret"}`. TooMany."""
    counter = counter_of(officer, Action.ASSIST, village)
    if (known := answered(world, request)) is not None:
        return known
    spend(world.meter, COUNTER, officer.id, world.now())
    case, secret = new_draft(world, target, Entry(Way.COUNTER, counter, (officer.id,)))
    event = NewEvent(Happened.STARTED_FOR, officer.id, {"target": target, "way": Way.COUNTER})
    return created(world, Step(case, (event,), {"case_number": case.number, "secret": secret}), request)


def continue_for(world: World, officer: Officer, number: str, request: ClientRequest) -> tuple[Case, Answer]:
    """Open a draft of the counter again, on record. It gets a new secret, told here once; the one before, of which nobody
    may know who still holds it, ends. Conflict SUDAH_DIKIRIM: it is no draft any more. TooMany."""
    require(officer, Action.ASSIST, world.store.load(number).at_the_counter)
    if (known := answered(world, request)) is not None:
        return world.store.load(number), known
    spend(world.meter, COUNTER, officer.id, world.now())

    def apply(case: Case) -> Step:
        require(officer, Action.ASSIST, case.at_the_counter)
        if not case.is_draft:
            raise Conflict("SUDAH_DIKIRIM")
        opened, secret = with_new_secret(
            world, replace(case, entry=case.entry.opened(officer.id, world.now()))
        )
        event = NewEvent(Happened.CONTINUED_FOR, officer.id, {"way": case.entry.way})
        return Step(opened, (event,), {"case_number": number, "secret": secret})

    return change(world, number, apply, request)
