"""Running a target in a process of its own, watched from outside: what hangs is ended, what dies is noted, and the run
goes on behind it."""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.fuzz.mutate import mutated
from bench.fuzz.target import TARGETS
from bench.processes import processor_seconds

_LOOK = 0.5
"""Seconds between looks at the clock."""
_PATIENCE = 10
"""How much longer than its processor time a file may take: on a busy machine, or asleep."""
_START = 120.0
"""Seconds a process has for its first file: it loads the engine."""


class Run:
    """One target's run: where it stands is kept in `folder`, failing files beside it."""

    def __init__(self, name: str, seed: int, folder: Path) -> None:
        self.name, self.seed, self.folder = name, seed, folder
        self.done = 0
        self.answers: Counter[str] = Counter()
        self.failures = 0
        folder.mkdir(parents=True, exist_ok=True)
        if self._state.exists():
            kept = json.loads(self._state.read_text(encoding="utf-8"))
            if kept["seed"] == seed:
                self.done, self.failures = kept["done"], kept["failures"]
                self.answers = Counter(kept["answers"])

    @property
    def _state(self) -> Path:
        return self.folder / f"{self.name}.json"

    def keep(self) -> None:
        state = {
            "seed": self.seed,
            "done": self.done,
            "failures": self.failures,
            "answers": dict(self.answers),
        }
        self._state.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")

    def go(self, count: int, until: float) -> Iterator[int]:
        """Up to number `count` or the time `until` (monotonic seconds); yields how many are done, now and then."""
        while self.done < count and time.monotonic() < until:
            for _ in self._one_process(count, until):
                self.keep()
                yield self.done

    def _one_process(self, count: int, until: float) -> Iterator[None]:
        ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
        worker = multiprocessing.get_context("spawn").Process(
            target=work, args=(self.name, self.seed, self.done, count, theirs), daemon=True
        )
        worker.start()
        theirs.close()
        seconds, since, used = _START, time.monotonic(), 0.0
        try:
            while time.monotonic() < until:
                if ours.poll(_LOOK):
                    answer, why = ours.recv()
                    self._note(answer, why)
                    if answer == "memory":
                        return
                    seconds, since = TARGETS[self.name].seconds, time.monotonic()
                    used = processor_seconds(worker.pid or 0)
                    if self.done % 100 == 0:
                        yield
                    if self.done >= count:
                        return
                elif (
                    processor_seconds(worker.pid or 0) - used > seconds
                    or time.monotonic() - since > _PATIENCE * seconds
                ):
                    self._note("time", f"more than {seconds} s")
                    return
        except EOFError:
            worker.join()
            self._note("died", f"exit code {worker.exitcode}")
        finally:
            worker.kill()
            worker.join()
            ours.close()
            self.keep()

    def _note(self, answer: str, why: str) -> None:
        self.answers[answer] += 1
        if why:
            self.failures += 1
            name, data = mutated(TARGETS[self.name].files(), self.seed, self.done)
            kept = self.folder / f"{self.name}-{self.seed}-{self.done}"
            kept.with_suffix(".bin").write_bytes(data)
            kept.with_suffix(".txt").write_text(f"{name}\n{answer}\n{why}\n", encoding="utf-8")
        self.done += 1


def work(name: str, seed: int, first: int, count: int, answers: Connection) -> None:
    """In the watched process: one answer a file; a second word says what went wrong."""
    target = TARGETS[name]
    files = target.files()
    for number in range(first, count):
        _, data = mutated(files, seed, number)
        said: Any
        try:
            said = (target.send(data), "")
        except Exception:  # noqa: BLE001  (whatever a stranger's file provokes is what is looked for)
            said = ("raised", traceback.format_exc())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if peak > target.megabytes and not said[1]:
            said = ("memory", f"{peak:.0f} MB")
        answers.send(said)
        if said[0] == "memory":
            return
