"""The form open in two tabs of one browser: one of them fills it in, and no photo gets into another's case."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.messages import message
from tests.client import eventually
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor
from tests.e2e.test_counter import at_the_counter, begin
from tests.e2e.test_offline import PHOTOS_KEPT

pytestmark = [pytest.mark.stack, pytest.mark.browser]
ELSEWHERE = message("laman.usulan.di_tab_lain")
AT_COUNTER = "berkas-loket"
"""The store of photos that wait at a counter."""


def without_photos_going_out(page: Page) -> None:
    """Photos wait in the browser: the store cannot be reached."""
    page.context.route("**/photos/*", lambda route: route.abort("internetdisconnected"))


def test_the_tab_opened_last_goes_on_and_the_one_before_stands_still(window: Window) -> None:
    family, auditor = families()[2], Auditor()
    first = window(steps.PHONE)
    without_photos_going_out(first)
    steps.say_who(first)
    first.set_input_files("#ktp-camera", family.ktp.path)
    expect(first.get_by_role("heading", name="Foto KK")).to_be_visible()

    second = first.context.new_page()
    second.goto("usulan")
    expect(second.get_by_role("heading", name="Foto KK")).to_be_visible()
    expect(first.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    expect(first.get_by_role("heading", name="Foto KK")).to_be_hidden()
    auditor.look(first, "the form went on in another tab")
    second.set_input_files("#kk-camera", family.kk.path)
    expect(second.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()

    first.get_by_role("button", name=message("laman.usulan.lanjutkan_di_sini")).click()
    expect(first.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    assert first.evaluate(PHOTOS_KEPT) == ["kk", "ktp"]
    expect(second.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    assert auditor.problems == []


def test_at_a_counter_the_second_tab_waits_until_the_first_is_done(window: Window) -> None:
    family, auditor = families()[2], Auditor()
    first = window(steps.DESK)
    without_photos_going_out(first)
    at_the_counter(first)
    number = begin(first)
    first.set_input_files("#ktp-camera", family.ktp.path)
    expect(first.get_by_role("heading", name="Foto KK")).to_be_visible()

    second = first.context.new_page()
    second.goto("loket")
    second.get_by_role("button", name="Mulai untuk warga").click()
    expect(second.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    expect(second.get_by_label("Diri saya sendiri")).to_be_hidden()
    auditor.look(second, "somebody is being served in another tab")
    assert first.evaluate(PHOTOS_KEPT, AT_COUNTER) == ["ktp"]
    first.set_input_files("#kk-camera", family.kk.path)
    expect(first.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    expect(first.locator("#counter-number")).to_have_text(number)

    first.close()
    expect(second.get_by_label("Diri saya sendiri")).to_be_visible()
    assert second.evaluate(PHOTOS_KEPT, AT_COUNTER) == []
    assert auditor.problems == []


def test_a_photo_kept_by_another_draft_is_never_this_ones(window: Window) -> None:
    """As where a browser knows no locks."""
    family, phone = families()[2], window(steps.PHONE)
    phone.add_init_script("delete Navigator.prototype.locks")
    without_photos_going_out(phone)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    assert phone.evaluate(PHOTOS_KEPT) == ["ktp"]
    phone.goto("panduan")
    phone.evaluate(
        "{ const draft = JSON.parse(localStorage['berkas.draf']); draft.kept.ktp = '2026-01-01T00:00:00.000Z';"
        " localStorage['berkas.draf'] = JSON.stringify(draft); }"
    )
    phone.context.unroute("**/photos/*")
    phone.goto("usulan")
    expect(phone.locator('[data-step="ktp"]')).to_contain_text(message("usulan.foto_hilang"))


def test_a_turn_at_the_counter_leaves_the_owners_own_usulan_alone(window: Window) -> None:
    """An operator who helps others on the telephone on which an usulan of their own waits."""
    own, citizen = families()[2], families()[3]
    phone = window(steps.PHONE)
    without_photos_going_out(phone)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", own.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    at_the_counter(phone)
    begin(phone)
    phone.set_input_files("#ktp-camera", citizen.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    assert phone.evaluate(PHOTOS_KEPT, AT_COUNTER) == ["ktp"]
    phone.goto("loket")
    expect(phone.get_by_role("button", name="Mulai untuk warga")).to_be_visible()
    assert eventually(lambda: phone.evaluate(PHOTOS_KEPT, AT_COUNTER) == [])
    phone.context.unroute("**/photos/*")
    phone.goto("usulan")
    expect(phone.locator("#held-state")).to_have_text("Sudah terkirim: KTP.")
