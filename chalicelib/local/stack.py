"""The whole product on this machine: emulator, resources, queues and schedules, reader child, HTTP server.

`Stack` runs it inside this process (`serve` does); `running_stack` starts `serve` as a child for tests and tools.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import boto3

from chalicelib import logger
from chalicelib.local import emulator as emulators
from chalicelib.local import logs, resources
from chalicelib.local.events import Dispatcher, Invoke, sources
from chalicelib.local.functions import Context, Event, Function, Limits, limits
from chalicelib.local.place import READY_FILE
from chalicelib.local.private_file import replace
from chalicelib.local.problems import CannotServe
from chalicelib.local.reader_process import FunctionStopped, IsolatedFunction
from chalicelib.local.web import Web

ROOT = Path(__file__).parents[2]
BANNER = "DATA CONTOH"
ISOLATED = frozenset({"read_uploads"})
"""Functions that run in child processes and are killed at their time limit."""
WARM = "chalicelib.reading.photo:warm"
"""What loads the reader's models before the first photo comes."""
START_SECONDS = 180.0


def readers() -> int:
    """How many photos are read at a time: one for each two processors, at least one."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


def environment(outputs: Mapping[str, str], emulator: emulators.Emulator, base_url: str) -> dict[str, str]:
    """The stack's outputs → the product's environment variables (docs/architecture.md), on this machine.

    Queue addresses are those of today's port; tokens name AWS's issuer, as on AWS, but their keys are fetched here.
    """
    address = urlsplit(emulator.url).netloc
    values = {
        name: urlsplit(value)._replace(netloc=address).geturl() if name.startswith("BERKAS_QUEUE_") else value
        for name, value in outputs.items()
    }
    return values | {
        "BERKAS_JWKS_URL": f"{emulator.url}/{outputs['BERKAS_USER_POOL']}/.well-known/jwks.json",
        "BERKAS_S3_PUBLIC_ENDPOINT": emulator.url,
        "BERKAS_PUBLIC_URL": base_url,
        "BERKAS_BANNER": BANNER,
    }


class Stack:
    """The running product. Use as a context manager, from the main thread; one at a time in a process."""

    def __init__(
        self,
        data: Path,
        port: int,
        emulator_port: int | None = None,
        module: str = "app",
        say: Callable[[str], None] = print,
    ) -> None:
        self._data = data
        self._port = port or emulators.free_port()
        self._emulator_port = emulator_port or (port + 1 if port else emulators.free_port())
        self._module = module
        self._say = say
        self._close = contextlib.ExitStack()
        self.emulator: emulators.Emulator
        self.environment: dict[str, str] = {}
        self.isolated: list[IsolatedFunction] = []

    @property
    def base_url(self) -> str:
        return f"http://{emulators.HOST}:{self._port}"

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._close.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close.close()

    def _start(self) -> None:
        self._close.enter_context(locked(self._data))
        (self._data / READY_FILE).unlink(missing_ok=True)
        if not emulators.is_free(self._port):
            raise CannotServe(
                f"Port {self._port} is in use: stop what uses it, or choose another with --port."
            )
        logs.to_file(self._data / "log" / "app.log")
        self._say("Starting the emulator of AWS …")
        self.emulator = emulators.start(self._data, self._emulator_port)
        self._close.callback(self.emulator.stop)
        emulators.apply(self.emulator.client_environment())

        self._say("Looking after tables, buckets, queues, keys and accounts …")
        outputs = resources.ensure(boto3.client("cloudformation"), {"PagesOrigin": self.base_url})
        resources.let_expire(boto3.client("dynamodb"))
        product = environment(outputs, self.emulator, self.base_url)
        self.environment = self.emulator.client_environment() | product
        emulators.apply(self.environment)

        app_module = load(self._module, self._data / "log" / "app.log")
        queues, schedules = sources(app_module.app.event_sources)
        allowed = limits()

        def invokers(function: str) -> list[Invoke]:
            if function in ISOLATED:
                return [self._isolate(function, allowed) for _ in range(readers())]
            return [inside(getattr(app_module, function), function, allowed)]

        try:
            web = Web(app_module.app, self._port)
        except OSError as error:
            raise CannotServe(
                f"Port {self._port} cannot be opened ({error.strerror}): choose another with --port."
            ) from error
        dispatcher = Dispatcher(boto3.client("sqs"), queues, schedules, invokers)
        web.start()
        self._close.callback(web.stop)
        for function in self.isolated:
            self._close.callback(function.close)
        dispatcher.start()
        self._close.callback(dispatcher.stop)
        self._announce()

    def _isolate(self, function: str, allowed: Limits) -> Invoke:
        names = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        child = IsolatedFunction(
            self._module,
            function,
            allowed.time_of(function),
            allowed.memory_of(function),
            kept | self.environment,
            self._data / "log" / "reader.log",
            WARM if self._module == "app" else "",
        )
        self.isolated.append(child)
        return Warm(child)

    def _announce(self) -> None:
        """Writes `serving.json`, by which tools and tests know that the product answers."""
        facts = {
            "base_url": self.base_url,
            "environment": self.environment,
            "pid": os.getpid(),
            "emulator_pid": self.emulator.process.pid,
        }
        self._close.callback((self._data / READY_FILE).unlink, missing_ok=True)
        replace(self._data / READY_FILE, lambda file: json.dump(facts, file))


class Warm:
    """Calls an isolated function; `warm()` starts its child before the first event, in the poller's own thread."""

    def __init__(self, function: IsolatedFunction) -> None:
        self._function = function

    def warm(self) -> None:
        with contextlib.suppress(FunctionStopped):  # the first event will tell, and is tried again
            self._function.warm()

    def __call__(self, event: Event) -> Any:
        return self._function(event)


def inside(function: Function, name: str, allowed: Limits) -> Invoke:
    """Runs a function in this process; its time limit is told to it but not enforced."""

    def invoke(event: Event) -> Any:
        return function(event, Context(name, allowed.time_of(name), allowed.memory_of(name)))

    return invoke


def load(module: str, log: Path) -> Any:
    """Imports the app. What it logs goes to the file, so the terminal stays for people."""
    stream = log.open("a", encoding="utf-8", buffering=1)
    logger.handler.setStream(stream)
    with contextlib.redirect_stdout(stream):
        return import_module(module)


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """Keeps the data folder for one stack. Raises CannotServe when another one has it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(
                f"The data in {data} is being served already: stop that one, or choose another folder with --data."
            ) from None
        yield
    finally:
        os.close(handle)


@dataclass
class RunningStack:
    """A stack in a child process. `environment` is what boto3 and the adapters need to reach it."""

    base_url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    emulator_pid: int
    output: Path

    def kill(self) -> None:
        """`kill -9` of the whole: server, emulator and reader, as a power cut would do."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.emulator_pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def running_stack(
    data: Path, port: int = 0, emulator_port: int = 0, *, empty: bool = True, module: str = "app"
) -> Iterator[RunningStack]:
    """`python -m chalicelib serve` as a child on free ports, ready when entered, stopped cleanly when left.

    `empty`: without the invented people and cases. Raises CannotServe with the child's own words when it fails.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    ready = data / READY_FILE
    ready.unlink(missing_ok=True)
    output = data / "serve.out"
    command = [sys.executable, "-m", "chalicelib", "serve", "--data", str(data), "--port", str(port)]
    command += ["--emulator-port", str(emulator_port), "--module", module, *(["--empty"] if empty else [])]
    with output.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out)  # noqa: S603  (our own program)
    try:
        until = time.monotonic() + START_SECONDS
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > until:
                raise CannotServe(
                    output.read_text(encoding="utf-8", errors="replace").strip() or "serve said nothing"
                )
            time.sleep(0.02)
        facts = json.loads(ready.read_text(encoding="utf-8"))
        yield RunningStack(facts["base_url"], facts["environment"], process, facts["emulator_pid"], output)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
