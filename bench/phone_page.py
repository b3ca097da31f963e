"""Photos shown to the form's own scripts in Chromium: one page, served from the source without a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

SCRIPTS = Path("chalicelib") / "web" / "aset"
_HOME = "http://phone.invalid/"


@contextmanager
def phone_page(photos: Sequence[Path], *, slower: int = 1) -> Iterator[Page]:
    """A page that has the form's scripts under `/aset/` and the photos under `/photo/0`, `/photo/1`, …; the processor is
    made `slower` times slower."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.route("**/*", lambda route: _serve(route, photos))
        page.goto(_HOME)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        yield page
        browser.close()


def _serve(route: Route, photos: Sequence[Path]) -> None:
    folder, _, name = route.request.url.removeprefix(_HOME).partition("/")
    if folder == "aset":
        route.fulfill(path=SCRIPTS / name, content_type="text/javascript")
    elif folder == "photo":
        route.fulfill(path=photos[int(name)], content_type="image/jpeg")
    else:
        route.fulfill(body="<!doctype html><title>phone</title>", content_type="text/html")
