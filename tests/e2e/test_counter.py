"""The village office's counter: one citizen after the other on the same screen, and a list with damaged rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from bench.cheap_phone import cut, joined
from chalicelib.identity import regions
from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.steps import Receipt, fits
from tests.e2e.test_accessibility import Auditor, auditor

__all__ = ["auditor"]
pytestmark = [pytest.mark.stack, pytest.mark.browser]
HOME = families()[0]
HERE = regions.name(HOME.village)
HELD = """() => [
  JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.documentElement.outerHTML,
  ...[...document.querySelectorAll('input, textarea, select')].map((field) => field.value),
].join(' ')"""
"""All that a page shows and keeps: both storages, the document, what stands in its fields."""


def at_the_counter(page: Page) -> None:
    steps.sign_in(page, "loket", steps.operator_of(HOME))
    expect(page.get_by_role("heading", name="Loket kantor desa")).to_be_visible()
    expect(page.locator("#village-name")).not_to_be_empty()


def begin(page: Page, button: str = "Mulai untuk warga") -> str:
    """Somebody's turn; the number of the draft."""
    page.get_by_role("button", name=button).click()
    page.get_by_label("Diri saya sendiri").check()
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("heading", name="Foto KTP")).to_be_visible()
    expect(page.locator("#counter-number")).not_to_be_empty()
    return page.locator("#counter-number").inner_text()


def filled(page: Page, family: DemoFamily) -> None:
    steps.send_photos(page, family)
    steps.check_identity(page, family)
    steps.check_address(page, family)
    page.get_by_label("Saya menyatakan data dan foto ini benar").check()
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("heading", name="Usulan sudah kami terima")).to_be_visible()


PHOTOS_KEPT = """
async () => {
  const settled = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = fail;
  });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const name of database.objectStoreNames) {
      count += await settled(database.transaction(name).objectStore(name).count());
    }
    database.close();
  }
  return count;
}
"""
"""How many things lie in all databases of the page."""


def receipt_of(page: Page) -> Receipt:
    number, secret = (page.locator(f"#receipt-{part}").inner_text() for part in ("number", "secret"))
    return Receipt(number, secret, Path())


def printed(page: Page, folder: Path) -> str:
    """What comes out of the printer, one page of it; its text."""
    path = folder / "receipt.pdf"
    page.pdf(path=path, format="A4")
    paper = pypdfium2.PdfDocument(path)
    assert len(paper) == 1
    return str(paper[0].get_textpage().get_text_range())


def personal(family: DemoFamily, receipt: Receipt) -> Iterator[str]:
    """What of a citizen must be gone: numbers, name, address, secret."""
    for paper in (family.ktp, family.kk):
        for name in ("nik", "nama", "nomor_kk", "alamat"):
            if name in paper.fields:
                yield paper.fields[name]
    yield receipt.secret


def shows_nothing_of(page: Page, gone: set[str]) -> None:
    held = page.evaluate(HELD)
    assert [value for value in gone if value in held] == []
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate(PHOTOS_KEPT) == 0


@pytest.mark.cheap_phone
def test_five_citizens_and_the_fifth_sees_nothing_of_the_four_before(window: Window, tmp_path: Path) -> None:
    phone = window(steps.PHONE)
    phone.set_default_timeout(120_000)
    at_the_counter(phone)
    gone: set[str] = set()
    for family in families()[:5]:
        begin(phone)
        shows_nothing_of(phone, gone)
        filled(phone, family)
        receipt = receipt_of(phone)
        own = set(personal(family, receipt))
        text = printed(phone, tmp_path)
        assert receipt.number in text
        assert receipt.secret in text
        assert re.search(r"paling lambat \d+ \w+ 20\d\d", " ".join(text.split()))
        shows_nothing_of(phone, gone - own)  # neighbours may share a street
        phone.locator("#receipt-next").click()
        expect(phone.get_by_role("button", name="Mulai untuk warga")).to_be_visible()
        gone |= own
        shows_nothing_of(phone, gone)
        for _ in range(3):
            phone.go_back()
            expect(phone.get_by_role("button", name="Mulai untuk warga")).to_be_visible()
            shows_nothing_of(phone, gone)
            assert not re.search("blob:|X-Amz-", phone.content()), "a picture"
    phone.reload()
    expect(phone.locator("#day-list li")).to_have_count(5)
    shows_nothing_of(phone, gone)


def test_what_the_counter_sees(window: Window, auditor: Auditor, tmp_path: Path) -> None:
    desk = window(steps.DESK)
    at_the_counter(desk)
    number = begin(desk)
    auditor.look(desk, "the form at the counter")
    desk.set_input_files("#ktp-camera", HOME.ktp.path)
    expect(desk.get_by_role("heading", name="Foto KK")).to_be_visible()
    desk.get_by_role("button", name="Selesai, warga berikutnya").click()
    auditor.look(desk, "a case not sent, at the counter")
    desk.get_by_role("button", name="Hapus dari layar").click()
    row = desk.locator("#day-list li", has_text=number)
    expect(row).to_contain_text("Foto belum ada: Kartu Keluarga, Rumah tampak depan.")
    auditor.look(desk, "the counter, with its day")
    desk.get_by_role("button", name="Lanjutkan draf").click()
    auditor.look(desk, "the counter, with errors")
    row.get_by_role("button", name="Lanjutkan").click()
    expect(desk.get_by_role("heading", name="Foto KK")).to_be_visible()
    desk.set_input_files("#kk-camera", HOME.kk.path)
    expect(desk.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    desk.set_input_files("#rumah-gallery", HOME.rumah_depan.path)
    steps.skip_extra_photos(desk)
    steps.check_identity(desk, HOME)
    steps.check_address(desk, HOME)
    desk.get_by_label("Saya menyatakan data dan foto ini benar").check()
    desk.get_by_role("button", name="Kirim usulan").click()
    expect(desk.get_by_role("heading", name="Usulan sudah kami terima")).to_be_visible()
    for kept_here in ("Simpan gambar", "Simpan PDF", "Bagikan", "Hapus dari HP ini"):
        expect(desk.get_by_role("button", name=kept_here)).to_be_hidden()
    auditor.look(desk, "receipt at the counter")
    assert number in printed(desk, tmp_path)
    assert auditor.problems == []


def test_who_helped_is_told_on_the_timeline_and_may_not_review(window: Window, stack: RunningStack) -> None:
    desk = window(steps.DESK)
    at_the_counter(desk)
    begin(desk)
    filled(desk, HOME)
    receipt = receipt_of(desk)
    desk.locator("#receipt-next").click()
    expect(desk.get_by_role("button", name="Mulai untuk warga")).to_be_visible()
    phone = window(steps.PHONE)
    steps.ask_status(phone, receipt.number, receipt.secret)
    expect(phone.locator("#result-timeline")).to_contain_text("Draf dibuat, dibantu petugas")
    officer = Client(stack.base_url).signed_in(steps.operator_of(HOME))
    eventually(lambda: officer.get(f"cases/{receipt.number}").expect(200)["work"])
    desk.goto(f"meja#usulan/{receipt.number}")
    desk.reload()
    expect(desk.locator("#case-helped")).to_contain_text("Anda membantu warga mengisi usulan ini.")
    expect(desk.locator("#case-when")).to_contain_text("Di loket kantor desa")
    expect(desk.get_by_role("button", name="Ambil usulan ini")).to_be_hidden()


def test_a_screen_that_nobody_touches_asks_and_then_clears_itself(window: Window, auditor: Auditor) -> None:
    desk = window(steps.DESK)
    desk.clock.install()
    at_the_counter(desk)
    number = begin(desk)
    desk.clock.fast_forward("03:05")
    asked = desk.get_by_role("alertdialog", name="Masih di sini?")
    expect(asked).to_be_visible()
    auditor.look(desk, "nobody has touched the screen")
    asked.get_by_role("button", name="Ya, lanjutkan").click()
    expect(asked).to_be_hidden()
    desk.clock.fast_forward("02:30")
    desk.keyboard.press("Tab")
    desk.clock.fast_forward("02:30")
    expect(asked).to_be_hidden()
    desk.clock.fast_forward("01:00")
    expect(asked).to_be_visible()
    desk.clock.fast_forward("01:01")
    expect(desk.get_by_role("button", name="Mulai untuk warga")).to_be_visible()
    expect(desk.locator("#day-list")).to_contain_text(number)
    assert desk.evaluate("sessionStorage.length") == 0
    assert auditor.problems == []


def test_signing_out_in_another_tab_ends_the_turn(window: Window) -> None:
    desk = window(steps.DESK)
    at_the_counter(desk)
    begin(desk)
    other = desk.context.new_page()
    other.goto("loket")
    other.get_by_role("button", name="Keluar").click()
    expect(desk.get_by_label("Nama pengguna")).to_be_visible()
    assert desk.evaluate("sessionStorage.getItem('berkas.draf')") in (None, "null")
    desk.go_back()
    expect(desk.get_by_label("Nama pengguna")).to_be_visible()


# --- a list


def a_list(*lines: str) -> FilePayload:
    text = "\r\n".join(("NIK;Nama;RT;RW;Desa", *lines))
    return {"name": "daftar.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}


def some_nik(serial: int) -> str:
    """A NIK of nobody, of the home village's kecamatan."""
    return f"{HOME.village.replace('.', '')[:6]}060687{serial:04}"


def test_a_list_with_damaged_rows_is_mended_in_place_and_saved_in_parts(
    window: Window, auditor: Auditor, tmp_path: Path
) -> None:
    good = [f"{some_nik(7000 + n)};Warga Contoh {'ABCDEFGH'[n]};3;5;{HERE}" for n in range(6)]
    bad = [
        f"1,30502E+15;Ilmiah Contoh;1;1;{HERE}",
        f"{some_nik(7100)[:-4]}71O2;Huruf Contoh;1;1;{HERE}",
        f"{some_nik(7103)};Jauh Contoh;1;1;Jakarta",
        f"{some_nik(7000)};Kembar Contoh;1;1;{HERE}",
    ]
    desk = window(steps.DESK)
    at_the_counter(desk)
    desk.get_by_role("link", name="Dari daftar").click()
    expect(desk.get_by_role("heading", name="Usulan dari daftar")).to_be_visible()
    auditor.look(desk, "entry from a list")
    desk.set_input_files("#list-file", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"halo"})
    expect(desk.locator("#list-notice")).to_contain_text(message("DAFTAR_TANPA_JUDUL"))
    desk.set_input_files("#list-file", a_list(*good, *bad))
    expect(desk.locator("#list-count")).to_contain_text("5 baris siap disimpan, 5 perlu diperbaiki")
    expect(desk.locator("#bad-rows")).to_contain_text(message("ANGKA_ILMIAH"))
    auditor.look(desk, "a list with damaged rows")

    desk.get_by_role("button", name="Simpan 5 baris").dblclick()
    expect(desk.locator("#save-notice")).to_contain_text("5 baris tersimpan sebagai draf.")
    expect(desk.locator("#waiting-list li")).to_have_count(5)
    auditor.look(desk, "rows saved, the rest to mend")

    with desk.expect_download() as download:
        desk.get_by_role("button", name="Unduh baris ini beserta alasannya").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    sheet = load_workbook(kept).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][-1] == "Yang perlu diperbaiki"
    assert sheet.max_row == 6

    letters = desk.locator("#bad-rows li", has_text="Huruf Contoh")
    letters.get_by_role("button", name="Pakai").click()
    letters.get_by_role("button", name="Periksa lagi").click()
    expect(desk.locator("#list-count")).to_contain_text("1 baris siap disimpan")
    twin = desk.locator("#bad-rows li", has_text="Kembar Contoh")
    twin.get_by_role("button", name="Hapus dari daftar").click()
    expect(twin).to_have_count(0)
    desk.get_by_role("button", name="Simpan 1 baris").click()
    expect(desk.locator("#waiting-list li")).to_have_count(6)
    assert fits(desk)

    desk.get_by_role("link", name="Kembali ke loket").click()
    desk.get_by_label("Lanjutkan draf: nomor usulan atau NIK").fill(some_nik(7001))
    desk.get_by_role("button", name="Lanjutkan draf").click()
    expect(desk.get_by_role("heading", name="Foto KTP")).to_be_visible()
    for step, heading in (("ktp", "Foto KK"), ("kk", "Foto rumah dari depan"), ("rumah", "Foto tambahan")):
        desk.set_input_files(f"#{step}-camera", HOME.rumah_depan.path)
        expect(desk.get_by_role("heading", name=heading)).to_be_visible()
    steps.skip_extra_photos(desk)
    expect(desk.locator("#nik")).to_have_value(some_nik(7001), timeout=steps.READING)
    expect(desk.locator("#nama")).to_have_value("WARGA CONTOH B")
    assert auditor.problems == []


@pytest.mark.cheap_phone
def test_a_line_lost_in_the_middle_of_saving_loses_and_doubles_nothing(
    window: Window, auditor: Auditor
) -> None:
    phone = window(steps.PHONE)
    phone.set_default_timeout(120_000)
    at_the_counter(phone)
    phone.get_by_role("link", name="Dari daftar").click()
    rows = [f"{some_nik(8000 + n)};Putus Contoh {'ABCDEFGH'[n]};3;5;{HERE}" for n in range(8)]
    phone.set_input_files("#list-file", a_list(*rows))
    expect(phone.locator("#list-count")).to_contain_text("8 baris siap disimpan")
    phone.wait_for_load_state("networkidle")  # those of other tests are listed by now
    before = phone.locator("#waiting-list li").count()
    row = count(1)
    with phone.expect_request(lambda asked: asked.url.endswith("/list/saved") and next(row) == 3):
        phone.get_by_role("button", name="Simpan 8 baris").click()
    cut(phone)
    expect(phone.locator("#save-notice")).to_contain_text(
        "Tekan Simpan lagi untuk melanjutkan.", timeout=120_000
    )
    auditor.look(phone, "the line lost while saving")
    joined(phone)
    phone.get_by_role("button", name=re.compile(r"Simpan \d baris")).click()
    expect(phone.locator("#list-count")).to_contain_text("0 baris siap disimpan", timeout=120_000)
    expect(phone.locator("#waiting-list li")).to_have_count(before + 8)
    assert auditor.problems == []
