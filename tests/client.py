"""A phone or a desk in the tests: JSON over HTTP against a running stack, photos straight into the store."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import urllib3

from chalicelib.local.demo import PASSWORD
from chalicelib.local.specimens.catalogue import DemoFamily
from chalicelib.local.stack import ROOT, RunningStack

T = TypeVar("T")
SLOTS = ("ktp", "kk", "rumah_depan")


def appoint_officers(stack: RunningStack) -> None:
    """The demo's officers, without its cases."""
    subprocess.run(
        [sys.executable, "-m", "chalicelib", "demo", "--officers"],
        cwd=ROOT,
        env=os.environ | stack.environment,
        check=True,
        timeout=60,
    )


def eventually(check: Callable[[], T | None], seconds: float = 60.0) -> T:
    """The first truthy answer; AssertionError when none comes in time."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        if found := check():
            return found
        assert time.monotonic() < until, "it did not happen in time"
        pause.wait(0.1)


@dataclass(frozen=True)
class Answer:
    status: int
    json: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


class Client:
    def __init__(self, base_url: str, headers: Mapping[str, str] | None = None) -> None:
        self.base_url = base_url
        self._headers = dict(headers or {})
        self._http = urllib3.PoolManager(retries=False, timeout=60)

    def with_headers(self, **headers: str) -> Client:
        return Client(self.base_url, self._headers | {k.replace("_", "-"): v for k, v in headers.items()})

    def signed_in(self, username: str, password: str = PASSWORD) -> Client:
        session = self.post("session", {"username": username, "password": password})
        assert session.status == 200, session.json
        return self.with_headers(Authorization=f"Bearer {session.json['token']}")

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: Any, request_id: str | None = None) -> Answer:
        return self._ask("POST", path, body, {"Idempotency-Key": request_id or str(uuid.uuid4())})

    def raw(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        return self._http.request(method, f"{self.base_url}/{path}", redirect=False, **options)

    def send_photo(self, number: str, slot: str, data: bytes, content_type: str = "image/jpeg") -> int:
        """Status of the photo store's answer."""
        form = self.post(f"usulan/{number}/photos/{slot}", {"content_type": content_type, "size": len(data)})
        assert form.status == 201, form.json
        return self.post_form(form.json["post"], slot, data, content_type)

    def post_form(self, form: Mapping[str, Any], slot: str, data: bytes, content_type: str) -> int:
        fields = {**form["fields"], "file": (slot, data, content_type)}
        return self._http.request("POST", form["url"], fields=fields).status

    def _ask(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        answer = self._http.request(
            method, f"{self.base_url}/api/v1/{path}", json=body, headers={**self._headers, **headers}
        )
        return Answer(answer.status, answer.json(), answer.headers)


@dataclass(frozen=True)
class Sent:
    """A case on its way, with its citizen's phone."""

    number: str
    secret: str
    phone: Client


def drafted(client: Client) -> Sent:
    made = client.post("usulan", {"target": "self"})
    assert made.status == 201, made.json
    number, secret = made.json["case_number"], made.json["secret"]
    return Sent(number, secret, client.with_headers(Berkas_Secret=secret))


def form_of(family: DemoFamily) -> dict[str, Any]:
    ktp, kk = family.ktp.fields, family.kk.fields
    return {
        "nik": ktp["nik"],
        "nama": ktp["nama"],
        "nomor_kk": kk["nomor_kk"],
        "kode_wilayah": family.village,
        "alamat": kk["alamat"],
        "rt": kk["rt"],
        "rw": kk["rw"],
        "statement": True,
    }


def submitted(client: Client, family: DemoFamily) -> Sent:
    """A whole case sent without waiting for the reader."""
    sent = drafted(client)
    for slot in SLOTS:
        assert sent.phone.send_photo(sent.number, slot, getattr(family, slot).path.read_bytes()) == 204
    answer = sent.phone.post(f"usulan/{sent.number}/submission", form_of(family))
    assert answer.status == 200, answer.json
    return sent


def read_slots(sent: Sent) -> dict[str, Any] | None:
    """The slots that got a photo, when all of them are read (or failed); None before."""
    sent_slots = [
        slot for slot in sent.phone.get(f"usulan/{sent.number}").json["slots"] if slot["state"] != "empty"
    ]
    done = all(slot["state"] in ("read", "failed") for slot in sent_slots)
    return {slot["slot"]: slot for slot in sent_slots} if done and sent_slots else None
