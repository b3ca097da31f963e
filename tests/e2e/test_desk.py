"""The desk on a bad day: a wrong password, a claim that was given away, an unknown barkot."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import hint, message
from tests.client import Client, Sent, eventually, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def photo_state(sent: Sent, slot: str) -> str:
    slots = sent.phone.get(f"usulan/{sent.number}").json["slots"]
    return next(str(one["state"]) for one in slots if one["slot"] == slot)


def test_a_wrong_password_is_told_with_what_to_do(window: Window) -> None:
    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", "dinsos", "keliru")
    expect(desk.locator("#sign-in-notice")).to_contain_text(message("MASUK_DITOLAK"))
    expect(desk.locator("#sign-in-notice")).to_contain_text(hint("MASUK_DITOLAK"))


def test_a_claim_given_away_elsewhere_is_told_and_nothing_is_saved(
    window: Window, stack: RunningStack
) -> None:
    family = families()[0]
    sent = submitted(Client(stack.base_url), family)
    desk, elsewhere = window(steps.DESK), window(steps.PHONE)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, sent.number)

    steps.sign_in(elsewhere, f"meja#usulan/{sent.number}", steps.operator_of(family))
    elsewhere.get_by_role("button", name="Lepaskan").click()
    expect(elsewhere.get_by_role("heading", name="Antrean usulan")).to_be_visible()

    desk.get_by_label("Alamat").fill("ALAMAT LAIN")
    desk.get_by_role("button", name="Simpan koreksi").click()
    expect(desk.locator("#case-notice")).to_contain_text(message("KLAIM_BERAKHIR"))
    expect(desk.get_by_role("heading", name="Keputusan")).to_be_hidden()
    desk.get_by_role("button", name="Ambil usulan ini").click()
    expect(desk.get_by_role("button", name="Lepaskan")).to_be_visible()
    expect(desk.locator("#lease-clock")).to_contain_text("Sisa waktu")
    expect(desk.locator("#fields")).not_to_contain_text("Koreksi ")
    expect(desk.get_by_label("Alamat")).to_have_value("ALAMAT LAIN")  # what was typed waits to be saved again
    desk.get_by_role("button", name="Simpan koreksi").click()
    expect(desk.locator("#case-notice")).to_contain_text("Koreksi Alamat sudah disimpan.")


def test_a_return_asks_for_a_reason_and_comes_back_mended(window: Window, stack: RunningStack) -> None:
    family = families()[0]
    sent = submitted(Client(stack.base_url), family)
    eventually(lambda: photo_state(sent, "rumah_depan") == "read")
    desk = window(steps.PHONE)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, sent.number)
    desk.locator("#decision-list").get_by_label(message("KEPUTUSAN_perlu_perbaikan"), exact=True).check()
    desk.get_by_role("button", name="Lanjut ke konfirmasi").click()
    expect(desk.locator("#decision-errors")).to_contain_text(message("ALASAN_KURANG"))
    expect(desk.locator("#decision-errors")).to_contain_text(message("DOKUMEN_KURANG"))
    desk.locator("#reason-FOTO_BURAM").check()
    desk.get_by_role("checkbox", name="Rumah tampak depan").check()
    steps.decide(desk, message("KEPUTUSAN_perlu_perbaikan"))

    phone = window(steps.PHONE)
    phone.goto(f"status?n={sent.number}")
    phone.get_by_label("Kode rahasia").fill(sent.secret)
    phone.get_by_role("button", name="Lihat status").click()
    expect(phone.get_by_role("heading", name="Yang perlu diperbaiki")).to_be_visible()
    expect(phone.locator("#needs-list")).to_contain_text("Rumah tampak depan")
    phone.get_by_role("button", name="Kirim lagi").click()
    expect(phone.locator("#mend-notice")).to_contain_text("Masih ada foto yang belum diambil ulang.")
    phone.set_input_files('#needs-list [data-part="camera"]', families()[1].rumah_depan.path)
    expect(phone.locator("#needs-list")).to_contain_text("Foto baru sudah terkirim.")
    phone.get_by_role("button", name="Kirim lagi").click()
    expect(phone.locator("#status-notice")).to_contain_text("Petugas akan memeriksanya lagi.")
    expect(phone.get_by_role("heading", name="Yang perlu diperbaiki")).to_be_hidden()

    steps.claim(desk, sent.number)
    expect(desk.get_by_role("tab", name="Rumah tampak depan (sebelumnya)")).to_be_visible()
