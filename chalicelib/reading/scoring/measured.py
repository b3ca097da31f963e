"""Reading one photo while measuring it: for scores, where the cost of reading stands beside what was read."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import TypeVar

from chalicelib.reading.scoring.truth import Cost

Found = TypeVar("Found")


def measured(work: Callable[[], Found]) -> tuple[Found, Cost]:
    """What `work` returns and what it took, programs that it started included. Memory is the most that this process
    held until now, and that of the largest program it started (Linux counts so)."""
    began, used = time.perf_counter(), _used()
    found = work()
    return found, Cost(_used() - used, time.perf_counter() - began, peak())


def _used() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, who))


def peak() -> float:
    """MiB."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024
