"""Officers' sessions in DynamoDB: `SESSION#<id>` in the officer's partition, so that one query reads person and sessions.
The table lets them go some time after their end (`expires_at`). Nothing personal stands in one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from chalicelib.aws.table import Item, Table
from chalicelib.errors import StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.offices.sessions import Signed

SESSIONS = "SESSION#"


def signed_of(item: Item) -> Signed:
    begun, ends, seen = (datetime.fromisoformat(item[name]) for name in ("begun", "ends", "seen"))
    counter = RegionCode(item["counter"]) if "counter" in item else None
    return Signed(item["sk"].removeprefix(SESSIONS), begun, ends, seen, item["device"], counter)


def session_writes(table: Table, pk: str, before: Iterable[Signed], after: Iterable[Signed]) -> list[Any]:
    """The writes of a transaction that make the sessions of `before` those of `after`."""
    old, new = ({one.id: one for one in some} for some in (before, after))
    gone = [table.removed(pk, f"{SESSIONS}{name}") for name in sorted(old.keys() - new.keys())]
    return gone + [table.set(_item(pk, one)) for name, one in sorted(new.items()) if old.get(name) != one]


def write_seen(table: Table, pk: str, session_id: str, at: datetime) -> None:
    """One that has ended is not made again; where it is just being ended, nothing is to be written."""
    with suppress(StaleWrite):
        table.update(
            pk, f"{SESSIONS}{session_id}", "SET seen = :at", "attribute_exists(pk)", {":at": at.isoformat()}
        )


def _item(pk: str, one: Signed) -> Item:
    item: Item = {
        "pk": pk,
        "sk": f"{SESSIONS}{one.id}",
        "begun": one.begun.isoformat(),
        "ends": one.ends.isoformat(),
        "seen": one.seen.isoformat(),
        "device": one.device,
        "expires_at": int(one.ends.timestamp()),
    }
    return item | ({"counter": str(one.counter)} if one.counter else {})
