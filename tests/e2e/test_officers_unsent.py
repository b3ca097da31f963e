"""What officers typed is not lost when their session ends in the middle, and what cannot be taken back asks once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.left import OPERATOR, case_with_requests
from tests.e2e.test_accessibility import Auditor
from tests.e2e.test_counter import HERE, a_list, at_the_counter, some_nik

pytestmark = [pytest.mark.stack, pytest.mark.browser]
NOTE = "Warga datang ke kantor"


def written(page: Page, number: str = "7K3M-9QTD-2") -> None:
    """A request at the counter's page, all filled in."""
    page.get_by_text("Catat permintaan warga", exact=True).click()
    page.get_by_label("Nomor usulan").fill(number)
    page.get_by_label("Permintaan", exact=True).select_option("pembatasan")
    page.get_by_label("Bukti yang ditunjukkan").select_option("KTP_ASLI")
    page.get_by_label("Keterangan (boleh kosong)").fill(NOTE)


def ended_elsewhere(stack: RunningStack, username: str) -> None:
    Client(stack.base_url).signed_in(username).post("account/others/end", {}).expect(200)


def in_again(page: Page, username: str) -> None:
    expect(page.locator("#sign-in-notice")).to_contain_text(message("BELUM_MASUK"))
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(steps.PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def test_a_session_that_ends_in_the_middle_keeps_what_was_typed_and_sends_it(
    window: Window, stack: RunningStack
) -> None:
    sent, auditor = case_with_requests(stack.base_url), Auditor()
    page = window(steps.PHONE)
    steps.sign_in(page, "permintaan", OPERATOR)
    expect(page.locator("#officer-name")).not_to_be_empty()
    written(page, sent.number)
    ended_elsewhere(stack, OPERATOR)
    page.get_by_role("button", name="Catat permintaan").click()
    expect(page.locator("#sign-in-notice")).to_contain_text(message("masuk.ketikan_tetap"))
    expect(page.locator("#inside")).to_be_hidden()
    expect(page.get_by_label("Nama pengguna")).to_be_focused()
    auditor.look(page, "sign-in, in the middle of work")
    assert NOTE not in page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
    in_again(page, OPERATOR)
    expect(page.locator("#requests-notice")).to_contain_text(sent.number)
    expect(page.get_by_label("Kata sandi", exact=True)).to_be_hidden()

    written(page, sent.number)  # what is only looked at ends nothing that is half written
    page.get_by_label("Permintaan", exact=True).select_option("cabut")
    ended_elsewhere(stack, OPERATOR)
    page.get_by_role("button", name="Catat permintaan").click()
    in_again(page, OPERATOR)
    expect(page.locator("#requests-notice")).to_contain_text("sudah dicabut")
    assert auditor.problems == []


def test_somebody_else_who_signs_in_finds_nothing_of_it(window: Window, stack: RunningStack) -> None:
    page = window(steps.PHONE)
    steps.sign_in(page, "permintaan", OPERATOR)
    expect(page.locator("#officer-name")).not_to_be_empty()
    written(page)
    ended_elsewhere(stack, OPERATOR)
    page.get_by_role("button", name="Catat permintaan").click()
    in_again(page, "dinsos")
    expect(page.locator("#officer-name")).to_have_text("Verifikator Contoh")
    expect(page.locator("#record-number")).to_have_value("")
    assert NOTE not in page.content()


def test_what_is_kept_for_who_comes_back_goes_after_half_an_hour(window: Window, stack: RunningStack) -> None:
    page = window(steps.PHONE)
    page.clock.install()
    steps.sign_in(page, "permintaan", OPERATOR)
    expect(page.locator("#officer-name")).not_to_be_empty()
    written(page)
    ended_elsewhere(stack, OPERATOR)
    page.get_by_role("button", name="Catat permintaan").click()
    expect(page.locator("#sign-in-notice")).to_contain_text(message("masuk.ketikan_tetap"))
    page.clock.fast_forward("31:00")
    expect(page.locator("#sign-in-notice")).to_contain_text(message("masuk.lama_diam"))
    expect(page.locator("#record-number")).to_have_value("")


def test_an_answer_to_a_request_asks_once(window: Window, stack: RunningStack) -> None:
    auditor, sent = Auditor(), case_with_requests(stack.base_url)
    page = window(steps.PHONE)
    steps.sign_in(page, "permintaan", "kepala")
    row = (
        page.locator("#waiting-list li")
        .filter(has_text=message("HAK_penghapusan"))
        .filter(has_text=sent.number)
    )
    row.get_by_role("button").click()
    page.get_by_label("Kabulkan").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    dialog = page.get_by_role("dialog", name="Kabulkan: ")
    expect(dialog).to_contain_text(message("permintaan.akibat_penghapusan"))
    expect(dialog.get_by_role("button", name="Batal")).to_be_focused()
    auditor.look(page, "an answer, asked once")
    dialog.get_by_role("button", name="Batal").click()
    expect(page.get_by_role("radio", name="Kabulkan")).to_be_checked()
    said = sent.phone.get(f"usulan/{sent.number}/requests").expect(200)["items"]
    assert {one["standing"] for one in said if one["right"] == "penghapusan"} == {"DIMINTA"}
    page.get_by_label("Tolak dengan alasan hukum").check()
    page.locator("#refusal-list").get_by_role("radio").first.check()
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("dialog", name="Tolak: ").get_by_role(
        "button", name=message("permintaan.ya_tolak")
    ).click()
    expect(page.locator("#requests-notice")).to_contain_text(sent.number)
    assert auditor.problems == []


def test_a_session_elsewhere_is_ended_after_one_question(window: Window) -> None:
    auditor, phone, desk = Auditor(), window(steps.PHONE), window(steps.DESK)
    for page, door in ((desk, "meja"), (phone, "akun")):
        steps.sign_in(page, door, "kepala")
        expect(page.locator("#officer-name")).not_to_be_empty()
    other = phone.locator("#sessions li").filter(has=phone.get_by_role("button", name="Akhiri")).first
    other.get_by_role("button").click()
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_contain_text(message("akun.tanya_akhiri_jelas"))
    auditor.look(phone, "a session elsewhere, asked once")
    phone.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(phone.locator("#account-notice")).to_be_empty()
    other.get_by_role("button").click()
    dialog.get_by_role("button", name=message("akun.ya_akhiri")).click()
    expect(phone.locator("#account-notice")).to_contain_text(message("akun.sesi_diakhiri"))
    assert auditor.problems == []


def test_a_row_taken_off_a_list_comes_back_and_another_list_asks_once(window: Window) -> None:
    auditor, desk = Auditor(), window(steps.PHONE)
    at_the_counter(desk)
    desk.get_by_role("link", name="Dari daftar").click()
    ready = f"{some_nik(9000)};Siap Contoh;1;1;{HERE}"
    desk.set_input_files("#list-file", a_list(ready, f"{some_nik(9001)};Jauh Contoh;1;1;Jakarta"))
    wrong = desk.locator("#bad-rows li", has_text="Jauh Contoh")
    wrong.get_by_role("textbox").fill(HERE)
    wrong.get_by_role("button", name="Hapus dari daftar").click()
    expect(wrong).to_have_count(0)
    back = desk.get_by_role("button", name=message("loket.urungkan"))
    expect(back).to_be_focused()
    auditor.look(desk, "a row taken off, to be brought back")
    back.click()
    expect(wrong.get_by_role("textbox")).to_have_value(HERE)
    expect(wrong.get_by_role("textbox")).to_be_focused()

    desk.set_input_files("#list-file", a_list(ready))
    asked = desk.get_by_role("dialog", name=message("loket.tanya_ganti"))
    auditor.look(desk, "another list, asked once")
    asked.get_by_role("button", name="Batal").click()
    expect(wrong).to_have_count(1)
    desk.set_input_files("#list-file", a_list(ready))
    asked.get_by_role("button", name=message("loket.ya_ganti")).click()
    expect(desk.locator("#list-count")).to_contain_text("1 baris siap disimpan, 0 perlu diperbaiki")
    assert auditor.problems == []
