"""A kiosk that stands free: its operator opens it and goes; citizens use it one after the other, and nobody who is left
alone with it finds anything of the operator's, or of the citizen before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from tests.client import Client, eventually
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.steps import fits
from tests.e2e.test_accessibility import Auditor, auditor
from tests.e2e.test_counter import (
    HELD,
    HERE,
    HOME,
    PHOTOS_KEPT,
    at_the_counter,
    begin,
    filled,
    personal,
    receipt_of,
    shows_nothing_of,
)
from tests.e2e.test_tabs import without_photos_going_out

__all__ = ["auditor"]
pytestmark = [pytest.mark.stack, pytest.mark.browser]
OFFICERS = ("loket", "meja", "akun", "permintaan", "petugas")
"""Doors that a stranger may type into the address."""
A6 = (105 / 25.4 * 72, 148 / 25.4 * 72)
"""Points."""


def opened(page: Page) -> None:
    at_the_counter(page)
    page.get_by_role("button", name="Layani sendiri (kios)").click()
    welcomed(page)


def welcomed(page: Page) -> None:
    expect(page.get_by_role("button", name="Sentuh untuk mulai")).to_be_visible()
    expect(page.locator("#kiosk-village")).to_have_text(HERE)


def begun(page: Page) -> str:
    """A citizen begins; the number of the draft."""
    return begin(page, "Sentuh untuk mulai")


def keeps_nothing_of(page: Page, gone: set[str]) -> None:
    """As `shows_nothing_of`, but for a shell that the worker has kept since a door was tried (it holds no answers)."""
    held = page.evaluate(HELD)
    assert [value for value in gone if value in held] == []
    assert page.evaluate(PHOTOS_KEPT) == 0


def names_of_the_officer(stack: RunningStack) -> Iterator[str]:
    me = Client(stack.base_url).signed_in(steps.operator_of(HOME)).get("me").expect(200)
    yield me["name"]
    yield me["role_label"]


def test_two_citizens_at_a_screen_that_nobody_watches(window: Window, stack: RunningStack) -> None:
    screen = window(steps.DESK)
    opened(screen)
    officers = set(names_of_the_officer(stack))
    shows_nothing_of(screen, officers)

    begun(screen)
    shows_nothing_of(screen, officers)
    filled(screen, HOME)
    first = receipt_of(screen)
    gone = set(personal(HOME, first)) | officers
    screen.locator("#receipt-next").click()
    welcomed(screen)
    shows_nothing_of(screen, gone)
    for _ in range(3):
        screen.go_back()
        welcomed(screen)
        shows_nothing_of(screen, gone)

    for door in OFFICERS:
        screen.goto(door)
        expect(screen.get_by_label("Nama pengguna")).to_be_visible()
        expect(screen.locator("#inside")).to_be_hidden()
        keeps_nothing_of(screen, gone)
    screen.goto("loket")
    screen.get_by_role("link", name="Kembali ke kios").click()
    welcomed(screen)
    screen.evaluate(
        "caches.keys().then((kept) => Promise.all(kept.map((one) => caches.delete(one))))"
    )  # of /petugas

    second = begun(screen)
    assert second != first.number
    keeps_nothing_of(screen, gone)
    citizen = window(steps.PHONE)
    steps.ask_status(citizen, first.number, first.secret)
    expect(citizen.locator("#result-timeline")).to_contain_text("Di kios kantor desa")
    expect(citizen.locator("#result-timeline")).not_to_contain_text("dibantu")


def test_what_waited_in_a_browser_goes_when_it_becomes_a_kiosk(window: Window) -> None:
    screen = window(steps.DESK)
    without_photos_going_out(screen)
    steps.say_who(screen)
    screen.set_input_files("#ktp-camera", families()[2].ktp.path)
    expect(screen.get_by_role("heading", name="Foto KK")).to_be_visible()
    assert screen.evaluate(PHOTOS_KEPT) == 1
    opened(screen)
    assert eventually(lambda: screen.evaluate(PHOTOS_KEPT) == 0)


def test_what_a_kiosk_shows(window: Window, auditor: Auditor, tmp_path: Path) -> None:
    screen = window(steps.DESK)
    screen.goto("kios")
    expect(screen.get_by_role("heading", name="Kios belum dibuka")).to_be_visible()
    auditor.look(screen, "a kiosk that is closed")
    opened(screen)
    auditor.look(screen, "a kiosk's welcome")
    number = begun(screen)
    auditor.look(screen, "the form at the kiosk")
    screen.get_by_role("button", name="Selesai, bersihkan layar").click()
    asked = screen.get_by_role("dialog", name="Usulan ini belum dikirim")
    expect(asked.locator("#leave-number")).to_have_text(number)
    auditor.look(screen, "a case not sent, at the kiosk")
    secret = asked.locator("#leave-secret").inner_text()
    screen.evaluate("window.print = () => {}")
    asked.get_by_role("button", name="Cetak nomor dan kode").click()
    slip = tmp_path / "slip.pdf"
    screen.pdf(path=slip, prefer_css_page_size=True)
    (paper,) = pypdfium2.PdfDocument(slip)
    text = str(paper.get_textpage().get_text_range())
    assert paper.get_size() == pytest.approx(A6, abs=1)
    assert number in text
    assert secret in text
    asked.get_by_role("button", name="Hapus dari layar").click()
    welcomed(screen)
    shows_nothing_of(screen, {number, secret})
    screen.get_by_role("link", name="Petugas").click()
    expect(screen.get_by_role("link", name="Kembali ke kios")).to_be_visible()
    auditor.look(screen, "the way back to the kiosk")
    assert fits(screen)
    assert auditor.problems == []


def test_a_kiosk_that_nobody_touches_clears_itself_and_the_sign_in_goes_back_to_it(window: Window) -> None:
    screen = window(steps.DESK)
    screen.clock.install()
    opened(screen)
    number = begun(screen)
    screen.clock.fast_forward("03:05")
    expect(screen.get_by_role("alertdialog", name="Masih di sini?")).to_be_visible()
    screen.clock.fast_forward("01:05")
    welcomed(screen)
    shows_nothing_of(screen, {number})
    screen.get_by_role("link", name="Petugas").click()
    expect(screen.get_by_role("link", name="Kembali ke kios")).to_be_visible()
    screen.clock.fast_forward("02:05")
    welcomed(screen)


def test_an_officer_who_signs_in_ends_the_kiosk(window: Window) -> None:
    screen = window(steps.DESK)
    opened(screen)
    number = begun(screen)
    other = screen.context.new_page()
    steps.sign_in(other, "loket", steps.operator_of(HOME))
    expect(other.get_by_role("heading", name="Loket kantor desa")).to_be_visible()
    expect(other.locator("#day-count")).not_to_be_empty()
    expect(other.locator("#day-list")).not_to_contain_text(number)
    expect(screen.get_by_role("heading", name="Kios belum dibuka")).to_be_visible()
    shows_nothing_of(screen, {number})
