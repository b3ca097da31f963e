"""The OWASP API Security Top 10 of 2023, tried against the running stack: as an officer of another village, as a
stranger, as a citizen with a case of his own, and as a thief of an old link or token. Each gets nothing.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.config import Config

from chalicelib.api.own_page import COOKIE
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.local.visitor import PASSWORD
from tests.attacks.victim import (
    ABOUT_A_CASE,
    ABOUT_STAFF,
    GUARDED,
    Operation,
    Victim,
    forged,
    silent,
    token_of,
    tried,
)
from tests.client import Client, drafted, eventually, form_of, read_slots

pytestmark = pytest.mark.stack


@pytest.mark.parametrize("operation", ABOUT_A_CASE, ids=lambda one: one.name)
def test_1_nobody_reaches_a_case_that_is_not_theirs(
    operation: Operation, client: Client, besieged: Victim
) -> None:
    """Broken object level authorization."""
    attackers = {
        "officer of another village": client.signed_in("operator.2"),
        "stranger": client,
        "citizen of another case": drafted(client).phone,
        "wrong secret": client.with_headers(Berkas_Secret="0000-0000"),
    }
    for who, attacker in attackers.items():
        status, text = tried(attacker, operation, besieged)
        assert status in (401, 403, 404, 429), f"{who}: {operation.name} answered {status}"
        assert silent(text, besieged), f"{who}: {operation.name} told something of the case"


def test_2_a_changed_or_foreign_token_opens_nothing(
    client: Client, stack: RunningStack, victim: Victim
) -> None:
    """Broken authentication."""
    e = stack.environment
    genuine = token_of(client.signed_in("operator.1"))
    people = boto3.client("cognito-idp", endpoint_url=e["AWS_ENDPOINT_URL"])
    answer = people.initiate_auth(
        ClientId=e["BERKAS_USER_POOL_CLIENT"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "operator.1", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    later = (datetime.now(UTC) + timedelta(days=9)).timestamp()
    tokens = [*forged(genuine, exp=int(later)), answer["IdToken"], answer["RefreshToken"]]
    for token in tokens:
        thief = client.with_headers(Cookie=f"{COOKIE}={token}")
        refused = thief.get(f"cases/{victim.sent.number}")
        assert (refused.status, refused.code) == (401, "BELUM_MASUK")
    bearer = client.with_headers(Authorization=f"Bearer {genuine}")
    assert bearer.get("me").status == 401, "a second way to sign in"
    twice = client.with_headers(Cookie=f"{COOKIE}={genuine}; {COOKIE}={genuine}")
    assert twice.get("me").status == 401, "two cookies of one name"
    assert client.get(f"me?token={genuine}").status == 401, "a token in an address"


def test_2_a_token_that_the_pool_gave_to_somebody_else_s_program_opens_nothing(
    client: Client, stack: RunningStack, victim: Victim
) -> None:
    """Broken authentication: a genuine token that came past our sign-in stands on no record of ours."""
    e = stack.environment
    people = boto3.client("cognito-idp", endpoint_url=e["AWS_ENDPOINT_URL"])
    past_us = people.initiate_auth(
        ClientId=e["BERKAS_USER_POOL_CLIENT"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "operator.1", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["AccessToken"]
    assert client.with_headers(Cookie=f"{COOKIE}={past_us}").get("me").code == "BELUM_MASUK"


def test_2_another_site_changes_nothing_through_an_officers_browser(client: Client, victim: Victim) -> None:
    """Broken authentication: forged requests, with the cookie that a browser would send along."""
    officer = client.signed_in("operator.1")
    claim = f"desk/{victim.work}/claim"
    for forged_by in (
        {"Berkas_Page": ""},
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ):
        refused = officer.with_headers(**forged_by).post(claim, {})
        assert (refused.status, refused.code) == (403, "BUKAN_HALAMAN_KAMI"), forged_by
    login = {"username": "operator.1", "password": PASSWORD}
    assert client.with_headers(Origin="https://jahat.example").post("session", login).status == 403
    own = officer.with_headers(Origin=client.base_url, Sec_Fetch_Site="same-origin")
    fence = own.post(claim, {}).expect(200)["fence"]
    own.post(f"desk/{victim.work}/release", {"fence": fence}).expect(200)


def test_3_no_answer_holds_more_than_its_reader_may_see(client: Client, victim: Victim) -> None:
    """Broken object property level authorization: what officers see without a claim, and what a body may set."""
    for name in ("operator.1", "dinsos"):
        officer = client.signed_in(name)
        seen = [officer.get(path).json for path in (f"cases/{victim.sent.number}", "desk")]
        assert silent(json.dumps(seen), victim)
    mine = drafted(client)
    hidden = {"state": "DITERIMA", "region": "13.05", "case_number": victim.sent.number, "stage": "dinsos"}
    for path, body in (
        ("usulan", {"target": "self"}),
        (f"usulan/{mine.number}/photos/ktp", {"content_type": "image/jpeg", "size": 9}),
        (f"usulan/{mine.number}/submission", form_of(victim.family)),
    ):
        for key, value in hidden.items():
            refused = mine.phone.post(path, {**body, key: value})
            assert (refused.status, refused.code) == (400, "ISIAN_SALAH"), f"{path} took {key}"


def test_4_nobody_takes_more_than_a_share(client: Client, stack: RunningStack) -> None:
    """Unrestricted resource consumption: sizes of files, bodies and lists; tries are counted (tests/api)."""
    mine = drafted(client)
    asked = {"content_type": "image/jpeg", "size": 10 * 2**20 + 1}
    assert mine.phone.post(f"usulan/{mine.number}/photos/ktp", asked).status == 413
    long = {**form_of(families()[1]), "nama": "A" * 100_000}
    assert mine.phone.post(f"usulan/{mine.number}/submission", long).status == 400
    body = json.dumps({"target": "self"})[:-1] + ', "x": ' + "[" * 20_000 + "]" * 20_000 + "}"
    headers = {"Content-Type": "application/json", "Idempotency-Key": "0" * 16}
    answer = client.raw("POST", "api/v1/usulan", body=body.encode(), headers=headers)
    assert answer.status == 400
    officer = client.signed_in("operator.1")
    for cursor in ("x", "A" * 5_000, "eyJwayI6IkNBU0UifQ==", "%00"):
        assert officer.get(f"desk?cursor={cursor}").status in (200, 400)
        assert len(officer.get(f"desk?cursor={cursor}").json.get("items", [])) <= 50


def test_5_an_office_gives_its_own_powers_only(client: Client, victim: Victim) -> None:
    """Broken function level authorization: a citizen at officers' doors, a field officer at a reviewer's, a reviewer of
    one stage at another's."""
    citizen = victim.sent.phone
    for operation in GUARDED:
        if operation.door == "session":
            assert tried(citizen, operation, victim)[0] == 401, f"a citizen passed {operation.name}"
    field = client.signed_in("petugas")
    assert field.post(f"desk/{victim.work}/claim", {}).code == "TIDAK_BERWENANG"
    office = client.signed_in("dinsos")
    assert office.post(f"desk/{victim.work}/claim", {}).code == "TIDAK_BERWENANG"
    ahead = office.post(f"desk/{victim.sent.number}.dinsos/claim", {})
    assert ahead.status in (403, 404)


@pytest.mark.parametrize("operation", ABOUT_STAFF, ids=lambda one: one.name)
def test_5_nobody_manages_whom_they_are_not_set_above(
    operation: Operation, client: Client, victim: Victim
) -> None:
    """The console: shut to citizens, strangers and officers without that office."""
    for attacker, expected in (
        (client, 401),
        (victim.sent.phone, 401),
        (client.signed_in("operator.1"), 403),
        (client.signed_in("operator.2"), 403),
        (client.signed_in("dinsos"), 403),
    ):
        status, text = tried(attacker, operation, victim)
        assert status in (expected, 404), f"{operation.name} answered {status}"
        assert "Operator Contoh" not in text


def test_6_the_road_cannot_be_cut_short(client: Client, victim: Victim) -> None:
    """Unrestricted access to sensitive business flows: no decision without the claim, none at
    another stage's desk, no receipt before the submission."""
    here, elsewhere = client.signed_in("operator.1"), client.signed_in("operator.2")
    decide = {
        "work_id": victim.work,
        "fence": 1,
        "decision": "lulus",
        "reason": None,
        "slots": [],
        "note": "",
    }
    case = f"cases/{victim.sent.number}"
    assert here.post(f"{case}/decision", decide).status in (403, 409)
    fence = here.post(f"desk/{victim.work}/claim", {}).expect(200)["fence"]
    assert elsewhere.post(f"{case}/decision", {**decide, "fence": fence}).status == 403
    assert here.post(f"{case}/decision", {**decide, "fence": fence + 1}).status == 409
    ahead = {**decide, "fence": fence, "work_id": f"{victim.sent.number}.dinsos"}
    assert here.post(f"{case}/decision", ahead).status in (403, 404, 409)
    here.post(f"desk/{victim.work}/release", {"fence": fence}).expect(200)
    mine = drafted(client)
    assert mine.phone.get(f"usulan/{mine.number}/receipt").status in (404, 409)


def test_7_no_address_that_is_sent_is_called(client: Client) -> None:
    """Server side request forgery: an address in a scanned code is text, and leads nowhere."""
    officer = client.signed_in("petugas")
    for text in (
        "http://169.254.169.254/latest/meta-data/",
        "HTTP://127.0.0.1:1/B/AAAA",
        "file:///etc/passwd",
        "https://example.invalid/B/" + "A" * 26,
    ):
        assert officer.post("barkot/resolve", {"text": text}).code == "BARKOT_TIDAK_DIKENAL"
    target = client.raw("GET", "B/%2F%2Fexample.invalid").headers.get("Location", "../status")
    assert target.startswith("../status")


def test_8_nothing_stands_open_by_mistake(client: Client, stack: RunningStack, victim: Victim) -> None:
    """Security misconfiguration: no foreign origin, no method, no listing, no trace of ours in an error."""
    for path in ("", "usulan", "status", "meja", "api/v1/wilayah", "healthz"):
        answer = client.raw("GET", path, headers={"Origin": "https://jahat.example"})
        assert answer.headers.get("Access-Control-Allow-Origin") in (None, stack.base_url)
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", path
    for method in ("TRACE", "PUT", "DELETE", "PATCH"):
        assert client.raw(method, f"api/v1/usulan/{victim.sent.number}").status in (403, 404, 405)
    for path in (".git/config", "app.py", "aset/", "aset/..%2f..%2fapp.py", "infra/resources.json", ".env"):
        assert client.raw("GET", path).status == 404
    broken = client.raw("POST", "api/v1/usulan", body=b"{", headers={"Content-Type": "application/json"})
    assert broken.status == 400
    assert not re.search(rb"Traceback|File \"|chalicelib", broken.data)
    bucket = f"{stack.environment['AWS_ENDPOINT_URL']}/{stack.environment['BERKAS_BUCKET']}"
    assert client._http.request("GET", f"{bucket}?list-type=2").status == 403


def test_9_what_is_not_described_is_not_there(client: Client) -> None:
    """Improper inventory management: no older version, no description served to strangers."""
    for path in (
        "api/v0/desk",
        "api/v2/desk",
        "api/desk",
        "openapi.json",
        "docs",
        "swagger",
        "metrics",
        "debug",
    ):
        assert client.raw("GET", path).status == 404


def test_10_what_documents_and_people_say_is_text(client: Client, victim: Victim) -> None:
    """Unsafe consumption: markup in a name is refused or carried as text in JSON that no browser takes for a page."""
    mine = drafted(client)
    for slot in ("ktp", "kk", "rumah_depan"):
        photo = getattr(families()[2], slot).path.read_bytes()
        assert mine.phone.send_photo(mine.number, slot, photo) == 204
    markup = "<img src=x onerror=alert(1)>"
    sent = mine.phone.post(
        f"usulan/{mine.number}/submission", {**form_of(families()[2]), "nama": markup, "alamat": markup}
    )
    assert sent.status in (200, 400)
    answer = mine.phone.raw("GET", f"api/v1/usulan/{mine.number}", headers={"Berkas-Secret": mine.secret})
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert markup not in client.raw("GET", f"status?n={markup}").data.decode()


def test_an_old_link_opens_no_picture(
    client: Client, stack: RunningStack, victim: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thief of a link that was good an hour ago, of a changed one, and of one for another picture."""
    sent = drafted(client)
    for slot in ("ktp", "kk"):
        assert sent.phone.send_photo(sent.number, slot, getattr(victim.family, slot).path.read_bytes()) == 204
    shown = eventually(lambda: read_slots(sent))
    url = shown["ktp"]["picture"]["url"]
    assert client._http.request("GET", url).status == 200
    address, _, signed = url.partition("?")
    longer = re.sub(r"X-Amz-Expires=\d+", "X-Amz-Expires=604800", signed)
    other = shown["kk"]["picture"]["url"].partition("?")[0]
    for stolen in (address, f"{address}?{longer}", f"{other}?{signed}"):
        assert client._http.request("GET", stolen).status == 403
    e = stack.environment
    store = boto3.client(
        "s3",
        endpoint_url=e["AWS_ENDPOINT_URL"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
        aws_access_key_id=e["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=e["AWS_SECRET_ACCESS_KEY"],
    )
    asked = {"Bucket": e["BERKAS_BUCKET"], "Key": address.split(f"/{e['BERKAS_BUCKET']}/", 1)[1]}
    fresh = store.generate_presigned_url("get_object", Params=asked, ExpiresIn=300)
    assert client._http.request("GET", fresh).status == 200
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    monkeypatch.setattr(
        "botocore.auth.get_current_datetime", lambda remove_tzinfo=True: hour_ago.replace(tzinfo=None)
    )
    old = store.generate_presigned_url("get_object", Params=asked, ExpiresIn=300)
    assert client._http.request("GET", old).status == 403
