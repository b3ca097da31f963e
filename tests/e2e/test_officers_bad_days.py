"""The other officers' pages on a bad day: while an answer is awaited, when there is nothing, when the fault is ours and
when the line is gone, each says what is so and what to do, and goes on by itself or with one press."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.left import OPERATOR, case_with_requests
from tests.e2e.test_accessibility import Auditor
from tests.e2e.weather import REQUEST, answers, cut, fault, instead, never, until_given_up

pytestmark = [pytest.mark.stack, pytest.mark.browser]
NOTHING: dict[str, Any] = {"items": [], "next": None}


@dataclass(frozen=True)
class Place:
    """A page, or a part of one, that loads something: `asks` is what it asks for, `host` where it tells what went wrong,
    `well` what stands there on a good day, `empty` (element, words) when there is nothing; some always have something."""

    name: str
    address: str
    who: str
    asks: str
    host: str
    well: str
    empty: tuple[str, str] | None = None
    nothing: dict[str, Any] = field(default_factory=lambda: dict(NOTHING))

    def state(self, kind: str) -> str:
        return f"{self.name}, {kind}"


PLACES = (
    Place(
        "requests",
        "permintaan",
        "dinsos",
        "**/api/v1/requests",
        "#waiting-notice",
        "#waiting-list li",
        ("#waiting-empty", message("laman.permintaan.antrean_kosong")),
    ),
    Place("the own account", "akun", "dinsos", "**/api/v1/account", "#account-notice", "#sessions li"),
    Place(
        "people",
        "admin",
        "admin",
        "**/api/v1/console/staff",
        "#list-notice",
        "#list-rows tr",
        ("#list-empty", message("laman.admin.daftar_kosong")),
    ),
    Place(
        "refusals",
        "admin#penolakan",
        "admin",
        "**/api/v1/console/denials?*",
        "#list-notice",
        "#denials-view",
        ("#denials-empty", message("laman.admin.tanpa_penolakan")),
    ),
    Place(
        "the days",
        "admin#pengawasan",
        "admin",
        "**/api/v1/console/oversight?*",
        "#list-notice",
        "#watch-view",
        ("#watch-empty", message("laman.admin.tanpa_catatan")),
    ),
    Place(
        "the counter",
        "loket",
        OPERATOR,
        "**/api/v1/counter?*",
        "#day-notice",
        "#day-count",
        ("#day-count", message("loket.hari_kosong")),
    ),
    Place(
        "drafts of a list",
        "loket#daftar",
        OPERATOR,
        "**/api/v1/counter/waiting?*",
        "#waiting-notice",
        "#waiting-count, #waiting-list",
        ("#waiting-count", message("loket.tunggu_kosong")),
    ),
)
STATES = tuple(
    place.state(kind)
    for place in PLACES
    for kind in ("loading", "nothing there", "a fault of ours", "without a line")
    if kind != "nothing there" or place.empty
)
"""What docs/screens.md must list of them."""


def opened(page: Page, place: Place) -> None:
    page.goto("about:blank")  # another part of the same page is loaded anew too
    page.goto(place.address)
    expect(page.locator("#officer-name")).not_to_be_empty()


def well(page: Page, place: Place) -> None:
    expect(page.locator(place.well).locator("visible=true").first).to_be_visible()
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator(place.host)).to_be_empty()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_a_page_on_a_bad_day(window: Window, stack: RunningStack, place: Place) -> None:
    auditor, page = Auditor(), window(steps.PHONE)
    case_with_requests(stack.base_url)
    page.clock.install()
    steps.sign_in(page, place.address, place.who)
    expect(page.locator("#officer-name")).not_to_be_empty()

    instead(page, place.asks, never)
    opened(page, place)
    expect(page.locator("main")).to_contain_text(
        message("loket.memuat") if place.who == OPERATOR else message("laman.umum.sedang_memuat")
    )
    auditor.look(page, place.state("loading"))

    if place.empty:
        instead(page, place.asks, answers(place.nothing))
        opened(page, place)
        where, said = place.empty
        expect(page.locator(where)).to_contain_text(said)
        auditor.look(page, place.state("nothing there"))

    instead(page, place.asks, fault())
    opened(page, place)
    host = page.locator(place.host)
    expect(host).to_contain_text(message("GANGGUAN_KAMI"))
    expect(host).to_contain_text(REQUEST)
    if place.empty:
        expect(page.locator("main")).not_to_contain_text(place.empty[1], use_inner_text=True)
    auditor.look(page, place.state("a fault of ours"))
    again = host.get_by_role("button", name=message("masuk.ulangi"))
    again.press("Enter")
    expect(host).to_contain_text(REQUEST)
    expect(page.locator("main :focus")).to_have_count(1)
    instead(page, place.asks)
    again.press("Enter")
    well(page, place)

    instead(page, place.asks, cut)
    opened(page, place)
    page.context.set_offline(True)
    until_given_up(page, place.host)
    expect(page.locator("#signal")).to_have_text(message("masuk.SINYAL_PUTUS"))
    auditor.look(page, place.state("without a line"))
    instead(page, place.asks)
    page.context.set_offline(False)
    expect(page.locator("#signal")).to_be_hidden()
    well(page, place)
    assert auditor.problems == []


def test_a_scan_on_a_bad_day_is_not_scanned_twice(window: Window, stack: RunningStack) -> None:
    sent = case_with_requests(stack.base_url)
    auditor, page = Auditor(), window(steps.PHONE)
    page.clock.install()
    steps.sign_in(page, "petugas", "petugas")
    host, asks, case = (
        page.locator("#number-notice"),
        "**/api/v1/barkot/resolve",
        f"**/api/v1/cases/{sent.number}",
    )
    number, again = page.get_by_label("Atau ketik nomor usulan"), host.get_by_role("button", name="Coba lagi")
    heading = page.get_by_role("heading", name=f"Usulan {sent.number}")

    instead(page, asks, never)
    number.fill(sent.number)
    number.press("Enter")
    expect(host).to_contain_text(message("petugas.mencari_berkas"))
    auditor.look(page, "scan, loading")
    page.reload()
    instead(page, asks)
    number.fill("7K3M-9QTD-2")
    number.press("Enter")
    expect(host).to_contain_text(message("BARKOT_TIDAK_DIKENAL"))
    expect(again).to_have_count(0)
    auditor.look(page, "scan, an unknown number")

    instead(page, asks, fault())
    number.fill(sent.number)
    number.press("Enter")
    expect(host).to_contain_text(REQUEST)
    auditor.look(page, "scan, a fault of ours")
    instead(page, asks)
    instead(page, case, fault())
    again.click()
    expect(page).not_to_have_url(f"{stack.base_url}/petugas#usulan/{sent.number}")
    expect(host).to_contain_text(REQUEST)
    expect(number).to_have_value(sent.number)
    instead(page, case)
    number.press("Enter")  # the same number once more: it opens now
    expect(heading).to_be_visible()

    page.get_by_role("link", name="Pindai lagi").click()
    page.context.set_offline(True)
    expect(page.locator("#signal")).to_have_text(message("masuk.SINYAL_PUTUS"))
    number.press("Enter")
    until_given_up(page, "#number-notice")
    expect(number).to_have_value(sent.number)
    auditor.look(page, "scan, without a line")
    page.context.set_offline(False)
    expect(heading).to_be_visible()
    assert auditor.problems == []


def test_a_session_that_cannot_be_looked_up_is_no_reason_to_sign_in_anew(window: Window) -> None:
    auditor, page = Auditor(), window(steps.PHONE)
    steps.sign_in(page, "permintaan", "dinsos")
    expect(page.locator("#officer-name")).not_to_be_empty()
    instead(page, "**/api/v1/me", fault())
    page.reload()
    expect(page.locator("#sign-in-notice")).to_contain_text(REQUEST)
    auditor.look(page, "sign-in, a fault of ours")
    instead(page, "**/api/v1/me")
    page.locator("#sign-in-notice").get_by_role("button", name="Coba lagi").click()
    expect(page.locator("#officer-name")).not_to_be_empty()
    assert auditor.problems == []
