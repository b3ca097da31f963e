"""The worker's address: asked for anew, allowed to fetch from us alone, and the way to take it off phones."""

from __future__ import annotations

from typing import cast

from chalice import Chalice
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib import api
from chalicelib.api.assets import bare
from chalicelib.api.http import Joined
from chalicelib.api.rendering import WEB
from tests.access.house import House
from tests.road import Road


def asked(*, keeps_pages: bool) -> HTTPResponse:
    with mock_aws():
        house = House(Road())
        house.keeps_pages = keeps_pages
        app = Chalice(app_name="berkas")
        for router in api.routers(cast(Joined, house)):
            app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
        with Client(app) as client:
            return client.http.get("/pekerja.js")


def served(name: str) -> str:
    """A file as it lies here, but for its comments."""
    return bare(name, (WEB / "aset" / name).read_text(encoding="utf-8"))


def test_the_worker_is_asked_for_anew_and_may_fetch_from_us_alone() -> None:
    answer = asked(keeps_pages=True)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "connect-src 'self';" in answer.headers["Content-Security-Policy"]
    assert answer.body.decode() == served("pekerja.js")


def test_taken_off_phones_the_same_address_has_the_one_that_leaves() -> None:
    answer = asked(keeps_pages=False)
    assert answer.status_code == 200
    assert answer.body.decode() == served("lepas.js")
