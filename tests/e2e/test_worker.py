"""The worker that keeps pages: whole versions, nothing personal, and no deployment that phones could not leave again.

A site of this test's own serves the real pages and the real worker, each in the version that the test wants.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from chalicelib.api.assets import Assets
from chalicelib.api.pages import policy
from chalicelib.api.rendering import WEB
from chalicelib.usulan.numbers import new_case_number
from tests.client import eventually
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]
WORKER = (WEB / "aset" / "pekerja.js").read_text(encoding="utf-8")
LEAVES = (WEB / "aset" / "lepas.js").read_text(encoding="utf-8")
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found.sort();
}"""
UPDATED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const before = registration.active;
  await registration.update();
  window.isThere = () => registration.active !== before && registration.active.state === 'activated';
}"""


class Site:
    """A page with a module, deployed anew whenever a test says so, under a stage's path as the gateway has it."""

    def __init__(self) -> None:
        self.worker = WORKER
        self.fetched = ""
        """The worker a browser got last."""
        self.missing: set[str] = set()
        self.refused: set[str] = set()
        self.deploy("satu")
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def deploy(self, version: str) -> None:
        self._assets = Assets(
            {
                "simpan.js": (WEB / "aset" / "simpan.js").read_text(encoding="utf-8"),
                "isi.js": f"document.getElementById('says').textContent = '{version}';\nimport('./malas.js');\n",
                "malas.js": f"document.documentElement.dataset.lazy = '{version}';\n",
            }
        )
        self.page = self._assets.addressed(
            f'<!doctype html><html lang="id"><title>{version}</title><p id="page">{version}</p><p id="says"></p>'
            '<script type="module" src="aset/isi.js"></script>'
            '<script type="module" src="aset/simpan.js"></script></html>'
        )

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        path, _, query = asked.path.removeprefix("/api/").partition("?")
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy("")}
        body, kind = self.page, "text/html"
        if path == "pekerja.js":
            body, kind = self.worker, "text/javascript"
            self.fetched = body
            headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
        elif path.startswith("aset/"):
            name = path.removeprefix("aset/")
            body, kind = self._assets.served(name), "text/javascript"
            if query == f"v={self._assets.digest(name)}":
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif path == "status":
            headers["Cache-Control"] = "private, no-store"
        if path in self.missing:
            self.refused.add(path)
            headers["Cache-Control"] = "no-store"
        asked.send_response(500 if path in self.missing else 200)
        for name, value in {
            **headers,
            "Content-Type": kind,
            "Content-Length": str(len(body.encode())),
        }.items():
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(body.encode())

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    made = steps.someone(browser, site.url, steps.PHONE)
    yield made
    made.close()


def opened(person: BrowserContext) -> str:
    """The form opened in a new tab: what the page and its modules say, which is one version or none."""
    page = person.new_page()
    page.goto("usulan")
    expect(page.locator("#says")).not_to_be_empty()
    page.wait_for_function("document.documentElement.dataset.lazy")
    said = {
        page.title(),
        page.locator("#says").inner_text(),
        page.evaluate("document.documentElement.dataset.lazy"),
    }
    assert len(said) == 1
    return said.pop()


def visited(person: BrowserContext) -> Page:
    """The first visit, until the page is kept."""
    page = person.new_page()
    page.goto("usulan")
    steps.keeps(page)
    return page


def settles(page: Page, title: str) -> None:
    """Waits until the kept page is of this version."""
    steps.becomes(
        page,
        "async (title) => (await (await caches.match('usulan'))?.text())?.includes(`<title>${title}<`)",
        title,
    )


def test_a_new_version_comes_whole_at_the_opening_after_the_next(site: Site, person: BrowserContext) -> None:
    page = visited(person)
    before = page.evaluate(KEPT)
    site.deploy("dua")
    assert opened(person) == "satu"
    settles(page, "dua")
    assert opened(person) == "dua"
    person.set_offline(True)
    assert opened(person) == "dua"
    assert len(page.evaluate(KEPT)) > len(before)  # the version before is still open in the first tab
    person.set_offline(False)
    site.deploy("tiga")
    opened(person)
    settles(page, "tiga")
    assert len([path for path in page.evaluate(KEPT) if path.endswith("isi.js")]) == 2


def test_a_version_of_which_a_file_is_missing_is_not_kept(site: Site, person: BrowserContext) -> None:
    page = visited(person)
    site.deploy("rusak")
    site.missing = {"aset/malas.js"}
    assert opened(person) == "satu"
    eventually(lambda: "aset/malas.js" in site.refused)
    person.set_offline(True)
    assert opened(person) == "satu"
    person.set_offline(False)
    site.missing = set()
    opened(person)
    settles(page, "rusak")


def test_a_server_in_trouble_changes_nothing(site: Site, person: BrowserContext) -> None:
    visited(person)
    site.missing = {"usulan"}
    assert opened(person) == "satu"
    assert opened(person) == "satu"


def test_pressing_load_again_brings_the_page_of_now(site: Site, person: BrowserContext) -> None:
    page = visited(person)
    site.deploy("dua")
    page.reload()
    expect(page).to_have_title("dua")
    person.set_offline(True)
    page.reload()
    expect(page).to_have_title("dua")


def test_what_may_not_be_kept_is_not_kept(site: Site, person: BrowserContext) -> None:
    page = visited(person)
    page.goto("status?n=7K3M-9QTD-2")
    page.goto("lain")
    page.goto("usulan?apa")
    assert {path for path in page.evaluate(KEPT) if "/aset/" not in path} == {"/api/usulan"}


def test_a_broken_worker_is_replaced_by_the_next_deployment(site: Site, person: BrowserContext) -> None:
    """Browsers fetch a worker past the worker itself, at each opening."""
    page = visited(person)
    site.worker = WORKER.replace(
        "async function page(event, name) {", "async function page(event, name) { throw event;"
    )
    page.evaluate(UPDATED)
    steps.becomes(page, "async () => isThere()")
    site.worker = WORKER + "// mended\n"
    with pytest.raises(Error):
        page.goto("usulan")
    # not asked again until then: Chromium puts the fetching off at each opening
    eventually(lambda: site.fetched == site.worker)

    def opens() -> bool:
        tab = person.new_page()
        try:
            return tab.goto("usulan") is not None
        except Error:
            return False
        finally:
            tab.close()

    assert eventually(opens)


def test_taken_off_all_phones(site: Site, person: BrowserContext) -> None:
    page = visited(person)
    site.worker = LEAVES
    site.deploy("tanpa")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.evaluate(
        f"async () => {{ while ((await ({KEPT})()).length) await new Promise((go) => setTimeout(go, 50)); }}"
    )
    assert opened(person) == "tanpa"


def test_the_language_is_another_at_once_and_stays_without_a_line(window: Window) -> None:
    phone = window(steps.PHONE)
    phone.goto("usulan")
    steps.keeps(phone)
    phone.goto("status")
    steps.keeps(phone, "status")
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.goto("usulan")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    steps.keeps(phone)
    phone.context.set_offline(True)
    phone.goto("usulan")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.context.set_offline(False)
    phone.goto("bahasa/id?ke=usulan")
    expect(phone.locator("html")).to_have_attribute("lang", "id")


def test_a_phone_keeps_shells_and_their_files_alone(window: Window) -> None:
    phone, number = window(steps.PHONE), new_case_number()
    for name in ("", "usulan", "petugas", "status"):
        phone.goto(f"status?n={number}" if name == "status" else name)
        steps.keeps(phone, name or "./")
    expect(phone.locator("#number")).to_have_value(number)
    phone.goto("meja")
    kept = phone.evaluate(KEPT)
    pages = {path for path in kept if not re.fullmatch(r"/aset/[\w.-]+", path)}
    assert pages == {"/", "/usulan", "/petugas", "/status"}
    assert number not in phone.evaluate("caches.match('status').then((answer) => answer.text())")


def test_without_workers_everything_goes_on(window: Window) -> None:
    """As over plain HTTP on a village's network."""
    phone = window(steps.PHONE)
    phone.add_init_script("delete Navigator.prototype.serviceWorker; delete window.caches;")
    steps.say_who(phone)
    assert phone.evaluate("'serviceWorker' in navigator") is False
