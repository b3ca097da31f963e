"""Ask about the data of a case: the citizen with its secret, or an officer who writes down what is asked at the counter.

A draft lies at no office: an export or an erasure of it is granted at once, the rest its owner does in the form. All else
goes to the queue of the kabupaten's social office, with its hours (`rights.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.access.actors import Citizen, Officer, System
from chalicelib.access.limits import REQUESTS, spend
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import BadInput, Conflict, NotFound
from chalicelib.messages import message
from chalicelib.usulan.case import Case, NewEvent, State
from chalicelib.usulan.events import Happened
from chalicelib.usulan.forget import emptied
from chalicelib.usulan.proofs import proved
from chalicelib.usulan.rights import Asked, Proof, Right, new_request
from chalicelib.usulan.store import ClientRequest, Step, World, change

AT_ONCE = System("rights")
_FOR_DRAFTS = (Right.EXPORT, Right.ERASE)


@dataclass(frozen=True)
class Wish:
    """What is asked. `wanted` is for a correction: field → value; `proof` for an officer who asks for somebody."""

    right: Right
    wanted: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    proof: Proof | None = None


def ask(world: World, actor: Citizen | Officer, number: str, wish: Wish, request: ClientRequest) -> Case:
    """Put a request on record. Conflict SUDAH_DIMINTA (the same waits, or a restriction is in force), MASIH_DRAF,
    SUDAH_DIHAPUS; BadInput ISIAN_SALAH (a correction's values by field), KOREKSI_KOSONG, BUKTI_KURANG; TooMany."""
    _require(actor, world.store.load(number))
    wanted = _proved(wish)
    if isinstance(actor, Officer) and wish.proof is None:
        raise BadInput("BUKTI_KURANG")
    spend(world.meter, REQUESTS, number, world.now())

    def apply(case: Case) -> Step:
        _require(actor, case)
        if case.state == State.ERASED:
            raise Conflict("SUDAH_DIHAPUS")
        if any(one.right is wish.right and (one.waits or one.restricts) for one in case.requests.values()):
            raise Conflict("SUDAH_DIMINTA")
        note = " ".join(wish.note.split())
        asked = new_request(wish.right, actor.id, world.now(), wanted, note, wish.proof)
        recorded = Happened.RIGHT_RECORDED if isinstance(actor, Officer) else Happened.RIGHT_ASKED
        event = NewEvent(recorded, actor.id, _detail(asked))
        if case.is_draft:
            return _at_once(case, asked, event)
        return Step(case.with_request(asked), (event,), {"id": asked.id})

    def _at_once(case: Case, asked: Asked, event: NewEvent) -> Step:
        if asked.right not in _FOR_DRAFTS:
            raise Conflict("MASIH_DRAF")
        granted = asked.granted(AT_ONCE.id, world.now())
        after = case.with_request(granted)
        events = [event, NewEvent(Happened.RIGHT_DECIDED, AT_ONCE.id, decided(granted))]
        if asked.right is Right.ERASE:
            after = emptied(after, world.now())
            events.append(NewEvent(Happened.ERASED, AT_ONCE.id))
        return Step(after, events, {"id": asked.id})

    return change(world, number, apply, request)[0]


def withdraw(
    world: World,
    actor: Citizen | Officer,
    number: str,
    request_id: str,
    request: ClientRequest,
    proof: Proof | None = None,
) -> Case:
    """Take a request back, or lift a restriction; an officer does it for somebody who has shown `proof`.

    NotFound PERMINTAAN_TIDAK_ADA; Conflict PERMINTAAN_SELESAI; BadInput BUKTI_KURANG."""

    def apply(case: Case) -> Step:
        _require(actor, case)
        if isinstance(actor, Officer) and proof is None:
            raise BadInput("BUKTI_KURANG")
        taken = request_of(case, request_id).withdrawn()
        shown = {"proof": proof.value} if proof else {}
        event = NewEvent(Happened.RIGHT_WITHDRAWN, actor.id, _detail(taken) | shown)
        return Step(case.with_request(taken), (event,), {"id": taken.id})

    return change(world, number, apply, request)[0]


def remind_of_requests(world: World, number: str) -> None:
    """What the sweeper does with requests whose hour has come: say so in the chain, set the next reminder."""
    sweeper = System("sweep")
    require(sweeper, Action.PROCESS, Subject())

    def apply(case: Case) -> Step:
        events = []
        for asked in case.requests.values():
            reminded = asked.reminded(world.now())
            if reminded != asked:
                case = case.with_request(reminded)
                late = "yes" if asked.overdue(world.now()) else "no"
                events.append(NewEvent(Happened.RIGHT_REMINDED, sweeper.id, _detail(asked) | {"late": late}))
        return Step(case, events)

    change(world, number, apply)


def request_of(case: Case, request_id: str) -> Asked:
    """NotFound PERMINTAAN_TIDAK_ADA: the case has no such request."""
    if request_id not in case.requests:
        raise NotFound("PERMINTAAN_TIDAK_ADA")
    return case.requests[request_id]


def decided(asked: Asked) -> dict[str, str]:
    """The detail of a decision's event."""
    return _detail(asked) | {"standing": asked.standing.value, "reason": asked.reason or ""}


def _detail(asked: Asked) -> dict[str, str]:
    detail = {"request": asked.id, "right": asked.right.value}
    return detail | ({"proof": asked.proof.value} if asked.proof else {})


def _require(actor: Citizen | Officer, case: Case) -> None:
    action = Action.RECORD_RIGHTS if isinstance(actor, Officer) else Action.USE_RIGHTS
    require(actor, action, case.subject)


def _proved(wish: Wish) -> dict[str, str]:
    """The values of a correction, each as it is kept."""
    if wish.right is not Right.CORRECT:
        return {}
    found: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, value in wish.wanted.items():
        try:
            found[name] = proved(name, value)
        except BadInput as problem:
            wrong[name] = problem.message
    if wrong:
        raise BadInput("ISIAN_SALAH", fields=wrong)
    if not found:
        raise BadInput("KOREKSI_KOSONG", fields={"value": message("KOREKSI_KOSONG")})
    return found
