"""The ways of a citizen and of officers without a mouse: every stop can be seen, the order is that of the page, nothing
traps, and after each step the focus stands where one goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.demo import PASSWORD
from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.keyboard import Keyboard

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def stands_on(page: Page, heading: str) -> None:
    """The next step says what it is: its heading has the focus."""
    expect(page.get_by_role("heading", name=heading)).to_be_focused(timeout=steps.READING)


def sign_in(hands: Keyboard, door: str, username: str) -> None:
    hands.page.goto(door)
    expect(hands.page.get_by_role("button", name="Masuk")).to_be_visible()
    hands.to("textbox", "Nama pengguna")
    hands.type(username)
    hands.to("textbox", "Kata sandi")
    hands.type(PASSWORD)
    hands.press("Enter")


def test_a_citizen_from_the_form_to_the_receipt_and_the_status(window: Window) -> None:
    family, phone = families()[3], window(steps.PHONE)
    hands = Keyboard(phone)
    enters_by_the_skip_link(hands)
    says_who(hands)
    sends_photos(hands, family)
    checks_and_sends(hands, family)
    looks_at_the_status(hands)
    assert hands.problems == []


def enters_by_the_skip_link(hands: Keyboard) -> None:
    phone = hands.page
    phone.goto("")
    first = hands.tab()
    assert str(first) == "link Langsung ke isi"
    hands.press("Enter")
    second = hands.tab()
    assert str(second) == "link Buat usulan", "the skip link leads past what each page begins with"
    hands.round()
    hands.to("link", "Buat usulan")
    hands.press("Enter")


def says_who(hands: Keyboard) -> None:
    phone = hands.page
    first = phone.get_by_role("heading", name="Siapa yang diusulkan?")
    expect(first).to_be_visible()
    phone.goto("usulan#isi")
    phone.reload()  # where the skip link led
    expect(first).to_be_visible()
    hands.to("button", "Lanjut")
    hands.press("Enter")
    expect(phone.get_by_role("alert")).to_be_focused()
    hands.to("link", message("usulan.pilih_siapa"))
    hands.press("Enter")
    assert str(hands.stop()) == "radio Diri saya sendiri"
    hands.press("Space")
    hands.to("button", "Lanjut")
    hands.press("Enter")


def sends_photos(hands: Keyboard, family: DemoFamily) -> None:
    for heading, button, path in (
        ("Foto KTP", "Ambil foto", family.ktp.path),
        ("Foto KK", "Ambil foto", family.kk.path),
        ("Foto rumah dari depan", "Pilih foto", family.rumah_depan.path),
    ):
        stands_on(hands.page, heading)
        hands.to("button", button)
        hands.choose_file(str(path))
    stands_on(hands.page, "Foto tambahan")
    hands.to("button", "Lanjut tanpa")
    hands.press("Enter")


def checks_and_sends(hands: Keyboard, family: DemoFamily) -> None:
    phone = hands.page
    stands_on(phone, "Periksa NIK dan nama")
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    hands.round()
    hands.to("textbox", "Nama")
    hands.type(family.ktp.fields["nama"])
    hands.press("Enter")
    stands_on(phone, "Periksa KK dan alamat")
    expect(phone.locator("#nomor_kk")).to_be_visible(timeout=steps.READING)
    for label, name in (("Nomor KK", "nomor_kk"), ("Alamat", "alamat"), ("RT", "rt"), ("RW", "rw")):
        hands.to("textbox", label)
        hands.type(family.kk.fields[name])
    hands.to("button", "Sudah benar")
    hands.press("Enter")
    stands_on(phone, "Kirim usulan")
    hands.round()
    hands.to("checkbox", "Saya menyatakan")
    hands.press("Space")
    hands.to("button", "Kirim usulan")
    hands.press("Enter")

    stands_on(phone, "Usulan sudah kami terima")


def looks_at_the_status(hands: Keyboard) -> None:
    phone = hands.page
    number, secret = (phone.locator(f"#receipt-{part}").inner_text() for part in ("number", "secret"))
    hands.round()
    hands.to("link", "Lihat status")
    hands.press("Enter")
    stands_on(phone, f"Usulan {number}")
    phone.evaluate("localStorage.clear()")
    phone.goto("status")
    hands.to("textbox", "Nomor usulan")
    hands.type(number)
    hands.press("Enter")
    expect(phone.get_by_role("alert")).to_be_focused()
    hands.to("link", message("status.kode_kosong"))
    hands.press("Enter")
    assert str(hands.stop()) == "textbox Kode rahasia"
    hands.type(secret)
    hands.press("Enter")
    stands_on(phone, f"Usulan {number}")
    hands.to("summary", "Data pribadi saya")
    hands.press("Enter")
    expect(phone.get_by_role("button", name="Kirim permintaan")).to_be_visible()
    hands.round()


def test_a_reviewer_from_the_sign_in_to_the_decision(window: Window, stack: RunningStack) -> None:
    family = families()[3]
    sent = submitted(Client(stack.base_url), family)
    eventually(lambda: read_slots(sent))
    desk = window(steps.DESK)
    hands = Keyboard(desk)
    sign_in(hands, "meja", steps.operator_of(family))
    stands_on(desk, "Antrean usulan")
    steps.find_in_queue(desk, sent.number)
    hands.round()
    hands.to("button", f"Ambil {sent.number}")
    hands.press("Enter")
    stands_on(desk, f"Usulan {sent.number}")
    hands.round()
    hands.to("tab", "Kartu Keluarga")  # the last field stands there
    hands.press("ArrowLeft")
    assert str(hands.stop()) == "tab KTP"
    hands.to("group", "Gambar dokumen")
    hands.press("+")
    hands.to("textbox", "Alamat")
    hands.type("JALAN LAIN")
    hands.to("button", "Batal")
    hands.press("Enter")
    assert str(hands.stop()) == "textbox Alamat", "what was undone is where one was"

    hands.to("button", "Lanjut ke konfirmasi")
    hands.press("Enter")
    expect(desk.get_by_role("alert").first).to_be_focused()
    hands.to("link", message("meja.pilih_keputusan"))
    hands.press("Enter")
    hands.press("Space")
    hands.to("button", "Lanjut ke konfirmasi")
    hands.press("Enter")
    asked = desk.get_by_role("dialog")
    expect(asked).to_be_visible()
    assert hands.round() == ["button Ya, putuskan", "button Kembali"], "what lies behind is out of reach"
    hands.press("Escape")
    expect(asked).to_be_hidden()
    assert str(hands.stop()) == "button Lanjut ke konfirmasi"
    hands.press("Enter")
    hands.to("button", "Ya, putuskan")
    hands.press("Enter")
    stands_on(desk, "Antrean usulan")
    expect(desk.locator("#queue-notice")).to_contain_text(sent.number)
    assert hands.problems == []


def test_a_field_officer_and_an_administrator(window: Window, stack: RunningStack) -> None:
    family = families()[3]
    sent = submitted(Client(stack.base_url), family)
    phone = window(steps.PHONE)
    hands = Keyboard(phone)
    sign_in(hands, "petugas", "petugas")
    stands_on(phone, "Pindai barkot")
    hands.round()
    hands.to("button", "Buka berkas")
    hands.press("Enter")
    assert str(hands.stop()) == "textbox Atau ketik nomor usulan", "the focus goes to what is missing"
    hands.type(sent.number)
    hands.press("Enter")
    stands_on(phone, f"Usulan {sent.number}")
    hands.to("button", "Lihat Alamat")
    hands.press("Enter")
    expect(phone.get_by_role("dialog")).to_be_visible()
    hands.round()
    hands.press("Escape")
    assert str(hands.stop()) == "button Lihat Alamat"
    hands.to("link", "Pindai lagi")
    hands.press("Enter")
    stands_on(phone, "Pindai barkot")
    assert hands.problems == []

    console = window(steps.DESK)
    hands = Keyboard(console)
    sign_in(hands, "admin", "admin")
    stands_on(console, "Petugas")
    hands.round()
    hands.to("link", "Lihat ")
    hands.press("Enter")
    expect(console.locator("#person-heading")).to_be_focused()
    hands.round()
    hands.to("link", "Catat cuti")
    hands.press("Enter")
    expect(console.locator("#act-heading")).to_be_focused()
    hands.round()
    assert hands.problems == []
