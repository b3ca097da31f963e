"""Show one masked field of one case: an act with a reason, on record in the case's chain, for whom the policy allows it.

Who holds the claim needs none of this: all fields and pictures are open to him while the lease lives, because comparing
them is the work (decision 0012). Everyone else sees masks and asks here, one field at a time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.access.actors import Officer
from chalicelib.access.fields import CLASS_OF
from chalicelib.access.limits import UNMASKINGS, spend
from chalicelib.access.policy import Action, Subject, allow, office_for, require
from chalicelib.errors import BadInput, Conflict
from chalicelib.messages import message
from chalicelib.usulan.case import FIELDS, Case, NewEvent
from chalicelib.usulan.events import Happened
from chalicelib.usulan.store import ClientRequest, Step, World, change

REPEATED = timedelta(minutes=1)
"""So long the same request is the same look: its answer was lost on a bad line. Later it is a new one, to be recorded."""
SHOWN_SECONDS = 60
"""How long a page leaves the value standing."""
_MOST_DIGITS = 15


class Purpose(StrEnum):
    """Why a field is looked at. `LAINNYA` is told in words."""

    COCOKKAN_DOKUMEN = "COCOKKAN_DOKUMEN"
    PERTANYAAN_WARGA = "PERTANYAAN_WARGA"
    KUNJUNGAN_RUMAH = "KUNJUNGAN_RUMAH"
    DUGAAN_GANDA = "DUGAAN_GANDA"
    LAINNYA = "LAINNYA"


def may_unmask(officer: Officer, case: Case, field: str) -> bool:
    """Whether there is something behind the mask that this officer may ask to see."""
    return (
        bool(case.value(field))
        and not case.restricted
        and allow(officer, Action.UNMASK, _subject(case, field))
    )


def unmask(
    world: World,
    officer: Officer,
    number: str,
    field: str,
    purpose: Purpose,
    note: str,
    request: ClientRequest,
) -> str:
    """The value of `field`, once. BadInput ISIAN_TIDAK_DIKENAL, ALASAN_KOSONG (`LAINNYA` without words), ALASAN_BERANGKA
    (words that could hold a NIK); Conflict SUDAH_DITUNJUKKAN: this request had its answer; TooMany."""
    if field not in FIELDS:
        raise BadInput("ISIAN_TIDAK_DIKENAL")
    said = _words(purpose, note)
    require(officer, Action.UNMASK, _subject(world.store.load(number), field))
    spend(world.meter, UNMASKINGS, officer.id, world.now())
    now = world.now()

    def apply(case: Case) -> Step:
        office = office_for(officer, Action.UNMASK, _subject(case, field))
        if case.restricted:
            raise Conflict("DIBATASI")
        detail = {
            "field": field,
            "reason": f"BUKA_{purpose}",
            "office": str(office.regions[0]),
            "role": office.role.value,
        }
        event = NewEvent(Happened.UNMASKED, officer.id, detail, {"note": said} if said else {})
        return Step(case, (event,), {"at": now.isoformat()})

    case, answer = change(world, number, apply, request)
    require(officer, Action.UNMASK, _subject(case, field))
    if now - datetime.fromisoformat(answer["at"]) > REPEATED:
        raise Conflict("SUDAH_DITUNJUKKAN")
    return case.value(field)


def _subject(case: Case, field: str) -> Subject:
    return replace(case.subject, field=CLASS_OF[field])


def _words(purpose: Purpose, note: str) -> str:
    """The words of `LAINNYA`, empty for the other reasons, which speak for themselves."""
    if purpose is not Purpose.LAINNYA:
        return ""
    said = " ".join(note.split())
    if not said:
        raise BadInput("ALASAN_KOSONG", fields={"note": message("ALASAN_KOSONG")})
    if sum(character.isnumeric() for character in said) > _MOST_DIGITS:
        raise BadInput("ALASAN_BERANGKA", fields={"note": message("ALASAN_BERANGKA")})
    return said
