"""The pieces from which views are put together: a photo's slot, a finding, a region, an event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.identity.zones import local
from chalicelib.messages import message
from chalicelib.reading.model import Field, Finding
from chalicelib.usulan.case import Case, State
from chalicelib.usulan.documents import REQUIRED, Slot, Upload, UploadState, title, working_copy_key
from chalicelib.usulan.events import Event, Happened, Told
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import World

Json = dict[str, Any]
LINK_SECONDS = 900
_ACTIONS = {member.value: member.name for member in Happened}


def iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def day(at: datetime, region: RegionCode | None = None) -> str:
    """`21 November 2026`, by the clocks of the region; without one by those in which most of the country lives."""
    return on_day(local(region, at).date())


def moment(at: datetime, region: RegionCode | None) -> str:
    """`21 November 2026, 09.31 WIB`, by the clocks of the region."""
    here = local(region, at)
    return message(
        "PUKUL", tanggal=on_day(here.date()), jam=f"{here:%H}", menit=f"{here:%M}", zona=here.tzname()
    )


def on_day(local: date) -> str:
    """`21 November 2026`"""
    return f"{local.day} {message(f'BULAN_{local.month}')} {local.year}"


def state_view(case: Case | Status) -> Json:
    return {"state": str(case.state), "state_label": message(f"KEADAAN_{case.state}")}


def finding_view(finding: Finding, slot: Slot | None = None) -> Json:
    about = slot or next((Slot(name) for name in finding.fields if name in set(Slot)), None)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": message(finding.code, dokumen=title(about)),
        "fields": list(finding.fields),
    }


def region_view(code: RegionCode | None) -> Json | None:
    if code is None:
        return None
    return {"code": str(code), "name": regions.name(code), "path": ", ".join(regions.path(code))}


def slot_view(world: World, case: Case, slot: Slot, *, pictures: bool) -> Json:
    upload = case.uploads.get(slot)
    view: Json = {
        "slot": slot.value,
        "title": title(slot),
        "required": slot in REQUIRED,
        "state": upload.state.value if upload else "empty",
        "upload_id": upload.upload_id if upload else None,
        "picture": None,
        "message": None,
        "findings": [],
    }
    if upload:
        view["findings"] = [finding_view(finding, slot) for finding in upload.findings]
        view["message"] = _advice(upload)
        view["picture"] = picture_view(world, case, upload) if pictures else None
    return view


def picture_view(world: World, case: Case, upload: Upload) -> Json | None:
    """A link to the working copy, good for a quarter of an hour; None: there is none."""
    if upload.state is not UploadState.READ or upload.reading is None:
        return None
    width, height = upload.reading.size
    url = world.photos.view_url(working_copy_key(case.number, upload), LINK_SECONDS)
    return {"url": url, "width": width, "height": height}


def _advice(upload: Upload) -> str | None:
    """The one sentence worth acting on now: why it failed, or its gravest finding."""
    grave = [finding for finding in upload.findings if finding.severity != "info"]
    return str(finding_view(grave[0], upload.slot)["message"]) if grave else None


def read_view(field: Field, slot: Slot) -> Json:
    return {
        "value": field.value,
        "confidence": round(field.confidence, 3),
        "slot": slot.value,
        "box": [list(point) for point in field.box] if field.box else None,
    }


def holder(case: Case | Status) -> str | None:
    if case.is_draft or case.state == State.NEEDS_FIX:
        return message("PEMEGANG_WARGA")
    if case.stage is None:
        return message("PEMEGANG_SISTEM") if case.state == State.SUBMITTED else None
    village = case.region
    if village is None:
        return None
    return case.road.stage(case.stage).office(village)


def event_view(event: Event | Told, case: Case | Status) -> Json:
    return {
        "at": iso(event.at),
        "action": event.action,
        "label": message(f"PERISTIWA_{_ACTIONS[event.action]}"),
        "detail": _event_detail(event, case),
    }


def _event_detail(event: Event | Told, case: Case | Status) -> str | None:
    detail = event.detail
    parts = []
    if way := detail.get("way"):
        parts.append(message(f"JALAN_{way}"))
    if stage := detail.get("stage"):
        parts.append(case.road.stage(stage).label)
    if slot := detail.get("slot"):
        parts.append(title(Slot(slot)))
    if field := detail.get("field"):
        parts.append(message(f"ISIAN_{field}"))
    if decision := detail.get("decision"):
        parts.append(message(f"KEPUTUSAN_{decision}"))
    if right := detail.get("right"):
        parts.append(message(f"HAK_{right}"))
    if standing := detail.get("standing"):
        parts.append(message(f"PERMINTAAN_{standing}"))
    if reason := detail.get("reason"):
        titles = ", ".join(title(Slot(name)) for name in detail.get("slots", "").split(",") if name)
        parts.append(message(reason, dokumen=titles or title(None)))
    return " · ".join(parts) or None
