"""Every route, whatever it answers, tells browsers to be strict; only the page that films may use a camera."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import cast

import pytest
from chalice import Chalice
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib import api
from chalicelib.api.http import Joined, Route, Router
from tests.access.house import House
from tests.road import Road

NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@pytest.fixture(scope="module")
def doors() -> Iterator[tuple[list[Router], Client]]:
    with mock_aws():
        app = Chalice(app_name="berkas")
        routers = api.routers(cast(Joined, House(Road())))
        for router in routers:
            app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
        with Client(app) as client:
            yield routers, client


def ask(client: Client, route: Route, part: str = "0000-0000-0") -> HTTPResponse:
    path = re.sub(r"\{\w+\}", part, route.path)
    headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    if route.method == "GET":
        return client.http.get(path, headers=headers)
    return client.http.post(path, headers=headers, body=json.dumps({}).encode())


def policy(answer: HTTPResponse) -> dict[str, str]:
    """Directive → sources."""
    pairs = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in pairs}


FRAMED = {"/foto-sampai"}
"""What stands in a frame of a page of ours; it knows of no case (decision 0022)."""


def test_every_route_is_strict_whatever_it_answers(doors: tuple[list[Router], Client]) -> None:
    routers, client = doors
    seen: set[int] = set()
    for route in (route for router in routers for route in router.routes):
        answer = ask(client, route)
        seen.add(answer.status_code)
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff", route.path
        assert headers["Referrer-Policy"] == "no-referrer", route.path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", route.path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", route.path
        age, _, whole = headers["Strict-Transport-Security"].partition("; ")
        assert int(age.removeprefix("max-age=")) >= 31_536_000, route.path
        assert whole == "includeSubDomains", route.path
        assert "Cache-Control" in headers, route.path
        assert "Access-Control-Allow-Origin" not in headers, route.path
        said = policy(answer)
        assert said["default-src"] == "'none'", route.path
        around = "'self'" if route.path in FRAMED else "'none'"
        assert said["frame-ancestors"] == around, route.path
        assert "unsafe" not in headers["Content-Security-Policy"], route.path
        assert "*" not in headers["Content-Security-Policy"], route.path
        assert "microphone=()" in headers["Permissions-Policy"], route.path
        camera = "camera=(self)" in headers["Permissions-Policy"]
        assert camera == (route.path == "/petugas"), route.path
        assert "geolocation=()" in headers["Permissions-Policy"], route.path
    assert {200, 303, 400, 401, 404} <= seen


def test_what_the_api_says_is_no_page_and_no_cache_keeps_it(doors: tuple[list[Router], Client]) -> None:
    routers, client = doors
    for route in (route for router in routers for route in router.routes if route.gives):
        answer = ask(client, route)
        assert answer.headers["Content-Security-Policy"] == NOTHING, route.path
        assert answer.headers["Content-Type"] == "application/json", route.path
        if "/wilayah" not in route.path:
            assert "no-store" in answer.headers["Cache-Control"], route.path


def test_pages_run_scripts_and_styles_of_their_own_files_only(doors: tuple[list[Router], Client]) -> None:
    _, client = doors
    for page in ("/", "/usulan", "/status", "/petugas", "/meja"):
        answer = client.http.get(page)
        assert answer.status_code == 200
        said = policy(answer)
        assert (said["script-src"], said["style-src"], said["base-uri"]) == ("'self'", "'self'", "'none'")
        assert said["form-action"] == "'self'"
        text = answer.body.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text.replace(' type="application/json"', "")), (
            page
        )
        assert not re.search(r"\son\w+=|\sstyle=|<style", text), page
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text), "a third party"
