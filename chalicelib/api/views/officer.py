"""A case as officers see it (docs/api.md, Work and OfficerCase)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from chalicelib.access.actors import Officer
from chalicelib.access.masking import mask
from chalicelib.access.policy import Action, allow
from chalicelib.api.views.pieces import (
    Json,
    event_view,
    finding_view,
    iso,
    picture_view,
    read_view,
    region_view,
    slot_view,
    state_view,
)
from chalicelib.api.views.requests import request_view
from chalicelib.desk.decide import Verdict
from chalicelib.desk.open_case import sees_personal
from chalicelib.desk.unmask import Purpose, may_unmask
from chalicelib.messages import message
from chalicelib.reading.model import Finding
from chalicelib.usulan.case import FIELDS, Case
from chalicelib.usulan.crosscheck import own_row
from chalicelib.usulan.documents import REQUIRED, Slot, title
from chalicelib.usulan.events import Event, Happened
from chalicelib.usulan.store import Offer, World
from chalicelib.usulan.work import WorkItem

_PRINTED_AS = {"kode_wilayah": "kel_desa"}
"""Fields of the form that are printed under another name."""


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
        "offered_at": iso(work.offered_at),
        "due_at": iso(work.due_at),
        "state": "claimed" if work.held(now) else "open",
        "mine": work.held_by(officer.id, now),
        "lease_until": iso(work.lease_until) if work.held(now) else None,
        "name": mask("nama", case.value("nama")),
        "restricted": case.restricted,
        "findings": {severity: counts.get(severity, 0) for severity in ("error", "warning", "info")},
    }


def officer_case_view(world: World, officer: Officer, case: Case, personal: bool) -> Json:
    """The case as an officer sees it; personal values and pictures only where `personal`."""
    return {
        "case_number": case.number,
        **state_view(case),
        "region": region_view(case.region),
        "target": case.target.value,
        "way": case.entry.way.value,
        "way_label": message(f"JALAN_{case.entry.way.value}"),
        "helped": case.entry.helped_by(officer.id),
        "submitted_at": iso(case.submitted_at),
        "documents": [
            _document_view(world, case, slot, personal)
            for slot in Slot
            if slot in REQUIRED or slot in case.uploads
        ],
        "fields": [
            {
                **case_field_view(case, name, personal=personal),
                "may_unmask": not personal and may_unmask(officer, case, name),
            }
            for name in FIELDS
        ],
        "findings": [_placed(case, finding, personal) for finding in case.findings],
        "twins": list(case.twins),
        "timeline": [
            {**_event_view(event, case), "by": _who(event, officer)}
            for event in world.store.events(case.number, private=personal)
        ],
        "work": _current_work(world, officer, case),
        "decisions": _verdicts(case),
        "can": _can(world, officer, case),
        "unmask_reasons": [
            {"code": purpose.value, "label": message(f"BUKA_{purpose}")} for purpose in Purpose
        ]
        if not personal and any(may_unmask(officer, case, name) for name in FIELDS)
        else [],
        "restricted": case.restricted,
        "requests": [request_view(world, asked) for asked in case.requests.values()],
    }


def _event_view(event: Event, case: Case) -> Json:
    """An event; for who holds the claim with the words in which a look at a field was explained."""
    view = event_view(event, case)
    if event.action == Happened.UNMASKED and (note := event.private.get("note")):
        view["detail"] = f"{view['detail']}: {note}"
    return view


def _placed(case: Case, finding: Finding, personal: bool) -> Json:
    """A finding with the boxes it speaks of, on the pictures the officer may see."""
    boxes = []
    for slot, upload in case.uploads.items():
        if not personal or upload.reading is None:
            continue
        row = own_row(case) if slot is Slot.KK else None
        fields = {**upload.reading.fields, **(row or {})}
        for name in finding.fields:
            printed = _PRINTED_AS.get(name, name)
            if printed in fields and (box := fields[printed].box):
                boxes.append({"slot": slot.value, "field": name, "box": [list(point) for point in box]})
    return {**finding_view(finding), "boxes": boxes}


def _shown(case: Case) -> list[Slot]:
    return [slot for slot in Slot if slot in REQUIRED or slot in case.uploads]


def _document_view(world: World, case: Case, slot: Slot, personal: bool) -> Json:
    """A photo, and beside it the one it replaced after a return."""
    before = case.previous.get(slot) if personal and case.sent_again(slot) else None
    view = slot_view(world, case, slot, pictures=personal)
    return {**view, "previous": picture_view(world, case, before) if before else None}


def case_field_view(case: Case, name: str, *, personal: bool) -> Json:
    """One value with all it was on the way: read, typed, corrected."""
    read, typed, corrected = case.read(name), case.typed.get(name), case.corrections.get(name)
    value = case.value(name)
    view: Json = {
        "name": name,
        "label": message(f"ISIAN_{name}"),
        "value": value if personal else mask(name, value),
        "masked": not personal,
        "may_unmask": False,
        "source": "corrected" if corrected else "typed",
        "read": None,
        "typed": None,
        "corrected": None,
    }
    if personal:
        view["read"] = read_view(read[1], read[0]) if read else None
        view["typed"] = typed
        view["corrected"] = {"value": corrected.value, "at": iso(corrected.at)} if corrected else None
    return view


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
        "lease_until": iso(work.lease_until) if work.held(now) else None,
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
            "reasons": [{"code": code, "label": message(code, dokumen=title(None))} for code in codes],
            "slots": [{"slot": slot.value, "title": title(slot)} for slot in case.uploads]
            if verdict is Verdict.PERLU_PERBAIKAN
            else [],
        }
        for verdict, codes in reasons.items()
    ]


def _can(world: World, officer: Officer, case: Case) -> list[str]:
    work: WorkItem | None = case.work
    if work is None or work.done_at is not None or case.restricted or case.entry.helped_by(officer.id):
        return []
    if sees_personal(world, officer, case):
        doing = {"release": Action.CLAIM, "correct": Action.CORRECT, "decide": Action.DECIDE}
        return [name for name, action in doing.items() if allow(officer, action, case.subject)]
    return ["claim"] if not work.held(world.now()) and allow(officer, Action.CLAIM, case.subject) else []


def _all_findings(case: Case) -> Iterable[Finding]:
    yield from case.findings
    for upload in case.uploads.values():
        yield from upload.findings
