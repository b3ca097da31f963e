"""The outbox on DynamoDB: `CASE#number` / `ANNOUNCE#event`, one item a notice, nothing personal in it.

Those that wait and those that are dead stand in the index `todo` (`NOTICE`, `NOTICE_DEAD`). The sort key lies before
`KEY`, so that a case is loaded without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.aws.table import Table
from chalicelib.usulan.notices import Notice, Standing

_PREFIX = "ANNOUNCE#"
_WAITING, _DEAD = "NOTICE", "NOTICE_DEAD"
_AS_READ = "standing = :was AND due_at = :seen"


def notice_item(notice: Notice) -> dict[str, Any]:
    """A new notice, for the transaction of its event."""
    due = notice.due_at.isoformat()
    return {
        "pk": f"CASE#{notice.case_number}",
        "sk": _sk(notice),
        "code": notice.code,
        "made_at": notice.made_at.isoformat(),
        "standing": notice.standing.value,
        "tries": notice.tries,
        "fault": notice.fault,
        "due_at": due,
        "todo_pk": _WAITING,
        "todo_at": due,
    }


class DynamoOutbox:
    """Implements `usulan.notices.Outbox`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def due(self, case_number: str, now: datetime) -> Iterable[Notice]:
        found = [_notice(item) for item in self._table.query(f"CASE#{case_number}", prefix=_PREFIX)]
        return [one for one in found if one.standing is Standing.WAITING and one.due_at <= now]

    def begin(self, notice: Notice, until: datetime) -> Notice | None:
        begun = replace(notice, tries=notice.tries + 1, due_at=until)
        return begun if self._moved(notice, begun) else None

    def postpone(self, notice: Notice, until: datetime, fault: str = "") -> None:
        self._moved(notice, replace(notice, due_at=until, fault=fault))

    def end(self, notice: Notice, standing: Standing, at: datetime, fault: str = "") -> None:
        self._moved(notice, replace(notice, standing=standing, due_at=at, fault=fault))

    def revive(self, notice: Notice, now: datetime) -> None:
        self._moved(notice, replace(notice, standing=Standing.WAITING, due_at=now, tries=0))

    def waiting(self, before: datetime) -> Iterable[str]:
        found = self._table.index("todo", _WAITING, before=before.isoformat())
        return sorted({item["pk"].removeprefix("CASE#") for item in found})

    def all_waiting(self) -> Iterator[Notice]:
        return map(_notice, self._table.index("todo", _WAITING))

    def dead(self) -> Iterator[Notice]:
        return map(_notice, self._table.index("todo", _DEAD))

    def _moved(self, before: Notice, after: Notice) -> bool:
        """Whether the notice stood as `before` and stands as `after` now."""
        due = after.due_at.isoformat()
        values = {
            ":was": before.standing.value,
            ":seen": before.due_at.isoformat(),
            ":standing": after.standing.value,
            ":due": due,
            ":tries": after.tries,
            ":fault": after.fault,
        }
        change = "SET standing = :standing, due_at = :due, tries = :tries, fault = :fault"
        queue = {Standing.WAITING: _WAITING, Standing.DEAD: _DEAD}.get(after.standing)
        if queue:
            change += ", todo_pk = :queue, todo_at = :due"
            values[":queue"] = queue
        else:
            change += " REMOVE todo_pk, todo_at"
        return self._table.update(f"CASE#{before.case_number}", _sk(before), change, _AS_READ, values)


def _sk(notice: Notice) -> str:
    return f"{_PREFIX}{notice.event:08d}"


def _notice(item: Mapping[str, Any]) -> Notice:
    return Notice(
        case_number=item["pk"].removeprefix("CASE#"),
        event=int(item["sk"].removeprefix(_PREFIX)),
        code=item["code"],
        made_at=datetime.fromisoformat(item["made_at"]),
        due_at=datetime.fromisoformat(item["due_at"]),
        standing=Standing(item["standing"]),
        tries=int(item["tries"]),
        fault=item["fault"],
    )
