"""A form begun on one phone and finished on another: number and secret lead to its photos, its answers, its step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.messages import message
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def handed_over(phone: Page) -> tuple[str, str]:
    """What the first phone shows under "Lanjutkan di HP lain"."""
    phone.get_by_text("Lanjutkan di HP lain", exact=True).click()
    expect(phone.locator("#hand-code")).to_be_visible()
    number, secret = (phone.locator(f"#hand-{part}").inner_text() for part in ("number", "secret"))
    phone.get_by_text("Lanjutkan di HP lain", exact=True).click()
    return number, secret


def taken_up(phone: Page, number: str, secret: str) -> None:
    phone.goto("usulan#siapa")
    phone.get_by_role("link", name="Lanjutkan usulan yang sudah dimulai").click()
    phone.get_by_label("Nomor usulan").fill(number.lower())
    phone.get_by_label("Kode rahasia").fill(secret.lower())
    phone.get_by_role("button", name="Lanjutkan", exact=True).click()


def saves(request: Request, screen: str) -> bool:
    """Whether it leaves what was typed with the server, the phone standing on that screen."""
    return request.url.endswith("/answers") and json.loads(request.post_data or "{}").get("screen") == screen


def begun(phone: Page) -> tuple[str, str]:
    """Photographed and read, the name mended, standing on the address."""
    family = families()[2]
    steps.say_who(phone)
    steps.send_photos(phone, family)
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    phone.locator("#nama").fill("NAMA YANG DIBETULKAN")
    with phone.expect_response(lambda answer: saves(answer.request, "alamat")) as saved:
        phone.get_by_role("button", name="Sudah benar, lanjut").click()
    assert saved.value.ok
    expect(phone.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    return handed_over(phone)


@pytest.mark.cheap_phone
def test_another_phone_goes_on_where_the_first_stopped_and_the_first_hears_of_it(
    window: Window, tmp_path: Path
) -> None:
    family, auditor = families()[2], Auditor()
    first, second = window(steps.PHONE), window(steps.PHONE)
    number, secret = begun(first)
    first.get_by_text("Lanjutkan di HP lain", exact=True).click()
    auditor.look(first, "to go on with on another phone")
    second.goto("usulan")
    second.get_by_role("link", name="Lanjutkan usulan yang sudah dimulai").click()
    second.get_by_role("button", name="Lanjutkan", exact=True).click()
    auditor.look(second, "going on from another phone, with errors")
    taken_up(second, number, secret)
    expect(second.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    second.get_by_role("link", name="Kembali").click()
    expect(second.locator("#nik")).to_have_value(family.ktp.fields["nik"])
    expect(second.locator("#nama")).to_have_value("NAMA YANG DIBETULKAN")
    expect(second.locator("#held-state")).to_have_text("Sudah terkirim: KTP, KK, Rumah tampak depan.")
    second.get_by_role("button", name="Sudah benar, lanjut").click()
    steps.check_address(second, family)
    steps.send(second, tmp_path)

    first.reload()
    expect(first.get_by_role("heading", name="Usulan sudah kami terima")).to_be_visible()
    expect(first.locator("#receipt-notice")).to_have_text(message("usulan.sudah_dari_lain"))
    assert auditor.problems == []


def test_the_last_one_saved_counts_and_nobodys_words_are_lost_unseen(window: Window) -> None:
    first, second = window(steps.PHONE), window(steps.PHONE)
    number, secret = begun(first)
    taken_up(second, number, secret)
    expect(second.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    second.locator("#alamat").fill("DARI HP KEDUA")
    with second.expect_response(lambda answer: saves(answer.request, "periksa")):
        second.get_by_role("link", name="Kembali").click()

    first.locator("#alamat").fill("DARI HP PERTAMA")
    first.get_by_role("link", name="Kembali").click()
    asked = first.locator("#page-notice")
    expect(asked).to_contain_text("Isian usulan ini juga diubah di HP lain")
    auditor = Auditor()
    auditor.look(first, "two phones differ")
    with first.expect_response("**/answers") as kept:
        asked.get_by_role("button", name=message("usulan.pakai_hp_ini")).click()
    assert kept.value.ok
    second.reload()  # nothing new was typed there
    expect(second.locator("#page-notice")).to_contain_text("Isian dari HP lain sudah dimuat.")
    second.goto("usulan#alamat")
    expect(second.locator("#alamat")).to_have_value("DARI HP PERTAMA")
    assert auditor.problems == []


def test_taking_the_other_phones_words(window: Window) -> None:
    first, second = window(steps.PHONE), window(steps.PHONE)
    number, secret = begun(first)
    taken_up(second, number, secret)
    expect(second.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    second.locator("#alamat").fill("DARI HP KEDUA")
    with second.expect_response("**/answers"):
        second.get_by_role("link", name="Kembali").click()
    first.locator("#alamat").fill("DARI HP PERTAMA")
    first.get_by_role("link", name="Kembali").click()
    first.locator("#page-notice").get_by_role("button", name=message("usulan.pakai_hp_lain")).click()
    first.goto("usulan#alamat")
    expect(first.locator("#alamat")).to_have_value("DARI HP KEDUA")


def test_the_status_of_a_draft_leads_back_into_it(window: Window) -> None:
    first, second = window(steps.PHONE), window(steps.PHONE)
    number, secret = begun(first)
    steps.ask_status(second, number, secret)
    second.get_by_role("link", name=message("laman.status.draf_lanjutkan")).click()
    expect(second.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    assert second.evaluate("sessionStorage.length") == 0


def test_a_wrong_secret_opens_nothing_and_a_draft_here_is_not_lost_unasked(window: Window) -> None:
    first, second = window(steps.PHONE), window(steps.PHONE)
    number, secret = begun(first)
    steps.say_who(second)
    taken_up(second, number, secret)  # the dialog is dismissed
    expect(second.get_by_role("heading", name="Lanjutkan usulan")).to_be_visible()
    second.goto("usulan#ktp")
    expect(second.get_by_role("heading", name="Foto KTP")).to_be_visible()
    second.once("dialog", lambda dialog: dialog.accept())
    taken_up(second, number, "0000-0000")
    expect(second.locator("#resume-errors")).to_contain_text(message("USULAN_TIDAK_DITEMUKAN"))
    second.goto("usulan#ktp")
    expect(second.get_by_role("heading", name="Foto KTP")).to_be_visible()
