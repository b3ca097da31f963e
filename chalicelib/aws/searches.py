"""Searches by name in DynamoDB: a partition a day, kept for four hundred days."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.access.searches import Search
from chalicelib.aws.table import Table
from chalicelib.identity.region import RegionCode

_KEPT = timedelta(days=400)


class DynamoSearches:
    """Implements `access.searches.Searches`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, search: Search) -> None:
        self._table.put(
            {
                "pk": _pk(search.at.date()),
                "sk": f"{search.at.isoformat()}#{secrets.token_hex(4)}",
                "at": search.at.isoformat(),
                "actor": search.actor,
                "village": str(search.village),
                "words": search.words,
                "cases": list(search.cases),
                "expires_at": int((search.at + _KEPT).timestamp()),
            }
        )

    def on(self, day: date) -> Iterator[Search]:
        for item in self._table.query(_pk(day)):
            yield Search(
                datetime.fromisoformat(item["at"]),
                item["actor"],
                RegionCode(item["village"]),
                int(item["words"]),
                tuple(item["cases"]),
            )


def _pk(day: date) -> str:
    return f"SEARCHED#{day.isoformat()}"
