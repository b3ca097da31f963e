"""The officers' pages while they load, on a slow line, without one, when the fault is ours, and when nothing is there:
each says what is so and what to do, and nothing moves under the finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.messages import hint, message
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]
MOST = 0.05
"""Cumulative layout shift a page may have while it loads."""
SLOW = 700
"""Milliseconds until an answer begins: longer than the half second after a press in which Chromium counts no shift."""
WATCH = """(() => {
  window.berkasMoved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const which = entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName).join(' ');
      window.berkasMoved.push([entry.value, which]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()"""
DOORS = (
    ("meja", "dinsos", "Antrean usulan"),
    ("petugas", "petugas", "Pindai barkot (QR)"),
    ("permintaan", "dinsos", "Permintaan data pribadi"),
    ("admin", "admin", "Petugas wilayah Anda"),
    ("akun", "petugas", "Akun saya"),
)
"""Door, who goes in, the heading inside."""


def moved(page: Page) -> float:
    """How much has moved since the page was opened, by itself."""
    found = page.evaluate("window.berkasMoved")
    return float(sum(value for value, _ in found))


def slow(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"offline": False, "latency": SLOW, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", speed)


@pytest.mark.parametrize("size", [steps.PHONE, steps.DESK], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_loads(window: Window, size: tuple[int, int]) -> None:
    pages: dict[str, Page] = {}
    much = {}
    for door, who, heading in DOORS:
        if who not in pages:
            pages[who] = window(size)
            pages[who].context.add_init_script(WATCH)
            steps.sign_in(pages[who], door, who)
            expect(pages[who].get_by_role("heading", name=heading)).to_be_visible()
            slow(pages[who])
        page = pages[who]
        page.goto(door)
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=20_000)
        expect(page.locator("#loading")).to_be_hidden(timeout=20_000)
        page.wait_for_load_state("networkidle")
        if moved(page) > MOST:
            much[door] = page.evaluate("window.berkasMoved")
    assert much == {}


def test_the_desk_on_a_bad_day(window: Window) -> None:
    auditor = Auditor()
    desk = window(steps.DESK)
    desk.context.add_init_script(WATCH)
    desk.route("**/api/v1/desk", never)
    steps.sign_in(desk, "meja", "dinsos")
    expect(desk.get_by_role("heading", name="Antrean usulan")).to_be_visible()
    expect(desk.locator("#queue-count")).to_have_text(message("meja.memuat"))
    auditor.look(desk, "queue, loading")
    desk.unroute("**/api/v1/desk")
    desk.route("**/api/v1/desk", answers(200, '{"items": [], "next": null}'))
    desk.reload()
    expect(desk.get_by_role("heading", name="Tidak ada usulan menunggu")).to_be_visible()
    auditor.look(desk, "queue, nothing there")
    desk.unroute("**/api/v1/desk")
    fault = '{"error": {"code": "GANGGUAN_KAMI", "message": "%s", "hint": "%s", "request_id": "contoh-1"}}'
    ours = fault % (message("GANGGUAN_KAMI"), hint("GANGGUAN_KAMI"))
    desk.route("**/api/v1/desk", answers(500, ours))
    desk.get_by_role("button", name="Muat ulang").click()
    expect(desk.locator("#queue-notice")).to_contain_text("contoh-1")
    auditor.look(desk, "queue, a fault of ours")
    desk.unroute("**/api/v1/desk")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Muat ulang").click()
    expect(desk.locator("#signal")).to_contain_text(message("masuk.SINYAL_PUTUS"))
    auditor.look(desk, "queue, without a line")
    assert moved(desk) <= MOST, "what is told of the line lies above the page"
    desk.context.set_offline(False)
    expect(desk.locator("#signal")).to_be_hidden(timeout=20_000)
    expect(desk.locator("#queue-notice")).to_be_empty()
    assert auditor.problems == []


def never(route: Route) -> None:
    """An answer that does not come while somebody looks."""


def answers(status: int, body: str) -> Callable[[Route], None]:
    headers = {"Content-Type": "application/json", "Cache-Control": "private, no-store"}
    return lambda route: route.fulfill(status=status, headers=headers, body=body)
