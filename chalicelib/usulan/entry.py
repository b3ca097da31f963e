"""How a case came in: by its citizen's own telephone, at the village office's counter or its kiosk, or out of a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.identity.region import RegionCode


class Way(StrEnum):
    """DOMAIN 2.4: a case that an officer helped to make says so."""

    ONLINE = "online"
    COUNTER = "loket"
    KIOSK = "kios"
    LIST = "list"


class Pile(StrEnum):
    """On which pile of its counter a case lies."""

    BEGUN = "LOKET"
    LISTED = "LOKET_LIST"
    SENT = "LOKET_SENT"


@dataclass(frozen=True)
class Entry:
    """`counter` is the village at whose counter the case is made, `helpers` the ids (never names) of the officers who
    helped, `at` when it was last opened there, at first when it was made. None of it for a case from a citizen's own
    telephone."""

    way: Way = Way.ONLINE
    counter: RegionCode | None = None
    helpers: tuple[str, ...] = ()
    at: datetime | None = None

    @property
    def begun_alone(self) -> bool:
        """At a kiosk: the screen is the office's, and nobody helped."""
        return self.way is Way.KIOSK

    def helped_by(self, officer: str) -> bool:
        return officer in self.helpers

    def opened(self, officer: str, at: datetime) -> Entry:
        """The same with one more who helped, at that moment."""
        helpers = self.helpers if self.helped_by(officer) else (*self.helpers, officer)
        return replace(self, helpers=helpers, at=at)


ONLINE = Entry()
