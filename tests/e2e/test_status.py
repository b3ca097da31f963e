"""The status page in a browser that runs no script, and what scripts add: where notices go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chalicelib.local.demo import operator_of
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, Sent, eventually, on_desk, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = pytest.mark.stack


@pytest.fixture
def plain(browser: Browser, stack: RunningStack) -> Iterator[Page]:
    """A phone's window without scripts."""
    width, height = steps.PHONE
    person = browser.new_context(
        base_url=stack.base_url + "/",
        viewport={"width": width, "height": height},
        java_script_enabled=False,
    )
    yield person.new_page()
    person.close()


def returned(stack: RunningStack) -> Sent:
    family = families()[1]
    sent = submitted(Client(stack.base_url), family)
    eventually(lambda: read_slots(sent))
    officer, work = Client(stack.base_url).signed_in(operator_of(family.village)), f"{sent.number}.desa"
    eventually(lambda: on_desk(officer, work))
    fence = officer.post(f"desk/{work}/claim", {}).expect(200)["fence"]
    ruling = {"work_id": work, "fence": fence, "decision": "perlu_perbaikan"}
    ruling |= {"reason": "FOTO_BURAM", "slots": ["rumah_depan"]}
    officer.post(f"cases/{sent.number}/decision", ruling).expect(200)
    return sent


def look(page: Page, secret: str) -> None:
    page.get_by_label("Kode rahasia").fill(secret)
    page.get_by_role("button", name="Lihat status").click()


def test_a_browser_without_scripts_is_answered_with_the_whole_page(plain: Page, stack: RunningStack) -> None:
    sent = returned(stack)
    plain.goto(f"status?n={sent.number}")
    look(plain, "")
    expect(plain.get_by_role("alert")).to_contain_text(message("status.kode_kosong"))
    look(plain, "AAAA-AAAA")
    expect(plain.locator("#status-notice")).to_contain_text(message("USULAN_TIDAK_DITEMUKAN"))
    expect(plain.get_by_label("Nomor usulan")).to_have_value(sent.number)
    look(plain, sent.secret)
    expect(plain.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()
    assert "?" not in plain.url
    expect(plain.locator("#result")).to_contain_text(message("TERDAFTAR_BUKAN_JAMINAN"))
    expect(plain.locator("#result-timeline li")).to_have_count(6)
    old = plain.get_by_role("img", name="Foto lama: Rumah tampak depan")
    expect(old).to_be_visible()
    assert old.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    assert sent.secret not in plain.content()
    assert steps.fits(plain)


def test_a_photo_is_mended_and_notices_are_asked_for_without_scripts(
    plain: Page, stack: RunningStack
) -> None:
    sent, auditor = returned(stack), Auditor()
    plain.goto("status")
    plain.get_by_label("Nomor usulan").fill(sent.number)
    look(plain, sent.secret)
    plain.get_by_role("button", name="Kirim lagi").click()
    expect(plain.get_by_role("alert")).to_contain_text(
        message("FOTO_BELUM_ADA", dokumen="Rumah tampak depan")
    )
    auditor.photograph(plain, "mending without scripts, with errors")
    plain.get_by_role("button", name="Kirim foto baru Rumah tampak depan").click()
    plain.get_by_label("Foto baru", exact=True).set_input_files(families()[1].rumah_depan.path)
    plain.get_by_role("button", name="Kirim foto", exact=True).click()
    frame = plain.frame_locator("iframe")
    expect(frame.get_by_text(message("laman.status.sampai"))).to_be_visible()
    auditor.photograph(plain, "mending without scripts, the photo has arrived")

    eventually(lambda: read_slots(sent))
    plain.get_by_role("button", name="Sudah sampai, lanjut").click()
    expect(plain.get_by_text(message("status.terkirim"))).to_be_visible()
    expect(plain.get_by_role("img", name="Foto baru: Rumah tampak depan")).to_be_visible()
    plain.get_by_role("button", name="Kirim lagi").click()
    expect(plain.get_by_role("status")).to_contain_text(message("status.dikirim_lagi"))
    expect(plain.get_by_role("heading", name="Yang perlu diperbaiki")).to_be_hidden()

    plain.get_by_text("Kabar lewat HP atau surel").click()
    plain.get_by_role("button", name="Simpan").click()
    expect(plain.get_by_role("alert")).to_contain_text(message("kabar.kosong"))
    plain.get_by_text("Kabar lewat HP atau surel").click()
    plain.get_by_label("Nomor HP atau alamat surel").fill("0812 3450 9876")
    plain.get_by_role("button", name="Simpan").click()
    expect(plain.locator("#result-channel")).to_have_text(message("KANAL_hp"))
    assert "9876" not in plain.content()
    plain.get_by_text("Kabar lewat HP atau surel").click()
    plain.get_by_role("button", name="Berhenti dikabari").click()
    expect(plain.locator("#result-channel")).to_have_text(message("KANAL_TIDAK_ADA"))
    assert sent.secret not in plain.content() + plain.url
    assert "pass=" not in plain.url
    assert steps.fits(plain)


def test_where_notices_go_is_given_changed_and_taken_back(window: Window, stack: RunningStack) -> None:
    sent = submitted(Client(stack.base_url), families()[1])
    phone = window(steps.PHONE)
    steps.ask_status(phone, sent.number, sent.secret)
    expect(phone.locator("#result-channel")).to_have_text(message("KANAL_TIDAK_ADA"))
    phone.get_by_text("Kabar lewat HP atau surel").click()
    address = phone.get_by_label("Nomor HP atau alamat surel")
    expect(phone.get_by_role("button", name="Berhenti dikabari")).to_be_hidden()
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.locator("#contact-errors")).to_contain_text(message("kabar.kosong"))
    address.fill("12345")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.locator("#contact-errors")).to_contain_text(message("KONTAK_SALAH"))
    address.fill("0812 3450 9876")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.locator("#contact-notice")).to_contain_text(message("kabar.tersimpan"))
    expect(phone.locator("#result-channel")).to_have_text(message("KANAL_hp"))
    expect(address).to_have_value("")
    assert "9876" not in phone.content()
    assert steps.fits(phone)
    phone.get_by_role("button", name="Berhenti dikabari").click()
    expect(phone.locator("#contact-notice")).to_contain_text(message("kabar.berhenti"))
    expect(phone.locator("#result-channel")).to_have_text(message("KANAL_TIDAK_ADA"))
