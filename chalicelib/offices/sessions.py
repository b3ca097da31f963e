"""An officer's sessions: on record from the sign-in to the end, and good only while they are.

A session ends in one way, whatever the reason (leaving, another device, a new password, a lost telephone, a
deactivation): its entry goes from the person's record, in the transaction that tells why. Expiry and idleness need no
write: an entry that is past them counts no longer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.identity.region import RegionCode

MOST = 3
"""How many sessions somebody has at once: a telephone, the office's computer, one beside. One more ends the one that was
used longest ago (ASVS 7.1.2)."""
IDLE = timedelta(minutes=30)
GRAIN = timedelta(minutes=2)
"""How finely the last use is kept: not each request is worth a write."""

_KINDS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac", "Mac OS X"),
    ("chromebook", "CrOS"),
    ("linux", "Linux"),
)
_BROWSERS = (
    ("edge", r"Edg(e|A|iOS)?/"),
    ("samsung", r"SamsungBrowser/"),
    ("opera", r"OPR/"),
    ("firefox", r"(Firefox|FxiOS)/"),
    ("chrome", r"(Chrome|CriOS)/"),
    ("safari", r"Safari/"),
)
"""In this order: most name others too."""
OTHER = "lain"


@dataclass(frozen=True)
class Signed:
    """One session, good until `ends`. `id` names it and opens nothing; `seen`: the last use, by some minutes;
    `device`: `device_of` of the browser. `counter`: it is no officer's session but the kiosk of this village's counter,
    which waits for its next citizen as long as it stands (`kiosk.py`)."""

    id: str
    begun: datetime
    ends: datetime
    seen: datetime
    device: str
    counter: RegionCode | None = None

    def good(self, at: datetime) -> bool:
        return at < self.ends and (self.counter is not None or at - self.seen <= IDLE + GRAIN)

    def due(self, at: datetime) -> bool:
        """Whether the last use is to be written anew."""
        return at - self.seen >= GRAIN


def device_of(user_agent: str) -> str:
    """The kind of device and browser, `android/chrome`: enough to know one's own again, and no more is kept."""
    kind = next((name for name, mark in _KINDS if mark in user_agent), OTHER)
    browser = next((name for name, mark in _BROWSERS if re.search(mark, user_agent)), OTHER)
    return f"{kind}/{browser}"
