"""Begin a case at a kiosk: a citizen at the village office's screen, and nobody who helps.

The citizen begins it as at home; it says whose counter it was and, for the record alone, who had opened the kiosk. That
is no help: it decides nothing about who may review the case. Nor does an officer go on with what is left there: the
draft lies on no pile of the counter, number and secret alone lead to it (`Entry.begun_alone`).
"""

from __future__ import annotations

from chalicelib.access.actors import Citizen, Kiosk
from chalicelib.access.limits import KIOSK, spend
from chalicelib.access.policy import Action
from chalicelib.counter.assist import counter_of
from chalicelib.usulan.case import NewEvent, Target
from chalicelib.usulan.entry import Entry, Way
from chalicelib.usulan.events import Happened
from chalicelib.usulan.start import created, new_draft
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, answered


def begin_alone(world: World, kiosk: Kiosk, target: Target, village: str, request: ClientRequest) -> Answer:
    """A new draft: `{"case_number", "secret"}`. BadInput WILAYAH_SALAH; Forbidden: not this kiosk's counter; TooMany."""
    counter = counter_of(kiosk, Action.SERVE_SELF, village)
    if (known := answered(world, request)) is not None:
        return known
    spend(world.meter, KIOSK, kiosk.opened_by, world.now())
    case, secret = new_draft(world, target, Entry(Way.KIOSK, counter))
    detail = {"target": target, "way": Way.KIOSK, "opened_by": kiosk.opened_by}
    event = NewEvent(Happened.STARTED, Citizen(case.number).id, detail)
    return created(world, Step(case, (event,), {"case_number": case.number, "secret": secret}), request)
