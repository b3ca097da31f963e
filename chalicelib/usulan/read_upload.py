"""Read a photo that has arrived, and lay what it says beside the case."""

from __future__ import annotations

from chalicelib.access.actors import System
from chalicelib.access.policy import Action, Subject, require
from chalicelib.errors import BadInput, NotFound
from chalicelib.ports import PhotoReader
from chalicelib.reading.model import Kind, ReadPhoto
from chalicelib.usulan.case import Case, NewEvent
from chalicelib.usulan.crosscheck import cross_check
from chalicelib.usulan.documents import (
    EXPECTED,
    MAX_BYTES,
    Slot,
    Upload,
    original_key,
    parse_original_key,
    working_copy_key,
)
from chalicelib.usulan.events import Happened
from chalicelib.usulan.keeping import needed, without_others
from chalicelib.usulan.store import Step, World, change

READER = System("read_uploads")


def read_upload(world: World, reader: PhotoReader, key: str, version: str) -> None:
    """Take in one arrival, as S3 or the sweeper tells it. Repeating it, or telling it late, changes nothing.

    The first version of an upload that arrives is the one that is read. A photo that cannot be used ends as FAILED with
    the reason; any other fault is raised, so that the queue tries again and at last lays the message aside.
    """
    require(READER, Action.PROCESS, Subject())
    place = parse_original_key(key)
    if place is None:
        return
    number, slot, upload_id = place
    upload = _arrive(world, number, slot, upload_id, version)
    if upload is None:
        return
    try:
        photo = world.photos.get(original_key(number, upload), upload.version or version)
        if len(photo) > MAX_BYTES:
            raise BadInput("FILE_TERLALU_BESAR", batas=MAX_BYTES // 1024 // 1024)
        result = reader(photo, EXPECTED[slot])
    except BadInput as problem:
        close_unread(world, number, slot, upload_id, problem.code)
        return
    world.photos.put(working_copy_key(number, upload), result.working_copy, "image/jpeg")

    def apply(case: Case) -> Step:
        current = _open_upload(case, slot, upload_id)
        if current is None:
            return Step(case)
        event = NewEvent(
            Happened.PHOTO_READ,
            READER.id,
            {
                "slot": slot.value,
                "upload": upload_id,
                "kind": result.reading.kind.value,
                **_copied(slot, result),
            },
        )
        return _late(world, case.with_upload(current.read(needed(result.reading))), event)

    change(world, number, apply)


def _copied(slot: Slot, result: ReadPhoto) -> dict[str, str]:
    """What the record says of the working copy: whether a document's signature is veiled in it, or still to be seen."""
    if EXPECTED[slot] not in (Kind.KTP, Kind.KK):
        return {}
    return {"signature": "veiled" if result.veiled else "shown"}


def close_unread(world: World, number: str, slot: Slot, upload_id: str, code: str) -> None:
    """End an upload without a reading: its file cannot be used, or it has waited too long."""

    def apply(case: Case) -> Step:
        current = _open_upload(case, slot, upload_id)
        if current is None:
            return Step(case)
        event = NewEvent(
            Happened.PHOTO_FAILED, READER.id, {"slot": slot.value, "upload": upload_id, "reason": code}
        )
        return _late(world, case.with_upload(current.failed(code)), event)

    change(world, number, apply)


def _late(world: World, case: Case, event: NewEvent) -> Step:
    """A reading that comes after the submission makes findings of its own."""
    if not case.is_draft:
        case = without_others(cross_check(world, case))
    return Step(case, (event,))


def _open_upload(case: Case, slot: Slot, upload_id: str) -> Upload | None:
    upload = case.uploads.get(slot)
    return upload if upload and upload.upload_id == upload_id and upload.open else None


def _arrive(world: World, number: str, slot: Slot, upload_id: str, version: str) -> Upload | None:
    """The upload, marked as arrived; None: nothing is left to do for it (replaced, read, or never ours)."""

    def apply(case: Case) -> Step:
        current = _open_upload(case, slot, upload_id)
        if current is None or current.version is not None:
            return Step(case)
        event = NewEvent(Happened.PHOTO_ARRIVED, READER.id, {"slot": slot.value, "upload": upload_id})
        return Step(case.with_upload(current.arrived(version, world.now())), (event,))

    try:
        case, _ = change(world, number, apply)
    except NotFound:
        return None
    return _open_upload(case, slot, upload_id)
