"""The citizen's form on a bad day: the page is killed, the line is cut, something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import expect

from bench.cheap_phone import cut, joined
from chalicelib.local.specimens.catalogue import families
from chalicelib.messages import message
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


@pytest.mark.cheap_phone
def test_a_killed_page_goes_on_where_it_stopped(window: Window) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    person = phone.context
    phone.close()

    again = person.new_page()
    again.goto("usulan")
    expect(again.get_by_role("heading", name="Foto KK")).to_be_visible()
    expect(again.locator("#page-notice")).to_contain_text("Kita lanjutkan dari langkah terakhir.")


def test_what_was_typed_is_kept_and_not_overwritten_by_a_late_reading(window: Window) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    steps.send_photos(phone, family)
    expect(phone.locator("#nik")).to_be_visible(timeout=steps.READING)
    phone.locator("#nama").fill("DIKETIK SENDIRI")
    phone.reload()
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    expect(phone.locator("#nama")).to_have_value("DIKETIK SENDIRI")


def test_the_form_goes_on_without_a_reading(window: Window) -> None:
    """A house sent as KTP is never read as one: the fields are typed."""
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.rumah_depan.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    phone.set_input_files("#kk-camera", family.rumah_depan.path)
    expect(phone.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    phone.set_input_files("#rumah-camera", family.rumah_depan.path)
    steps.skip_extra_photos(phone)
    expect(phone.locator("#nik")).to_be_visible(timeout=steps.READING)
    phone.locator("#nik").fill(family.ktp.fields["nik"])
    phone.locator("#nama").fill(family.ktp.fields["nama"])
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    steps.check_address(phone, family)


@pytest.mark.cheap_phone
def test_a_photo_blurred_cut_off_or_far_away_is_told_before_it_goes_and_may_go_all_the_same(
    window: Window, tmp_path: Path
) -> None:
    family, auditor = families()[0], Auditor()
    blurred, cut_off, far = (tmp_path / f"{name}.jpg" for name in ("buram", "terpotong", "jauh"))
    with Image.open(family.ktp.path) as photo:
        photo.filter(ImageFilter.GaussianBlur(6)).save(blurred)
        photo.crop((photo.width // 4, 0, photo.width, photo.height)).save(cut_off)
        xs, ys = zip(*family.ktp.truth["quad_oriented"], strict=True)
        card = photo.crop((min(xs), min(ys), max(xs), max(ys)))
        table = Image.new("RGB", photo.size, "tan")
        table.paste(card.resize((photo.width // 6, photo.width // 6 * card.height // card.width)), (500, 300))
        table.save(far)
    phone = window(steps.PHONE)
    steps.say_who(phone)
    told = phone.locator('[data-step="ktp"] [data-part="notice"]')
    phone.set_input_files("#ktp-camera", blurred)
    expect(told).to_contain_text(message("foto.tampak_buram"))
    auditor.look(phone, "photo that looks blurred")
    phone.set_input_files("#ktp-camera", cut_off)
    expect(told).to_contain_text(message("foto.tampak_terpotong"))
    auditor.look(phone, "photo of a card that is cut off")
    phone.set_input_files("#ktp-camera", far)
    expect(told).to_contain_text(message("foto.tampak_jauh"))
    expect(told.get_by_role("button", name="Kirim saja")).to_be_visible()
    auditor.look(phone, "photo of a card that is far away")
    assert auditor.problems == []
    expect(phone.get_by_role("heading", name="Foto KTP")).to_be_visible()
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()

    phone.go_back()
    phone.set_input_files("#ktp-camera", cut_off)
    told.get_by_role("button", name="Kirim saja").click()
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()


@pytest.mark.cheap_phone
def test_a_line_cut_in_the_middle_of_a_photo_is_told_and_the_photo_goes_when_it_is_back(
    window: Window,
) -> None:
    """The person goes on all the while: the photo waits on the phone."""
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    told = phone.locator("#held-state")
    expect(told).to_have_text("Sedang dikirim: KTP.")
    expect(phone.locator("#held-bar")).to_be_visible()
    cut(phone)
    expect(told).to_have_text("Tersimpan di HP ini: KTP. Dikirim saat ada sinyal.")
    joined(phone)
    expect(told).to_have_text("Sudah terkirim: KTP.")


def test_what_is_missing_is_told_at_the_field_and_in_a_summary(window: Window) -> None:
    family = families()[0]
    phone = window(steps.PHONE)
    phone.goto("usulan")
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.locator("#target-error")).to_contain_text("Pilih dulu siapa yang diusulkan.")
    steps.say_who(phone)
    steps.send_photos(phone, family)
    expect(phone.locator("#nik")).to_be_visible(timeout=steps.READING)
    phone.locator("#nik").fill("123")
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(phone.get_by_role("alert").first).to_be_focused()
    expect(phone.locator("#nik-error")).to_have_text(message("NIK_KURANG", n=3))
    expect(phone.locator("#nik")).to_have_attribute("aria-invalid", "true")


def test_what_the_server_refuses_is_shown_where_it_was_typed(window: Window) -> None:
    """A NIK of sixteen digits that cannot exist is found by the server; the form returns to that screen."""
    family = families()[0]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    steps.send_photos(phone, family)
    expect(phone.locator("#nik")).to_be_visible(timeout=steps.READING)
    phone.locator("#nik").fill("0" * 16)
    phone.locator("#nama").fill(family.ktp.fields["nama"])
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    steps.check_address(phone, family)
    phone.get_by_label("Saya menyatakan data dan foto ini benar").check()
    phone.get_by_role("button", name="Kirim usulan").click()
    expect(phone.get_by_role("heading", name="Periksa NIK dan nama")).to_be_visible()
    expect(phone.locator("#nik-error")).not_to_be_empty()
    expect(phone.locator("#nama")).to_have_value(family.ktp.fields["nama"])
