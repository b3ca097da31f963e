"""Reading one photo while measuring it: for scores, where the cost of reading stands beside what was read. Linux only."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from chalicelib.reading.scoring.truth import Cost

Found = TypeVar("Found")
_EACH = 0.03
"""Seconds between two looks at the memory."""
_SELF = Path("/proc/self")


def measured(work: Callable[[], Found]) -> tuple[Found, Cost]:
    """What `work` returns and what it took, programs that it started included: seconds of processor and of waiting, and
    the most memory (resident, MiB) seen at one time."""
    watch = _Watch()
    watch.start()
    began, used = time.perf_counter(), _used()
    try:
        found = work()
        cpu, wall = _used() - used, time.perf_counter() - began
    finally:
        watch.stop()
    return found, Cost(cpu, wall, watch.most / 1024)


def _used() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, who))


class _Watch(threading.Thread):
    """Looks at the memory until it is stopped. The kernel's own highest mark will not do: a program that is started
    counts the memory of the process that starts it as its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._done = threading.Event()
        self.most = 0
        """KiB."""

    def run(self) -> None:
        while True:
            self.most = max(self.most, _held())
            if self._done.wait(_EACH):
                return

    def stop(self) -> None:
        self.most = max(self.most, _held())
        self._done.set()
        self.join()


def _held() -> int:
    """KiB that this process and the programs it started hold now."""
    own = (_SELF / "exe").readlink()
    total = _resident(_SELF)
    for task in _SELF.joinpath("task").iterdir():
        with suppress(OSError):  # threads and programs that end meanwhile
            for child in (task / "children").read_text(encoding="ascii").split():
                place = Path("/proc", child)
                if (place / "exe").readlink() != own:  # between fork and exec it shares our memory
                    total += _resident(place)
    return total


def _resident(process: Path) -> int:
    for line in process.joinpath("status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
