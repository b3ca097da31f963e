"""A case as its citizen sees it (docs/api.md, CaseView and Receipt)."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.api.views.pieces import (
    Json,
    day,
    event_view,
    holder,
    iso,
    read_view,
    region_view,
    slot_view,
    state_view,
)
from chalicelib.barkot import receipt
from chalicelib.identity import regions
from chalicelib.messages import message
from chalicelib.usulan.case import Case, State
from chalicelib.usulan.documents import TITLES, Slot
from chalicelib.usulan.events import Happened
from chalicelib.usulan.mend import sent_again
from chalicelib.usulan.propose import propose
from chalicelib.usulan.store import World

_SURELY_SHOWN = 0.95
_TOLD_TO_CITIZENS = {
    Happened.STARTED,
    Happened.SUBMITTED,
    Happened.CHECKED,
    Happened.OFFERED,
    Happened.CLAIMED,
    Happened.DECIDED,
    Happened.MENDED,
    Happened.REMINDED,
    Happened.EXPIRED,
    Happened.RIGHT_ASKED,
    Happened.RIGHT_RECORDED,
    Happened.RIGHT_WITHDRAWN,
    Happened.RIGHT_DECIDED,
    Happened.EXPORTED,
}


def case_view(world: World, case: Case) -> Json:
    """The case as its citizen sees it."""
    return {
        "case_number": case.number,
        **state_view(case),
        "target": case.target.value,
        "region": region_view(case.region),
        "submitted_at": iso(case.submitted_at),
        "slots": [slot_view(world, case, slot, pictures=_may_see(case, slot)) for slot in Slot],
        "proposed": _proposed_view(case) if case.is_draft else {},
        "needs": _needs(case),
        "notice": _notice(case),
        "holder": holder(case),
        "next": _next(case),
        "timeline": [
            event_view(event, case)
            for event in world.store.events(case.number)
            if event.action in _TOLD_TO_CITIZENS
        ],
    }


def _may_see(case: Case, slot: Slot) -> bool:
    """Citizens see their pictures while they can still change them."""
    return case.is_draft or slot in case.returned


def receipt_view(world: World, case: Case) -> Json:
    """What the citizen keeps. The case must have been sent."""
    text = receipt.text(case, world.public_url)
    due = (case.submitted_at or world.now()) + timedelta(days=case.road.first.due_days)
    return {
        "case_number": case.number,
        **state_view(case),
        "submitted_at": iso(case.submitted_at),
        "holder": holder(case),
        "message": message("KIRIM_BERHASIL", nomor=case.number, tanggal=day(due)),
        "barkot": {"text": text, "svg": receipt.drawing(text)},
    }


def _proposed_view(case: Case) -> Json:
    view = {}
    for name, proposal in propose(case).items():
        view[name] = read_view(proposal.field, proposal.slot)
        if name == "kode_wilayah":
            view[name]["label"] = ", ".join(regions.path(proposal.field.value))
    return view


def _needs(case: Case) -> list[Json]:
    """The photos that were returned, why, and whether they have been sent again."""
    decision = case.last_decision
    if decision is None or decision.reason is None:
        return []
    return [
        {
            "slot": slot.value,
            "title": TITLES[slot],
            "message": message(decision.reason, dokumen=TITLES[slot]),
            "sent": sent_again(case, slot),
        }
        for slot in case.returned
    ]


def _notice(case: Case) -> str | None:
    """That the same person was proposed before. Told only to who showed the card itself: whether a NIK is known is
    nobody else's business."""
    shown = case.read("nik")
    if any(finding.code == "NIK_GANDA" for finding in case.findings) and shown:
        _, field = shown
        if field.value == case.value("nik") and field.confidence >= _SURELY_SHOWN:
            return message("SUDAH_DIUSULKAN")
    return None


def _next(case: Case) -> Json | None:
    if case.is_draft:
        return {"label": message("BERIKUT_DRAF"), "by": None}
    if case.restricted:
        return {"label": message("BERIKUT_DIBATASI"), "by": None}
    decision = case.last_decision
    if case.state == State.NEEDS_FIX and decision:
        by = decision.at + timedelta(days=case.road.mend_days)
        return {"label": message("BERIKUT_PERBAIKI"), "by": iso(by)}
    if case.stage is None and case.state != State.SUBMITTED:
        return None
    return {"label": message("BERIKUT_PERIKSA"), "by": iso(case.work.due_at) if case.work else None}
