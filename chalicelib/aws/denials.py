"""Refusals in DynamoDB: a row and a count of the officer's day, for each region of their offices (`watch.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.access.denials import Denial
from chalicelib.aws.table import Table
from chalicelib.aws.watch import counted, expiry, place_of, row_key, watch_pk
from chalicelib.identity.region import RegionCode


class DynamoDenials:
    """Implements `access.denials.Denials`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, denial: Denial) -> None:
        for office in dict.fromkeys(denial.offices):
            pk, place = place_of(office, denial.actor, denial.at)
            self._table.put(
                {
                    "pk": pk,
                    "sk": row_key("NO", place, denial.at),
                    "at": denial.at.isoformat(),
                    "office": str(office),
                    "actor": denial.actor,
                    "action": denial.action,
                    "case": denial.case,
                    "account": denial.account,
                    "expires_at": expiry(denial.at),
                }
            )
            self._table.count(counted(self._table, office, denial.actor, denial.at, "denials"))

    def below(
        self, region: RegionCode, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Denial], str | None]:
        prefix = f"NO#{region}."
        found = self._table.page(watch_pk(region, day), prefix, limit + 1, after)
        denials = [
            Denial(
                datetime.fromisoformat(item["at"]),
                item["actor"],
                item["action"],
                (RegionCode(item["office"]),),
                item["case"],
                item["account"],
            )
            for item in found[:limit]
        ]
        return denials, found[limit - 1]["sk"].removeprefix(prefix) if len(found) > limit else None
