"""A work item: one case lying on the desk of one stage, and the lease of the officer who took it.

A claim is a lease with a fencing token: `fence` grows with every new holder, runs out by itself at `lease_until`, and
whoever writes with an old fence or after that moment is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.errors import Conflict
from chalicelib.identity.region import RegionCode


@dataclass(frozen=True)
class WorkItem:
    """`desk` is the region whose office works on it: the village itself, or its kabupaten/kota."""

    stage: str
    desk: RegionCode
    offered_at: datetime
    due_at: datetime
    fence: int = 0
    holder: str | None = None
    lease_until: datetime | None = None
    done_at: datetime | None = None

    def held(self, now: datetime) -> bool:
        return self.holder is not None and self.lease_until is not None and now < self.lease_until

    def held_by(self, officer: str, now: datetime) -> bool:
        return self.held(now) and self.holder == officer

    def claim(self, officer: str, now: datetime, lease: timedelta) -> WorkItem:
        """The item held by `officer`. Claiming one's own live lease renews it under the same fence.

        Conflict SEDANG_DIPEGANG: another officer's lease is live. Conflict BUKAN_TAHAPNYA: the stage is decided.
        """
        if self.done_at is not None:
            raise Conflict("BUKAN_TAHAPNYA")
        if self.held_by(officer, now):
            return replace(self, lease_until=now + lease)
        if self.held(now):
            raise Conflict("SEDANG_DIPEGANG")
        return replace(self, holder=officer, fence=self.fence + 1, lease_until=now + lease)

    def check(self, officer: str, fence: int, now: datetime) -> None:
        """Raise Conflict KLAIM_BERAKHIR unless `officer` holds the live lease with that fence."""
        if self.done_at is not None or self.fence != fence or not self.held_by(officer, now):
            raise Conflict("KLAIM_BERAKHIR")

    def release(self, officer: str, fence: int, now: datetime) -> WorkItem:
        self.check(officer, fence, now)
        return replace(self, holder=None, lease_until=None)

    def done(self, now: datetime) -> WorkItem:
        return replace(self, done_at=now, holder=None, lease_until=None)
