"""Officers' days in DynamoDB: one partition a province and local day, so that each region above reads its own by key.

| pk | sk | holds |
|---|---|---|
| `WATCH#province#day` | `DAY#office#officer` | the numbers of that officer's day (`ADD`), and who went through it |
| | `ROW#office#officer#time#…` | one look or one search |
| | `NO#office#officer#time#…` | one refusal |
| `CASE#number` | `ACTED#officer` | when that officer last worked on the case |

Nothing in them is personal but officers' opaque ids. All but the last is kept for four hundred days.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.access.oversight import Look, Seen, Tally
from chalicelib.access.searches import Search
from chalicelib.aws.table import Item, Table
from chalicelib.identity.region import RegionCode
from chalicelib.offices.days import day_in
from chalicelib.usulan.case import Case
from chalicelib.usulan.events import Event, Happened

_KEPT = timedelta(days=400)
_WORK = {
    Happened.CLAIMED,
    Happened.CORRECTED,
    Happened.DECIDED,
    Happened.RIGHT_RECORDED,
    Happened.RIGHT_DECIDED,
}
"""What an officer does with a case; to look at it is not among them."""


def watch_pk(office: RegionCode, day: date) -> str:
    return f"WATCH#{office.at(1)}#{day.isoformat()}"


def place_of(office: RegionCode, officer: str, at: datetime) -> tuple[str, str]:
    """(partition, `office#officer`) of what an officer did in an office at that moment."""
    return watch_pk(office, day_in(office, at)), f"{office}#{officer}"


def row_key(kind: str, place: str, at: datetime) -> str:
    return f"{kind}#{place}#{at.isoformat()}#{secrets.token_hex(3)}"


def expiry(at: datetime) -> int:
    return int((at + _KEPT).timestamp())


def counted(table: Table, office: RegionCode, officer: str, at: datetime, *counters: str) -> Any:
    """A write that counts something once more in the officer's day."""
    pk, place = place_of(office, officer, at)
    told = {"last_at": at.isoformat(), "expires_at": expiry(at), "office": str(office), "officer": officer}
    return table.counted(pk, f"DAY#{place}", told, counters)


def writes_of(table: Table, case: Case, events: Sequence[Event]) -> list[Any]:
    """What a case's new events say about officers' days: to be written with them or not at all."""
    worked = {event.actor: event.at for event in events if event.action in _WORK}
    writes: list[Any] = [
        table.set({"pk": f"CASE#{case.number}", "sk": f"ACTED#{who}", "at": at.isoformat()})
        for who, at in worked.items()
    ]
    for event in events:
        if event.action == Happened.UNMASKED:
            writes += _look_writes(table, case, event)
    return writes


def _look_writes(table: Table, case: Case, event: Event) -> list[Any]:
    office = RegionCode(event.detail["office"])
    pk, place = place_of(office, event.actor, event.at)
    item: Item = {
        "pk": pk,
        "sk": row_key("ROW", place, event.at),
        "kind": "look",
        "at": event.at.isoformat(),
        "role": event.detail["role"],
        "case": case.number,
        "village": str(case.region or ""),
        "field": event.detail["field"],
        "reason": event.detail["reason"],
        "seq": event.seq,
        "expires_at": expiry(event.at),
    }
    hour = f"hour_{event.at:%H}"
    return [table.new(item), counted(table, office, event.actor, event.at, "looks", hour)]


def seen_write(table: Table, officer: str, event: Event) -> Any:
    """A write for the officer's chain saying that somebody went through a day of theirs."""
    office, day = RegionCode(event.detail["office"]), date.fromisoformat(event.detail["day"])
    told = {
        "seen_by": event.actor,
        "seen_at": event.at.isoformat(),
        "seen_up_to": event.detail["up_to"],
    }
    return table.counted(watch_pk(office, day), f"DAY#{office}#{officer}", told, ())


class DynamoWatch:
    """Implements `access.oversight.Watch`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def day(
        self, region: RegionCode, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Tally], str | None]:
        prefix = f"DAY#{region}."
        found = self._table.page(watch_pk(region, day), prefix, limit + 1, after)
        tallies = [_tally(item, day) for item in found[:limit]]
        return tallies, found[limit - 1]["sk"].removeprefix(prefix) if len(found) > limit else None

    def tally(self, office: RegionCode, officer: str, day: date) -> Tally | None:
        item = self._table.get(watch_pk(office, day), f"DAY#{office}#{officer}")
        return _tally(item, day) if item else None

    def rows(
        self, office: RegionCode, officer: str, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Look | Search], str | None]:
        prefix = f"ROW#{office}#{officer}#"
        found = self._table.page(watch_pk(office, day), prefix, limit + 1, after)
        rows = [_row(item, office, officer) for item in found[:limit]]
        cases = {row.case for row in rows if isinstance(row, Look)}
        acted = self._table.batch([(f"CASE#{case}", f"ACTED#{officer}") for case in sorted(cases)])
        last = {
            pk.removeprefix("CASE#"): datetime.fromisoformat(item["at"]) for (pk, _), item in acted.items()
        }
        told = [
            replace(row, acted=last.get(row.case, row.at - timedelta(1)) >= row.at)
            if isinstance(row, Look)
            else row
            for row in rows
        ]
        return told, found[limit - 1]["sk"].removeprefix(prefix) if len(found) > limit else None


def _row(item: Mapping[str, Any], office: RegionCode, officer: str) -> Look | Search:
    at = datetime.fromisoformat(item["at"])
    if item["kind"] == "search":
        village = RegionCode(item["village"])
        return Search(at, officer, office, village, int(item["words"]), tuple(item["cases"]), item["more"])
    return Look(
        at,
        officer,
        office,
        item["role"],
        item["case"],
        RegionCode(item["village"]) if item["village"] else None,
        item["field"],
        item["reason"],
        int(item["seq"]),
    )


def _tally(item: Mapping[str, Any], day: date) -> Tally:
    seen = None
    if "seen_by" in item:
        at, up_to = (datetime.fromisoformat(item[name]) for name in ("seen_at", "seen_up_to"))
        seen = Seen(item["seen_by"], at, up_to)
    return Tally(
        officer=item["officer"],
        office=RegionCode(item["office"]),
        day=day,
        last_at=datetime.fromisoformat(item["last_at"]),
        **{name: int(item.get(name, 0)) for name in ("looks", "searches", "empty", "crowded", "denials")},
        by_hour={
            int(name.removeprefix("hour_")): int(count)
            for name, count in item.items()
            if name.startswith("hour_")
        },
        seen=seen,
    )
