"""The citizen's routes: draft, photos, submission, receipt, status."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.actors import Stranger
from chalicelib.access.limits import DRAFTS, DRAFTS_FREE
from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.citizen import CaseView, DraftMade, Receipt, UploadMade
from chalicelib.api.shapes.shared import Nothing
from chalicelib.api.views.citizen import case_view, receipt_view
from chalicelib.errors import BadInput, Conflict
from chalicelib.usulan.add_photo import FORM_SECONDS, add_photo
from chalicelib.usulan.case import Target
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.mend import mend
from chalicelib.usulan.start import start
from chalicelib.usulan.submit import Submission, submit


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")
    target: Target


class Photo(BaseModel):
    model_config = ConfigDict(extra="forbid")
    content_type: str = Field(max_length=100)
    size: int = Field(ge=1)


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    nik: str = Field(max_length=40)
    nama: str = Field(max_length=100)
    nomor_kk: str = Field(max_length=40)
    kode_wilayah: str = Field(max_length=20)
    alamat: str = Field(default="", max_length=200)
    rt: str = Field(default="", max_length=5)
    rw: str = Field(default="", max_length=5)
    statement: bool


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/usulan", action=Action.START, takes=Draft, gives=DraftMade, status=201, refuses=(409, 428, 429)
    )
    def start_usulan(asked: Asked, draft: Draft) -> dict[str, Any]:
        """Begin a draft. The secret is told here and never again."""
        asked.eased(DRAFTS_FREE, asked.address)
        asked.limited(DRAFTS, asked.address)
        made = start(asked.world, Stranger(), draft.target, asked.client_request("stranger"))
        case = asked.world.store.load(made["case_number"])
        return {**made, "case": case_view(asked.world, case)}

    @router.get("/usulan/{case_number}", action=Action.VIEW_OWN, gives=CaseView, who=Who.CITIZEN)
    def view_usulan(asked: Asked, case_number: str) -> dict[str, Any]:
        """The case as its citizen sees it."""
        _, case = asked.citizen(case_number)
        return case_view(asked.world, case)

    @router.post(
        "/usulan/{case_number}/photos/{slot}",
        action=Action.ADD_PHOTO,
        takes=Photo,
        gives=UploadMade,
        who=Who.CITIZEN,
        status=201,
        refuses=(409, 413),
    )
    def request_photo(asked: Asked, photo: Photo, case_number: str, slot: str) -> dict[str, Any]:
        """A form with which the browser posts one photo straight to the store."""
        citizen, case = asked.citizen(case_number)
        if slot not in set(Slot):
            raise BadInput("SLOT_TIDAK_DIKENAL")
        upload, form = add_photo(
            asked.world,
            citizen,
            case.number,
            Slot(slot),
            photo.content_type,
            photo.size,
            asked.client_request(f"{citizen.id}:{slot}"),
        )
        return {
            "upload_id": upload.upload_id,
            "expires_in": FORM_SECONDS,
            "post": {"url": form.url, "fields": dict(form.fields)},
        }

    @router.post(
        "/usulan/{case_number}/submission",
        action=Action.SUBMIT,
        takes=Form,
        gives=Receipt,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def submit_usulan(asked: Asked, form: Form, case_number: str) -> dict[str, Any]:
        """Send the usulan; it never waits for the reader."""
        citizen, case = asked.citizen(case_number)
        submission = Submission(**form.model_dump())
        sent, _ = submit(asked.world, citizen, case.number, submission, asked.client_request(citizen.id))
        return receipt_view(asked.world, sent)

    @router.post(
        "/usulan/{case_number}/mending",
        action=Action.SUBMIT,
        takes=Nothing,
        gives=CaseView,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def mend_usulan(asked: Asked, _: Nothing, case_number: str) -> dict[str, Any]:
        """Send a returned case again, once its photos have been replaced."""
        citizen, case = asked.citizen(case_number)
        sent, _answer = mend(asked.world, citizen, case.number, asked.client_request(citizen.id))
        return case_view(asked.world, sent)

    @router.get(
        "/usulan/{case_number}/receipt",
        action=Action.VIEW_OWN,
        gives=Receipt,
        who=Who.CITIZEN,
        refuses=(409,),
    )
    def view_receipt(asked: Asked, case_number: str) -> dict[str, Any]:
        """What the citizen keeps: number, barkot, when it is looked at."""
        _, case = asked.citizen(case_number)
        if case.is_draft:
            raise Conflict("BELUM_DIKIRIM")
        return receipt_view(asked.world, case)

    return router
