"""How cases look as JSON (docs/api.md), to their citizen and to officers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.access.actors import Officer
from chalicelib.access.masking import mask
from chalicelib.access.policy import Action, allow
from chalicelib.barkot import receipt
from chalicelib.desk.decide import Verdict
from chalicelib.desk.open_case import sees_personal
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.reading.model import Field, Finding
from chalicelib.usulan.case import FIELDS, Case, State
from chalicelib.usulan.documents import TITLES, Slot, Upload, UploadState, working_copy_key
from chalicelib.usulan.events import Event, Happened
from chalicelib.usulan.propose import propose
from chalicelib.usulan.store import Offer, World
from chalicelib.usulan.work import WorkItem

Json = dict[str, Any]
_LINK_SECONDS = 900
_ACTIONS = {member.value: member.name for member in Happened}
_TOLD_TO_CITIZENS = {
    Happened.STARTED,
    Happened.SUBMITTED,
    Happened.CHECKED,
    Happened.OFFERED,
    Happened.CLAIMED,
    Happened.DECIDED,
}
_MONTHS: tuple[str, ...] = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
_MONTHS += ("Juli", "Agustus", "September", "Oktober", "November", "Desember")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _day(at: datetime) -> str:
    """`21 November 2026`, by the western zone in which most of the country lives."""
    local = at + timedelta(hours=7)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def state_view(case: Case) -> Json:
    return {"state": str(case.state), "state_label": message(f"KEADAAN_{case.state}")}


def finding_view(finding: Finding, slot: Slot | None = None) -> Json:
    about = slot or next((Slot(name) for name in finding.fields if name in set(Slot)), None)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": message(finding.code, dokumen=TITLES[about] if about else "dokumen"),
        "fields": list(finding.fields),
    }


def region_view(code: RegionCode | None) -> Json | None:
    if code is None:
        return None
    return {"code": str(code), "name": regions.name(code), "path": ", ".join(regions.path(code))}


def case_view(world: World, case: Case) -> Json:
    """The case as its citizen sees it."""
    return {
        "case_number": case.number,
        **state_view(case),
        "target": case.target.value,
        "region": region_view(case.region),
        "submitted_at": _iso(case.submitted_at),
        "slots": [_slot_view(world, case, slot, pictures=case.is_draft) for slot in Slot],
        "proposed": _proposed_view(case) if case.is_draft else {},
        "needs": _needs(case),
        "holder": _holder(case),
        "next": _next(case),
        "timeline": [
            _event_view(event, case)
            for event in world.store.events(case.number)
            if event.action in _TOLD_TO_CITIZENS
        ],
    }


def receipt_view(world: World, case: Case) -> Json:
    """What the citizen keeps. The case must have been sent."""
    text = receipt.text(case, world.public_url)
    due = (case.submitted_at or world.now()) + timedelta(days=case.road.first.due_days)
    return {
        "case_number": case.number,
        **state_view(case),
        "submitted_at": _iso(case.submitted_at),
        "holder": _holder(case),
        "message": message("KIRIM_BERHASIL", nomor=case.number, tanggal=_day(due)),
        "barkot": {"text": text, "svg": receipt.drawing(text)},
    }


def work_view(world: World, officer: Officer, offer: Offer) -> Json:
    """A row of the desk."""
    case, work = offer.case, offer.case.works[offer.stage]
    counts = Counter(finding.severity.value for finding in _all_findings(case))
    now = world.now()
    return {
        "work_id": f"{case.number}.{offer.stage}",
        "case_number": case.number,
        "stage": offer.stage,
        "stage_label": case.road.stage(offer.stage).label,
        "region": region_view(case.region),
        "offered_at": _iso(work.offered_at),
        "due_at": _iso(work.due_at),
        "state": "claimed" if work.held(now) else "open",
        "mine": work.held_by(officer.id, now),
        "lease_until": _iso(work.lease_until) if work.held(now) else None,
        "name": mask("nama", case.value("nama")),
        "findings": {severity: counts.get(severity, 0) for severity in ("error", "warning", "info")},
    }


def officer_case_view(world: World, officer: Officer, case: Case, personal: bool) -> Json:
    """The case as an officer sees it; personal values and pictures only where `personal`."""
    return {
        "case_number": case.number,
        **state_view(case),
        "region": region_view(case.region),
        "target": case.target.value,
        "submitted_at": _iso(case.submitted_at),
        "documents": [_slot_view(world, case, slot, pictures=personal) for slot in Slot],
        "fields": [case_field_view(case, name, personal=personal) for name in FIELDS],
        "findings": [finding_view(finding) for finding in case.findings],
        "timeline": [
            {**_event_view(event, case), "by": _who(event, officer)}
            for event in world.store.events(case.number)
        ],
        "work": _current_work(world, officer, case),
        "decisions": _verdicts(case),
        "can": _can(world, officer, case),
    }


def case_field_view(case: Case, name: str, *, personal: bool) -> Json:
    """One value with all it was on the way: read, typed, corrected."""
    read, typed, corrected = case.read(name), case.typed.get(name), case.corrections.get(name)
    value = case.value(name)
    view: Json = {
        "name": name,
        "label": message(f"ISIAN_{name}"),
        "value": value if personal else mask(name, value),
        "masked": not personal,
        "source": "corrected" if corrected else "typed",
        "read": None,
        "typed": None,
        "corrected": None,
    }
    if personal:
        view["read"] = _read_view(read[1], read[0]) if read else None
        view["typed"] = typed
        view["corrected"] = {"value": corrected.value, "at": _iso(corrected.at)} if corrected else None
    return view


def _slot_view(world: World, case: Case, slot: Slot, *, pictures: bool) -> Json:
    upload = case.uploads.get(slot)
    view: Json = {
        "slot": slot.value,
        "title": TITLES[slot],
        "required": True,
        "state": upload.state.value if upload else "empty",
        "upload_id": upload.upload_id if upload else None,
        "picture": None,
        "message": None,
        "findings": [],
    }
    if upload:
        view["findings"] = [finding_view(finding, slot) for finding in upload.findings]
        view["message"] = _advice(upload)
        if pictures and upload.state is UploadState.READ and upload.reading:
            width, height = upload.reading.size
            url = world.photos.view_url(working_copy_key(case.number, upload), _LINK_SECONDS)
            view["picture"] = {"url": url, "width": width, "height": height}
    return view


def _advice(upload: Upload) -> str | None:
    """The one sentence worth acting on now: why it failed, or its gravest finding."""
    grave = [finding for finding in upload.findings if finding.severity != "info"]
    return str(finding_view(grave[0], upload.slot)["message"]) if grave else None


def _read_view(field: Field, slot: Slot) -> Json:
    return {
        "value": field.value,
        "confidence": round(field.confidence, 3),
        "slot": slot.value,
        "box": [list(point) for point in field.box] if field.box else None,
    }


def _proposed_view(case: Case) -> Json:
    view = {}
    for name, proposal in propose(case).items():
        view[name] = _read_view(proposal.field, proposal.slot)
        if name == "kode_wilayah":
            view[name]["label"] = ", ".join(regions.path(proposal.field.value))
    return view


def _needs(case: Case) -> list[Json]:
    decision = case.last_decision
    if case.state != State.NEEDS_FIX or decision is None or decision.reason is None:
        return []
    return [
        {"slot": slot.value, "title": TITLES[slot], "message": message(decision.reason, dokumen=TITLES[slot])}
        for slot in decision.slots
    ]


def _holder(case: Case) -> str | None:
    if case.is_draft or case.state == State.NEEDS_FIX:
        return message("PEMEGANG_WARGA")
    if case.stage is None:
        return message("PEMEGANG_SISTEM") if case.state == State.SUBMITTED else None
    village = case.region
    if village is None:
        return None
    stage = case.road.stage(case.stage)
    return stage.holder.format(desa=regions.name(village), kabupaten=regions.name(village.at(2)))


def _next(case: Case) -> Json | None:
    if case.is_draft:
        return {"label": message("BERIKUT_DRAF"), "by": None}
    decision = case.last_decision
    if case.state == State.NEEDS_FIX and decision:
        by = decision.at + timedelta(days=case.road.mend_days)
        return {"label": message("BERIKUT_PERBAIKI"), "by": _iso(by)}
    if case.stage is None and case.state != State.SUBMITTED:
        return None
    return {"label": message("BERIKUT_PERIKSA"), "by": _iso(case.work.due_at) if case.work else None}


def _event_view(event: Event, case: Case) -> Json:
    return {
        "at": _iso(event.at),
        "action": event.action,
        "label": message(f"PERISTIWA_{_ACTIONS[event.action]}"),
        "detail": _event_detail(event, case),
    }


def _event_detail(event: Event, case: Case) -> str | None:
    detail = event.detail
    parts = []
    if stage := detail.get("stage"):
        parts.append(case.road.stage(stage).label)
    if slot := detail.get("slot"):
        parts.append(TITLES[Slot(slot)])
    if field := detail.get("field"):
        parts.append(message(f"ISIAN_{field}"))
    if decision := detail.get("decision"):
        parts.append(message(f"KEPUTUSAN_{decision}"))
    if reason := detail.get("reason"):
        titles = ", ".join(TITLES[Slot(name)] for name in detail.get("slots", "").split(",") if name)
        parts.append(message(reason, dokumen=titles or "dokumen"))
    return " · ".join(parts) or None


def _who(event: Event, officer: Officer) -> str:
    kind = event.actor.partition(":")[0]
    if kind == "citizen":
        return "Warga"
    if kind == "system":
        return "Sistem"
    return "Anda" if event.actor == officer.id else "Petugas"


def _current_work(world: World, officer: Officer, case: Case) -> Json | None:
    work = case.work
    if work is None:
        return None
    now = world.now()
    return {
        "work_id": f"{case.number}.{work.stage}",
        "stage": work.stage,
        "stage_label": case.road.stage(work.stage).label,
        "state": "claimed" if work.held(now) else "open",
        "mine": work.held_by(officer.id, now),
        "fence": work.fence if work.held_by(officer.id, now) else None,
        "lease_until": _iso(work.lease_until) if work.held(now) else None,
    }


def _verdicts(case: Case) -> list[Json]:
    if case.stage is None:
        return []
    reasons = {
        Verdict.LULUS: (),
        Verdict.PERLU_PERBAIKAN: case.road.mend_reasons,
        Verdict.TOLAK: case.road.reject_reasons,
    }
    return [
        {
            "code": verdict.value,
            "label": message(f"KEPUTUSAN_{verdict.value}"),
            "reasons": [{"code": code, "label": message(code, dokumen="dokumen")} for code in codes],
            "slots": [{"slot": slot.value, "title": TITLES[slot]} for slot in Slot]
            if verdict is Verdict.PERLU_PERBAIKAN
            else [],
        }
        for verdict, codes in reasons.items()
    ]


def _can(world: World, officer: Officer, case: Case) -> list[str]:
    work: WorkItem | None = case.work
    if work is None or work.done_at is not None:
        return []
    if sees_personal(world, officer, case):
        doing = {"release": Action.CLAIM, "correct": Action.CORRECT, "decide": Action.DECIDE}
        return [name for name, action in doing.items() if allow(officer, action, case.subject)]
    return ["claim"] if not work.held(world.now()) and allow(officer, Action.CLAIM, case.subject) else []


def _all_findings(case: Case) -> Iterable[Finding]:
    yield from case.findings
    for upload in case.uploads.values():
        yield from upload.findings
