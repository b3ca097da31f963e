"""A person who has asked for English is spoken to in English: page, scripts, answers of the server, and paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.messages import Language, message, speaking
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def english(code: str, **values: object) -> str:
    with speaking(Language.ENGLISH):
        return message(code, **values)


def test_the_form_goes_on_in_english_and_back_where_it_was_left(window: Window) -> None:
    phone = window(steps.PHONE)
    phone.goto("usulan")
    expect(phone.get_by_role("heading", name="Siapa yang diusulkan?")).to_be_visible()
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.locator("#target-error")).to_have_text(english("usulan.pilih_siapa"))
    phone.get_by_label("Myself").check()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", name=english("laman.usulan.judul_ktp"))).to_be_visible()
    expect(phone.locator("#step-count")).to_have_text("Step 2 of 8")
    phone.set_input_files("#ktp-camera", families()[0].ktp.path)
    expect(phone.get_by_role("heading", name=english("laman.usulan.judul_kk"))).to_be_visible()
    phone.get_by_role("link", name="Bahasa Indonesia").click()
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()


def test_what_the_server_refuses_is_told_in_english(window: Window) -> None:
    phone = window(steps.PHONE)
    phone.goto("status")
    phone.get_by_role("link", name="English").click()
    phone.locator("#number").fill("7K3M-9QTD-2")
    phone.locator("#secret").fill("K7QM-2XPD")
    phone.get_by_role("button", name="See the status").click()
    expect(phone.locator("#status-notice")).to_contain_text(english("USULAN_TIDAK_DITEMUKAN"))


def test_on_paper_there_is_nothing_to_press_and_all_is_black_on_white(window: Window) -> None:
    phone = window(steps.PHONE)
    phone.emulate_media(media="print", color_scheme="dark")
    for page in ("", "usulan", "status", "meja", "petugas", "admin", "akun", "permintaan", "gaya"):
        phone.goto(page)
        expect(phone.locator("#loading:visible")).to_have_count(0)
        for pressed in ("a.button", "button.button", "label.button", "nav", ".top", ".foot"):
            expect(phone.locator(f"{pressed}:visible")).to_have_count(0)
        paper, ink = phone.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), page


WIDER = """
() => {
  for (const node of document.querySelectorAll('[hidden]')) node.hidden = false;
  const rolls = '.tabs, .stage, .crop, .seen-only-by-readers';  // these scroll or are cut on purpose
  return [...document.querySelectorAll('main *')]
    .filter((node) => node.getBoundingClientRect().width && !node.closest(rolls))
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
    .map((node) => `${node.tagName} ${node.id} ${node.className}`);
}
"""
"""Shows all that a page holds, whatever its moment, and names what stands out of the window."""


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_wider_than_the_smallest_phone_in_either_language(
    window: Window, language: Language
) -> None:
    phone = window((320, 640))
    phone.goto(f"bahasa/{language}?ke=")
    expect(phone.locator("html")).to_have_attribute("lang", language)
    for page in ("", "usulan", "status", "meja", "petugas", "admin", "akun", "permintaan", "gaya"):
        phone.goto(page)
        assert phone.evaluate(WIDER) == [], page
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, page
