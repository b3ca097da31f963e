"""What it takes to load the reader, and how a batch grows with processors: each in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.figures import Figure, Peer

_TIMES = 5
_LOAD = "import time; from chalicelib.reading.photo import warm; warm(); print(time.process_time())"
_BARE = "import time; print(time.process_time())"


def start() -> Figure:
    """Processor seconds until the engine stands ready, imports and Python itself included; beside it Python alone."""
    ours, bare = ([_spent(program) for _ in range(_TIMES)] for program in (_LOAD, _BARE))
    return Figure(
        "engine.start", median(ours), "s of processor", _TIMES, Peer("Python alone", median(bare)), 1.0
    )


def batch(photos: Sequence[Path]) -> Iterator[tuple[int, float]]:
    """Number of processors → seconds that `read` takes for `photos` on so many of them."""
    cores = sorted(os.sched_getaffinity(0))
    for many in dict.fromkeys((1, len(cores))):
        command = [sys.executable, "-m", "chalicelib", "read", *map(str, photos)]
        held = ["taskset", "-c", ",".join(map(str, cores[:many])), *command]
        began = time.perf_counter()
        subprocess.run(held, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (our own program)
        yield many, time.perf_counter() - began


def _spent(program: str) -> float:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603  (our own program)
    return float(done.stdout)
