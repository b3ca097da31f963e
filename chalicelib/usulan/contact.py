"""Be told by message from now on, elsewhere, or no more. It rests on consent (DOMAIN 6), so giving it is on record."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.access.actors import Actor
from chalicelib.access.limits import CONTACTS, spend
from chalicelib.access.policy import Action, require
from chalicelib.errors import Conflict
from chalicelib.usulan.addresses import contact_of
from chalicelib.usulan.case import Case, NewEvent, State
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import ClientRequest, Step, World, change


def set_contact(world: World, actor: Actor, number: str, typed: str, request: ClientRequest) -> Case:
    """Tell the citizen at `typed`; empty: tell nothing more, notices that wait included. BadInput KONTAK_SALAH; Conflict
    SUDAH_DIHAPUS; TooMany: the contact was changed often (it might be a stranger's)."""
    contact = contact_of(typed) if typed.strip() else None
    if contact:
        spend(world.meter, CONTACTS, number, world.now())

    def apply(case: Case) -> Step:
        require(actor, Action.SET_CONTACT, case.subject)
        if case.state == State.ERASED:
            raise Conflict("SUDAH_DIHAPUS")
        answer = {"channel": contact.channel.value if contact else None}
        if case.contact == contact:
            return Step(case, (), answer)
        happened = Happened.CONTACT_SET if contact else Happened.CONTACT_REMOVED
        detail = {"channel": contact.channel.value} if contact else {}
        return Step(replace(case, contact=contact), (NewEvent(happened, actor.id, detail),), answer)

    return change(world, number, apply, request)[0]
