"""Token buckets in DynamoDB, one number an item: the moment up to which the bucket has been used (GCRA, the generic cell
rate algorithm). Each count is one conditional update, so that processes side by side never let one too many through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.access.limits import Limit
from chalicelib.access.sealing import Digests
from chalicelib.aws.table import Table

_KEPT = timedelta(days=2)
_TRIES = 5


class DynamoMeter:
    """Implements `access.limits.Meter`. Holders are kept as digests: an address is personal data."""

    def __init__(self, table: Table, digests: Digests) -> None:
        self._table = table
        self._digests = digests

    def take(self, limit: Limit, holder: str, now: datetime) -> timedelta:
        at, step = _milliseconds(now), _length(limit.every)
        pk = self._pk(limit, holder)
        for _ in range(_TRIES):
            fresh = {":until": at + step, ":now": at, ":kept": _kept(at + step)}
            if self._update(
                pk,
                "SET used_until = :until, expires_at = :kept",
                "attribute_not_exists(pk) OR used_until <= :now",
                fresh,
            ):
                return timedelta()
            latest = at + (limit.burst - 1) * step
            more = {":step": step, ":now": at, ":latest": latest, ":kept": _kept(latest + step)}
            if self._update(
                pk,
                "SET used_until = used_until + :step, expires_at = :kept",
                "used_until > :now AND used_until <= :latest",
                more,
            ):
                return timedelta()
            if (wait := self.wait(limit, holder, now)) > timedelta():
                return wait
        return limit.every

    def wait(self, limit: Limit, holder: str, now: datetime) -> timedelta:
        kept = self._table.get(self._pk(limit, holder), "LIMIT")
        if kept is None:
            return timedelta()
        latest = _milliseconds(now) + (limit.burst - 1) * _length(limit.every)
        return timedelta(milliseconds=max(0, int(kept["used_until"]) - latest))

    def _update(self, pk: str, change: str, condition: str, values: Mapping[str, int]) -> bool:
        return self._table.update(pk, "LIMIT", change, condition, values)

    def _pk(self, limit: Limit, holder: str) -> str:
        return f"LIMIT#{limit.name}#{self._digests.of('limit', holder)}"


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _length(every: timedelta) -> int:
    return int(every.total_seconds() * 1000)


def _kept(until: int) -> int:
    return until // 1000 + int(_KEPT.total_seconds())
