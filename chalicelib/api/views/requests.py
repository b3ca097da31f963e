"""Requests about data as citizens and offices see them, and the document that an export is."""

from __future__ import annotations

from typing import Any

from chalicelib.access.actors import Officer
from chalicelib.access.masking import mask
from chalicelib.api.views.pieces import Json, iso, region_view, state_view
from chalicelib.desk.rights import answers_open, obstacle
from chalicelib.identity.region import RegionCode
from chalicelib.messages import known, message
from chalicelib.usulan.case import FIELDS, Case, State
from chalicelib.usulan.documents import Slot, title
from chalicelib.usulan.events import Happened
from chalicelib.usulan.rights import Asked, Right, Standing, refusals
from chalicelib.usulan.store import World

_ACTIONS = {member.value: member.name for member in Happened}
_LEFT_OUT = ("SALINAN_TANPA_KELUARGA", "SALINAN_TANPA_ASLI", "SALINAN_TANPA_CATATAN")


def request_view(world: World, asked: Asked) -> Json:
    """A request without what it says in words or values."""
    return {
        "id": asked.id,
        "right": asked.right.value,
        "label": message(f"HAK_{asked.right}"),
        "standing": asked.standing.value,
        "standing_label": message(f"PERMINTAAN_{asked.standing}"),
        "at": iso(asked.at),
        "due_at": iso(asked.due_at),
        "overdue": asked.overdue(world.now()),
        "decided_at": iso(asked.decided_at),
        "reason": message(asked.reason) if asked.reason else None,
        "available_until": _available(world, asked),
        "may_withdraw": asked.waits or asked.restricts,
    }


def own_requests_view(world: World, case: Case) -> Json:
    """All requests of a case for its citizen, newest first, and what can be asked now."""
    newest = sorted(case.requests.values(), key=lambda asked: asked.at, reverse=True)
    return {
        "items": [{**request_view(world, asked), "answer": asked.answer} for asked in newest],
        "may": [
            {"code": right.value, "label": message(f"HAK_{right}"), "help": message(f"HAK_ARTI_{right}")}
            for right in Right
            if _can_be_asked(case, right)
        ],
        "fields": [{"code": name, "label": message(f"ISIAN_{name}")} for name in FIELDS],
    }


def waiting_view(world: World, asked: Asked, case: Case) -> Json:
    """A row of the queue."""
    return {
        **request_view(world, asked),
        "case_number": case.number,
        "region": region_view(case.region),
        "name": mask("nama", case.value("nama")),
    }


def opened_view(world: World, officer: Officer, asked: Asked, case: Case) -> Json:
    """A request opened for its answer: what it asks for, in the clear."""
    code = obstacle(officer, case, asked)
    return {
        **waiting_view(world, asked, case),
        "case_state": message(f"KEADAAN_{case.state}"),
        "proof": message(f"BUKTI_{asked.proof}") if asked.proof else None,
        "note": asked.note,
        "wanted": [
            {"name": name, "label": message(f"ISIAN_{name}"), "now": case.value(name), "wanted": value}
            for name, value in asked.wanted.items()
        ],
        "obstacle": message(code) if code else None,
        "answers": [one.value for one in answers_open(officer, case, asked)],
        "refusals": [{"code": reason, "label": message(reason)} for reason in refusals(asked.right)],
    }


def export_view(case: Case, document: Json) -> Json:
    """The export with the words in which people read it."""
    return {
        **document,
        **state_view(case),
        "way_label": message(f"JALAN_{document['way']}"),
        "region": region_view(RegionCode(document["region"]) if document["region"] else None),
        "fields": [_labelled(one, f"ISIAN_{one['name']}") for one in document["fields"]],
        "documents": [{**one, "label": title(Slot(one["slot"]))} for one in document["documents"]],
        "photos": [{**one, "label": title(Slot(one["slot"]))} for one in document["photos"]],
        "findings": [message(code, dokumen=title(None)) for code in document["findings"]],
        "decisions": [
            {**_labelled(one, f"KEPUTUSAN_{one['decision']}"), "reason": _reason(one["reason"])}
            for one in document["decisions"]
        ],
        "requests": [
            {**_labelled(one, f"HAK_{one['right']}"), "reason": _reason(one["reason"])}
            for one in document["requests"]
        ],
        "processing": [
            {
                **_labelled(one, f"PERISTIWA_{_ACTIONS[one['action']]}"),
                "detail": {name: _said(name, value) for name, value in one["detail"].items() if value},
            }
            for one in document["processing"]
        ],
        "left_out": [message(code) for code in _LEFT_OUT],
    }


def _labelled(one: dict[str, Any], code: str) -> Json:
    return {**one, "label": message(code)}


def _reason(code: str | None) -> str | None:
    return message(code, dokumen=title(None)) if code else None


def _said(name: str, value: str) -> str:
    code = {"field": f"ISIAN_{value}", "right": f"HAK_{value}"}.get(name, value)
    return message(code, dokumen=title(None)) if known(code) else value


def _can_be_asked(case: Case, right: Right) -> bool:
    if case.state == State.ERASED or (case.is_draft and right in (Right.CORRECT, Right.RESTRICT)):
        return False
    return not any(one.right is right and (one.waits or one.restricts) for one in case.requests.values())


def _available(world: World, asked: Asked) -> str | None:
    until = asked.available_until
    return iso(until) if until and world.now() < until and asked.standing is Standing.GRANTED else None
