"""A masked field on the desk, looked at with the keyboard alone: asked why, shown for a minute, masked again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def test_a_field_is_shown_for_a_reason_and_masked_again(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[0], Auditor()
    sent = submitted(Client(stack.base_url), family)
    desk = window(steps.DESK)
    desk.clock.install()
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.find_in_queue(desk, sent.number)
    desk.goto(f"meja#usulan/{sent.number}")
    nik = desk.get_by_label("NIK", exact=True)
    expect(nik).to_have_value("*" * 12 + family.ktp.fields["nik"][-4:])

    desk.get_by_role("button", name="Lihat NIK").focus()
    desk.keyboard.press("Enter")
    asked = desk.get_by_role("dialog", name="Lihat NIK?")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Lihat isian").focus()
    desk.keyboard.press("Enter")
    expect(asked.get_by_role("alert")).to_contain_text(message("buka.buka_alasan"))
    auditor.look(desk, "the reason asked for")
    asked.get_by_label(message("BUKA_LAINNYA")).focus()
    desk.keyboard.press("Space")
    asked.get_by_label("Alasan Anda").fill(family.ktp.fields["nik"])
    desk.keyboard.press("Enter")
    expect(asked.get_by_role("alert")).to_contain_text(message("ALASAN_BERANGKA"))
    auditor.look(desk, "words refused")
    asked.get_by_label("Alasan Anda").fill("diminta camat lewat surat")
    desk.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(nik).to_have_value(family.ktp.fields["nik"])
    expect(nik).to_be_focused()
    assert family.ktp.fields["nik"] not in desk.url
    auditor.look(desk, "a field shown")
    desk.clock.fast_forward(61_000)
    expect(nik).to_have_value("*" * 12 + family.ktp.fields["nik"][-4:])
    desk.reload()
    expect(desk.locator("#case-timeline")).to_contain_text("Satu isian dibuka petugas")
    expect(desk.locator("#case-timeline")).to_contain_text("NIK · Alasan lain")
    assert steps.fits(desk)
    assert auditor.problems == []


def test_a_field_officer_sees_the_way_to_a_door_and_no_number(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[0], Auditor()
    sent = submitted(Client(stack.base_url), family)
    phone = window(steps.PHONE)
    steps.sign_in(phone, "petugas", "petugas")
    phone.get_by_label("Atau ketik nomor usulan").fill(sent.number)
    phone.get_by_role("button", name="Buka berkas").click()
    expect(phone.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()
    expect(phone.get_by_role("button", name="Lihat Nama")).to_be_visible()
    expect(phone.get_by_role("button", name="Lihat NIK")).to_have_count(0)
    phone.get_by_role("button", name="Lihat Alamat").click()
    asked = phone.get_by_role("dialog", name="Lihat Alamat?")
    asked.get_by_label(message("BUKA_KUNJUNGAN_RUMAH")).check()
    asked.get_by_role("button", name="Lihat isian").click()
    expect(phone.locator("#case-fields")).to_contain_text(family.kk.fields["alamat"])
    auditor.look(phone, "a field shown to the field officer")
    assert steps.fits(phone)
    assert auditor.problems == []
