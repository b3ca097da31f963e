"""How a case came in (`usulan.entry`), as attributes of its `META`, and back; and where a counter's cases are listed.

Nothing of it is personal: a village, officers' opaque ids, a moment. A case from its citizen's own telephone has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case
from chalicelib.usulan.entry import ONLINE, Entry, Pile, Way


def pile_pk(counter: RegionCode, pile: Pile) -> str:
    return f"{counter}#{pile.value}"


def attributes(case: Case) -> dict[str, Any]:
    entry, pile = case.entry, case.pile
    if entry.counter is None or entry.at is None:
        return {}
    at = entry.at.isoformat()
    return {
        "way": entry.way.value,
        "counter": str(entry.counter),
        "helpers": list(entry.helpers),
        "counter_at": at,
        "desk_pk": pile_pk(entry.counter, pile) if pile else None,
        "desk_sk": f"{at}#{case.number}" if pile else None,
    }


def entry_of(meta: Mapping[str, Any]) -> Entry:
    if "counter" not in meta:
        return ONLINE
    return Entry(
        Way(meta["way"]),
        RegionCode(meta["counter"]),
        tuple(meta["helpers"]),
        datetime.fromisoformat(meta["counter_at"]),
    )
