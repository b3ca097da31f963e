"""A citizen asks about their data on the status page, the office answers, and the copy can be read and kept."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def ask(phone: Page, right: str) -> None:
    phone.locator("#right-list").get_by_label(message(f"HAK_{right}")).check()


def open_in_queue(office: Page, right: str, number: str) -> None:
    row = office.locator("#waiting-list li").filter(has_text=number).filter(has_text=message(f"HAK_{right}"))
    row.get_by_role("button").click()
    expect(office.get_by_role("heading", name=message(f"HAK_{right}"))).to_be_focused()


def test_a_copy_is_asked_for_granted_read_and_saved(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[4], Auditor()
    sent = submitted(Client(stack.base_url), family)
    phone, office = window(steps.PHONE), window(steps.DESK)
    steps.ask_status(phone, sent.number, sent.secret)
    phone.get_by_text("Data pribadi saya", exact=True).click()
    phone.get_by_role("button", name="Kirim permintaan").click()
    expect(phone.locator("#right-errors")).to_contain_text(message("hak.pilih_permintaan"))
    ask(phone, "koreksi")
    phone.get_by_label("Isian yang salah", exact=True).select_option("nik")
    phone.get_by_label("Isian yang benar", exact=True).fill("123")
    phone.get_by_role("button", name="Kirim permintaan").click()
    expect(phone.locator("#right-errors")).to_contain_text(message("NIK_KURANG", n=3))
    auditor.look(phone, "a correction, with errors")
    ask(phone, "ekspor")
    phone.get_by_role("button", name="Kirim permintaan").click()
    expect(phone.locator("#rights-notice")).to_contain_text(message("hak.permintaan_diterima"))
    auditor.look(phone, "asked")

    steps.sign_in(office, "permintaan", "dinsos")
    auditor.look(office, "requests waiting")
    open_in_queue(office, "ekspor", sent.number)
    office.get_by_role("button", name="Kirim jawaban").click()
    expect(office.locator("#answer-errors")).to_contain_text(message("permintaan.pilih_jawaban"))
    office.get_by_label("Tolak dengan alasan hukum").check()
    auditor.look(office, "a request opened, with errors")
    office.get_by_label("Kabulkan").check()
    office.get_by_role("button", name="Kirim jawaban").click()
    office.get_by_role("dialog").get_by_role("button", name="Ya, kabulkan").click()
    expect(office.locator("#requests-notice")).to_contain_text(sent.number)

    steps.ask_status(phone, sent.number, sent.secret)
    phone.get_by_text("Data pribadi saya", exact=True).click()
    phone.get_by_role("button", name="Lihat salinan").click()
    expect(phone.get_by_role("heading", name="Salinan data saya")).to_be_focused()
    expect(phone.locator("#copy-body")).to_contain_text(family.ktp.fields["nik"])
    auditor.look(phone, "the copy")
    assert steps.fits(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Unduh (JSON)").click()
    kept = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert kept["case_number"] == sent.number
    assert family.ktp.fields["nik"] not in download.value.suggested_filename + phone.url
    phone.get_by_role("button", name="Tutup").click()
    expect(phone.get_by_role("heading", name="Salinan data saya")).to_be_hidden()
    assert auditor.problems == []


def test_a_restriction_recorded_at_the_counter_stops_the_desk(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[4], Auditor()
    sent = submitted(Client(stack.base_url), family)
    counter, office = window(steps.PHONE), window(steps.DESK)
    steps.sign_in(counter, "meja", steps.operator_of(family))
    steps.find_in_queue(counter, sent.number)
    counter.get_by_role("link", name="Permintaan data pribadi").click()
    expect(counter.get_by_role("heading", name="Menunggu jawaban")).to_be_hidden()
    counter.get_by_text("Catat permintaan warga", exact=True).click()
    counter.get_by_label("Nomor usulan").fill(sent.number)
    counter.get_by_label("Permintaan", exact=True).select_option("pembatasan")
    counter.get_by_role("button", name="Catat permintaan").click()
    expect(counter.locator("#record-errors")).to_contain_text(message("BUKTI_KURANG"))
    auditor.look(counter, "written down, with errors")
    counter.get_by_label("Bukti yang ditunjukkan").select_option("KTP_ASLI")
    counter.get_by_role("button", name="Catat permintaan").click()
    expect(counter.locator("#requests-notice")).to_contain_text("sudah dicatat")

    steps.sign_in(office, "permintaan", "kepala")
    open_in_queue(office, "pembatasan", sent.number)
    expect(office.locator("#opened-facts")).to_contain_text(message("BUKTI_KTP_ASLI"))
    office.get_by_label("Kabulkan").check()
    office.get_by_role("button", name="Kirim jawaban").click()
    office.get_by_role("dialog").get_by_role("button", name="Ya, kabulkan").click()
    expect(office.locator("#requests-notice")).to_contain_text(sent.number)

    counter.goto("meja")
    steps.find_in_queue(counter, sent.number)
    row = counter.locator("#queue-rows tr", has_text=sent.number)
    expect(row).to_contain_text(message("meja.dibatasi"))
    counter.goto(f"meja#usulan/{sent.number}")
    expect(counter.locator("#case-restricted")).to_be_visible()
    expect(counter.get_by_role("button", name="Ambil usulan ini")).to_be_hidden()
    auditor.look(counter, "a restricted case")
    counter.goto("permintaan")
    counter.get_by_text("Catat permintaan warga", exact=True).click()
    counter.get_by_label("Nomor usulan").fill(sent.number)
    counter.get_by_label("Permintaan", exact=True).select_option("cabut")
    counter.get_by_label("Bukti yang ditunjukkan").select_option("KTP_ASLI")
    counter.get_by_role("button", name="Catat permintaan").click()
    expect(counter.locator("#requests-notice")).to_contain_text("sudah dicabut")
    counter.goto(f"meja#usulan/{sent.number}")
    expect(counter.get_by_role("button", name="Ambil usulan ini")).to_be_visible()
    assert auditor.problems == []
