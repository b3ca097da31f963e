"""A case as DynamoDB items, and back. Each item has at most one sealed attribute, `pribadi`; nothing personal elsewhere.

| pk | sk | holds |
|---|---|---|
| `CASE#number` | `META` | state, region, stage, findings, decisions, way, chain; sealed: typed, mended, token, contact |
| | `KEY` | the case's wrapped data key, when and by which key it was wrapped anew; destroying it erases the case |
| | `UPLOAD#slot#id` | one upload; sealed: its reading |
| | `WORK#stage` | the item on a desk, its lease and fence |
| | `RIGHT#id` | a request about its data (`request_items.py`); sealed: what it says |
| | `ACTED#officer` | when that officer last worked on the case (`watch.py`) |
| | `STATUS` | what its citizen is told, in one read (`status_items.py`); nothing personal, nothing sealed |
| | `ANNOUNCE#seq` | a notice to its citizen, by the event it speaks of (`outbox.py`); nothing personal |
| | `EVENT#seq` | one link of the chain; sealed: before and after |
| `NIK#…`, `NOMOR_KK#…`, `HOUSE#digest` | `CASE#number` | who else proposes the same person, family, house |
| `NAME#digest` | `CASE#number` | cases of one village with a name that begins so |
| `DRAFT#digest` | `CASE#number` | a draft that waits at one village's counter, by its NIK |
| `BARKOT#digest` | `BARKOT` | the case of a receipt |
| `REQUEST#digest` | `REQUEST` | an answered client request; sealed: the answer |
| `LIMIT#name#digest` | `LIMIT` | how far a limit is used up (`meter.py`); also that a challenge was met once |
| `ROTATION` | `RUN` | the last turn of the wrapping key and how far it is (`rotation.py`) |
| `OFFICER#subject` | `META`, `KEY`, `EVENT#seq` | an officer (`staff.py`); sealed: name, user name, leave, reasons |
| | `SESSION#id` | a session that stands, an officer's or a kiosk's (`session_items.py`) |
| `DENIED#day` | time | what was refused to nobody's office: at a sign-in, by a limit (`denials.py`) |
| `RECOVERY#region` | `KEY`, `ASKED` | an administrator to be, until a second operator confirms (`recoveries.py`) |
| `WATCH#province#day` | office, officer | officers' days: looks, searches and refusals (`watch.py`) |

Index `desk` (`desk_pk` = region#stage, `desk_sk` = offered_at#number) holds open work, waiting requests and counters'
cases (`entry_items.py`), index `todo` (`todo_pk`, `todo_at`) what is unfinished; both are sparse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.aws import entry_items, request_items, status_items
from chalicelib.identity.region import RegionCode
from chalicelib.reading.model import Finding, Reading
from chalicelib.usulan.addresses import Channel, Contact
from chalicelib.usulan.answers import Answers, Screen
from chalicelib.usulan.case import Case, Correction, Decision, Due, Target, Todo
from chalicelib.usulan.documents import Slot, Upload, UploadState
from chalicelib.usulan.events import Event
from chalicelib.usulan.work import WorkItem

Item = dict[str, Any]
Seal = Callable[[str, Mapping[str, Any]], bytes]
Unseal = Callable[[str, bytes], dict[str, Any]]
"""(sort key of the item, content) → sealed; the partition key and the table are added by the caller."""

READ_TODO = "READ"


def case_pk(number: str) -> str:
    return f"CASE#{number}"


def upload_sk(slot: Slot, upload_id: str) -> str:
    return f"UPLOAD#{slot.value}#{upload_id}"


def event_sk(seq: int) -> str:
    return f"EVENT#{seq:08d}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _present(item: Mapping[str, Any]) -> Item:
    """Without the attributes that have no value: DynamoDB's indexes are sparse by absence."""
    return {name: value for name, value in item.items() if value is not None}


def meta_item(case: Case, seal: Seal) -> Item:
    notes = {str(place): decision.note for place, decision in enumerate(case.decisions) if decision.note}
    private = {
        "typed": dict(case.typed),
        "corrections": {
            name: {"value": mended.value, "by": mended.by, "at": mended.at.isoformat()}
            for name, mended in case.corrections.items()
        },
        "notes": notes,
        "barkot_token": case.barkot_token,
        "contact": [case.contact.channel.value, case.contact.address] if case.contact else None,
        "answers": _kept_answers(case.answers) if case.answers else None,
    }
    return _present(
        {
            "pk": case_pk(case.number),
            "sk": "META",
            "target": case.target.value,
            "created_at": _iso(case.created_at),
            "secret_digest": case.secret_digest,
            "state": str(case.state),
            "region": str(case.region) if case.region else None,
            "stage": case.stage,
            "submitted_at": _iso(case.submitted_at),
            "ended_at": _iso(case.ended_at),
            **entry_items.attributes(case),
            "uploads": {slot.value: upload.upload_id for slot, upload in case.uploads.items()},
            "previous": {slot.value: upload.upload_id for slot, upload in case.previous.items()},
            "reminders": case.reminders,
            "twins": list(case.twins),
            "findings": [finding.to_dict() for finding in case.findings],
            "decisions": [
                _present(
                    {
                        "stage": decision.stage,
                        "decision": str(decision.decision),
                        "reason": decision.reason,
                        "slots": [slot.value for slot in decision.slots],
                        "by": decision.by,
                        "at": decision.at.isoformat(),
                    }
                )
                for decision in case.decisions
            ],
            "todo_pk": case.todo.todo.value if case.todo else None,
            "todo_at": case.todo.at.isoformat() if case.todo else None,
            "seq": case.seq,
            "head": case.head,
            "pribadi": seal("META", private),
        }
    )


def upload_item(number: str, upload: Upload, seal: Seal) -> Item:
    sk = upload_sk(upload.slot, upload.upload_id)
    return _present(
        {
            "pk": case_pk(number),
            "sk": sk,
            "slot": upload.slot.value,
            "upload_id": upload.upload_id,
            "issued_at": _iso(upload.issued_at),
            "state": upload.state.value,
            "arrived_at": _iso(upload.arrived_at),
            "version": upload.version,
            "failure": upload.failure,
            "todo_pk": READ_TODO if upload.open else None,
            "todo_at": _iso(upload.issued_at) if upload.open else None,
            "pribadi": seal(sk, upload.reading.to_dict()) if upload.reading else None,
        }
    )


def work_item(number: str, work: WorkItem) -> Item:
    waiting = work.done_at is None
    return _present(
        {
            "pk": case_pk(number),
            "sk": f"WORK#{work.stage}",
            "stage": work.stage,
            "desk": str(work.desk),
            "offered_at": _iso(work.offered_at),
            "due_at": _iso(work.due_at),
            "fence": work.fence,
            "holder": work.holder,
            "lease_until": _iso(work.lease_until),
            "done_at": _iso(work.done_at),
            "desk_pk": desk_pk(work.desk, work.stage) if waiting else None,
            "desk_sk": f"{_iso(work.offered_at)}#{number}" if waiting else None,
        }
    )


def desk_pk(desk: RegionCode, stage: str) -> str:
    return f"{desk}#{stage}"


def event_item(number: str, event: Event, sealed: bytes | None) -> Item:
    return _present(
        {
            "pk": case_pk(number),
            "sk": event_sk(event.seq),
            "seq": event.seq,
            "at": _iso(event.at),
            "action": str(event.action),
            "actor": event.actor,
            "detail": dict(event.detail),
            "previous": event.previous,
            "hash": event.hash,
            "pribadi": sealed,
        }
    )


def case_of(items: Iterable[Mapping[str, Any]], unseal: Unseal) -> Case:
    """The case from all its items but events and key. KeyError: META is not among them."""
    by_key = {item["sk"]: item for item in items}
    meta = by_key["META"]
    private = unseal("META", bytes(meta["pribadi"]))

    def uploads(which: str) -> dict[Slot, Upload]:
        return {
            Slot(slot): _upload(by_key[upload_sk(Slot(slot), upload_id)], unseal)
            for slot, upload_id in meta[which].items()
        }

    works = {item["stage"]: _work(item) for sk, item in by_key.items() if sk.startswith("WORK#")}
    return Case(
        number=meta["pk"].removeprefix("CASE#"),
        target=Target(meta["target"]),
        created_at=datetime.fromisoformat(meta["created_at"]),
        secret_digest=meta["secret_digest"],
        state=meta["state"],
        region=RegionCode(meta["region"]) if "region" in meta else None,
        stage=meta.get("stage"),
        submitted_at=_at(meta.get("submitted_at")),
        ended_at=_at(meta.get("ended_at")),
        entry=entry_items.entry_of(meta),
        uploads=uploads("uploads"),
        previous=uploads("previous"),
        reminders=int(meta["reminders"]),
        twins=tuple(meta["twins"]),
        typed=private["typed"],
        corrections={
            name: Correction(mended["value"], mended["by"], datetime.fromisoformat(mended["at"]))
            for name, mended in private["corrections"].items()
        },
        findings=tuple(Finding.from_dict(finding) for finding in meta["findings"]),
        decisions=tuple(
            Decision(
                decision["stage"],
                decision["decision"],
                decision.get("reason"),
                tuple(Slot(slot) for slot in decision["slots"]),
                decision["by"],
                datetime.fromisoformat(decision["at"]),
                private["notes"].get(str(place), ""),
            )
            for place, decision in enumerate(meta["decisions"])
        ),
        works=works,
        todo=Due(Todo(meta["todo_pk"]), datetime.fromisoformat(meta["todo_at"]))
        if "todo_pk" in meta
        else None,
        barkot_token=private["barkot_token"],
        contact=_contact(private.get("contact")),
        answers=_answers(private["answers"]) if private.get("answers") else None,
        requests={
            item["id"]: request_items.request_of(item, unseal)
            for sk, item in by_key.items()
            if sk.startswith(request_items.PREFIX)
        },
        told=status_items.timeline_from(by_key[status_items.SK]) if status_items.SK in by_key else (),
        seq=int(meta["seq"]),
        head=meta["head"],
    )


def _kept_answers(answers: Answers) -> Item:
    return {
        "screen": answers.screen.value,
        "version": answers.version,
        "saved_at": answers.saved_at.isoformat(),
        "values": dict(answers.values),
    }


def _answers(kept: Mapping[str, Any]) -> Answers:
    saved_at = datetime.fromisoformat(kept["saved_at"])
    return Answers(Screen(kept["screen"]), int(kept["version"]), saved_at, kept["values"])


def _contact(kept: Sequence[str] | None) -> Contact | None:
    return Contact(Channel(kept[0]), kept[1]) if kept else None


def _upload(item: Mapping[str, Any], unseal: Unseal) -> Upload:
    reading = Reading.from_dict(unseal(item["sk"], bytes(item["pribadi"]))) if "pribadi" in item else None
    return Upload(
        slot=Slot(item["slot"]),
        upload_id=item["upload_id"],
        issued_at=datetime.fromisoformat(item["issued_at"]),
        state=UploadState(item["state"]),
        arrived_at=_at(item.get("arrived_at")),
        version=item.get("version"),
        reading=reading,
        failure=item.get("failure"),
    )


def _work(item: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        stage=item["stage"],
        desk=RegionCode(item["desk"]),
        offered_at=datetime.fromisoformat(item["offered_at"]),
        due_at=datetime.fromisoformat(item["due_at"]),
        fence=int(item["fence"]),
        holder=item.get("holder"),
        lease_until=_at(item.get("lease_until")),
        done_at=_at(item.get("done_at")),
    )


def event_of(item: Mapping[str, Any], sealed_digest: str) -> Event:
    return Event(
        seq=int(item["seq"]),
        at=datetime.fromisoformat(item["at"]),
        action=item["action"],
        actor=item["actor"],
        detail=item["detail"],
        previous=item["previous"],
        hash=item["hash"],
        sealed_digest=sealed_digest,
    )
