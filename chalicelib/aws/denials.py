"""Refusals in DynamoDB: a row and a count of the officer's day, for each region of their offices (`watch.py`); those of
nobody's office in a partition a day."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from chalicelib.access.denials import Denial
from chalicelib.aws.table import Item, Table
from chalicelib.aws.watch import counted, expiry, place_of, row_key, watch_pk
from chalicelib.identity.region import RegionCode


class DynamoDenials:
    """Implements `access.denials.Denials`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, denial: Denial) -> None:
        told = {
            "at": denial.at.isoformat(),
            "actor": denial.actor,
            "action": denial.action,
            "case": denial.case,
            "account": denial.account,
            "why": denial.why,
            "expires_at": expiry(denial.at),
        }
        if not denial.offices:
            place = f"{denial.at.isoformat()}#{secrets.token_hex(4)}"
            self._table.put({"pk": _pk(denial.at.date()), "sk": place, **told})
        for office in dict.fromkeys(denial.offices):
            pk, place = place_of(office, denial.actor, denial.at)
            row = {"pk": pk, "sk": row_key("NO", place, denial.at), "office": str(office)}
            self._table.put({**row, **told})
            self._table.count(counted(self._table, office, denial.actor, denial.at, "denials"))

    def below(
        self, region: RegionCode, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Denial], str | None]:
        prefix = f"NO#{region}."
        found = self._table.page(watch_pk(region, day), prefix, limit + 1, after)
        denials = [_denial(item) for item in found[:limit]]
        return denials, found[limit - 1]["sk"].removeprefix(prefix) if len(found) > limit else None

    def of_nobody(self, day: date) -> Iterator[Denial]:
        return (_denial(item) for item in self._table.query(_pk(day)))


def _denial(item: Item) -> Denial:
    return Denial(
        datetime.fromisoformat(item["at"]),
        item["actor"],
        item["action"],
        (RegionCode(item["office"]),) if "office" in item else (),
        item["case"],
        item["account"],
        item["why"],
    )


def _pk(day: date) -> str:
    return f"DENIED#{day.isoformat()}"
