"""The administrator invites somebody, who signs in with a telephone; leave, and the end; every state looked at by axe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from chalicelib.messages import message
from tests.console import code_of
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]
NAME, USERNAME, PASSWORD = "Laras Contoh Ayu", "laras.contoh", "sandi-baru-2026"
WHY = "Surat tugas 12"


def day(ahead: int) -> str:
    return ((datetime.now(UTC) + timedelta(hours=7)).date() + timedelta(days=ahead)).isoformat()


def invite(page: Page, username: str = USERNAME) -> str:
    """The password to hand over."""
    page.get_by_role("link", name="Undang petugas").click()
    page.get_by_label("Nama lengkap").fill(NAME)
    page.get_by_label("Nama untuk masuk").fill(username)
    page.get_by_label("Jabatan").select_option("VILLAGE_HEAD")
    page.get_by_label("Kecamatan").select_option("13.05.02")
    page.get_by_label("Desa atau kelurahan").select_option("13.05.02.2001")
    page.get_by_role("button", name="Tambah wilayah lain").click()
    page.get_by_label("Desa atau kelurahan").select_option("13.05.02.2002")
    page.get_by_label("Alasan").fill(WHY)
    page.get_by_role("button", name="Undang").click()
    expect(page.get_by_role("heading", name="Serahkan kata sandi ini")).to_be_visible()
    return page.locator("#password-word").inner_text()


def act(page: Page, link: str, button: str, **fields: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_label("Alasan").fill(WHY)
    page.get_by_role("button", name=button, exact=True).click()


def first_sign_in(page: Page, password: str) -> str:
    """The secret in the officer's app."""
    steps.sign_in(page, "meja", USERNAME, password)
    page.get_by_label("Kata sandi baru").fill("pendek")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("alert")).to_contain_text(message("KATA_SANDI_LEMAH"))
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Pasang kode 6 angka")).to_be_visible()
    secret = page.locator("#step-secret").inner_text()
    page.get_by_label("Kode 6 angka").fill(code_of(secret))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Antrean usulan")).to_be_visible()
    return secret


def test_from_the_invitation_to_the_end_of_an_account(window: Window) -> None:
    admin = window(steps.PHONE)
    steps.sign_in(admin, "admin", "admin")
    expect(admin.get_by_role("heading", name="Petugas wilayah Anda")).to_be_visible()
    password = invite(admin)
    assert password not in admin.url
    officer = window(steps.PHONE)
    secret = first_sign_in(officer, password)
    assert secret not in officer.content(), "the secret stays on the page"

    admin.get_by_role("link", name="Sudah saya serahkan").click()
    expect(admin.get_by_role("heading", name=NAME)).to_be_visible()
    assert password not in admin.content()
    expect(admin.locator("#powers")).to_contain_text("Katapiang, Kasang")
    act(admin, "Catat cuti", "Catat cuti", Hari_terakhir=day(3))
    expect(admin.locator("#person-duty")).to_have_text("Sedang cuti")
    officer.get_by_role("button", name="Muat ulang").click()
    expect(officer.locator("#sign-in-notice")).to_contain_text(message("TIDAK_BERTUGAS"))
    act(admin, "Akhiri cuti", "Akhiri cuti")
    expect(admin.locator("#person-duty")).to_have_text("Bertugas")

    steps.sign_in(officer, "meja", USERNAME, PASSWORD)
    officer.get_by_label("Kode 6 angka").fill("000000")
    officer.get_by_role("button", name="Lanjut").click()
    expect(officer.locator("#step-notice")).to_contain_text(message("KODE_SALAH"))
    officer.get_by_label("Kode 6 angka").fill(code_of(secret))
    officer.get_by_role("button", name="Lanjut").click()
    expect(officer.get_by_role("heading", name="Antrean usulan")).to_be_visible()

    act(admin, "Nonaktifkan akun", "Nonaktifkan sekarang")
    expect(admin.locator("#person-duty")).to_have_text("Dinonaktifkan")
    officer.get_by_role("button", name="Muat ulang").click()
    expect(officer.locator("#sign-in-notice")).to_contain_text(message("BELUM_MASUK"))
    assert steps.fits(admin)


def test_what_administrators_see(window: Window) -> None:
    auditor = Auditor()
    admin = window(steps.PHONE)
    steps.sign_in(admin, "admin", "admin.provinsi")
    expect(admin.get_by_role("heading", name="Petugas wilayah Anda")).to_be_visible()
    auditor.look(admin, "list")
    admin.get_by_role("link", name="Lihat Verifikator Contoh").click()
    expect(admin.get_by_role("heading", name="Verifikator Contoh")).to_be_visible()
    auditor.look(admin, "person")
    admin.get_by_role("link", name="Beri jabatan atau Plt").click()
    expect(admin.get_by_role("heading", name="Beri jabatan: Verifikator Contoh")).to_be_visible()
    admin.get_by_role("button", name="Beri jabatan").click()
    expect(admin.get_by_role("alert")).to_be_visible()
    auditor.look(admin, "an office, with errors")
    admin.goto("admin#penolakan")
    expect(admin.get_by_role("heading", name="Penolakan akses")).to_be_visible()
    auditor.look(admin, "refusals")
    assert auditor.problems == []


def test_the_steps_of_a_first_sign_in_are_accessible(window: Window) -> None:
    auditor = Auditor()
    admin = window(steps.PHONE)
    steps.sign_in(admin, "admin", "admin")
    password = invite(admin, "mira.contoh")
    auditor.look(admin, "a password to hand over")
    officer = window(steps.PHONE)
    steps.sign_in(officer, "petugas", "mira.contoh", password)
    expect(officer.get_by_role("heading", name="Buat kata sandi baru")).to_be_visible()
    officer.get_by_role("button", name="Lanjut").click()
    auditor.look(officer, "a new password, with errors")
    officer.get_by_label("Kata sandi baru").fill(PASSWORD)
    officer.get_by_role("button", name="Lanjut").click()
    expect(officer.get_by_role("heading", name="Pasang kode 6 angka")).to_be_visible()
    auditor.look(officer, "setting up the second factor")
    assert auditor.problems == []


def test_a_page_that_nobody_touches_is_left(window: Window) -> None:
    admin = window(steps.PHONE)
    admin.clock.install()
    steps.sign_in(admin, "admin", "admin")
    expect(admin.get_by_role("heading", name="Petugas wilayah Anda")).to_be_visible()
    admin.clock.fast_forward("20:00")
    admin.get_by_label("Saring daftar").press("Tab")
    admin.clock.fast_forward("20:00")
    expect(admin.get_by_role("heading", name="Petugas wilayah Anda")).to_be_visible()
    admin.clock.fast_forward("11:00")
    expect(admin.locator("#sign-in-notice")).to_contain_text("keluar otomatis")
    assert admin.evaluate("sessionStorage.length") == 0
