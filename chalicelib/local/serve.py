"""`python -m chalicelib serve --data DIR --port N`: the whole product on this machine, for demo, training and tests."""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from chalicelib.local.problems import CannotServe

DEFAULT_PORT = 8090
PACKAGES = ("boto3", "chalice", "hypercorn", "ministack")


def main(argv: list[str]) -> int:
    """Exit code 0 after a clean stop, 1 when the stack cannot run (one sentence says what to do), 2 for wrong options."""
    options = _parser().parse_args(argv)
    if (missing := missing_parts()) is not None:
        print(missing, file=sys.stderr)  # noqa: T201  (what the command tells)
        return 1
    from chalicelib.local.stack import Stack  # noqa: PLC0415  only when all its parts are there

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    os.umask(0o077)  # all that is written is for its owner
    began = time.monotonic()
    try:
        with Stack(
            options.data.resolve(), options.port, options.emulator_port, options.module, _say
        ) as stack:
            _await_health(stack.base_url)
            _say(
                f"Berkas is served at {stack.base_url}/ ({time.monotonic() - began:.1f} s); Ctrl+C stops it."
            )
            if not options.empty:
                fill(stack.base_url, stack.environment)
            while True:
                time.sleep(1.0)
                if stack.emulator.process.poll() is not None:
                    log = options.data / "log" / "emulator.log"
                    raise CannotServe(
                        f"The emulator has ended by itself: see {log}, then start again; nothing is lost."
                    )
    except Stopped:
        return 0
    except CannotServe as problem:
        print(f"berkas: {problem}", file=sys.stderr)  # noqa: T201  (what the command tells)
        return 1
    return 0


class Stopped(BaseException):
    """Someone asked for the end; raised in the main thread, wherever it is, also while the demo is being filled in."""


def _stop(*_: object) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # once is enough; the clean stop is not to be cut short
    os.write(1, "Stopping …\n".encode())  # print is not for signal handlers
    raise Stopped


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chalicelib serve", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path(".data"), help="folder that keeps everything (default: .data)"
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        help=f"port of the pages (default: {DEFAULT_PORT}; 0: any)",
    )
    parser.add_argument(
        "--emulator-port", type=_port, default=0, help="port of the emulator (default: the next one)"
    )
    parser.add_argument("--empty", action="store_true", help="serve without invented people and cases")
    parser.add_argument("--module", default="app", help=argparse.SUPPRESS)
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65534")
    return port


def missing_parts() -> str | None:
    """One sentence on what is not installed, or None."""
    packages = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if packages:
        return f"berkas: the Python packages {', '.join(packages)} are missing: run `make run`, which installs them."
    if shutil.which("tesseract") is None:
        return "berkas: tesseract is missing: run `sudo apt-get install tesseract-ocr tesseract-ocr-ind libzbar0`."
    return None


def fill(base_url: str, environment: dict[str, str]) -> None:
    """Fills an empty stack with invented people and cases, and prints the sign-ins."""
    from chalicelib.local.demo import fill_if_empty  # noqa: PLC0415  only when asked for: it imports pictures

    fill_if_empty(base_url, environment)


def _await_health(base_url: str) -> None:
    """Returns when the pages answer; raises CannotServe when they do not within 30 seconds."""
    address = base_url.removeprefix("http://")
    until = time.monotonic() + 30
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(address, timeout=10)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise CannotServe("The pages do not answer at /healthz: see log/app.log in the data folder.")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)
