"""What was refused: to officers, at the sign-in, and by limits. On record, so that somebody who tries doors is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Denial:
    """`actor` is the officer's opaque id (`stranger`: none is known), `action` the policy's word, `case` the number asked
    for, if there was one, `why` the code of what was answered."""

    at: datetime
    actor: str
    action: str
    case: str = ""
    why: str = ""


class Denials(Protocol):
    def record(self, denial: Denial) -> None: ...

    def on(self, day: date) -> Iterator[Denial]:
        """Those of one day (UTC), in order."""
