"""The HTTP side: threads do not mix, refusals have our shape, strangers' hosts are sent away."""

from __future__ import annotations

import http.client
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import pytest_socket

from chalicelib.local import emulator as emulators
from chalicelib.local.web import Web
from tests.local import sample_app

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    # set up before the fixture that opens the loopback to each test
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    server = Web(sample_app.app, emulators.free_port())
    server.start()
    yield server
    server.stop()


def ask(web: Web, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, Any]:
    connection = http.client.HTTPConnection(emulators.HOST, web.port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        return response.status, response.headers, json.loads(body) if body else None
    finally:
        connection.close()


def test_threads_do_not_mix_their_requests(web: Web) -> None:
    def many(worker: int) -> list[bool]:
        connection = http.client.HTTPConnection(emulators.HOST, web.port, timeout=10)
        same = []
        for number in range(20):
            connection.request("GET", f"/echo/{worker}?q={number}")
            answer = json.loads(connection.getresponse().read())
            same.append(answer == {"name": str(worker), "query": str(number)})
        connection.close()
        return same

    with ThreadPoolExecutor(8) as pool:
        answers = [same for part in pool.map(many, range(8)) for same in part]
    assert len(answers) == 160
    assert all(answers)


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("/nowhere", {}, 404, "TIDAK_DITEMUKAN"),
        ("/nowhere", {"Authorization": "Bearer rahasia"}, 404, "TIDAK_DITEMUKAN"),
        ("/healthz", {"Host": "elsewhere.example"}, 403, "TIDAK_BERWENANG"),
    ],
)
def test_refusals_have_our_error_shape(
    web: Web, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    got, _, body = ask(web, path, **headers)
    assert got == status
    assert body["error"]["code"] == code
    assert set(body["error"]) == {"code", "message", "hint", "request_id", "fields"}
    assert "rahasia" not in json.dumps(body)


def test_the_name_localhost_leads_to_the_one_origin(web: Web) -> None:
    status, headers, _ = ask(web, "/echo/a?q=1", Host=f"localhost:{web.port}")
    assert (status, headers["Location"]) == (307, f"{web.url}/echo/a?q=1")


def test_the_log_names_routes_and_never_paths_or_queries(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "berkas.local.web"):
        ask(web, "/echo/RAHASIA?q=RAHASIA")
    (record,) = [record for record in caplog.records if record.getMessage() == "request"]
    fields: dict[str, Any] = vars(record)["fields"]
    assert (fields["route"], fields["status"]) == ("/echo/{name}", 200)
    assert "RAHASIA" not in json.dumps(fields)
