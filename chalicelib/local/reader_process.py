"""A function in a child process of its own: kept warm, killed at its time limit, started anew for the next event.

As Lambda does for the reader: a picture that makes a decoder hang or crash costs that one invocation and nothing else.
The parent speaks JSON lines: one event in, one answer out. Standard input is also the lifeline: when the parent is gone
the child ends. `kill` reaches what the child has started (tesseract) because the child leads its own process group.
"""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from chalicelib.local.functions import Context, Event

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
"""How long the imports may take; not counted against the function's own limit, as on Lambda."""


class FunctionFailed(Exception):
    """The function raised; `str(error)` is the name of its exception (never its message: it may be personal)."""


class FunctionStopped(Exception):
    """The function passed its time limit, or its process died."""


class IsolatedFunction:
    """Calls `module.function` in a child. One thread at a time; `seconds` is the time limit of an invocation.

    `warm` ("module:function", called without arguments) is what the child does before its first event.
    """

    def __init__(
        self,
        module: str,
        function: str,
        seconds: float,
        memory: int,
        environment: Mapping[str, str],
        log: Path,
        warm: str = "",
    ) -> None:
        self._command = [sys.executable, "-m", "chalicelib.local.reader_process", module, function]
        self._command += [str(seconds), str(memory), warm]
        self._function = function
        self._seconds = seconds
        self._environment = dict(environment)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._answers = -1
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def warm(self) -> None:
        """Starts the child and waits until its imports are done. Raises FunctionStopped."""
        if self.pid is None:
            self._start()

    def __call__(self, event: Event) -> Any:
        """Raises FunctionFailed when the function raised, FunctionStopped when it was stopped or died."""
        self.warm()
        process = self._process
        if process is None or process.stdin is None:
            raise FunctionStopped(self._function)
        try:
            process.stdin.write(json.dumps(event).encode("utf-8") + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self.kill()
            raise FunctionStopped(self._function) from None
        answer = self._answer(self._seconds)
        if "raised" in answer:
            raise FunctionFailed(answer["raised"])
        return answer["answer"]

    def close(self) -> None:
        """Ends the child for good; an invocation that runs in another thread ends with FunctionStopped."""
        self._closed = True
        self.kill()

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if self._answers >= 0:
            os.close(self._answers)
            self._answers = -1

    def _start(self) -> None:
        self.kill()
        if self._closed:
            raise FunctionStopped(self._function)
        self._answers, child_end = os.pipe()
        try:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                    [*self._command, str(child_end)],
                    cwd=ROOT,
                    env=self._environment,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    pass_fds=(child_end,),
                    start_new_session=True,
                )
        finally:
            os.close(child_end)
        self._answer(START_SECONDS)

    def _answer(self, seconds: float) -> dict[str, Any]:
        """One line from the child within `seconds`, else the child is killed."""
        until = time.monotonic() + seconds
        line = b""
        while not line.endswith(b"\n"):
            source = self._answers
            ready = source >= 0 and select.select([source], [], [], max(0.0, until - time.monotonic()))[0]
            part = os.read(source, 1 << 16) if ready else b""
            if not part:
                self.kill()
                raise FunctionStopped(self._function)
            line += part
        answer: dict[str, Any] = json.loads(line)
        return answer


def _events() -> queue.SimpleQueue[bytes]:
    """Lines of standard input, read in a thread, so that its end is noticed while the function works."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=read, name="lifeline", daemon=True).start()
    return lines


def main(argv: list[str]) -> None:
    module, name, seconds, memory, warm, answers = argv
    lines = _events()
    function = getattr(import_module(module), name)
    if warm:
        where, _, what = warm.partition(":")
        getattr(import_module(where), what)()
    with os.fdopen(int(answers), "wb", buffering=0) as out:
        out.write(b'{"answer": null}\n')
        while True:
            event = json.loads(lines.get())
            try:
                answer = {"answer": function(event, Context(name, float(seconds), int(memory)))}
            except Exception as error:  # noqa: BLE001  the child outlives what a handler raises, as Lambda's does
                print(f"{name} raised {type(error).__name__}", file=sys.stderr, flush=True)  # noqa: T201  (what the command tells)
                answer = {"raised": type(error).__name__}
            out.write(json.dumps(answer).encode("utf-8") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
