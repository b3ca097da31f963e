"""Begin a draft: a number to speak about it and a secret to come back to it."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.access.actors import Actor, Citizen
from chalicelib.access.policy import Action, Subject, require
from chalicelib.usulan.case import Case, Due, NewEvent, Target, Todo
from chalicelib.usulan.events import Happened
from chalicelib.usulan.numbers import clean_secret, new_case_number, new_secret
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import AlreadyAnswered, Answer, ClientRequest, Step, World, answered

DRAFT_KEPT = timedelta(days=30)


def start(world: World, actor: Actor, target: Target, request: ClientRequest) -> Answer:
    """A new draft: `{"case_number", "secret"}`. The secret is told here and never again; only its digest is kept."""
    require(actor, Action.START, Subject())
    if (known := answered(world, request)) is not None:
        return known
    number, secret = new_case_number(), new_secret()
    case = Case(
        number=number,
        target=target,
        created_at=world.now(),
        todo=Due(Todo.FINISH, world.now() + DRAFT_KEPT),
        secret_digest=world.digests.of("secret", f"{number}:{clean_secret(secret)}"),
    )
    event = NewEvent(Happened.STARTED, Citizen(number).id, {"target": target})
    answer = {"case_number": number, "secret": secret}
    try:
        world.store.create(Step(case, (event,), answer), world.now(), request)
    except AlreadyAnswered:
        return answered(world, request) or answer
    return answer


def knows_secret(world: World, case: Case | Status, secret: str) -> bool:
    """Whether `secret` opens this case."""
    return world.digests.matches("secret", f"{case.number}:{clean_secret(secret)}", case.secret_digest)
