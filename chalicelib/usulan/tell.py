"""Send what waits in the outbox of a case. Repeating it sends nothing twice, but for a death between the messenger's word
and ours: then the same notice goes once more under the same key, which a gateway may know it by."""

from __future__ import annotations

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import Erased
from chalicelib.ports import Unsent
from chalicelib.usulan.case import Case
from chalicelib.usulan.notices import LEASE, PAUSES, Notice, Standing, waking
from chalicelib.usulan.store import World

TELLER = System("send_notices")


def tell(world: World, case_number: str) -> None:
    """Send the notices of a case whose hour has come, to where its citizen wants them now."""
    require(TELLER, Action.PROCESS, Subject())
    for notice in world.outbox.due(case_number, world.now()):
        try:
            case = world.store.load(case_number)
        except Erased:
            world.outbox.end(notice, Standing.UNWANTED, world.now())
            continue
        _send(world, case, notice)


def _send(world: World, case: Case, notice: Notice) -> None:
    now = world.now()
    if case.contact is None:
        world.outbox.end(notice, Standing.UNWANTED, now)
        return
    if (morning := waking(case.region, now)) > now:
        world.outbox.postpone(notice, morning)
        return
    messenger = world.messenger(case.contact.channel)
    begun = world.outbox.begin(notice, now + LEASE)
    if begun is None:
        return
    try:
        messenger.send(case.contact.address, begun.text, begun.key)
    except Unsent as problem:
        if problem.for_good or begun.tries > len(PAUSES):
            world.outbox.end(begun, Standing.DEAD, world.now(), problem.why)
            return
        again = waking(case.region, world.now() + PAUSES[begun.tries - 1])
        world.outbox.postpone(begun, again, problem.why)
    else:
        world.outbox.end(begun, Standing.SENT, world.now())
