"""An officer's life on the stack: invited, first sign-in with a real second factor, lost telephone, deactivated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.local.stack import RunningStack
from tests.client import Answer, Client
from tests.console import code_of

pytestmark = pytest.mark.stack

VILLAGE = "13.05.02.2001"
PASSWORD = "sandi-baru-2026"
WHY = "Surat tugas nomor 12"


def today() -> str:
    return (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()


@pytest.fixture
def client(stack: RunningStack) -> Client:
    return Client(stack.base_url)


@pytest.fixture
def admin(client: Client) -> Client:
    return client.signed_in("admin")


def invited(admin: Client, username: str, role: str = "VILLAGE_HEAD") -> Any:
    office = {"role": role, "regions": [VILLAGE], "kind": "tetap", "begins": today()}
    person = {"username": username, "name": "Ratih Contoh", "reason": WHY}
    return admin.post("console/staff", office | person).expect(201)


def go_on(client: Client, before: Answer, answer: str) -> Answer:
    return client.post("session/step", {"handle": before.expect(200)["next"]["handle"], "answer": answer})


def begin(client: Client, username: str, password: str = PASSWORD) -> Answer:
    return client.post("session", {"username": username, "password": password})


def settled(client: Client, username: str, password: str) -> tuple[Client, str]:
    """The officer after the first sign-in, and the secret in their app."""
    named = go_on(client, begin(client, username, password), PASSWORD)
    step = named.expect(200)["next"]
    assert step["wanted"] == "enrol"
    assert step["enrol"]["svg"].startswith("<svg")
    secret = step["enrol"]["secret"]
    session = go_on(client, named, code_of(secret))
    session.expect(200)
    return client.keeping(session), secret


def test_from_the_invitation_to_the_desk_with_a_second_factor(client: Client, admin: Client) -> None:
    made = invited(admin, "dewi.contoh")
    officer, secret = settled(client, "dewi.contoh", made["temporary_password"])
    me = officer.get("me").expect(200)
    assert [(one["role"], one["regions"][0]["code"]) for one in me["mandates"]] == [("VILLAGE_HEAD", VILLAGE)]
    assert officer.get("desk").status == 200
    again = begin(client, "dewi.contoh")
    assert "Set-Cookie" not in again.headers
    assert again.json["next"]["wanted"] == "code"
    assert go_on(client, again, "000000").code == "KODE_SALAH"
    assert go_on(client, again, code_of(secret)).expect(200)["officer"]["name"] == "Ratih Contoh"


def test_officers_who_are_alike_in_all_else_are_told_apart(client: Client, admin: Client) -> None:
    told = []
    for username in ("kembar.satu", "kembar.dua"):
        made = invited(admin, username)
        officer, _ = settled(client, username, made["temporary_password"])
        told.append(officer.get("me").expect(200))
    one, other = told
    assert one["officer_id"] != other["officer_id"]
    assert {**one, "officer_id": ""} == {**other, "officer_id": ""}


def test_no_step_is_answered_with_another_accounts_handle(client: Client, admin: Client) -> None:
    mine = invited(admin, "sari.contoh")
    _, secret = settled(client, "sari.contoh", mine["temporary_password"])
    other = begin(client, "sari.contoh")
    changed = {"handle": other.json["next"]["handle"][::-1], "answer": code_of(secret)}
    assert client.post("session/step", changed).code == "MASUK_LAMA"


def test_five_wrong_codes_and_then_a_wait(client: Client, admin: Client) -> None:
    made = invited(admin, "tri.contoh")
    _, secret = settled(client, "tri.contoh", made["temporary_password"])
    step = begin(client, "tri.contoh")
    assert [go_on(client, step, "000000").status for _ in range(6)] == [401] * 5 + [429]
    assert go_on(client, step, code_of(secret)).code == "TERLALU_SERING"


def test_a_lost_telephone_and_a_deactivation_work_at_once(client: Client, admin: Client) -> None:
    made = invited(admin, "wati.contoh")
    person = f"console/staff/{made['officer']['officer_id']}"
    officer, _ = settled(client, "wati.contoh", made["temporary_password"])
    admin.post(f"{person}/second-factor/reset", {"reason": WHY}).expect(200)
    assert officer.get("me").code == "BELUM_MASUK"
    enrol = begin(client, "wati.contoh")
    assert enrol.json["next"]["wanted"] == "enrol"
    admin.post(f"{person}/deactivation", {"reason": WHY}).expect(200)
    assert begin(client, "wati.contoh").code == "MASUK_DITOLAK"
    assert go_on(client, enrol, code_of(enrol.json["next"]["enrol"]["secret"])).status == 401
    admin.post(f"{person}/reactivation", {"reason": WHY}).expect(200)
    assert officer.get("me").code == "BELUM_MASUK"
    labels = [one["label"] for one in admin.get(person).expect(200)["history"]]
    assert labels == [
        "Akun diaktifkan lagi",
        "Akun dinonaktifkan",
        "Aplikasi kode diatur ulang",
        "Aplikasi kode dipasang pemilik akun",
        "Kata sandi diganti pemilik akun",
        "Akun dan jabatan pertama dibuat",
    ]


def test_a_forgotten_password_needs_the_second_factor_still(client: Client, admin: Client) -> None:
    made = invited(admin, "yuni.contoh")
    _, secret = settled(client, "yuni.contoh", made["temporary_password"])
    person = f"console/staff/{made['officer']['officer_id']}"
    new = admin.post(f"{person}/password/reset", {"reason": WHY}).expect(200)["temporary_password"]
    step = go_on(client, begin(client, "yuni.contoh", new), "sandi-lain-2027")
    assert step.expect(200)["next"]["wanted"] == "code"
    session = go_on(client, step, code_of(secret))
    assert session.status == 200
    assert client.keeping(session).get("me").status == 200


def test_an_operator_has_no_console(client: Client) -> None:
    operator = client.signed_in("operator.1")
    for path in ("console/staff", "console/choices", "console/denials"):
        assert operator.get(path).code == "TIDAK_BERWENANG"
