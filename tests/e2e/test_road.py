"""One citizen's photos become a case on an officer's desk and are decided, all in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.steps import fits

pytestmark = [pytest.mark.stack, pytest.mark.browser]


@pytest.mark.cheap_phone
def test_from_the_empty_form_to_a_decision_and_back(
    window: Window, stack: RunningStack, tmp_path: Path
) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    steps.send_photos(phone, family)
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    assert fits(phone)
    receipt = steps.send(phone, tmp_path)
    assert fits(phone)
    expect(phone.locator("#receipt-message")).to_contain_text("bukan tanda pasti menerima bantuan")

    eventually(lambda: read_slots(steps.as_sent(stack, receipt)))  # sending never waits for the reader
    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, receipt.number)
    desk.get_by_label("NIK").focus()
    expect(desk.get_by_role("tab", name="KTP")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#viewer polygon")).to_be_visible()
    desk.get_by_label("Nomor KK").focus()
    expect(desk.get_by_role("tab", name="Kartu Keluarga")).to_have_attribute("aria-selected", "true")
    mended = f"{family.kk.fields['alamat']} NO. 7"
    desk.get_by_label("Alamat").fill(mended)
    desk.get_by_role("button", name="Simpan koreksi").click()
    expect(desk.locator("#case-notice")).to_contain_text("Koreksi Alamat sudah disimpan.")
    steps.decide(desk, message("KEPUTUSAN_lulus"))
    expect(desk.locator("#queue-notice")).to_contain_text(message("KEADAAN_VERIFIKASI_DINSOS"))

    next_stage = window(steps.DESK)
    steps.sign_in(next_stage, "meja", "dinsos")
    steps.claim(next_stage, receipt.number)
    expect(next_stage.get_by_label("Alamat")).to_have_value(mended)
    steps.decide(next_stage, message("KEPUTUSAN_lulus"))
    expect(next_stage.locator("#queue-notice")).to_contain_text(message("KEADAAN_DITERIMA_DINSOS"))

    phone.get_by_role("link", name="Lihat status").click()
    expect(phone.locator("#result-state")).to_have_text(message("KEADAAN_DITERIMA_DINSOS"))
    expect(phone.locator("#result-timeline li")).not_to_have_count(0)
    expect(phone.locator("#result")).to_contain_text(message("TERDAFTAR_BUKAN_JAMINAN"))
    assert fits(phone)

    field_officer = window(steps.PHONE)
    steps.sign_in(field_officer, "petugas", "petugas")
    steps.scan_picture(field_officer, receipt.picture)
    expect(field_officer.get_by_role("heading", name=f"Usulan {receipt.number}")).to_be_visible()
    expect(field_officer.locator("#case-fields")).not_to_contain_text(family.ktp.fields["nik"])
    assert fits(field_officer)


def test_the_status_page_asks_for_the_secret_on_another_phone(window: Window, stack: RunningStack) -> None:
    receipt = submitted(Client(stack.base_url), families()[1])
    other = window(steps.PHONE)
    other.goto(f"status?n={receipt.number}")
    expect(other.get_by_label("Nomor usulan")).to_have_value(receipt.number)
    other.get_by_label("Kode rahasia").fill("AAAA-AAAA")
    other.get_by_role("button", name="Lihat status").click()
    expect(other.locator("#status-notice")).to_contain_text(message("USULAN_TIDAK_DITEMUKAN"))
    other.get_by_label("Kode rahasia").fill(receipt.secret.lower())
    other.get_by_role("button", name="Lihat status").click()
    expect(other.get_by_role("heading", name=f"Usulan {receipt.number}")).to_be_visible()
