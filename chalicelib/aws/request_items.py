"""A request about data as a DynamoDB item of its case, and back: `CASE#number` / `RIGHT#id`, its words and values sealed.

While it waits it stands in the index `desk` (office#hak, due first) and in `todo` (next reminder).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.identity.region import RegionCode
from chalicelib.usulan.rights import Asked, Proof, Right, Standing
from chalicelib.usulan.store import Late

Item = dict[str, Any]
PREFIX = "RIGHT#"
QUEUE = "hak"
_OFFICE_LEVEL = 2
_TODO = "RIGHTS"


def queue_pk(office: RegionCode) -> str:
    return f"{office}#{QUEUE}"


def request_item(
    pk: str, village: RegionCode | None, asked: Asked, seal: Callable[[str, Mapping[str, Any]], bytes]
) -> Item:
    sk = f"{PREFIX}{asked.id}"
    item: Item = {
        "pk": pk,
        "sk": sk,
        "id": asked.id,
        "right": asked.right.value,
        "by": asked.by,
        "at": asked.at.isoformat(),
        "due_at": asked.due_at.isoformat(),
        "standing": asked.standing.value,
        "reminders": asked.reminders,
        "proof": asked.proof.value if asked.proof else None,
        "decided_by": asked.decided_by,
        "decided_at": asked.decided_at.isoformat() if asked.decided_at else None,
        "reason": asked.reason,
        "pribadi": seal(sk, {"wanted": dict(asked.wanted), "note": asked.note, "answer": asked.answer}),
    }
    if asked.waits and village is not None:
        item |= {
            "desk_pk": queue_pk(village.at(_OFFICE_LEVEL)),
            "desk_sk": f"{item['due_at']}#{pk}#{asked.id}",
            "village": str(village),
        }
    if asked.remind_at is not None:
        item |= {"todo_pk": _TODO, "todo_at": asked.remind_at.isoformat()}
    return {name: value for name, value in item.items() if value is not None}


def late_of(item: Mapping[str, Any]) -> Late:
    """A waiting request as the index holds it: nothing of it is sealed."""
    return Late(
        case_number=item["pk"].removeprefix("CASE#"),
        request_id=item["id"],
        right=Right(item["right"]),
        village=RegionCode(item["village"]),
        due_at=datetime.fromisoformat(item["due_at"]),
        reminders=int(item["reminders"]),
    )


def request_of(item: Mapping[str, Any], unseal: Callable[[str, bytes], dict[str, Any]]) -> Asked:
    private = unseal(item["sk"], bytes(item["pribadi"]))
    return Asked(
        id=item["id"],
        right=Right(item["right"]),
        by=item["by"],
        at=datetime.fromisoformat(item["at"]),
        due_at=datetime.fromisoformat(item["due_at"]),
        remind_at=_at(item.get("todo_at")),
        wanted=private["wanted"],
        note=private["note"],
        proof=Proof(item["proof"]) if "proof" in item else None,
        standing=Standing(item["standing"]),
        reminders=int(item["reminders"]),
        decided_by=item.get("decided_by"),
        decided_at=_at(item.get("decided_at")),
        reason=item.get("reason"),
        answer=private["answer"],
    )


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
