"""What a counter has before it: the cases opened there today, and the list's drafts that wait for their citizens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from chalicelib.access.actors import Officer
from chalicelib.access.limits import SEARCHES, spend
from chalicelib.access.policy import Action
from chalicelib.counter.assist import counter_of
from chalicelib.errors import NotFound
from chalicelib.identity.nik import Nik
from chalicelib.identity.zones import local
from chalicelib.usulan.case import Case, draft_mark
from chalicelib.usulan.entry import Pile
from chalicelib.usulan.store import World

PAGE = 50
_MOST_OF_A_DAY = 200


def today_at(world: World, officer: Officer, village: str) -> Sequence[Case]:
    """Opened at the counter since midnight there, drafts and sent ones, the newest first. BadInput WILAYAH_SALAH;
    Forbidden: another's village."""
    counter = counter_of(officer, Action.ASSIST, village)
    here = local(counter, world.now())
    midnight = datetime.combine(here.date(), time(), here.tzinfo).astimezone(world.now().tzinfo).isoformat()
    found: list[Case] = []
    for pile in (Pile.BEGUN, Pile.SENT):
        found += world.store.at_counter(counter, pile, _MOST_OF_A_DAY, midnight)[0]
    return sorted(found, key=lambda case: case.entry.at or case.created_at, reverse=True)


def waiting_at(
    world: World, officer: Officer, village: str, after: str | None
) -> tuple[Sequence[Case], str | None]:
    """Drafts out of lists that nobody has opened since, the oldest first, a page at a time, and the cursor to go on.
    Raises as `today_at`."""
    counter = counter_of(officer, Action.ASSIST, village)
    return world.store.at_counter(counter, Pile.LISTED, PAGE, after)


def waiting_for(world: World, officer: Officer, village: str, nik: str) -> Case:
    """The draft of this counter that waits for whoever has this NIK. It is looked for here alone, so nobody learns
    whether the NIK is known elsewhere. NotFound DRAF_TIDAK_ADA; BadInput NIK_…; TooMany; and as `today_at`."""
    counter = counter_of(officer, Action.ASSIST, village)
    spend(world.meter, SEARCHES, officer.id, world.now())
    found = drafts_with(world, draft_mark(counter, str(Nik.parse(nik))))
    if not found:
        raise NotFound("DRAF_TIDAK_ADA")
    return found[0]


def drafts_with(world: World, mark: tuple[str, str]) -> list[Case]:
    """The drafts of one counter with this mark, the newest first."""
    purpose, value = mark
    numbers = world.store.cases_with(purpose, world.digests.of(purpose, value))
    cases = [case for number in numbers if (case := world.store.load(number)).is_draft]
    return sorted(cases, key=lambda case: case.created_at, reverse=True)
