"""What was refused: to officers, at the sign-in, and by limits. On record, so that somebody who tries doors is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.identity.region import RegionCode

_ACCOUNT = re.compile(r"[A-Za-z0-9-]{3,64}")
_NUMBER = re.compile(r"\d{13}")


@dataclass(frozen=True)
class Denial:
    """`actor` is the officer's opaque id (`stranger`: none is known), `action` the policy's word, `offices` the regions
    of the offices held at that moment (none: of nobody's office); `case` the number asked for and `account` the officer
    asked about, where the request named one; `why` the code of what was answered."""

    at: datetime
    actor: str
    action: str
    offices: tuple[RegionCode, ...] = ()
    case: str = ""
    account: str = ""
    why: str = ""


class Denials(Protocol):
    def record(self, denial: Denial) -> None: ...

    def below(
        self, region: RegionCode, day: date, limit: int, after: str | None
    ) -> tuple[Sequence[Denial], str | None]:
        """Those of one local day in offices truly below `region`, by office and officer; and the cursor to go on."""

    def of_nobody(self, day: date) -> Iterator[Denial]:
        """Those of one day (UTC) that belong to no office: failed sign-ins under unknown names, limits that visitors
        reached. For the operators of the stack."""


def account_named(typed: str) -> str:
    """An account's opaque id as it stood in an address; empty where it could be anything else (what strangers type into
    addresses is not kept, least of all a NIK)."""
    return typed if _ACCOUNT.fullmatch(typed) and not _NUMBER.search(typed) else ""
