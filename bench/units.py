"""DynamoDB's request units of one whole case, counted over the calls that the product makes.

The emulator does not meter, so the units are computed from what is sent and answered, by AWS's published rules for
on-demand tables: a write costs one unit a KiB begun, two in a transaction; each index that an item enters, leaves or is
changed in costs one unit a KiB; a strongly consistent read costs one unit for 4 KiB begun, an index query half of it.
"""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import urllib3
from chalice.test import Client as InProcess

from bench.figures import Figure
from bench.walks import other_person
from chalicelib.api.own_page import HEADER
from chalicelib.local import emulator as emulators
from chalicelib.local import resources
from chalicelib.local.demo import appoint_officers, operator_of
from chalicelib.local.functions import Context, sqs_event
from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.local.stack import environment, load
from chalicelib.local.visitor import PASSWORD, SLOTS, Unexpected, form_of

CASES = 3
INDEXES = ("desk_pk", "todo_pk")
Wire = Mapping[str, Mapping[str, Any]]


def size(value: Mapping[str, Any]) -> int:
    """Bytes that an attribute value in wire form takes."""
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return (len(content.lstrip("-")) + 1) // 2 + 1
    if kind == "B":
        return len(content if isinstance(content, bytes) else content.value)
    if kind == "L":
        return 3 + sum(1 + size(one) for one in content)
    if kind == "M":
        return 3 + sum(len(name.encode()) + 1 + size(one) for name, one in content.items())
    return 1


def item_size(item: Wire) -> int:
    return sum(len(name.encode()) + size(value) for name, value in item.items())


def begun(amount: int, unit: int) -> int:
    """How many units of `unit` bytes are begun; at least one."""
    return max(1, -(-amount // unit))


class Meter:
    """Counts units over the calls of boto3's default session. Remembers items written, for their indexes."""

    def __init__(self) -> None:
        self.written = 0.0
        self.read = 0.0
        self._kept: dict[tuple[str, str], Wire] = {}

    def install(self) -> None:
        boto3.setup_default_session()
        events = boto3._get_default_session().events
        events.register("before-parameter-build.dynamodb.*", self._asked)
        events.register("after-call.dynamodb.*", self._answered)

    def _asked(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["asked"] = params

    def _answered(self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        asked = context["asked"]
        if model.name == "TransactWriteItems" and "Error" not in parsed:
            for write in asked["TransactItems"]:
                self._write(write, 2)
        elif model.name == "PutItem" and "Error" not in parsed:
            self._write({"Put": asked}, 1)
        elif model.name == "GetItem":
            self.read += begun(item_size(parsed.get("Item", {})), 4096)
        elif model.name == "Query":
            share = 1.0 if asked.get("ConsistentRead") else 0.5
            self.read += share * begun(sum(map(item_size, parsed.get("Items", []))), 4096)

    def _write(self, write: Mapping[str, Any], times: int) -> None:
        if "ConditionCheck" in write:
            self.written += times * begun(item_size(write["ConditionCheck"]["Key"]), 1024)
            return
        new: Wire = write["Put"]["Item"] if "Put" in write else _updated(write)
        key = new or write["Delete"]["Key"]
        place = (key["pk"]["S"], key["sk"]["S"])
        old = self._kept.pop(place, {})
        if new:
            self._kept[place] = new
        self.written += times * begun(max(item_size(new), item_size(old)), 1024)
        for index in INDEXES:
            sort = "desk_sk" if index == "desk_pk" else "todo_at"
            same = old.get(index) == new.get(index) and old.get(sort) == new.get(sort)
            sides = [new] if same else [old, new]
            self.written += sum(begun(item_size(side), 1024) for side in sides if index in side)


def _updated(write: Mapping[str, Any]) -> Wire:
    """What an update sets, as an item: the product's updates set all that an item holds."""
    if "Update" not in write:
        return {}
    asked = write["Update"]
    names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
    return {
        **asked["Key"],
        **{name: values[f":{place[1:]}"] for place, name in names.items() if f":{place[1:]}" in values},
    }


def units() -> Iterator[Figure]:
    """Write and read units of a case from its draft over both offices to the last decision, three looks included."""
    meter = Meter()
    with tempfile.TemporaryDirectory() as folder:
        emulator = emulators.start(Path(folder), emulators.free_port())
        try:
            app = _product(emulator, Path(folder), meter)
            homes = [family for family in families() if family.village.startswith("13.05.02")]
            _case(app, homes[0], CASES)  # fills what is made once
            before = meter.written, meter.read
            for place in range(CASES):
                _case(app, homes[place % len(homes)], place)
        finally:
            emulator.stop()
    yield Figure("units.write", (meter.written - before[0]) / CASES, "units", CASES)
    yield Figure("units.read", (meter.read - before[1]) / CASES, "units", CASES)


def _product(emulator: emulators.Emulator, folder: Path, meter: Meter) -> Any:
    """app.py in this process, on an emulator of its own, metered."""
    base_url = "http://127.0.0.1"
    emulators.apply(emulator.client_environment())
    outputs = resources.ensure(boto3.client("cloudformation"), {"PagesOrigin": base_url})
    emulators.apply(environment(outputs, emulator, base_url))
    meter.install()
    appoint_officers()
    return load("app", folder / "app.log")


def _case(app: Any, family: DemoFamily, place: int) -> None:
    with InProcess(app.app) as visitor:
        made = _post(visitor, "usulan", {"target": "self"}, {})
        number, phone = made["case_number"], {"Berkas-Secret": made["secret"]}
        for slot in SLOTS:
            data = getattr(family, slot).path.read_bytes()
            wanted = {"content_type": "image/jpeg", "size": len(data)}
            form = _post(visitor, f"usulan/{number}/photos/{slot}", wanted, phone)["post"]
            fields = {**form["fields"], "file": (slot, data, "image/jpeg")}
            urllib3.request("POST", form["url"], fields=fields)
            _work_through(app)
            _get(visitor, f"usulan/{number}", phone)
        _post(visitor, f"usulan/{number}/submission", other_person(form_of(family), place), phone)
        _work_through(app)
        for stage, username in (("desa", operator_of(family.village)), ("dinsos", "dinsos")):
            officer, work = _signed_in(visitor, username), f"{number}.{stage}"
            _get(visitor, "desk", officer)
            fence = _post(visitor, f"desk/{work}/claim", {}, officer)["fence"]
            _get(visitor, f"cases/{number}", officer)
            ruling = {"work_id": work, "fence": fence, "decision": "lulus"}
            _post(visitor, f"cases/{number}/decision", ruling, officer)
            _work_through(app)


def _work_through(app: Any) -> None:
    """The three queues, emptied by app.py's own handlers."""
    sqs = boto3.client("sqs")
    for function, queue in (
        (app.read_uploads, "berkas-uploads"),
        (app.check_submissions, "berkas-submissions"),
        (app.offer_work, "berkas-verification"),
    ):
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=1, WaitTimeSeconds=0, MessageSystemAttributeNames=["All"]
        ).get("Messages"):
            failed = function(sqs_event(queue, messages), Context(queue, 60, 512))["batchItemFailures"]
            if failed:
                raise Unexpected(f"A message of {queue} failed.")
            sqs.delete_message(QueueUrl=url, ReceiptHandle=messages[0]["ReceiptHandle"])


def _signed_in(visitor: InProcess, username: str) -> dict[str, str]:
    """The headers that an officer's page would send: the cookie of a session, and where they come from."""
    answer = _sent(visitor, "session", {"username": username, "password": PASSWORD}, {})
    _body(answer, "session")
    return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


def _post(visitor: InProcess, path: str, body: Any, headers: Mapping[str, str]) -> Any:
    return _body(_sent(visitor, path, body, headers), path)


def _sent(visitor: InProcess, path: str, body: Any, headers: Mapping[str, str]) -> Any:
    more = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), HEADER: "1"}
    return visitor.http.post(f"/api/v1/{path}", headers={**headers, **more}, body=json.dumps(body).encode())


def _get(visitor: InProcess, path: str, headers: Mapping[str, str]) -> Any:
    return _body(visitor.http.get(f"/api/v1/{path}", headers=dict(headers)), path)


def _body(answer: Any, path: str) -> Any:
    if answer.status_code >= 300:
        raise Unexpected(f"{path.partition('/')[0]} answered {answer.status_code} {answer.json_body}")
    return answer.json_body
