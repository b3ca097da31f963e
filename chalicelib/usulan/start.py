"""Begin a draft: a number to speak about it and a secret to come back to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.access.actors import Actor, Citizen
from chalicelib.access.policy import Action, Subject, require
from chalicelib.usulan.answers import Answers
from chalicelib.usulan.case import Case, Due, NewEvent, Target, Todo
from chalicelib.usulan.entry import ONLINE, Entry
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
    case, secret = new_draft(world, target)
    event = NewEvent(Happened.STARTED, Citizen(case.number).id, {"target": target})
    return created(world, Step(case, (event,), {"case_number": case.number, "secret": secret}), request)


def new_draft(
    world: World, target: Target, entry: Entry = ONLINE, answers: Answers | None = None
) -> tuple[Case, str]:
    """A draft that is nowhere yet, and its secret in the clear, once."""
    now = world.now()
    case = Case(
        number=new_case_number(),
        target=target,
        created_at=now,
        todo=Due(Todo.FINISH, now + DRAFT_KEPT),
        secret_digest="",
        entry=replace(entry, at=now) if entry.counter else entry,
        answers=answers,
    )
    return with_new_secret(world, case)


def with_new_secret(world: World, case: Case) -> tuple[Case, str]:
    """The case as a new secret opens it, and no other any more; and that secret."""
    secret = new_secret()
    digest = world.digests.of("secret", f"{case.number}:{clean_secret(secret)}")
    return replace(case, secret_digest=digest), secret


def created(world: World, step: Step, request: ClientRequest) -> Answer:
    """Write a new case once; the answer, or the one that the same request had before."""
    answer = step.answer or {}
    try:
        world.store.create(step, world.now(), request)
    except AlreadyAnswered:
        return answered(world, request) or answer
    return answer


def knows_secret(world: World, case: Case | Status, secret: str) -> bool:
    """Whether `secret` opens this case."""
    return world.digests.matches("secret", f"{case.number}:{clean_secret(secret)}", case.secret_digest)
