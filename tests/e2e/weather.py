"""Good and bad days of a page, for the tests of its states: a slow line, none, a fault of ours; what moved meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, Route

from chalicelib.messages import hint, message
from tests.client import eventually

REQUEST = "contoh-1"
"""The number of the request in which our fault happens."""
SLOW = 700
"""Milliseconds until an answer begins: longer than the half second after a press in which Chromium counts no shift."""
_PAUSE = 9_000
"""Milliseconds: longer than any pause between two tries (api.js)."""
_WATCH = """(() => {
  window.berkasMoved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const which = entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName).join(' ');
      window.berkasMoved.push([entry.value, which]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()"""


def watched(page: Page) -> Page:
    """From now on it is noted what moves on the page, or on those opened after it in its window."""
    page.context.add_init_script(_WATCH)
    return page


def moved(page: Page) -> float:
    """How much has moved since the page was opened, by itself (cumulative layout shift)."""
    return float(sum(value for value, _ in page.evaluate("window.berkasMoved")))


def slow(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"offline": False, "latency": SLOW, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", speed)


def never(route: Route) -> None:
    """An answer that does not come while somebody looks."""


def cut(route: Route) -> None:
    """The line is lost on the way."""
    route.abort()


def answers(body: object, status: int = 200) -> Callable[[Route], None]:
    headers = {"Content-Type": "application/json", "Cache-Control": "private, no-store"}
    return lambda route: route.fulfill(status=status, headers=headers, body=json.dumps(body))


def fault(code: str = "GANGGUAN_KAMI", status: int = 500) -> Callable[[Route], None]:
    """An error as docs/api.md shapes them."""
    told = {"code": code, "message": message(code), "hint": hint(code), "request_id": REQUEST}
    return answers({"error": told}, status)


def instead(page: Page, asks: str, answer: Callable[[Route], None] | None = None) -> None:
    """What the page asks for at `asks` is answered so from now on; without an answer as it is."""
    page.unroute(asks)
    if answer:
        page.route(asks, answer)


def until_given_up(page: Page, host: str) -> None:
    """Lets the page's own clock (installed before) run until it no longer tries by itself and says so in `host`."""

    def told() -> bool:
        page.clock.fast_forward(_PAUSE)
        return page.locator(f"{host} [data-again]").count() > 0

    eventually(told)
