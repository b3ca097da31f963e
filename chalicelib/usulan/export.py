"""What is kept about a person, for that person: one document, readable by people and machines, made when it is fetched.

It holds what was typed, read, corrected, found and decided, and the record of processing (UU 27/2022 Pasal 32). It does
not hold what speaks of others (Pasal 33): further rows of the family card, other cases, officers' names and their notes.
Nothing of it is stored: it is built from the case each time and answered once. The photos that were sent are fetched by
links to their working copies, made with the document and good for five minutes (decision 0015): who wants them later
fetches the document again, on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.access.actors import Citizen
from chalicelib.access.limits import EXPORTS, spend
from chalicelib.access.policy import Action, require
from chalicelib.errors import Conflict
from chalicelib.usulan.case import FIELDS, Case, NewEvent
from chalicelib.usulan.crosscheck import own_row
from chalicelib.usulan.documents import Slot, Upload, UploadState, working_copy_key
from chalicelib.usulan.events import Event, Happened
from chalicelib.usulan.forget import kept_until
from chalicelib.usulan.store import Step, World, change

_OF_OTHERS = frozenset({"kepala_keluarga"})
PHOTO_SECONDS = 300
"""So long a link to a photo is good."""
Json = dict[str, Any]


def fetch_export(world: World, citizen: Citizen, number: str) -> Json:
    """The document, while a granted request for it stands; each fetching is on record. Conflict SALINAN_BELUM_ADA;
    TooMany."""
    spend(world.meter, EXPORTS, number, world.now())

    def apply(case: Case) -> Step:
        require(citizen, Action.USE_RIGHTS, case.subject)
        granted = [one for one in case.requests.values() if one.available_until]
        if not any(one.available_until and world.now() < one.available_until for one in granted):
            raise Conflict("SALINAN_BELUM_ADA")
        return Step(case, (NewEvent(Happened.EXPORTED, citizen.id),))

    case, _ = change(world, number, apply)
    document = export_of(case, world.store.events(number), world.now().isoformat())
    return document | {"photos": _photos(world, case)}


def _photos(world: World, case: Case) -> list[Json]:
    """A link to each working copy there is, of photos that were returned and replaced too."""
    every = [*case.previous.values(), *case.uploads.values()]
    shown = {one.upload_id: one for one in every if one.state is UploadState.READ and one.reading}
    return [
        {
            "slot": upload.slot.value,
            "sent_at": upload.issued_at.isoformat(),
            "url": world.photos.view_url(working_copy_key(case.number, upload), PHOTO_SECONDS),
            "seconds": PHOTO_SECONDS,
        }
        for upload in shown.values()
    ]


def export_of(case: Case, events: Iterable[Event], made_at: str) -> Json:
    """The document as JSON values, but for its photos. `events` is the case's chain, oldest first."""
    until = kept_until(case)
    return {
        "format": 1,
        "made_at": made_at,
        "case_number": case.number,
        "state": str(case.state),
        "target": case.target.value,
        "way": case.entry.way.value,
        "region": str(case.region) if case.region else case.said.get("kode_wilayah"),
        "created_at": case.created_at.isoformat(),
        "submitted_at": case.submitted_at.isoformat() if case.submitted_at else None,
        "ended_at": case.ended_at.isoformat() if case.ended_at else None,
        "kept_until": until.isoformat() if until else None,
        "fields": [_field(case, name) for name in FIELDS],
        "documents": [_document(case, slot, upload) for slot, upload in case.uploads.items()],
        "contact": {"channel": case.contact.channel.value, "address": case.contact.address}
        if case.contact
        else None,
        "findings": sorted({finding.code for finding in case.findings}),
        "decisions": [
            {
                "at": one.at.isoformat(),
                "stage": one.stage,
                "decision": str(one.decision),
                "reason": one.reason,
            }
            for one in case.decisions
        ],
        "requests": [
            {
                "at": one.at.isoformat(),
                "right": one.right.value,
                "standing": one.standing.value,
                "reason": one.reason,
                "note": one.note,
                "answer": one.answer,
                "wanted": dict(one.wanted),
            }
            for one in case.requests.values()
        ],
        "processing": [_processed(event) for event in events],
    }


def _field(case: Case, name: str) -> Json:
    read, corrected = case.read(name), case.corrections.get(name)
    return {
        "name": name,
        "value": case.value(name),
        "typed": case.said.get(name),
        "read": read[1].value if read else None,
        "corrected": corrected.value if corrected else None,
    }


def _document(case: Case, slot: Slot, upload: Upload) -> Json:
    fields = {**upload.reading.fields} if upload.reading else {}
    own = own_row(case) if slot is Slot.KK else None
    return {
        "slot": slot.value,
        "sent_at": upload.issued_at.isoformat(),
        "state": upload.state.value,
        "read": {name: value.value for name, value in fields.items() if name not in _OF_OTHERS},
        "own_row": {name: value.value for name, value in own.items()} if own else {},
    }


def _processed(event: Event) -> Json:
    kind = event.actor.partition(":")[0]
    by: Mapping[str, str] = {"citizen": "citizen", "system": "system"}
    detail = {name: value for name, value in event.detail.items() if name in ("field", "reason", "right")}
    return {
        "at": event.at.isoformat(),
        "action": event.action,
        "by": by.get(kind, "officer"),
        "detail": detail,
    }
