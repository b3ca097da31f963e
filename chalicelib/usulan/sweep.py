"""The sweeper: what the records call unfinished goes back on its queue, and nothing stays "being read" for ever.

It runs at start and each minute. Queues may lose a message, a notification may never come, a process may die between a
write and its send: the records know, so the work is found and taken up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from chalicelib.usulan.ask import remind_of_requests
from chalicelib.usulan.case import Todo
from chalicelib.usulan.documents import Upload, original_key
from chalicelib.usulan.forget import erase_due, thin
from chalicelib.usulan.late import say_late
from chalicelib.usulan.mend import expire_draft, remind_or_expire
from chalicelib.usulan.read_upload import close_unread
from chalicelib.usulan.store import OpenUpload, World

LATE = timedelta(minutes=1)
GIVE_UP = timedelta(minutes=15)
FORGET = timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """How many pieces of work were put back on their queues, and how many uploads were closed unread."""

    resent: int
    closed: int


_NOTHING = Swept(resent=0, closed=0)


def sweep(world: World) -> Swept:
    """Take up again whatever is unfinished. A case that cannot be swept keeps no other waiting: its fault is raised,
    in an ExceptionGroup, when all others are done."""
    resent = closed = 0
    faults: list[Exception] = []
    for piece in _pieces(world):
        try:
            swept = piece()
        except Exception as fault:  # noqa: BLE001  whatever is wrong with one case, the next one's turn comes
            faults.append(fault)
        else:
            resent, closed = resent + swept.resent, closed + swept.closed
    if faults:
        raise ExceptionGroup("cases that could not be swept", faults)
    return Swept(resent, closed)


def _pieces(world: World) -> Iterator[Callable[[], Swept]]:
    """One call for each piece of unfinished work."""
    late = world.now() - LATE
    for number in world.store.unfinished(Todo.CHECK, late):
        yield partial(_check_again, world, number)
    for number in world.store.unfinished(Todo.OFFER, late):
        yield partial(_offer_again, world, number)
    for number in world.store.unfinished(Todo.MEND, world.now()):
        yield partial(_let, remind_or_expire, world, number)
    for number in world.store.unfinished(Todo.LATE, world.now()):
        yield partial(_let, say_late, world, number)
    for number in world.store.unfinished(Todo.RIGHTS, world.now()):
        yield partial(_let, remind_of_requests, world, number)
    for number in world.store.unfinished(Todo.FINISH, world.now()):
        yield partial(_let, expire_draft, world, number)
    for number in world.store.unfinished(Todo.THIN, world.now()):
        yield partial(_let, thin, world, number)
    for number in world.store.unfinished(Todo.ERASE, world.now()):
        yield partial(_let, erase_due, world, number)
    for number in world.outbox.waiting(late):
        yield partial(_tell_again, world, number)
    for waiting in world.store.open_uploads(late):
        yield partial(_read_again, world, waiting)


def _check_again(world: World, number: str) -> Swept:
    if world.store.load(number).restricted:
        return _NOTHING
    world.queues.submitted(number)
    return Swept(resent=1, closed=0)


def _offer_again(world: World, number: str) -> Swept:
    stage = world.store.load(number).stage
    if stage is None:
        return _NOTHING
    world.queues.to_verify(number, stage)
    return Swept(resent=1, closed=0)


def _tell_again(world: World, number: str) -> Swept:
    world.queues.to_tell(number)
    return Swept(resent=1, closed=0)


def _let(end: Callable[[World, str], None], world: World, number: str) -> Swept:
    end(world, number)
    return _NOTHING


def _read_again(world: World, waiting: OpenUpload) -> Swept:
    """A photo that has come goes back on the queue; what has waited too long is closed unread."""
    age = world.now() - waiting.issued_at
    key = original_key(waiting.case_number, Upload(waiting.slot, waiting.upload_id, waiting.issued_at))
    version = world.photos.version_of(key)
    if (version is not None and age > GIVE_UP) or age > FORGET:
        code = "BELUM_TERBACA" if version else "FOTO_RUSAK"
        close_unread(world, waiting.case_number, waiting.slot, waiting.upload_id, code)
        return Swept(resent=0, closed=1)
    if version is None:
        return _NOTHING
    world.queues.photo_arrived(key, version)
    return Swept(resent=1, closed=0)
