"""An officer's session in a real browser: the token out of reach, leaving that leaves nothing, a line that is cut, and
the own account."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.api.own_page import COOKIE
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, submitted
from tests.console import code_of
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]

OWN = "document.cookie + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })"
OFFICER, OLD, NEW = "dewi.akun", "kopi hujan sepeda genteng", "perahu kertas lampu kebun"


def cookie_of(page: Page) -> dict[str, object] | None:
    found = [one for one in page.context.cookies() if one["name"] == COOKIE]
    return dict(found[0]) if found else None


def at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="Antrean usulan")).to_be_visible()


def test_the_browser_keeps_the_token_where_no_script_reads_it(window: Window) -> None:
    """Chromium takes a `__Host-` cookie from the machine itself as it does over TLS."""
    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", "dinsos")
    at_the_desk(desk)
    cookie = cookie_of(desk)
    assert cookie
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert cookie["expires"] == -1, "it goes with the browser"
    readable = desk.evaluate(OWN)
    assert str(cookie["value"])[:40] not in readable
    assert "eyJ" not in readable, "the head of some token"
    desk.reload()
    at_the_desk(desk)


def test_leaving_leaves_nothing_of_a_case_not_even_behind_the_back_button(
    window: Window, stack: RunningStack
) -> None:
    family = families()[0]
    sent = submitted(Client(stack.base_url), family)
    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, sent.number)
    name = family.ktp.fields["nama"]
    assert any(name == one.input_value() for one in desk.locator("#fields input").all())
    beside = desk.context.new_page()
    beside.goto("meja")
    at_the_desk(beside)
    stolen = cookie_of(desk)
    assert stolen

    desk.get_by_role("button", name="Keluar").click()
    expect(desk.locator("#sign-in-notice")).to_contain_text(message("masuk.sudah_keluar"))
    expect(beside.locator("#sign-in-notice")).to_contain_text(message("masuk.sudah_keluar"))
    assert cookie_of(desk) is None
    assert desk.evaluate("localStorage.length + sessionStorage.length") == 0
    thief = Client(stack.base_url).with_headers(Cookie=f"{COOKIE}={stolen['value']}")
    assert thief.get("me").code == "BELUM_MASUK"
    for _ in range(3):
        desk.go_back()
        if not desk.url.startswith(stack.base_url):
            break
        expect(desk.get_by_role("button", name="Masuk")).to_be_visible()
        assert name not in desk.content()
        assert desk.locator("#fields input").count() == 0


def test_a_session_that_was_ended_elsewhere_closes_the_page_and_says_why(
    window: Window, stack: RunningStack
) -> None:
    desk, phone = window(steps.DESK), window(steps.PHONE)
    steps.sign_in(desk, "meja", "dinsos")
    at_the_desk(desk)
    steps.sign_in(phone, "akun", "dinsos")
    expect(phone.get_by_text("Perangkat ini")).to_be_visible()
    assert steps.fits(phone)
    phone.get_by_role("button", name="Akhiri semua yang lain").click()
    phone.get_by_role("dialog").get_by_role("button", name="Ya, akhiri").click()
    expect(phone.locator("#account-notice")).to_contain_text(message("akun.lain_diakhiri"))
    desk.get_by_role("button", name="Muat ulang").click()
    expect(desk.locator("#sign-in-notice")).to_contain_text(message("BELUM_MASUK"))
    assert cookie_of(desk) is None


def test_without_a_network_a_page_knows_who_is_signed_in_and_until_when(window: Window) -> None:
    phone = window(steps.PHONE)
    steps.sign_in(phone, "petugas", "petugas")
    expect(phone.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    kept = json.loads(phone.evaluate("localStorage.getItem('berkas.petugas')"))
    assert set(kept) == {"me", "until"}
    phone.route("**/api/v1/**", lambda route: route.abort())
    phone.reload()
    expect(phone.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    expect(phone.locator("#officer-notice")).to_contain_text("Tanpa jaringan")
    phone.get_by_role("button", name="Keluar").click()
    expect(phone.locator("#officer-notice")).to_contain_text("Belum keluar")
    phone.unroute("**/api/v1/**")
    phone.get_by_role("button", name="Keluar").click()
    expect(phone.locator("#sign-in-notice")).to_contain_text(message("masuk.sudah_keluar"))


def test_a_browser_that_refuses_our_cookie_is_told_so(window: Window) -> None:
    desk = window(steps.DESK)

    def without_cookie(route: Route) -> None:
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        desk.context.clear_cookies()  # `fetch` keeps what it got
        route.fulfill(response=answer, headers=headers)

    desk.route("**/api/v1/session", without_cookie)
    steps.sign_in(desk, "meja", "dinsos")
    expect(desk.locator("#sign-in-notice")).to_contain_text("menolak menyimpan tanda masuk")
    desk.context.clear_cookies()


def settled(stack: RunningStack) -> str:
    """An invited officer after the first sign-in, so that no account of the demo is changed: the secret in their app."""
    client = Client(stack.base_url)
    today = (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()
    office = {"role": "FIELD_OFFICER", "regions": ["13.05.02"], "kind": "tetap", "begins": today}
    person = {"username": OFFICER, "name": "Dewi Contoh", "reason": "Surat tugas 14"}
    password = (
        client.signed_in("admin").post("console/staff", office | person).expect(201)["temporary_password"]
    )
    first = client.post("session", {"username": OFFICER, "password": password}).expect(200)["next"]
    answer = {"handle": first["handle"], "answer": OLD}
    second = client.post("session/step", answer).expect(200)["next"]
    secret = str(second["enrol"]["secret"])
    client.post("session/step", {"handle": second["handle"], "answer": code_of(secret)}).expect(200)
    return secret


def test_an_officer_changes_the_own_password_and_device(window: Window, stack: RunningStack) -> None:
    auditor = Auditor()
    old_device = settled(stack)
    phone = window(steps.PHONE)
    steps.sign_in(phone, "akun", OFFICER, OLD)
    phone.locator("#answer").fill(code_of(old_device))
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.get_by_text("Perangkat ini")).to_be_visible()
    auditor.look(phone, "the own account")

    password = phone.locator("#form-password")
    password.get_by_role("button").click()
    expect(password.get_by_role("alert")).to_be_visible()
    auditor.look(phone, "the own account, with errors")
    password.get_by_label("Kata sandi sekarang").fill("keliru")
    password.get_by_label("Kata sandi baru").fill(NEW)
    password.get_by_role("button").click()
    expect(password.locator("#password-now-error")).to_contain_text(message("KATA_SANDI_LAMA_SALAH"))
    password.get_by_label("Kata sandi sekarang").fill(OLD)
    password.get_by_label("Kata sandi baru").fill("petugas-desa-2026")
    password.get_by_role("button").click()
    expect(password.locator("#password-new-error")).to_contain_text(message("KATA_SANDI_MUDAH"))
    password.get_by_label("Kata sandi baru").fill(NEW)
    password.get_by_role("button").click()
    expect(phone.locator("#account-notice")).to_contain_text(message("akun.kata_sandi_diganti"))
    expect(phone.locator("#events")).to_contain_text("Kata sandi diganti pemilik akun")

    factor = phone.locator("#form-factor")
    factor.get_by_label("Kata sandi sekarang").fill(NEW)
    factor.get_by_label("Kode 6 angka dari perangkat lama").fill(code_of(old_device))
    factor.get_by_role("button").click()
    expect(phone.get_by_role("heading", name="Pindai dengan perangkat baru")).to_be_visible()
    auditor.look(phone, "a new device")
    secret = phone.locator("#factor-secret").inner_text()
    phone.get_by_label("Kode 6 angka dari perangkat baru").fill("000000")
    phone.get_by_role("button", name="Simpan perangkat baru").click()
    expect(phone.locator("#confirm-code-error")).to_contain_text(message("KODE_SALAH"))
    phone.get_by_label("Kode 6 angka dari perangkat baru").fill(code_of(secret))
    phone.get_by_role("button", name="Simpan perangkat baru").click()
    expect(phone.locator("#account-notice")).to_contain_text(message("akun.kode_diganti"))
    assert secret not in phone.content()
    assert steps.fits(phone)

    other = window(steps.DESK)
    steps.sign_in(other, "petugas", OFFICER, NEW)
    expect(other.get_by_role("heading", name="Kode 6 angka")).to_be_visible()
    other.get_by_label("Kode 6 angka").fill(code_of(secret))
    other.get_by_role("button", name="Lanjut").click()
    expect(other.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    assert auditor.problems == []
