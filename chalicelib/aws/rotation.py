"""The wrapping key turns: every data key is wrapped anew under the sealing key as it is now, and nothing is unsealed.

KMS does it (`ReEncrypt`): the plain data key never leaves it, and whoever runs this needs no right to decrypt. What a
data key sealed stays as it is. A run is a record (`ROTATION`/`RUN`) with its place in the table: it goes on where it
stopped, and a key that an erasure destroys meanwhile stays destroyed, for each is changed only where it still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from botocore.exceptions import ClientError

from chalicelib.aws.table import Table

_PK, _SK = "ROTATION", "RUN"
PAGE = 100
"""Items of the table looked at between two notes of the place; most are not keys."""
_GONE = ("InvalidCiphertextException", "IncorrectKeyException", "AccessDeniedException")
"""A wrapped key that KMS does not open in this place: damaged, moved, or under a key that we may not use."""


class Rewraps(Protocol):
    def rewrap(self, wrapped: bytes, owner: str) -> tuple[bytes, str]:
        """The same data key under the sealing key as it is now: (wrapped, name of the wrapping key)."""


@dataclass(frozen=True)
class Run:
    """One turn through the table. `place`: after which key of the table to go on; None: from its beginning, or done."""

    started_at: datetime
    finished_at: datetime | None = None
    place: tuple[str, str] | None = None
    rewrapped: int = 0
    gone: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Standing:
    """Data keys of cases, of officers and of the index, and the run that stands or was the last."""

    cases: int
    officers: int
    other: int
    oldest: datetime | None
    """When the key that was not wrapped anew for longest was; None: some never were."""
    run: Run | None


class Rotation:
    def __init__(self, table: Table, vault: Rewraps, now: Callable[[], datetime], page: int = PAGE) -> None:
        self._table = table
        self._vault = vault
        self._now = now
        self._page = page

    def standing(self) -> Standing:
        """What a run would do; nothing is changed and no key is asked of KMS."""
        kinds = {"CASE": 0, "OFFICER": 0}
        other, times, never = 0, [], False
        place: tuple[str, str] | None = None
        while True:
            found, place = self._table.wrapped_keys(place, self._page)
            for item in found:
                kind = item["pk"].partition("#")[0]
                if kind in kinds:
                    kinds[kind] += 1
                else:
                    other += 1
                never = never or "wrapped_at" not in item
                times += [item["wrapped_at"]] if "wrapped_at" in item else []
            if place is None:
                break
        oldest = None if never or not times else datetime.fromisoformat(min(times))
        return Standing(kinds["CASE"], kinds["OFFICER"], other, oldest, self.last())

    def last(self) -> Run | None:
        kept = self._table.get(_PK, _SK)
        return _run(kept) if kept else None

    def turn(self) -> Iterator[Run]:
        """Go on with the run that was left, or begin one; the run after each page, the last with `finished_at`."""
        run = self.last()
        if run is None or run.finished_at is not None:
            run = Run(self._now())
            self._table.put(_item(run))
        while run.finished_at is None:
            found, place = self._table.wrapped_keys(run.place, self._page)
            for item in found:
                run = self._counted(run, item)
            run = replace(run, place=place, finished_at=None if place else self._now())
            self._table.put(_item(run))
            yield run

    def _counted(self, run: Run, item: dict[str, Any]) -> Run:
        if item.get("wrapped_at", "") >= run.started_at.isoformat():
            return replace(
                run, rewrapped=run.rewrapped + 1
            )  # before this run was interrupted within the page
        before = bytes(item["wrapped"])
        try:
            after, key = self._vault.rewrap(before, item["pk"])
        except ClientError as problem:
            if problem.response["Error"]["Code"] not in _GONE:
                raise
            return replace(run, failed=run.failed + 1)
        done = self._table.update(
            item["pk"],
            item["sk"],
            "SET #wrapped = :after, wrapped_at = :at, wrapped_by = :key",
            "#wrapped = :before",
            {":after": after, ":at": self._now().isoformat(), ":key": key, ":before": before},
            {"#wrapped": "wrapped"},
        )
        return replace(run, rewrapped=run.rewrapped + done, gone=run.gone + (not done))


def _item(run: Run) -> dict[str, Any]:
    return {
        "pk": _PK,
        "sk": _SK,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else "",
        "place": list(run.place or ()),
        "rewrapped": run.rewrapped,
        "gone": run.gone,
        "failed": run.failed,
    }


def _run(item: dict[str, Any]) -> Run:
    place = item["place"]
    return Run(
        datetime.fromisoformat(item["started_at"]),
        datetime.fromisoformat(item["finished_at"]) if item["finished_at"] else None,
        (place[0], place[1]) if place else None,
        int(item["rewrapped"]),
        int(item["gone"]),
        int(item["failed"]),
    )
