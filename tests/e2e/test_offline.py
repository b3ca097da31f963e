"""The form where there is no signal: opened, photographed, filled, killed and opened again; sent once there is a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.messages import message
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]
LISTEN = """() => {
  window.said = [];
  const host = document.getElementById('held-state');
  new MutationObserver(() => window.said.push(host.textContent)).observe(host, { childList: true });
}"""
PHOTOS_KEPT = """async (name) => {
  const request = indexedDB.open(name ?? 'berkas');
  const database = await new Promise((done) => { request.onsuccess = () => done(request.result); });
  const all = database.transaction('foto').objectStore('foto').getAllKeys();
  return new Promise((done) => { all.onsuccess = () => { database.close(); done(all.result); }; });
}"""


def opened_before(window: Window) -> Page:
    """A phone that has opened the form once, and has no line now."""
    phone = window(steps.PHONE)
    phone.goto("usulan")
    steps.keeps(phone)
    person = phone.context
    phone.close()
    person.set_offline(True)
    return person.new_page()


def killed(phone: Page) -> Page:
    """The browser is gone, as when the camera took its memory; the person opens the form again."""
    person = phone.context
    phone.close()
    again = person.new_page()
    again.goto("usulan")
    return again


def photograph(phone: Page, family: DemoFamily) -> None:
    steps.say_who(phone)
    steps.send_photos(phone, family)


def fill(phone: Page, family: DemoFamily) -> None:
    """What is printed, typed by the person: nothing can be read, and no village can be chosen."""
    phone.locator("#nik").fill(family.ktp.fields["nik"])
    phone.locator("#nama").fill(family.ktp.fields["nama"])
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(phone.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    for name in ("nomor_kk", "alamat", "rt", "rw"):
        phone.locator(f"#{name}").fill(family.kk.fields[name])
    expect(phone.locator("#region-notice")).to_have_text(
        f"{message('usulan.desa_nanti')}{message('usulan.muat_lagi')}"
    )
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(phone.get_by_role("heading", name="Kirim usulan")).to_be_visible()


def test_all_of_it_without_a_line_and_sent_when_there_is_one(window: Window, tmp_path: Path) -> None:
    family, auditor = families()[2], Auditor()
    phone = opened_before(window)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()

    phone = killed(phone)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    waits = phone.locator("#held-state")
    expect(waits).to_have_text("Tersimpan di HP ini: KTP. Dikirim saat ada sinyal.")
    phone.get_by_role("link", name="Kembali").click()
    expect(phone.locator('[data-step="ktp"] [data-part="image"]')).to_be_visible()
    auditor.look(phone, "photo kept without a signal")
    phone.get_by_role("button", name="Lanjut", exact=True).click()
    phone.set_input_files("#kk-camera", family.kk.path)
    expect(phone.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    phone.set_input_files("#rumah-gallery", family.rumah_depan.path)
    steps.skip_extra_photos(phone)
    expect(phone.locator("#check-notice")).to_have_text(message("usulan.belum_dapat_dibaca"))
    fill(phone, family)
    phone.get_by_label("Saya menyatakan data dan foto ini benar").check()
    phone.get_by_role("button", name="Kirim usulan").click()
    expect(phone.locator("#send-state")).to_have_text(message("usulan.usulan_menunggu"))
    auditor.look(phone, "kept, to be sent with a signal")

    phone = killed(phone)
    expect(phone.locator("#send-state")).to_have_text(message("usulan.usulan_menunggu"))
    assert phone.evaluate(PHOTOS_KEPT) == ["kk", "ktp", "rumah_depan"]
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()
    expect(phone.locator("#address-errors")).to_contain_text(message("usulan.tinggal_desa"))
    assert phone.evaluate(PHOTOS_KEPT) == []
    steps.check_address(phone, family)
    steps.send(phone, tmp_path)
    assert auditor.problems == []


def test_what_happens_to_a_photo_is_told_once_each(window: Window) -> None:
    family = families()[2]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    phone.evaluate(LISTEN)
    phone.context.set_offline(True)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.locator("#held-state")).to_have_text("Tersimpan di HP ini: KTP. Dikirim saat ada sinyal.")
    phone.context.set_offline(False)
    expect(phone.locator("#held-state")).to_have_text("Sudah terkirim: KTP.")
    said = [text for text in phone.evaluate("window.said") if text]
    assert said[-1] == "Sudah terkirim: KTP."
    assert len(said) == len([text for at, text in enumerate(said) if at == 0 or said[at - 1] != text])
    assert not [text for text in said if "%" in text]


@pytest.mark.cheap_phone
def test_two_taps_on_send_make_one_case(window: Window, tmp_path: Path) -> None:
    family = families()[3]
    phone = window(steps.PHONE)
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url) if one.url.endswith("/submission") else None)
    dialogs: list[str] = []
    phone.on("dialog", lambda one: dialogs.append(one.message))
    photograph(phone, family)
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    phone.get_by_label("Saya menyatakan data dan foto ini benar").check()
    phone.get_by_role("button", name="Kirim usulan").dblclick()
    expect(phone.get_by_role("heading", name="Usulan sudah kami terima")).to_be_visible()
    assert (len(asked), dialogs) == (1, [])


def test_what_begins_twice_begins_one_case(window: Window) -> None:
    """The answer of the first beginning is lost on the way, and the browser killed: the repetition has the same name."""
    phone = window(steps.PHONE)
    names: list[str] = []

    def lost(route: Route) -> None:
        names.append(route.request.headers["idempotency-key"])
        route.abort("internetdisconnected")

    phone.context.route("**/api/v1/usulan", lost)
    steps.say_who(phone)
    expect(phone.locator("#held-state")).to_have_text(message("usulan.isian_di_hp"))
    phone.context.unroute("**/api/v1/usulan")
    person = phone.context
    phone.close()
    again = person.new_page()
    with again.expect_request("**/api/v1/usulan") as asked:
        again.goto("usulan")
    assert {*names, asked.value.headers["idempotency-key"]} == {names[0]}


def test_a_browser_that_keeps_no_photos_says_so_and_sends_them_all_the_same(window: Window) -> None:
    family = families()[2]
    phone = window(steps.PHONE)
    phone.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };"
    )
    phone.route("**/photos/ktp", lambda route: route.abort("internetdisconnected"))
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    expect(phone.locator("#held-state")).to_contain_text(message("usulan.jangan_tutup"))
    auditor = Auditor()
    auditor.look(phone, "a phone that keeps no photos")
    phone.unroute("**/photos/ktp")
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#held-state")).to_have_text("Sudah terkirim: KTP.")
    assert auditor.problems == []


def test_a_photo_that_the_phone_threw_away_is_asked_for_again(window: Window) -> None:
    family = families()[2]
    phone = opened_before(window)
    steps.say_who(phone)
    phone.set_input_files("#ktp-camera", family.ktp.path)
    expect(phone.get_by_role("heading", name="Foto KK")).to_be_visible()
    phone.evaluate("new Promise((done) => { indexedDB.deleteDatabase('berkas').onsuccess = done; })")
    person = phone.context
    phone.close()
    person.set_offline(False)
    again = person.new_page()
    again.goto("usulan")
    expect(again.get_by_role("heading", name="Foto KTP")).to_be_visible()
    expect(again.locator('[data-step="ktp"]')).to_contain_text(message("usulan.foto_hilang"))


def test_deleting_it_from_this_phone_leaves_nothing(window: Window) -> None:
    family = families()[2]
    phone = opened_before(window)
    photograph(phone, family)
    phone.locator("#nik").fill(family.ktp.fields["nik"])
    assert phone.evaluate(PHOTOS_KEPT) == ["kk", "ktp", "rumah_depan"]
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Hapus dari HP ini").click()
    expect(phone.get_by_role("heading", name="Siapa yang diusulkan?")).to_be_visible()
    expect(phone.locator("#page-notice")).to_have_text(message("usulan.draf_dihapus"))
    assert phone.evaluate(PHOTOS_KEPT) == []
    left = phone.evaluate(
        "JSON.stringify({ ...localStorage }) + [...document.querySelectorAll('input')].map((one) => one.value)"
    )
    assert family.ktp.fields["nik"] not in left
    assert "berkas.draf" not in left


def test_a_draft_that_nobody_touched_for_a_month_is_gone(window: Window) -> None:
    family = families()[2]
    phone = opened_before(window)
    photograph(phone, family)
    phone.evaluate(
        """() => {
          const draft = JSON.parse(localStorage.getItem('berkas.draf'));
          draft.at = new Date(Date.now() - 31 * 86400000).toISOString();
          localStorage.setItem('berkas.draf', JSON.stringify(draft));
        }"""
    )
    again = killed(phone)
    expect(again.get_by_role("heading", name="Siapa yang diusulkan?")).to_be_visible()
    expect(again.get_by_label("Diri saya sendiri")).not_to_be_checked()
    steps.becomes(again, f"async () => (await ({PHOTOS_KEPT})()).length === 0")
