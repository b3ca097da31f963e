"""The officers' pages while they load what others have left: nothing moves under the finger. And the desk on a bad day
(the other pages: test_officers_bad_days.py)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from chalicelib.identity import regions
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, Sent, eventually, on_desk
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.left import HOME, OPERATOR, case_with_requests
from tests.e2e.test_accessibility import Auditor
from tests.e2e.weather import REQUEST, answers, fault, instead, moved, never, slow, watched

pytestmark = [pytest.mark.stack, pytest.mark.browser]
MOST = 0.05
"""Cumulative layout shift a page may have while it loads."""


@dataclass(frozen=True)
class Busy:
    """What was done before anybody looks, whatever other tests have left: requests, drafts of a list, looks at fields."""

    sent: Sent
    officer_id: str


@pytest.fixture
def busy(stack: RunningStack) -> Busy:
    sent = case_with_requests(stack.base_url)
    operator = Client(stack.base_url).signed_in(OPERATOR)
    for serial in range(3):
        nik = f"{HOME.village.replace('.', '')[:6]}070788{serial + 1:04}"
        values = {
            "nik": nik,
            "nama": "Antre Contoh",
            "rt": "1",
            "rw": "1",
            "desa": regions.name(HOME.village),
        }
        row = {"village": HOME.village, "values": values}
        assert operator.post("counter/list/saved", row).status < 300  # saved, or known from the time before
    eventually(lambda: on_desk(operator, f"{sent.number}.desa"))
    look = {"field": "nik", "reason": "DUGAAN_GANDA"}
    operator.post(f"cases/{sent.number}/unmasking", look).expect(200)
    admin = Client(stack.base_url).signed_in("admin")
    staff = admin.get("console/staff").expect(200)["items"]
    return Busy(sent, staff[0]["officer_id"])


def pages(busy: Busy) -> list[tuple[str, str, str]]:
    """Address, who goes there, and what stands there once it is loaded."""
    return [
        ("meja", OPERATOR, "#queue-rows tr"),
        (f"meja#usulan/{busy.sent.number}", OPERATOR, "#case-heading"),
        ("loket", OPERATOR, "#day-count:has-text('hari ini')"),
        ("loket#daftar", OPERATOR, "#waiting-list li"),
        ("permintaan", "dinsos", "#waiting-list li"),
        ("akun", "dinsos", "#sessions li"),
        ("petugas", "petugas", "#scan-heading"),
        (f"petugas#usulan/{busy.sent.number}", "petugas", "#case-fields div"),
        ("admin", "admin", "#list-rows tr"),
        (f"admin#orang/{busy.officer_id}", "admin", "#history li"),
        (f"admin#orang/{busy.officer_id}/jabatan", "admin", "#place-lists select:enabled"),
        ("admin#penolakan", "admin", "#denials-heading"),
        ("admin#pengawasan", "admin", "#watch-rows tr"),
    ]


@pytest.mark.parametrize("size", [steps.PHONE, steps.DESK], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_loads(window: Window, busy: Busy, size: tuple[int, int]) -> None:
    people: dict[str, Page] = {}
    much = {}
    for address, who, there in pages(busy):
        if who not in people:
            people[who] = watched(window(size))
            steps.sign_in(people[who], address, who)
            expect(people[who].locator("#officer-name")).not_to_be_empty()
            slow(people[who])
        page = people[who]
        page.goto("about:blank")  # another part of the same page is loaded anew too
        page.goto(address)
        expect(page.locator(there).first).to_be_visible()
        expect(page.locator("#loading")).to_be_hidden()
        page.wait_for_load_state("networkidle")
        if moved(page) > MOST:
            much[address] = page.evaluate("window.berkasMoved")
    assert much == {}


def test_the_desk_on_a_bad_day(window: Window) -> None:
    auditor = Auditor()
    desk = watched(window(steps.DESK))
    asks = "**/api/v1/desk"
    instead(desk, asks, never)
    steps.sign_in(desk, "meja", "dinsos")
    expect(desk.get_by_role("heading", name="Antrean usulan")).to_be_visible()
    expect(desk.locator("#queue-count")).to_have_text(message("meja.memuat"))
    auditor.look(desk, "queue, loading")
    instead(desk, asks, answers({"items": [], "next": None}))
    desk.reload()
    expect(desk.get_by_role("heading", name="Tidak ada usulan menunggu")).to_be_visible()
    auditor.look(desk, "queue, nothing there")
    instead(desk, asks, fault())
    desk.get_by_role("button", name="Muat ulang").click()
    expect(desk.locator("#queue-notice")).to_contain_text(REQUEST)
    auditor.look(desk, "queue, a fault of ours")
    instead(desk, asks)
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Muat ulang").click()
    expect(desk.locator("#signal")).to_contain_text(message("masuk.SINYAL_PUTUS"))
    auditor.look(desk, "queue, without a line")
    assert moved(desk) <= MOST, "what is told of the line lies above the page"
    desk.context.set_offline(False)
    expect(desk.locator("#signal")).to_be_hidden()
    expect(desk.locator("#queue-notice")).to_be_empty()
    assert auditor.problems == []
