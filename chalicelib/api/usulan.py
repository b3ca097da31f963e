"""The citizen's routes: draft, photos, submission, receipt, status."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint
from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.actors import Stranger
from chalicelib.api.http import Asked, Joined, Router
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


class Nothing(BaseModel):
    model_config = ConfigDict(extra="forbid")


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


def routes(joined: Joined) -> Blueprint:
    router = Router(__name__, joined)

    @router.post("/usulan", status=201)
    def start_usulan(asked: Asked) -> dict[str, Any]:
        made = start(asked.world, Stranger(), asked.body(Draft).target, asked.client_request("stranger"))
        case = asked.world.store.load(made["case_number"])
        return {**made, "case": case_view(asked.world, case)}

    @router.get("/usulan/{case_number}")
    def view_usulan(asked: Asked, case_number: str) -> dict[str, Any]:
        _, case = asked.citizen(case_number)
        return case_view(asked.world, case)

    @router.post("/usulan/{case_number}/photos/{slot}", status=201)
    def request_photo(asked: Asked, case_number: str, slot: str) -> dict[str, Any]:
        citizen, case = asked.citizen(case_number)
        if slot not in set(Slot):
            raise BadInput("SLOT_TIDAK_DIKENAL")
        photo = asked.body(Photo)
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

    @router.post("/usulan/{case_number}/submission")
    def submit_usulan(asked: Asked, case_number: str) -> dict[str, Any]:
        citizen, case = asked.citizen(case_number)
        form = Submission(**asked.body(Form).model_dump())
        sent, _ = submit(asked.world, citizen, case.number, form, asked.client_request(citizen.id))
        return receipt_view(asked.world, sent)

    @router.post("/usulan/{case_number}/mending")
    def mend_usulan(asked: Asked, case_number: str) -> dict[str, Any]:
        citizen, case = asked.citizen(case_number)
        asked.body(Nothing)
        sent, _ = mend(asked.world, citizen, case.number, asked.client_request(citizen.id))
        return case_view(asked.world, sent)

    @router.get("/usulan/{case_number}/receipt")
    def view_receipt(asked: Asked, case_number: str) -> dict[str, Any]:
        _, case = asked.citizen(case_number)
        if case.is_draft:
            raise Conflict("BELUM_DIKIRIM")
        return receipt_view(asked.world, case)

    return router.blueprint
