"""The telephone and the line that this is made for: 400 kbit/s both ways, 400 ms, a processor four times slower than this
machine's. Chromium throttles both; the browser tests marked `cheap_phone` walk on it, and `bench/doors.py` measures."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes a second."""
SLOWER = 4
_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
"""Chromium lets the session that slowed a page's line decide on it; another one's word is not heard."""


def slowed(page: Page) -> CDPSession:
    """The page on that telephone from now on; the session can count what comes over its line."""
    session = _SESSIONS[page] = watched(page)
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def watched(page: Page) -> CDPSession:
    """The page as it is, and a session that can count what comes over its line."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return session


def cut(page: Page) -> None:
    """No line any more for a slowed page, also for what is on its way. KeyError: it was never slowed."""
    _SESSIONS[page].send("Network.emulateNetworkConditions", {**LINE, "offline": True})


def joined(page: Page) -> None:
    """The slow line again."""
    _SESSIONS[page].send("Network.emulateNetworkConditions", LINE)
