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
from chalicelib.usulan.case import Case
from chalicelib.usulan.documents import Slot, title
from chalicelib.usulan.propose import propose
from chalicelib.usulan.status import next_of, proposed_before
from chalicelib.usulan.store import World


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
        "notice": message("SUDAH_DIUSULKAN") if proposed_before(case) else None,
        "holder": holder(case),
        "next": _next(case),
        "timeline": [event_view(line, case) for line in case.told],
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
            "title": title(slot),
            "message": message(decision.reason, dokumen=title(slot)),
            "sent": case.sent_again(slot),
        }
        for slot in case.returned
    ]


def _next(case: Case) -> Json | None:
    code, by = next_of(case)
    return {"label": message(code), "by": iso(by)} if code else None
