"""A phone or a desk as a served stack sees it: JSON over HTTP, photos straight into the store.

The demo fills its stack with it, the tests and the bench walk with it.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import urllib3

from chalicelib.access.challenge import solved
from chalicelib.api.own_page import HEADER
from chalicelib.local.problems import CannotServe
from chalicelib.local.specimens.catalogue import DemoFamily

T = TypeVar("T")
PASSWORD = "Contoh-2026-aman"  # noqa: S105  of the demo's officers: invented, printed on the screen, valid here only
SLOTS = ("ktp", "kk", "rumah_depan")
_NAMESPACE = uuid.UUID("8f6f2f5e-9d3e-4b57-9d5e-0c1f6f1f7b1a")


class Unexpected(CannotServe):
    """The stack answered otherwise than a visitor may expect; names status and code, nothing personal."""


@dataclass(frozen=True)
class Answer:
    status: int
    json: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])

    def expect(self, status: int) -> Any:
        """The body. Unexpected: another status."""
        if self.status != status:
            code = self.code if self.status >= 400 else "?"
            raise Unexpected(
                f"The stack answered {self.status} {code}, not {status}: see log/app.log in the data folder."
            )
        return self.json


class Client:
    """One visitor. `name`: each POST names itself after it and its path, so that a second run repeats the first's."""

    def __init__(self, base_url: str, headers: Mapping[str, str] | None = None, name: str = "") -> None:
        self.base_url = base_url
        self._headers = dict(headers or {})
        self._name = name
        self._http = urllib3.PoolManager(retries=False, timeout=60)

    def with_headers(self, **headers: str) -> Client:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client(self.base_url, self._headers | more, self._name)

    def at(self, base_url: str) -> Client:
        """The same visitor at another address."""
        return Client(base_url, self._headers, self._name)

    def named(self, name: str) -> Client:
        return Client(self.base_url, self._headers, name)

    def signed_in(self, username: str, password: str = PASSWORD) -> Client:
        answer = self.post("session", {"username": username, "password": password})
        answer.expect(200)
        return self.keeping(answer)

    def keeping(self, answer: Answer) -> Client:
        """The same visitor with the cookie that came with an answer, as a browser keeps it."""
        return self.with_headers(Cookie=answer.headers["Set-Cookie"].partition(";")[0])

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: Any, request_id: str | None = None) -> Answer:
        return self._ask("POST", path, body, {"Idempotency-Key": request_id or self._request_id(path)})

    def raw(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        return self._http.request(method, f"{self.base_url}/{path}", redirect=False, **options)

    def send_photo(self, number: str, slot: str, data: bytes, content_type: str = "image/jpeg") -> int:
        """Status of the photo store's answer: 204 when it took the photo."""
        wanted = {"content_type": content_type, "size": len(data)}
        form = self.post(f"usulan/{number}/photos/{slot}", wanted).expect(201)
        return self.post_form(form["post"], slot, data, content_type)

    def post_form(self, form: Mapping[str, Any], slot: str, data: bytes, content_type: str) -> int:
        fields = {**form["fields"], "file": (slot, data, content_type)}
        return self._http.request("POST", form["url"], fields=fields).status

    def _request_id(self, path: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self._name}:{path}") if self._name else uuid.uuid4())

    def _ask(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        address, sent = f"{self.base_url}/api/v1/{path}", {HEADER: "1", **self._headers, **headers}
        answer = self._http.request(method, address, json=body, headers=sent)
        if answer.status == 428:
            sent["Berkas-Proof"] = solved(answer.headers["Berkas-Challenge"])
            answer = self._http.request(method, address, json=body, headers=sent)
        return Answer(answer.status, answer.json(), answer.headers)


@dataclass(frozen=True)
class Sent:
    """A case on its way, with its citizen's phone."""

    number: str
    secret: str
    phone: Client

    def slots(self) -> dict[str, Any]:
        """The slots of the case by name, as the phone sees them."""
        return {slot["slot"]: slot for slot in self.phone.get(f"usulan/{self.number}").expect(200)["slots"]}


def drafted(client: Client) -> Sent:
    made = client.post("usulan", {"target": "self"}).expect(201)
    return Sent(made["case_number"], made["secret"], client.with_headers(Berkas_Secret=made["secret"]))


def form_of(family: DemoFamily) -> dict[str, Any]:
    """What the family's citizen confirms: the truth of its documents."""
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


def photographed(client: Client, family: DemoFamily) -> Sent:
    """A draft with its three photos in the store. Unexpected: the store refused one."""
    sent = drafted(client)
    for slot in SLOTS:
        status = sent.phone.send_photo(sent.number, slot, getattr(family, slot).path.read_bytes())
        if status != 204:
            raise Unexpected(f"The photo store answered {status}, not 204: see log/emulator.log.")
    return sent


def submitted(client: Client, family: DemoFamily) -> Sent:
    """A whole case sent without waiting for the reader."""
    sent = photographed(client, family)
    sent.phone.post(f"usulan/{sent.number}/submission", form_of(family)).expect(200)
    return sent


def read_slots(sent: Sent) -> dict[str, Any] | None:
    """The slots that got a photo, when all of them are read (or failed); None before."""
    waiting = {name: slot for name, slot in sent.slots().items() if slot["state"] != "empty"}
    done = all(slot["state"] in ("read", "failed") for slot in waiting.values())
    return waiting if done and waiting else None


def on_desk(officer: Client, work: str) -> bool:
    """Whether an officer's desk shows that work."""
    return any(item["work_id"] == work for item in officer.get("desk").expect(200)["items"])


def wait_for(check: Callable[[], T | None], seconds: float = 60.0, pause: float = 0.1) -> T | None:
    """The first truthy answer of `check`, asked each `pause` seconds; None when none comes in time."""
    until = time.monotonic() + seconds
    clock = threading.Event()
    while not (found := check()):
        if time.monotonic() > until:
            return None
        clock.wait(pause)
    return found
