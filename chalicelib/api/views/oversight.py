"""What the region above is shown of its officers' days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.access.actors import Officer, Role
from chalicelib.access.oversight import Look
from chalicelib.access.searches import Search
from chalicelib.api.views.console import place_view
from chalicelib.messages import message
from chalicelib.offices.oversight import Opened, Watched
from chalicelib.usulan.store import Late

_LOOKS_ONLY = Role.FIELD_OFFICER.value
"""Whose task is to visit: a look that nothing follows says nothing of them."""


def day_view(actor: Officer, watched: Watched) -> dict[str, Any]:
    tally, people = watched.tally, watched.people
    return {
        "officer_id": tally.officer,
        "name": people[tally.officer].name if tally.officer in people else message("TANPA_NAMA"),
        "office": place_view(tally.office),
        "last_at": tally.last_at.isoformat(),
        "looks": tally.looks,
        "searches": tally.searches,
        "denials": tally.denials,
        "marks": [
            {"code": mark.value, "label": message(f"TANDA_{mark.value}", n=count)}
            for mark, count in watched.marked
        ],
        "seen": {
            "by": people[tally.seen.by].name if tally.seen.by in people else message("TANPA_NAMA"),
            "at": tally.seen.at.isoformat(),
            "whole": tally.is_seen,
        }
        if tally.seen
        else None,
        "mine": tally.officer == actor.id,
    }


def opened_view(actor: Officer, opened: Opened) -> dict[str, Any]:
    return {
        "day": opened.watched.tally.day.isoformat(),
        "watched": day_view(actor, opened.watched),
        "items": [_row_view(row, opened) for row in opened.rows],
        "next": opened.next,
    }


def late_view(late: Late, now: datetime) -> dict[str, Any]:
    return {
        "case_number": late.case_number,
        "right": late.right.value,
        "label": message(f"HAK_{late.right.value}"),
        "region": place_view(late.village),
        "office": place_view(late.village.at(2)),
        "due_at": late.due_at.isoformat(),
        "hours": int((now - late.due_at).total_seconds() // 3600),
        "reminders": late.reminders,
    }


def _row_view(row: Look | Search, opened: Opened) -> dict[str, Any]:
    if isinstance(row, Search):
        odd = [] if row.cases else [message("TANDA_TANPA_HASIL")]
        odd += [message("TANDA_TERLALU_BANYAK")] if row.more else []
        return {
            "kind": "search",
            "at": row.at.isoformat(),
            "case_number": None,
            "village": place_view(row.village),
            "label": message("CARI_HASIL", n=len(row.cases), kata=row.words),
            "said": None,
            "acted": None,
            "marks": odd,
        }
    acted = None if row.role == _LOOKS_ONLY else row.acted
    return {
        "kind": "look",
        "at": row.at.isoformat(),
        "case_number": row.case,
        "village": place_view(row.village) if row.village else None,
        "label": f"{message(f'ISIAN_{row.field}')} · {message(row.reason)}",
        "said": opened.said.get((row.case, row.seq)),
        "acted": acted,
        "marks": [message("TANDA_TANPA_TINDAKAN")] if acted is False else [],
    }
