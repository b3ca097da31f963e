"""Send the usulan. It never waits for the reader: what is not read yet is typed, and the reading makes findings later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.access.actors import Actor
from chalicelib.access.limits import SUBMISSIONS, spend
from chalicelib.access.policy import Action, require
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity import regions
from chalicelib.identity.family_card import FamilyCardNumber
from chalicelib.identity.names import normalised
from chalicelib.identity.nik import Nik
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.usulan.case import Case, Due, NewEvent, State, Todo
from chalicelib.usulan.documents import REQUIRED, Slot, UploadState, original_key, title
from chalicelib.usulan.events import Happened
from chalicelib.usulan.numbers import new_token
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, change

_VILLAGE_LEVEL = 4


@dataclass(frozen=True)
class Submission:
    """The form as sent, still unproved text."""

    nik: str
    nama: str
    nomor_kk: str
    kode_wilayah: str
    alamat: str
    rt: str
    rw: str
    statement: bool


def submit(
    world: World, actor: Actor, number: str, form: Submission, request: ClientRequest
) -> tuple[Case, Answer]:
    """Send the draft. BadInput ISIAN_SALAH with a message a field; BadInput FOTO_BELUM_ADA; Conflict SUDAH_DIKIRIM.
    TooMany: the village's desk has been sent too many."""
    typed, region = _proved(form)
    spend(world.meter, SUBMISSIONS, str(region), world.now())

    def apply(case: Case) -> Step:
        require(actor, Action.SUBMIT, case.subject)
        if not case.is_draft:
            raise Conflict("SUDAH_DIKIRIM")
        _require_photos(world, case)
        sent = replace(
            case,
            state=State.SUBMITTED,
            typed=typed,
            region=region,
            submitted_at=world.now(),
            todo=Due(Todo.CHECK, world.now()),
            barkot_token=new_token(),
        )
        return Step(sent, (NewEvent(Happened.SUBMITTED, actor.id),), {"case_number": number})

    case, answer = change(world, number, apply, request)
    if case.must(Todo.CHECK):
        world.queues.submitted(number)
    return case, answer


def _proved(form: Submission) -> tuple[dict[str, str], RegionCode]:
    wrong: dict[str, str] = {}

    def take(name: str, parse: Callable[[], str]) -> str:
        try:
            return parse()
        except BadInput as problem:
            wrong[name] = problem.message
            return ""

    nik = take("nik", lambda: str(Nik.parse(form.nik)))
    nomor_kk = take("nomor_kk", lambda: str(FamilyCardNumber.parse(form.nomor_kk)))
    if nik and nik == nomor_kk:
        wrong["nik"] = message("NIK_KK_TERTUKAR")
    nama = normalised(form.nama)
    if not nama:
        wrong["nama"] = message("NAMA_KOSONG")
    code = take("kode_wilayah", lambda: _village(form.kode_wilayah))
    if not form.statement:
        wrong["statement"] = message("PERNYATAAN_KURANG")
    if wrong:
        raise BadInput("ISIAN_SALAH", fields=wrong)
    typed = {
        "nik": nik,
        "nama": nama,
        "nomor_kk": nomor_kk,
        "alamat": " ".join(form.alamat.split()),
        "rt": form.rt.strip(),
        "rw": form.rw.strip(),
    }
    return typed, RegionCode(code)


def _village(text: str) -> str:
    code = RegionCode.parse(text)
    if code.level != _VILLAGE_LEVEL or not regions.exists(code):
        raise BadInput("WILAYAH_SALAH")
    return str(code)


def _require_photos(world: World, case: Case) -> None:
    for slot in REQUIRED:
        if not photo_is_there(world, case, slot):
            raise BadInput("FOTO_BELUM_ADA", dokumen=title(slot))


def photo_is_there(world: World, case: Case, slot: Slot) -> bool:
    """Whether a photo was sent for `slot`: the records know, or it lies in the store and the queue has not told yet."""
    upload = case.uploads.get(slot)
    if upload is None:
        return False
    if upload.state is not UploadState.WAITING:
        return True
    return world.photos.version_of(original_key(case.number, upload)) is not None
