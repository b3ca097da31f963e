"""One process that answers looks at a case and says what they cost; run by `bench/status.py`, over whichever tree stands
on PYTHONPATH. It uses of the product only what both trees have."""

from __future__ import annotations

import json
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3
import urllib3

from chalicelib import bootstrap
from chalicelib.access.actors import Officer, Role
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.offer import offer_work
from chalicelib.identity.region import RegionCode
from chalicelib.local import emulator as emulators
from chalicelib.local import resources
from chalicelib.local.stack import environment, load
from chalicelib.reading.model import Field, Kind, Quality, Reading, ReadPhoto
from chalicelib.usulan.check import check_submission
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.store import ClientRequest

VILLAGE = "13.05.02.2001"
NIK, CARD = "1305026006879901", "1305021203159902"
WARM = 30
READS = ("GetItem", "BatchGetItem", "Query")


class Handler:
    """app.py as Lambda calls it."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(
        self, method: str, resource: str, path: dict[str, str], headers: dict[str, str], body: str
    ) -> Any:
        return self._app.app(
            {
                "resource": resource,
                "headers": headers,
                "body": body,
                "isBase64Encoded": False,
                "pathParameters": path,
                "multiValueQueryStringParameters": None,
                "stageVariables": None,
                "requestContext": {
                    "httpMethod": method,
                    "resourcePath": resource,
                    "requestId": "bench",
                    "identity": {"sourceIp": "203.0.113.7"},
                },
            },
            None,
        )


def read(data: bytes, expected: Kind) -> ReadPhoto:
    """A reader that sees what every photo of its kind shows; reading is measured elsewhere."""
    values = {Kind.KTP: {"nik": NIK, "nama": "RATNA CONTOH"}, Kind.KK: {"nomor_kk": CARD}}.get(expected, {})
    fields = {name: Field(value, 0.97) for name, value in values.items()}
    return ReadPhoto(Reading(expected, fields, quality=Quality(complete=True), size=(1600, 1200)), data)


def travelled(handler: Handler) -> tuple[str, str]:
    """A case that the village passed on and the social office holds: (number, secret)."""

    def post(resource: str, path: dict[str, str], body: dict[str, Any], secret: str = "") -> dict[str, Any]:
        headers = {
            "content-type": "application/json",
            "idempotency-key": uuid.uuid4().hex,
            "berkas-secret": secret,
        }
        answer = handler("POST", f"/api/v1/usulan{resource}", path, headers, json.dumps(body))
        if answer["statusCode"] >= 300:
            raise SystemExit(f"{resource}: {answer['statusCode']}")
        found: dict[str, Any] = json.loads(answer["body"])
        return found

    made = post("", {}, {"target": "self"})
    number, secret = made["case_number"], made["secret"]
    world = bootstrap.world()
    for slot in ("ktp", "kk", "rumah_depan"):
        path = {"case_number": number, "slot": slot}
        asked = {"content_type": "image/jpeg", "size": 5}
        form = post("/{case_number}/photos/{slot}", path, asked, secret)["post"]
        fields = {**form["fields"], "file": (slot, b"photo", "image/jpeg")}
        urllib3.request("POST", form["url"], fields=fields)
        key = form["fields"]["key"]
        read_upload(world, read, key, world.photos.version_of(key) or "")
    sent = {
        "nik": NIK,
        "nama": "RATNA CONTOH",
        "nomor_kk": CARD,
        "kode_wilayah": VILLAGE,
        "alamat": "KORONG CONTOH",
        "rt": "003",
        "rw": "005",
        "statement": True,
    }
    post("/{case_number}/submission", {"case_number": number}, sent, secret)
    check_submission(world, number)
    for stage, role, region in (
        ("desa", Role.VILLAGE_OPERATOR, VILLAGE),
        ("dinsos", Role.DINSOS_VERIFIER, "13.05"),
    ):
        offer_work(world, number, stage)
        officer = Officer(f"sub-{stage}", "Petugas Contoh", role, (RegionCode(region),))
        held = claim(world, officer, number, stage, ClientRequest(uuid.uuid4().hex, "bench", ""))
        if stage == "desa":
            request = ClientRequest(uuid.uuid4().hex, "bench", "")
            decide(world, officer, number, stage, held["fence"], Ruling(Verdict.LULUS), request)
    return number, secret


def main(times: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        emulator = emulators.start(Path(folder), emulators.free_port())
        try:
            emulators.apply(emulator.client_environment())
            outputs = resources.ensure(boto3.client("cloudformation"), {"PagesOrigin": "http://127.0.0.1"})
            emulators.apply(environment(outputs, emulator, "http://127.0.0.1"))
            calls: list[str] = []
            boto3.setup_default_session()
            events = boto3._get_default_session().events
            events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
            handler = Handler(load("app", Path(folder) / "app.log"))
            number, secret = travelled(handler)
            return _measured(handler, number, secret, times, calls)
        finally:
            emulator.stop()


def _measured(handler: Handler, number: str, secret: str, times: int, calls: list[str]) -> dict[str, Any]:
    resource, path, headers, body = "/api/v1/usulan/{case_number}", {"case_number": number}, {}, ""
    method = "GET"
    headers = {"berkas-secret": secret, "content-type": "application/json"}
    if "POST" in handler._app.app.routes.get("/status", {}):
        method, resource, path = "POST", "/status", {}
        headers = {"content-type": "application/x-www-form-urlencoded"}
        body = urlencode({"number": number, "secret": secret})
    used = []
    for place in range(WARM + times):
        if place == WARM:
            calls.clear()
        began = time.process_time()
        answer = handler(method, resource, path, headers, body)
        used.append((time.process_time() - began) * 1000)
        if answer["statusCode"] != 200:
            raise SystemExit(f"{method} {resource}: {answer['statusCode']}")
    return {"cpu": used[WARM:], "reads": sum(call in READS for call in calls) / times}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201  (what the parent reads)
