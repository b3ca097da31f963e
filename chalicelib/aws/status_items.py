"""A case's status as one DynamoDB item, and back (`usulan.status`).

`CASE#number` / `STATUS`: the digest of the secret, `told` (a map, replaced as a whole), and `guessed_until`, which the
door sets when a secret was guessed at and no change of the case touches. Nothing in it is personal, so nothing is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.identity.region import RegionCode
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import Told
from chalicelib.usulan.status import Need, Note, Picture, Status

SK = "STATUS"


def attributes(status: Status) -> dict[str, Any]:
    """What a write of the status sets."""
    return {"secret_digest": status.secret_digest, "told": _told(status)}


def status_from(item: Mapping[str, Any]) -> Status:
    kept = item["told"]
    return Status(
        number=item["pk"].removeprefix("CASE#"),
        secret_digest=item["secret_digest"],
        state=kept["state"],
        region=RegionCode(kept["region"]) if kept["region"] else None,
        stage=kept["stage"],
        submitted_at=_at(kept["submitted_at"]),
        next_step=kept["next"],
        next_by=_at(kept["by"]),
        proposed_before=kept["proposed_before"],
        channel=kept["channel"],
        needs=tuple(
            Need(
                Slot(need["slot"]),
                need["reason"],
                _picture(need["before"]),
                need["sent"],
                _picture(need["after"]),
            )
            for need in kept["needs"]
        ),
        notes=tuple(Note(Slot(note["slot"]), note["code"]) for note in kept["notes"]),
        told=timeline_from(item),
        guessed_until=datetime.fromtimestamp(int(item["guessed_until"]), UTC)
        if "guessed_until" in item
        else None,
    )


def timeline_from(item: Mapping[str, Any]) -> tuple[Told, ...]:
    return tuple(
        Told(datetime.fromisoformat(line["at"]), line["action"], line["detail"])
        for line in item["told"]["timeline"]
    )


def _told(status: Status) -> dict[str, Any]:
    return {
        "state": status.state,
        "region": str(status.region) if status.region else None,
        "stage": status.stage,
        "submitted_at": _iso(status.submitted_at),
        "next": status.next_step,
        "by": _iso(status.next_by),
        "proposed_before": status.proposed_before,
        "channel": status.channel,
        "needs": [
            {
                "slot": need.slot.value,
                "reason": need.reason,
                "before": _size(need.before),
                "sent": need.sent,
                "after": _size(need.after),
            }
            for need in status.needs
        ],
        "notes": [{"slot": note.slot.value, "code": note.code} for note in status.notes],
        "timeline": [
            {"at": line.at.isoformat(), "action": line.action, "detail": dict(line.detail)}
            for line in status.told
        ],
    }


def _size(picture: Picture | None) -> list[Any] | None:
    return [picture.upload_id, picture.width, picture.height] if picture else None


def _picture(kept: list[Any] | None) -> Picture | None:
    return Picture(kept[0], int(kept[1]), int(kept[2])) if kept else None


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
