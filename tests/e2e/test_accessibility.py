"""axe-core (WCAG 2.2 A and AA, and its best practices) over every state of every page: phone and desk, light and dark;
and what axe cannot see: enlarged, set apart, touched, without colours or movement (measures.py).
`make screens` has every state photographed on the way (docs/screens.md)."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.measures import measured

pytestmark = [pytest.mark.stack, pytest.mark.browser]
AXE = Path(__file__).parents[1] / "web" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the colour scheme; in the dark only these are asked again."""
ASKED: tuple[tuple[Literal["light", "dark"], list[str], int], ...] = (
    ("light", RULES, 5),
    ("dark", OF_COLOUR, 1),
)
"""Scheme, rules, and how many of them must at least have found something to look at."""
RUN = """
(runOnly) => axe.run(document, {runOnly, resultTypes: ['violations']})
  .then(({violations, passes, incomplete}) => ({
    asked: passes.length + incomplete.length,
    broken: violations.flatMap(({id, nodes}) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)),
  }))
"""


class Auditor:
    """Looks at a page as it stands, in each size and colour scheme, and remembers what is wrong with it. Photographs it
    too where BERKAS_SCREENS names a folder."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._source = AXE.read_text(encoding="utf-8")
        self._screens = os.environ.get("BERKAS_SCREENS", "")

    def photograph(self, page: Page, state: str) -> None:
        """The state in each size, where pictures are asked for: a browser without scripts runs no axe either."""
        before = page.viewport_size
        assert before
        for width, height in (steps.PHONE, steps.DESK):
            page.set_viewport_size({"width": width, "height": height})
            self._photograph(page, state)
            assert steps.fits(page), state
        page.set_viewport_size(before)

    def _photograph(self, page: Page, state: str) -> None:
        if not self._screens or not page.viewport_size:
            return
        page.emulate_media(color_scheme="light")
        name = f"{re.sub(r'[^a-z0-9]+', '-', state.lower()).strip('-')}-{page.viewport_size['width']}.png"
        page.evaluate("scrollTo(0, 0)")  # what sticks to the window would stand elsewhere
        page.screenshot(path=Path(self._screens) / name, full_page=True)

    def look(self, page: Page, state: str) -> None:
        before = page.viewport_size
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._source)
        for width, height in (steps.PHONE, steps.DESK):
            page.set_viewport_size({"width": width, "height": height})
            self._photograph(page, state)
            for scheme, rules, least in ASKED:
                page.emulate_media(color_scheme=scheme)
                found: dict[str, Any] = page.evaluate(RUN, rules)
                assert found["asked"] >= least, "axe looked at nothing"
                self.problems += [f"{state}, {width} px, {scheme}: {one}" for one in found["broken"]]
        page.emulate_media(color_scheme="light")
        assert before
        page.set_viewport_size(before)
        self.problems += [f"{state}, {one}" for one in measured(page)]


@pytest.fixture
def auditor() -> Auditor:
    return Auditor()


def test_the_language_and_the_pieces_of_the_pages(window: Window, auditor: Auditor) -> None:
    phone = window(steps.PHONE)
    phone.goto("")
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    auditor.look(phone, "home, in English")
    phone.goto("usulan")
    phone.get_by_role("button", name="Continue").click()
    auditor.look(phone, "who, in English, with errors")
    phone.get_by_role("link", name="Bahasa Indonesia").click()
    phone.goto("gaya")
    expect(phone.locator('[data-scheme="dark"] [data-token="--paper"] small')).to_have_text("#121816")
    auditor.look(phone, "all pieces, light and dark")
    assert auditor.problems == []


def test_what_everybody_sees(window: Window, auditor: Auditor) -> None:
    phone = window(steps.PHONE)
    phone.goto("")
    auditor.look(phone, "home")
    phone.goto("panduan")
    auditor.look(phone, "guides")
    phone.get_by_role("link", name="Panduan warga").click()
    auditor.look(phone, "a guide")
    assert auditor.problems == []


def test_what_citizens_see(window: Window, auditor: Auditor, tmp_path: Path) -> None:
    family = families()[2]
    phone = window(steps.PHONE)
    phone.goto("usulan")
    phone.get_by_role("button", name="Lanjut").click()
    phone.locator('[data-step="siapa"]').get_by_text("Bantuan").click()
    auditor.look(phone, "who, with errors")
    steps.say_who(phone)
    auditor.look(phone, "photo step")
    refused = {"name": "surat.txt", "mimeType": "text/plain", "buffer": b"halo"}
    phone.set_input_files("#ktp-gallery", refused)
    expect(phone.locator('[data-step="ktp"]')).to_contain_text(message("JENIS_FILE_DITOLAK"))
    auditor.look(phone, "photo refused")
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    phone.get_by_role("link", name="Kembali").click()
    expect(phone.get_by_role("button", name="Lanjut")).to_be_visible()
    auditor.look(phone, "photo sent")
    phone.get_by_role("button", name="Lanjut").click()
    locked = {"name": "kk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% empty\n"}
    phone.set_input_files("#kk-gallery", locked)
    expect(phone.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    phone.set_input_files("#rumah-gallery", family.rumah_depan.path)
    expect(phone.get_by_role("heading", name="Foto tambahan")).to_be_visible()
    kitchen = phone.get_by_role("listitem").filter(has_text="Dapur")
    kitchen.get_by_label("Ambil foto Dapur").set_input_files(families()[6].rumah_depan.path)
    expect(kitchen).to_contain_text("Foto sudah terkirim.")
    auditor.look(phone, "more photos")
    phone.goto("usulan#kk")
    expect(phone.locator('[data-step="kk"] .notice')).to_be_visible(timeout=steps.READING)
    auditor.look(phone, "PDF that could not be read")
    phone.goto("usulan#periksa")
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    phone.locator("#nama").fill("")
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(phone.get_by_role("alert").first).to_be_focused()
    auditor.look(phone, "identity, with errors")
    steps.check_identity(phone, family)
    expect(phone.locator("#nomor_kk")).to_be_visible(timeout=steps.READING)
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    auditor.look(phone, "address, with errors")
    steps.check_address(phone, family)
    auditor.look(phone, "summary")
    steps.send(phone, tmp_path)
    auditor.look(phone, "receipt")
    phone.goto("status")
    auditor.look(phone, "status, with receipts kept")
    phone.get_by_role("button", name="Lihat status").click()
    auditor.look(phone, "status, with errors")
    assert auditor.problems == []


def test_what_officers_see_and_a_return(window: Window, stack: RunningStack, auditor: Auditor) -> None:
    family = families()[5]
    sent = [submitted(Client(stack.base_url), family) for _ in range(2)][-1]
    eventually(lambda: read_slots(sent))
    desk = window(steps.DESK)
    desk.goto("meja")
    desk.get_by_role("button", name="Masuk").click()
    auditor.look(desk, "sign-in, with errors")
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.find_in_queue(desk, sent.number)
    auditor.look(desk, "queue")
    desk.goto(f"meja#usulan/{sent.number}")
    desk.reload()
    expect(desk.get_by_role("button", name="Ambil usulan ini")).to_be_visible()
    auditor.look(desk, "case, masked")
    desk.get_by_role("button", name="Ambil usulan ini").click()
    expect(desk.locator("#lease-clock")).to_contain_text("Sisa waktu")
    desk.get_by_role("button", name=message("NIK_GANDA")).click()
    desk.locator("#decision-list").get_by_label(message("KEPUTUSAN_perlu_perbaikan"), exact=True).check()
    desk.get_by_role("button", name="Lanjut ke konfirmasi").click()
    auditor.look(desk, "case with a finding shown, decision with errors")
    desk.locator("#reason-FOTO_BURAM").check()
    desk.get_by_role("checkbox", name="Rumah tampak depan").check()
    desk.get_by_role("button", name="Lanjut ke konfirmasi").click()
    auditor.look(desk, "confirmation")
    desk.get_by_role("button", name="Ya, putuskan").click()
    expect(desk.get_by_role("heading", name="Antrean usulan")).to_be_visible()

    phone = window(steps.PHONE)
    steps.ask_status(phone, sent.number, sent.secret)
    phone.set_input_files('#needs-list [data-part="camera"]', families()[1].rumah_depan.path)
    expect(phone.locator("#needs-list")).to_contain_text("Foto baru sudah terkirim.")
    auditor.look(phone, "status, mending")
    phone.get_by_role("button", name="Kirim lagi").click()
    expect(phone.locator("#status-notice")).to_contain_text("Petugas akan memeriksanya lagi.")
    auditor.look(phone, "status, sent again")

    eventually(lambda: read_slots(sent))
    steps.claim(desk, sent.number)
    desk.get_by_role("tab", name="Rumah tampak depan").click()
    expect(desk.get_by_role("img", name="Foto lama Rumah tampak depan")).to_be_visible()
    auditor.look(desk, "old and new picture")

    field_officer = window(steps.PHONE)
    steps.sign_in(field_officer, "petugas", "petugas")
    expect(field_officer.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    auditor.look(field_officer, "scan")
    field_officer.get_by_label("Atau ketik nomor usulan").fill(sent.number)
    field_officer.get_by_role("button", name="Buka berkas").click()
    expect(field_officer.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()
    auditor.look(field_officer, "case, for the field officer")
    assert auditor.problems == []
