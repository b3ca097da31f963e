"""What the emulator has answered is on disk: a journal of DynamoDB's writes and snapshots of everything else.

The emulator keeps its state in memory and saves it at a clean stop. Here each request that changed something is made
durable *before* its answer leaves, so that `kill -9` at any moment loses nothing that was acknowledged:

* DynamoDB: the request itself is appended to a journal and fsynced (one fsync serves all requests that wait for it);
  at the next start the journal is replayed upon the last snapshot. Handlers of the emulator run to their end without
  yielding, so the journal's order is the order of execution.
* KMS, Cognito, SQS (sending), IAM and the bucket's settings: small states, written whole after each change.
* S3 objects: the emulator writes them itself; their notification is delivered before the upload is answered.
* CloudFormation works in the background: while a stack is being changed, each look at it writes everything.

SQS deletions and receipts are not written: after a kill a message may come again, which SQS allows anyway.

Files in `state/`: `<service>.json` (a header line, then the state) and `dynamodb-<generation>.journal` (JSON lines). The
header of `dynamodb.json` names the journal that continues it, so a crash between the two steps of a compaction is safe.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any, Protocol, TextIO
from urllib.parse import parse_qs

from chalicelib.local.private_file import replace, sync_folder

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

DATA_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})
"""DynamoDB actions that are journaled; PartiQL is not used and counts as a change of the whole state."""

TARGETS = {
    "DynamoDB_20120810": "dynamodb",
    "AmazonSQS": "sqs",
    "TrentService": "kms",
    "AWSCognitoIdentityProviderService": "cognito",
}
"""The prefix of `X-Amz-Target` → the emulator's service module."""

READ_PREFIXES = (
    "Get",
    "List",
    "Describe",
    "Query",
    "Scan",
    "BatchGet",
    "TransactGet",
    "AdminGet",
    "AdminList",
)
HARMLESS = frozenset(
    {
        "Encrypt",
        "Decrypt",
        "ReEncrypt",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateRandom",
    }
    | {"GenerateMac", "VerifyMac", "Sign", "Verify"}
    | {"ReceiveMessage", "DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility"}
    | {"ChangeMessageVisibilityBatch"}
)
"""Actions that leave nothing to keep. Whatever is neither here nor a read counts as a change: the safe side."""

NOT_SYNCED = frozenset({"sqs"})
"""States that survive a kill but not a power cut: messages can be sent again (the sweeper does), and are many."""

SNAPSHOT_EACH = 2_000
"""Journal lines after which the table is written whole, which bounds the time of the next start's replay."""


class Service(Protocol):
    """What this module asks of a service module of the emulator."""

    def get_state(self) -> Any: ...
    def load_persisted_state(self, data: Any) -> None: ...


class Snapshots:
    """The states on disk, one file a service, each replaced as a whole."""

    def __init__(self, folder: Path, encode: Callable[[Any], Any], decode: Callable[[Any], Any]) -> None:
        self._folder = folder
        self._encode = encode
        self._decode = decode
        self._digests: dict[str, bytes] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, name: str, service: Service, header: dict[str, Any] | None = None) -> None:
        """Raises OSError when the disk refuses: then the request must not be answered with success.

        A state that is as it was is not written again.
        """
        head = json.dumps(header or {})
        state = json.dumps(_steady(service), default=self._encode)
        digest = hashlib.blake2b(
            state.encode("utf-8"), digest_size=16, key=head.encode("utf-8")[:64]
        ).digest()
        if self._digests.get(name) == digest:
            return

        def fill(file: TextIO) -> None:
            file.write(f"{head}\n")
            file.write(state)

        replace(self._folder / f"{name}.json", fill, sync=name not in NOT_SYNCED)
        self._digests[name] = digest

    def read(self, name: str) -> tuple[dict[str, Any], Any] | None:
        """The header and the state, or None when the service was never written."""
        try:
            text = (self._folder / f"{name}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        header, _, state = text.partition("\n")
        return json.loads(header), json.loads(state, object_hook=self._decode)


class Journal:
    """An append-only file of requests. `append` keeps order, `durable` waits until the disk has them."""

    def __init__(self, folder: Path, generation: int) -> None:
        self._folder = folder
        self._lock = asyncio.Lock()
        self.generation = generation
        self._file = self._open(generation)
        self._written = 0
        self._synced = 0

    def _path(self, generation: int) -> Path:
        return self._folder / f"dynamodb-{generation}.journal"

    def _open(self, generation: int) -> int:
        return os.open(self._path(generation), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    @property
    def length(self) -> int:
        """Lines written since the last snapshot by this process."""
        return self._written

    def append(self, action: str, body: bytes) -> int:
        """Writes one line at once; returns its number for `durable`."""
        line = json.dumps({"action": action, "body": body.decode("utf-8")}, separators=(",", ":")) + "\n"
        data = line.encode("utf-8")
        while data:
            data = data[os.write(self._file, data) :]
        self._written += 1
        return self._written

    async def durable(self, number: int) -> None:
        """Returns when line `number` is on the disk. Those who come while one fsync runs share the next."""
        generation = self.generation
        async with self._lock:
            if self.generation != generation or self._synced >= number:
                return
            upto = self._written
            await asyncio.to_thread(os.fsync, self._file)
            self._synced = upto

    async def compact(self, write_snapshot: Callable[[int], None]) -> None:
        """Lets `write_snapshot(next generation)` write the table, then starts an empty journal of that generation."""
        async with self._lock:
            following = self.generation + 1
            self._path(following).unlink(missing_ok=True)
            fresh = self._open(following)
            sync_folder(self._folder)
            write_snapshot(following)
            os.close(self._file)
            self._path(self.generation).unlink()
            self._file, self.generation, self._written, self._synced = fresh, following, 0, 0

    def close(self) -> None:
        os.close(self._file)

    @staticmethod
    def lines(folder: Path, generation: int) -> Iterator[tuple[str, bytes]]:
        """The complete lines of a generation, in order. A torn last line was never answered and is left out."""
        path = folder / f"dynamodb-{generation}.journal"
        if not path.exists():
            return
        with path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    return
                entry = json.loads(line)
                yield entry["action"], entry["body"].encode("utf-8")


class Durable:
    """ASGI application around the emulator's: answers leave when what they acknowledge is on disk.

    `services` maps a state's name to the emulator's module. `stacks_moving()` says whether CloudFormation works.
    """

    def __init__(
        self,
        inner: Asgi,
        snapshots: Snapshots,
        journal: Journal,
        services: dict[str, Service],
        stacks_moving: Callable[[], bool],
    ) -> None:
        self._inner = inner
        self._snapshots = snapshots
        self._journal = journal
        self._services = services
        self._stacks_moving = stacks_moving
        self._stacks_dirty = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http" or scope["path"].startswith(("/_ministack/", "/_localstack/", "/_aws/")):
            await _refuse(scope, send)
            return
        # Loopback stands in for TLS, as the bucket's policy asks; the emulator takes it from this header.
        scope["headers"] = [*scope["headers"], (b"x-forwarded-proto", b"https")]
        service, action = _addressed(scope)
        body: bytes | None = None
        if service in ("dynamodb", "query"):
            body = await _whole_body(receive)
            receive = _replayed(body, receive)
            if service == "query":
                service, action = _query_action(scope, body)

        async def keep_then_send(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                await self._keep(service, action, body or b"", scope["method"])
            await send(message)

        await self._inner(scope, receive, keep_then_send)

    async def _keep(self, service: str, action: str, body: bytes, method: str) -> None:
        if service == "dynamodb" and action in DATA_WRITES:
            number = self._journal.append(action, body)
            if self._journal.length >= SNAPSHOT_EACH:
                await self._compact()
            else:
                await self._journal.durable(number)
        elif service == "cloudformation":
            self._stacks_dirty = self._stacks_dirty or not action.startswith(READ_PREFIXES)
            if self._stacks_dirty:
                self._stacks_dirty = self._stacks_moving() or not action.startswith(READ_PREFIXES)
                await self.snapshot_all()
        elif service == "s3":
            if method in ("PUT", "POST", "DELETE"):
                self._write("s3")  # settings of buckets; objects write themselves
                self._write("sqs")  # the notification
        elif not action.startswith(READ_PREFIXES) and action not in HARMLESS:
            if service == "dynamodb":
                await self._compact()
            elif service in self._services:
                self._write(service)

    async def _compact(self) -> None:
        def write(generation: int) -> None:
            self._snapshots.write("dynamodb", self._services["dynamodb"], {"journal": generation})

        await self._journal.compact(write)

    def _write(self, name: str) -> None:
        self._snapshots.write(name, self._services[name])

    async def snapshot_all(self) -> None:
        for name in self._services:
            if name != "dynamodb":
                self._write(name)
        await self._compact()


def _addressed(scope: Scope) -> tuple[str, str]:
    """(service, action) from the headers; ("query", "") when the action stands in a form, ("s3", "") otherwise."""
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    prefix, _, action = headers.get(b"x-amz-target", "").rpartition(".")
    if action:
        return TARGETS.get(prefix, prefix), action
    if headers.get(b"content-type", "").startswith("application/x-www-form-urlencoded"):
        return "query", ""
    return "s3", ""


def _query_action(scope: Scope, body: bytes) -> tuple[str, str]:
    """CloudFormation, IAM and STS speak forms: the service stands in the signature's scope."""
    signed = next(
        (value for name, value in scope["headers"] if name.lower() == b"authorization"), b""
    ).decode("latin-1")
    action = parse_qs(body.decode("utf-8")).get("Action", [""])[0]
    for service in ("cloudformation", "iam", "sts"):
        if f"/{service}/aws4_request" in signed:
            return service, action
    return "unknown", action


async def _whole_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives `body` once and then listens on as before."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(scope: Scope, send: Send) -> None:
    """The emulator's own back doors (reset, configuration, mail boxes) and its websockets stay shut."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    ok = scope["path"] == "/_ministack/health"
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200 if ok else 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok" if ok else b"no"})


def _steady(service: Service) -> Any:
    """A copy of the state. Cognito works in threads: a dictionary that grows under the copy is copied again."""
    for _ in range(9):
        try:
            return service.get_state()
        except RuntimeError:
            continue
    return service.get_state()
