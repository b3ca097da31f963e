"""The desk on a bad day: a wrong password, a claim that was given away, an unknown barkot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

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


@pytest.mark.cheap_phone
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
    steps.return_for_mending(desk, "Rumah tampak depan")

    phone = window(steps.PHONE)
    steps.ask_status(phone, sent.number, sent.secret)
    expect(phone.get_by_role("heading", name="Yang perlu diperbaiki")).to_be_visible()
    returned = phone.locator("#needs-list li")
    expect(returned).to_contain_text("Rumah tampak depan")
    phone.get_by_role("button", name="Kirim lagi").click()
    expect(phone.locator("#mend-notice")).to_contain_text("Masih ada foto yang belum diambil ulang.")
    phone.set_input_files('#needs-list [data-part="camera"]', families()[1].rumah_depan.path)
    expect(returned).to_contain_text("Foto baru sudah terkirim.")
    old, new = (
        returned.get_by_role("img", name=f"Foto {age}: Rumah tampak depan") for age in ("lama", "baru")
    )
    assert beside(old, new), "the citizen sees the old picture beside the new one"
    assert steps.fits(phone)
    phone.get_by_role("button", name="Kirim lagi").click()
    expect(phone.locator("#status-notice")).to_contain_text("Petugas akan memeriksanya lagi.")
    expect(phone.get_by_role("heading", name="Yang perlu diperbaiki")).to_be_hidden()

    eventually(lambda: photo_state(sent, "rumah_depan") == "read")
    steps.claim(desk, sent.number)
    desk.get_by_role("tab", name="Rumah tampak depan").click()
    new, old = (desk.get_by_role("img", name=f"Foto {age}Rumah tampak depan") for age in ("", "lama "))
    expect(old).to_be_visible()
    assert not beside(new, old), "on a phone they lie one above the other"
    assert steps.fits(desk)
    desk.set_viewport_size({"width": steps.DESK[0], "height": steps.DESK[1]})
    assert beside(*(desk.locator("#viewer .stage").nth(index) for index in (0, 1)))
    desk.get_by_role("tab", name="KTP").click()
    expect(old).to_be_hidden()


def beside(one: Locator, other: Locator) -> bool:
    """Whether `other` stands to the right of `one`, at the same height."""
    expect(one).to_be_visible()
    expect(other).to_be_visible()
    left, right = one.bounding_box(), other.bounding_box()
    assert left
    assert right
    return left["x"] + left["width"] <= right["x"] and abs(left["y"] - right["y"]) < left["height"] / 2
