"""Ask for a place to put a photo. The photo itself goes from the phone straight to the store."""

from __future__ import annotations

from chalicelib.access.actors import Actor
from chalicelib.access.limits import PHOTOS, spend
from chalicelib.access.policy import Action, require
from chalicelib.errors import BadInput, Conflict, TooLarge
from chalicelib.ports import UploadForm
from chalicelib.usulan.case import Case, NewEvent
from chalicelib.usulan.documents import CONTENT_TYPES, MAX_BYTES, Slot, Upload, new_upload, original_key
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import ClientRequest, Step, World, change

FORM_SECONDS = 300


def add_photo(
    world: World,
    actor: Actor,
    number: str,
    slot: Slot,
    content_type: str,
    size: int,
    request: ClientRequest,
    back: str = "",
) -> tuple[Upload, UploadForm]:
    """A form for one photo of `slot`, good for five minutes; repeating the request renews the form of the same upload.

    A newer upload takes the slot's place while the case is a draft, or while that photo is returned for mending; the
    older one stays on record. `back`: the address to which the store leads a browser that has sent. Conflict
    SUDAH_DIKIRIM: neither. TooMany: the case has had its photos for today.
    """
    if content_type not in CONTENT_TYPES:
        raise BadInput("JENIS_FILE_DITOLAK")
    if size > MAX_BYTES:
        raise TooLarge("FILE_TERLALU_BESAR", batas=MAX_BYTES // 1024 // 1024)

    spend(world.meter, PHOTOS, number, world.now())

    def apply(case: Case) -> Step:
        require(actor, Action.ADD_PHOTO, case.subject)
        if not case.is_draft and slot not in case.returned:
            raise Conflict("SUDAH_DIKIRIM")
        upload = new_upload(slot, world.now())
        event = NewEvent(Happened.PHOTO_REQUESTED, actor.id, {"slot": slot.value, "upload": upload.upload_id})
        return Step(case.with_upload(upload), (event,), {"upload_id": upload.upload_id})

    case, answer = change(world, number, apply, request)
    upload = case.uploads[slot]
    if upload.upload_id != answer["upload_id"]:
        raise Conflict("DATA_BERUBAH")
    key = original_key(number, upload)
    form = world.photos.upload_form(key, content_type, MAX_BYTES, FORM_SECONDS, back)
    return upload, form
