"""Searches by name in DynamoDB: a row and a count of the officer's day (`watch.py`)."""

from __future__ import annotations

from chalicelib.access.searches import Search
from chalicelib.aws.table import Table
from chalicelib.aws.watch import counted, expiry, place_of, row_key


class DynamoSearches:
    """Implements `access.searches.Searches`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, search: Search) -> None:
        pk, place = place_of(search.office, search.actor, search.at)
        item = {
            "pk": pk,
            "sk": row_key("ROW", place, search.at),
            "kind": "search",
            "at": search.at.isoformat(),
            "village": str(search.village),
            "words": search.words,
            "cases": list(search.cases),
            "more": search.more,
            "expires_at": expiry(search.at),
        }
        odd = (["empty"] if not search.cases else []) + (["crowded"] if search.more else [])
        self._table.put(item)
        self._table.count(counted(self._table, search.office, search.actor, search.at, "searches", *odd))
