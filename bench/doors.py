"""How long a citizen waits at the form on a cheap phone and a bad line (`cheap_phone.py`). The stack runs
on this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bench.cheap_phone import slowed, watched
from bench.figures import Figure, Peer
from bench.walks import empty_stack
from chalicelib.local.specimens.catalogue import families

_TIMES = 5
_PHONE: ViewportSize = {"width": 360, "height": 740}
_PATIENCE = 120_000
_SHIFTS = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted = (window.shifted ?? 0) + entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""
PACE = {"who": 10, "ktp": 25, "kk": 25, "rumah": 30, "extra": 5, "check": 25, "address": 35, "send": 15}
"""Seconds that a person who does this for the first time takes on each screen: to read, to aim, to compare. Our guess."""


@dataclass(frozen=True)
class Visit:
    """One opening of the form: seconds until it can be used, bytes that came over the line, what moved on the screen."""

    seconds: float
    received: float
    shift: float


def doors() -> Iterator[Figure]:
    """The form opened cold (nothing kept) and warm, and walked from opening to receipt with three photos."""
    with empty_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        address = stack.base_url + "/usulan"
        pairs = [_pair(browser, address) for _ in range(_TIMES)]
        free = median(
            _opened(browser.new_context(viewport=_PHONE), address, slow=False).seconds for _ in range(_TIMES)
        )
        walked = _walk(browser, address)
        browser.close()
    cold, warm = [one for one, _ in pairs], [one for _, one in pairs]
    beside = Peer("nothing throttled, cold", free)
    yield Figure("door.cold", median(one.seconds for one in cold), "s", _TIMES, beside, 5.0)
    yield Figure("door.warm", median(one.seconds for one in warm), "s", _TIMES, beside, 1.0)
    yield Figure("door.bytes", max(one.received for one in cold) / 1024, "KiB", _TIMES, None, 60.0)
    yield Figure("door.shift", max(one.shift for one in cold + warm), "layout shift", 2 * _TIMES, None, 0.05)
    beside = Peer("the person's own pace", float(sum(PACE.values())))
    yield Figure("door.receipt", walked, "s", 1, beside, 240.0)


def _pair(browser: Browser, address: str) -> tuple[Visit, Visit]:
    """Cold, then warm: the same person again."""
    person = browser.new_context(viewport=_PHONE)
    pair = _opened(person, address), _opened(person, address)
    person.close()
    return pair


def _opened(person: BrowserContext, address: str, *, slow: bool = True) -> Visit:
    page = person.new_page()
    page.add_init_script(_SHIFTS)
    received: list[float] = []
    session = slowed(page) if slow else watched(page)
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    began = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=_PATIENCE)
    page.wait_for_selector("#form-who:visible", timeout=_PATIENCE)
    took = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    moved = float(page.evaluate("window.shifted ?? 0"))
    page.close()
    return Visit(took, sum(received), moved)


def _walk(browser: Browser, address: str) -> float:
    """Seconds from opening to receipt at a person's pace, with the photos of one invented family."""
    family = families()[0]
    page = browser.new_context(viewport=_PHONE).new_page()
    slowed(page)
    page.set_default_timeout(_PATIENCE)
    began = time.perf_counter()
    page.goto(address)
    page.locator("#target-self").check()
    _think(page, "who")
    page.locator("#who-next").click()
    for step, photo in (("ktp", family.ktp), ("kk", family.kk), ("rumah", family.rumah_depan)):
        page.locator(f'[data-step="{step}"]').wait_for()
        _think(page, step)
        page.set_input_files(f"#{step}-camera", photo.path)
    page.locator("#extra-next").wait_for()
    _think(page, "extra")
    page.locator("#extra-next").click()
    for field, step in (("#check-next", "check"), ("#address-next", "address")):
        page.locator(field).wait_for()
        _think(page, step)
        page.locator(field).click()
    page.locator("#statement").check()
    _think(page, "send")
    page.locator("#send").click()
    page.locator("#receipt-number").wait_for()
    return time.perf_counter() - began


def _think(page: Page, step: str) -> None:
    page.wait_for_timeout(PACE[step] * 1000)
