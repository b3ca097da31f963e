"""The sweeper: what the records call unfinished goes back on its queue, and nothing stays "being read" for ever.

It runs at start and each minute. Queues may lose a message, a notification may never come, a process may die between a
write and its send: the records know, so the work is found and taken up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.usulan.case import Todo
from chalicelib.usulan.documents import Upload, original_key
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


def sweep(world: World) -> Swept:
    late = world.now() - LATE
    resent = closed = 0
    for number in world.store.unfinished(Todo.CHECK, late):
        world.queues.submitted(number)
        resent += 1
    for number in world.store.unfinished(Todo.OFFER, late):
        stage = world.store.load(number).stage
        if stage:
            world.queues.to_verify(number, stage)
            resent += 1
    for number in world.store.unfinished(Todo.MEND, world.now()):
        remind_or_expire(world, number)
    for number in world.store.unfinished(Todo.FINISH, world.now()):
        expire_draft(world, number)
    for waiting in world.store.open_uploads(late):
        if _resend(world, waiting):
            resent += 1
        else:
            closed += 1
    return Swept(resent, closed)


def _resend(world: World, waiting: OpenUpload) -> bool:
    """True: its photo went back on the queue, or is not there yet. False: it was closed unread."""
    age = world.now() - waiting.issued_at
    key = original_key(waiting.case_number, Upload(waiting.slot, waiting.upload_id, waiting.issued_at))
    version = world.photos.version_of(key)
    if (version is not None and age > GIVE_UP) or age > FORGET:
        code = "BELUM_TERBACA" if version else "FOTO_RUSAK"
        close_unread(world, waiting.case_number, waiting.slot, waiting.upload_id, code)
        return False
    if version is not None:
        world.queues.photo_arrived(key, version)
    return True
