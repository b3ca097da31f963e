"""How often something may be done, and by whom it is counted. One table, each limit by name.

A limit lets `burst` through at once and then one every `every` (a token bucket). Addresses are shared by thousands of
phones behind one carrier, so limits by address are wide; a limit on wrong secrets is counted by case *and* address, so
that nobody can lock somebody else out from afar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.errors import TooMany


@dataclass(frozen=True)
class Limit:
    """`burst` at once, then one every `every`."""

    name: str
    burst: int
    every: timedelta


WRONG_SECRETS = Limit("wrong_secret", 5, timedelta(minutes=10))
"""By case and address: five tries, then a wait. A secret has 40 random bits, so many addresses gain nothing."""
MISSES = Limit("miss", 60, timedelta(seconds=30))
"""By address: wrong secrets and unknown numbers together. Only who misses is refused: a right secret passes."""
WRONG_PASSWORDS = Limit("wrong_password", 5, timedelta(minutes=5))
"""By account and address."""
WRONG_CODES = Limit("wrong_code", 5, timedelta(minutes=5))
"""By account: only who knows its password comes as far as a code, so nobody else can lock it. A code has six digits."""
SPRAYED = Limit("sprayed", 30, timedelta(seconds=30))
"""By address: wrong passwords for whatever accounts; beyond it a sign-in from there meets a challenge first."""
OWN_SIGN_IN = Limit("own_sign_in", 10, timedelta(minutes=5))
"""By officer: wrong passwords and codes at changes of the own sign-in."""
REACHED = Limit("reached", 1, timedelta(minutes=10))
"""By action and who asked: how often a limit that is reached is put on record."""
DRAFTS = Limit("draft", 300, timedelta(seconds=10))
"""By address."""
DRAFTS_FREE = Limit("draft_free", 120, timedelta(seconds=30))
"""By address: beyond it a draft is begun only by who meets a challenge (`challenge.py`)."""
GUESSES_FREE = Limit("guess_free", 20, timedelta(hours=1))
"""By case, from anywhere: beyond that many wrong secrets whoever asks for this case meets a challenge first, its own
citizen too. Nobody is locked out by strangers' guesses, and guessing from many addresses becomes dear."""
GUESS_REMEMBERED = max(limit.burst * limit.every for limit in (WRONG_SECRETS, GUESSES_FREE))
"""How long a guess at a case's secret can count: so long its limits are asked before its citizen is answered."""
COUNTER = Limit("counter", 120, timedelta(minutes=6))
"""By officer: cases begun or opened again at a counter, some three hundred a day; face to face an hour sees sixty (DOMAIN
2.5)."""
KIOSK = Limit("kiosk", 30, timedelta(minutes=2))
"""By who opened the kiosk: cases begun there. Who types by himself needs four minutes (our guess), so children who play
with the screen are stopped before they cost anything, and the operator's own counter goes on."""
LISTS = Limit("list", 40, timedelta(minutes=5))
"""By officer: lists checked, and checked again after mending."""
LISTED = Limit("listed", 1500, timedelta(minutes=1))
"""By officer: rows of lists saved; three full lists at once, then another day's."""
PHOTOS = Limit("photo", 100, timedelta(minutes=15))
"""By case: a hundred a day; eight photos, each taken again and asked for again on a bad line."""
ANSWERS = Limit("answers", 60, timedelta(minutes=2))
"""By case: savings of what was typed into a draft; each is a link in its chain."""
UNMASKINGS = Limit("unmask", 30, timedelta(minutes=2))
"""By officer: who reads a village's numbers off one by one is slowed down, and seen in the chains."""
SEARCHES = Limit("search", 40, timedelta(seconds=30))
"""By officer: a register is not to be read out by trying names."""
CONTACTS = Limit("contact", 5, timedelta(hours=6))
"""By case: where its notices go. A number that is typed may be a stranger's."""
REQUESTS = Limit("request", 10, timedelta(hours=6))
"""By case: requests about its data. Each is to be answered by a person."""
EXPORTS = Limit("export", 20, timedelta(hours=1))
"""By case: fetchings of the copy of its data; each is an event."""
SUBMISSIONS = Limit("submission", 400, timedelta(minutes=2))
"""By village: a desk is not to be buried. A village meets for some hundred cases a year."""


class Meter(Protocol):
    """Counts what limits let through, across all processes."""

    def take(self, limit: Limit, holder: str, now: datetime) -> timedelta:
        """Count one for `holder`. Zero: let through; else nothing is counted, and so long is to be waited."""

    def wait(self, limit: Limit, holder: str, now: datetime) -> timedelta:
        """How long `holder` would have to wait now; nothing is counted."""


def spend(meter: Meter, limit: Limit, holder: str, now: datetime) -> None:
    """Count one. TooMany TERLALU_SERING: the limit is reached; the error tells the wait."""
    refuse(meter.take(limit, holder, now))


def refuse(wait: timedelta) -> None:
    """TooMany TERLALU_SERING unless `wait` is zero."""
    if wait > timedelta():
        raise TooMany("TERLALU_SERING", wait)
