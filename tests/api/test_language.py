"""English for who has asked for it, Indonesian for all others, and no cache that mixes them up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from chalicelib.api.pages import NAMES
from chalicelib.messages import Language, message, speaking
from tests.access.house import House, served
from tests.road import Road

ENGLISH = {"Cookie": "__Host-bahasa=en"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def road() -> Iterator[Road]:
    with mock_aws():
        yield Road()


@pytest.fixture(scope="module")
def client(road: Road) -> Iterator[Client]:
    app, _ = served(House(road))
    with Client(app) as made:
        yield made


def chosen(client: Client, language: str, page: str) -> HTTPResponse:
    return client.http.get(f"/bahasa/{language}?ke={quote(page, safe='')}")


def said(code: str, language: Language = Language.ENGLISH, **values: object) -> str:
    with speaking(language):
        return message(code, **values)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_page_is_told_in_the_chosen_language_and_kept_apart(client: Client, name: str) -> None:
    plain, english = client.http.get(f"/{name}"), client.http.get(f"/{name}", headers=ENGLISH)
    assert b'<html lang="id">' in plain.body
    assert b'<html lang="en">' in english.body
    assert said("GRATIS").encode() in english.body
    assert said("GRATIS", Language.INDONESIAN).encode() in plain.body
    for answer, language in ((plain, "id"), (english, "en")):
        assert answer.headers["Content-Language"] == language
        assert answer.headers["Vary"] == "Cookie"
    assert plain.headers["ETag"] != english.headers["ETag"]
    kept = {"If-None-Match": english.headers["ETag"]}
    assert client.http.get(f"/{name}", headers=kept).status_code == 200
    assert client.http.get(f"/{name}", headers={**kept, **ENGLISH}).status_code == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "en-US,en;q=0.9"},
        {"Cookie": "__Host-bahasa=xx"},
        {"Cookie": "bahasa=en"},
        {"Cookie": "__Host-bahasa=en; __Host-bahasa=id"},
        {"Cookie": "__Host-bahasa=../en"},
    ],
    ids=["a telephone set to English", "no language", "another cookie", "two choices", "a path"],
)
def test_only_a_choice_of_ours_brings_english(client: Client, headers: dict[str, str]) -> None:
    assert b'<html lang="id">' in client.http.get("/", headers=headers).body


def test_the_choice_is_one_word_and_leads_back_to_the_page(client: Client) -> None:
    for name in NAMES:
        answer = chosen(client, "en", name)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"../{name}")
    cookie = chosen(client, "en", "usulan").headers["Set-Cookie"]
    word, *bounds = cookie.split("; ")
    assert word == "__Host-bahasa=en"
    assert set(bounds) == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"}
    assert chosen(client, "id", "usulan").headers["Set-Cookie"].startswith("__Host-bahasa=id; ")


@pytest.mark.parametrize(
    "target",
    [
        "//example.org",
        "https://example.org/usulan",
        "/\\example.org",
        "usulan/../../example",
        "javascript:alert(1)",
        "usulan\r\nSet-Cookie: a=b",
        "usulan?n=1",
        "api/v1/session",
        "aset/page.js",
    ],
)
def test_it_leads_nowhere_else(client: Client, target: str) -> None:
    answer = chosen(client, "en", target)
    assert (answer.status_code, answer.headers["Location"]) == (303, "../")


@pytest.mark.parametrize("language", ["xx", "EN", "en; Domain=example.org", "__Host-berkas"])
def test_no_other_word_gets_into_the_cookie(client: Client, language: str) -> None:
    answer = chosen(client, quote(language, safe=""), "usulan")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_choice_is_no_session_and_takes_none_away(client: Client) -> None:
    answer = client.http.get("/api/v1/me", headers=ENGLISH)
    error = json.loads(answer.body)["error"]
    assert (answer.status_code, error["message"]) == (401, said("BELUM_MASUK"))
    assert "Set-Cookie" not in answer.headers


def test_refusals_and_how_a_case_stands_are_told_in_the_language_of_who_asks(
    client: Client, road: Road
) -> None:
    case = road.submitted()
    body = {"number": case.case_number, "secret": road.secrets[case.case_number]}
    for language, headers in ((Language.ENGLISH, ENGLISH), (Language.INDONESIAN, {})):
        wrong = client.http.post(
            "/status", headers={**FORM, **headers}, body=urlencode({**body, "secret": ""}).encode()
        )
        assert said("status.kode_kosong", language) in wrong.body.decode()
        seen = client.http.post("/status", headers={**FORM, **headers}, body=urlencode(body).encode())
        text = unescape(seen.body.decode())
        for code in (
            "BERIKUT_PERIKSA",
            "PERISTIWA_SUBMITTED",
            "TERDAFTAR_BUKAN_JAMINAN",
            "KEADAAN_ANTREAN_DESA",
        ):
            assert said(code, language) in text
        assert said("KANTOR_desa", language, desa="Katapiang") in text
        view = client.http.get(
            f"/api/v1/usulan/{case.case_number}", headers={"Berkas-Secret": body["secret"], **headers}
        )
        assert json.loads(view.body)["state_label"] == said("KEADAAN_ANTREAN_DESA", language)


def test_times_are_written_as_the_language_writes_them(client: Client, road: Road) -> None:
    case = road.submitted()
    body = urlencode({"number": case.case_number, "secret": road.secrets[case.case_number]}).encode()
    plain = client.http.post("/status", headers=FORM, body=body).body.decode()
    english = client.http.post("/status", headers={**FORM, **ENGLISH}, body=body).body.decode()
    assert "22 November 2026, 09.00 WIB" in plain
    assert "22 November 2026, 09:00 WIB" in english
