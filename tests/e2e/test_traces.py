"""A browser keeps nothing of a person once their case is sent; the search that says so finds what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.traces import KEPT, Traces

pytestmark = [pytest.mark.stack, pytest.mark.browser]

PLANTED = {
    "local storage x": "localStorage.setItem('x', NUMBER)",
    "session": "sessionStorage.setItem('x', NUMBER)",
    "cookies": "document.cookie = 'x=' + NUMBER",
    "the console": "console.log('reading ' + NUMBER)",
    "title": "document.title = NUMBER",
    "an address": "history.replaceState(null, '', '#' + NUMBER)",
    "an address asked for": "fetch('healthz?nik=' + NUMBER)",
    "caches": "caches.open('x').then((cache) => cache.put('/x', new Response(NUMBER)))",
    "databases": """new Promise((done) => {
        const open = indexedDB.open('x');
        open.onupgradeneeded = () => open.result.createObjectStore('y', { autoIncrement: true });
        open.onsuccess = () => {
          const put = open.result.transaction('y', 'readwrite').objectStore('y').put({ nik: NUMBER });
          put.onsuccess = () => { open.result.close(); done(); };
        };
    })""",
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_number_is_found_wherever_a_browser_may_keep_or_say_it(
    browser: Browser, stack: RunningStack, place: str
) -> None:
    person = steps.someone(browser, stack.base_url + "/", steps.PHONE)
    traces = Traces(person)
    page = person.new_page()
    page.goto("")
    assert traces.found() == []
    page.route("**/*nik=*", lambda route: route.fulfill(body=""))  # asked for, but never sent
    nik = families()[0].ktp.fields["nik"]
    page.evaluate(f"async () => {{ const NUMBER = '{nik}'; await ({PLANTED[place]}); }}")
    found = traces.found()
    person.close()
    assert f"{place}: a number" in found
    assert nik not in str(found)


def test_once_sent_nothing_of_the_draft_is_left_on_the_phone(
    browser: Browser, stack: RunningStack, tmp_path: Path
) -> None:
    family = families()[2]
    person = steps.someone(browser, stack.base_url + "/", steps.PHONE)
    traces = Traces(person)
    phone = person.new_page()
    steps.say_who(phone)
    steps.send_photos(phone, family)
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    assert family.ktp.fields["nik"] in phone.evaluate(f"localStorage.getItem('{KEPT}')")
    steps.send(phone, tmp_path)
    typed = phone.evaluate("[...document.querySelectorAll('input')].map((one) => one.value).join(' ')")
    assert traces.found(draft=True) == []
    person.close()
    assert family.ktp.fields["nik"] not in typed
    assert family.ktp.fields["nama"] not in typed


def test_a_forgotten_draft_is_gone_too(window: Window) -> None:
    family = families()[2]
    phone = window(steps.PHONE)
    steps.say_who(phone)
    steps.send_photos(phone, family)
    phone.locator("#nik").fill(family.ktp.fields["nik"])
    phone.locator("#nama").fill(family.ktp.fields["nama"])
    phone.goto("usulan#siapa")
    phone.get_by_label("Tetangga saya").check()
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("heading", name="Foto KTP").wait_for()
    assert family.ktp.fields["nik"] not in phone.evaluate(f"localStorage.getItem('{KEPT}')")
