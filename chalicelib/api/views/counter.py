"""A counter's cases and a judged list as the page shows them (docs/api.md)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from chalicelib.access.masking import mask
from chalicelib.api.views.citizen import case_view
from chalicelib.api.views.pieces import Json, iso, state_view
from chalicelib.counter.rows import Remark, Row
from chalicelib.messages import hint, message
from chalicelib.usulan.case import Case
from chalicelib.usulan.documents import REQUIRED, Slot, UploadState, title
from chalicelib.usulan.store import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def counter_case_view(case: Case) -> Json:
    return {
        "case_number": case.number,
        "name": mask("nama", case.value("nama")),
        **state_view(case),
        "draft": case.is_draft,
        "at": iso(case.entry.at or case.created_at),
        "way": case.entry.way.value,
        "way_label": message(f"JALAN_{case.entry.way.value}"),
        "missing": [title(slot) for slot in REQUIRED if not _sent(case, slot)] if case.is_draft else [],
    }


def _sent(case: Case, slot: Slot) -> bool:
    upload = case.uploads.get(slot)
    return upload is not None and upload.state is not UploadState.WAITING


def opened_view(world: World, case: Case, secret: str) -> Json:
    """A draft as the form goes on with it."""
    return {"case_number": case.number, "secret": secret, "case": case_view(world, case)}


def judged_view(rows: Sequence[Row]) -> Json:
    return {
        "rows": [
            {
                "row": row.number,
                "good": row.good,
                "values": dict(row.values),
                "remarks": [_remark_view(remark) for remark in row.remarks],
            }
            for row in rows
        ]
    }


def _remark_view(remark: Remark) -> Json:
    return {
        "field": remark.field,
        "weight": remark.weight.value,
        "message": message(remark.code, **(remark.values or {})),
        "hint": hint(remark.code),
        "proposal": remark.proposal,
    }


def download_view(name: str, data: bytes) -> Json:
    return {"name": name, "type": XLSX, "data": b64encode(data).decode()}
