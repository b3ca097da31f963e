"""Refusals in DynamoDB: a partition a day, kept for four hundred days."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.access.denials import Denial
from chalicelib.aws.table import Table

_KEPT = timedelta(days=400)


class DynamoDenials:
    """Implements `access.denials.Denials`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, denial: Denial) -> None:
        self._table.put(
            {
                "pk": _pk(denial.at.date()),
                "sk": f"{denial.at.isoformat()}#{secrets.token_hex(4)}",
                "at": denial.at.isoformat(),
                "actor": denial.actor,
                "action": denial.action,
                "case": denial.case,
                "why": denial.why,
                "expires_at": int((denial.at + _KEPT).timestamp()),
            }
        )

    def on(self, day: date) -> Iterator[Denial]:
        for item in self._table.query(_pk(day)):
            at = datetime.fromisoformat(item["at"])
            yield Denial(at, item["actor"], item["action"], item["case"], item.get("why", ""))


def _pk(day: date) -> str:
    return f"DENIED#{day.isoformat()}"
