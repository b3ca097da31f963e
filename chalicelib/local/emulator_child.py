"""The emulator's process: `python -m chalicelib.local.emulator_child STATE_DIR PORT`, started by `emulator.py` only.

The environment carries the emulator's settings (see `emulator.settings`). Standard input is a lifeline: when the
parent is gone, even by `kill -9`, it ends and so does this process; the journal has everything that was answered.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from chalicelib.local.journal import Asgi, Durable, Journal, Service, Snapshots

ACCOUNT = "000000000000"
LOCK_SECONDS = 10.0
"""How long a predecessor that was just killed may take to let go of the state."""

STATES = {
    "iam": "iam",
    "sts": "sts",
    "kms": "kms",
    "sqs": "sqs",
    "s3": "s3",
    "cognito": "cognito",
    "cloudformation": "cloudformation",
    "dynamodb": "dynamodb",
}


def lifeline() -> None:
    """Ends this process as soon as the parent's end of standard input is closed."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def lock_state(folder: Path) -> int:
    """Takes the state for this process alone. SystemExit when another emulator keeps it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise SystemExit("another emulator holds this data") from None
            time.sleep(0.05)
        else:
            return handle


async def replay(folder: Path, generation: int) -> tuple[int, int]:
    """Runs the journal's writes against the emulator's tables. Returns (replayed, refused); refused should be 0."""
    responses = import_module("ministack.core.responses")
    dynamodb = import_module("ministack.services.dynamodb")
    responses.set_request_account_id(ACCOUNT)
    responses.set_request_region(os.environ["MINISTACK_REGION"])
    done = refused = 0
    for action, body in Journal.lines(folder, generation):
        headers = {
            "x-amz-target": f"DynamoDB_20120810.{action}",
            "content-type": "application/x-amz-json-1.0",
        }
        status, _, _ = await dynamodb.handle_request("POST", "/", headers, body, {})
        done += 1
        refused += status >= 300
    return done, refused


def come_again(sqs: Any) -> None:
    """Whoever held a message has ended with the last run: what was received and not deleted is there again at once."""
    now = time.time()
    for queue in sqs._queues._data.values():
        for message in queue["messages"]:
            if message.get("receive_count", 0) > 0:
                message["visible_at"] = min(message["visible_at"], now)


def deletes_software_tokens(cognito: Any) -> Callable[..., Awaitable[Any]]:
    """AdminDeleteSoftwareToken, which AWS has had since August 2026 and the emulator does not know: the account stands as
    if it had never set up a second factor."""
    known = cognito._dispatch_idp

    async def dispatch(action: str, data: dict[str, Any]) -> Any:
        if action == "AdminDeleteSoftwareToken":
            off = {"SoftwareTokenMfaSettings": {"Enabled": False, "PreferredMfa": False}}
            return await known("AdminSetUserMFAPreference", data | off)
        return await known(action, data)

    return dispatch


def notify_at_once(s3: Any) -> Callable[..., None]:
    """The emulator's notification, delivered before it returns instead of in a thread. Same parameters."""

    def fire(bucket: str, key: str, event: str, *rest: Any, **more: Any) -> None:
        s3._fire_s3_event(bucket, key, event, *rest, sequencer=s3._next_event_sequencer(event), **more)

    return fire


async def serve(folder: Path, port: int) -> None:
    ministack = import_module("ministack.app")  # patches hypercorn, so before it
    hypercorn, settings = import_module("hypercorn.asyncio"), import_module("hypercorn.config")
    persistence = import_module("ministack.core.persistence")
    services: dict[str, Service] = {
        name: import_module(f"ministack.services.{module}") for name, module in STATES.items()
    }
    snapshots = Snapshots(folder, persistence._json_default, persistence._json_object_hook)
    generation = 0
    for name, service in services.items():
        if (found := snapshots.read(name)) is not None:
            header, state = found
            service.load_persisted_state(state)
            generation = header.get("journal", generation)
    replayed, refused = await replay(folder, generation)
    if refused:
        sys.stderr.write(f"journal: {refused} of {replayed} writes were refused at replay\n")
    for old in folder.glob("dynamodb-*.journal"):
        if old.name != f"dynamodb-{generation}.journal":
            old.unlink()

    come_again(services["sqs"])
    # An upload is answered after its notification lies in the queue, not some milliseconds before.
    s3: Any = services["s3"]
    s3._fire_s3_event_async = notify_at_once(s3)
    cognito: Any = services["cognito"]
    cognito._dispatch_idp = deletes_software_tokens(cognito)

    stacks = import_module("ministack.services.cloudformation")

    def stacks_moving() -> bool:
        return any(
            str(s.get("StackStatus", "")).endswith("IN_PROGRESS") for s in stacks._stacks._data.values()
        )

    journal = Journal(folder, generation)
    inner: Asgi = ministack.app
    application = Durable(inner, snapshots, journal, services, stacks_moving)
    if replayed:
        await application.snapshot_all()

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    config = settings.Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    await hypercorn.serve(application, config, shutdown_trigger=stop.wait)
    await application.snapshot_all()
    journal.close()


def main(argv: list[str]) -> int:
    os.umask(0o077)
    lifeline()
    folder, port = Path(argv[0]), int(argv[1])
    lock = lock_state(folder)
    try:
        asyncio.run(serve(folder, port))
    finally:
        os.close(lock)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
