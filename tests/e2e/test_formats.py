"""Other files than JPEG: HEIC and PDF on the whole road, WebP, and what is told before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Request, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import hint, message
from tests.client import Client, Sent, eventually, read_slots
from tests.e2e import papers, steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]
MIB = 1024 * 1024


def asked_for(page: Page) -> list[str]:
    """Grows by the content type of each photo for which the page asks a form."""
    types: list[str] = []

    def heard(request: Request) -> None:
        if request.method == "POST" and "/photos/" in request.url and request.post_data_json:
            types.append(request.post_data_json["content_type"])

    page.on("request", heard)
    return types


def test_a_heic_and_a_pdf_go_the_whole_road(window: Window, tmp_path: Path) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    types = asked_for(phone)
    steps.say_who(phone)
    phone.set_input_files("#ktp-gallery", papers.as_heic(family.ktp.path))
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    phone.set_input_files("#kk-gallery", papers.as_pdf(family.kk.path))
    expect(phone.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    phone.get_by_role("link", name="Kembali").click()
    tile = phone.locator('[data-step="kk"] [data-part="tile"]')
    expect(tile).to_have_text("PDF")
    phone.get_by_role("button", name="Lanjut").click()
    phone.set_input_files("#rumah-gallery", papers.as_webp(family.rumah_depan.path))
    steps.skip_extra_photos(phone)
    assert types[:2] == ["image/heic", "application/pdf"]
    assert types[2] in ("image/webp", "image/jpeg")

    steps.check_identity(phone, family)  # the NIK comes out of the HEIC
    expect(phone.locator("#nomor_kk")).to_have_value(family.kk.fields["nomor_kk"], timeout=steps.READING)
    steps.check_address(phone, family)
    receipt = steps.send(phone, tmp_path)

    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, receipt.number)
    for title in ("KTP", "Kartu Keluarga"):
        desk.get_by_role("tab", name=title).click()
        image = desk.get_by_role("img", name=f"Foto {title}")
        expect(image).to_be_visible()
        assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 500


WRONG: list[tuple[FilePayload, str]] = [
    ({"name": "surat.txt", "mimeType": "text/plain", "buffer": b"halo"}, "JENIS_FILE_DITOLAK"),
    ({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto"}, "JENIS_FILE_DITOLAK"),
    ({"name": "kosong.heic", "mimeType": "image/heic", "buffer": b""}, "JENIS_FILE_DITOLAK"),
    (
        {"name": "besar.pdf", "mimeType": "", "buffer": b"%PDF-1.7\n" + bytes(10 * MIB)},
        "FILE_TERLALU_BESAR",
    ),
]


def test_a_file_we_cannot_take_is_told_before_it_is_sent(window: Window) -> None:
    phone = window(steps.PHONE)
    types = asked_for(phone)
    steps.say_who(phone)
    screen = phone.locator('[data-step="ktp"]')
    for file, code in WRONG:
        phone.set_input_files("#ktp-gallery", file)
        expect(screen).to_contain_text(message(code, batas=10))
        expect(screen).to_contain_text(hint(code))
        expect(phone.get_by_role("img", name="Contoh: seluruh KTP terlihat")).to_be_visible()
    assert types == []


def test_more_photos_may_be_added_or_left_out(window: Window, stack: RunningStack, tmp_path: Path) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    for name, specimen in (("ktp", family.ktp), ("kk", family.kk), ("rumah", family.rumah_depan)):
        phone.set_input_files(f"#{name}-camera", specimen.path)
        expect(phone.locator(f'[data-step="{name}"]')).to_be_hidden()
    for title, other in (("Dapur", families()[1]), ("Meteran listrik", families()[2])):
        row = phone.get_by_role("listitem").filter(has_text=title)
        row.get_by_label(f"Ambil foto {title}").set_input_files(other.rumah_depan.path)
        expect(row).to_contain_text("Foto sudah terkirim.")
    assert steps.fits(phone)
    phone.reload()
    expect(phone.get_by_role("listitem").filter(has_text="Dapur")).to_contain_text("Foto sudah terkirim.")
    phone.get_by_role("button", name="Lanjut", exact=True).click()
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    expect(phone.locator("#summary")).to_contain_text("Dapur, Meteran listrik")
    receipt = steps.send(phone, tmp_path)
    sent = Sent(
        receipt.number, receipt.secret, Client(stack.base_url).with_headers(Berkas_Secret=receipt.secret)
    )
    eventually(lambda: read_slots(sent))

    desk = window(steps.PHONE)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, receipt.number)
    for title in ("Meteran listrik", "Dapur"):
        tab = desk.get_by_role("tab", name=title)
        tab.click()
        expect(desk.get_by_role("img", name=f"Foto {title}")).to_be_visible()
        expect(tab).to_be_in_viewport()
    assert steps.fits(desk)
