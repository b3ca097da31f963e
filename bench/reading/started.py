"""`python -m bench.reading.started PHOTO... [--times N]`: what it takes to load the reader, what a process that reads
many photos holds at most, and how a batch grows with processors: each in processes of their own."""

from __future__ import annotations

import argparse
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
_READ_ALL = """
import sys
from pathlib import Path
from chalicelib.reading.command import answers
from chalicelib.reading.scoring.measured import measured
paths = [Path(name) for name in sys.argv[1:]]
for _ in range(2):
    costs = [measured(lambda: answers(path, "auto"))[1] for path in paths]
    print(max(cost.peak for cost in costs), sum(cost.cpu for cost in costs), flush=True)
"""


def main(argv: list[str]) -> int:
    """Exit code 0; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.started", description=__doc__)
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="batches of each kind (default 3)")
    options = parser.parse_args(argv)
    photos: list[Path] = options.photos
    begun = start()
    _say(f"engine start: {begun.value:.2f} {begun.unit} (n = {begun.n})")
    for turn, (peak, spent) in enumerate(held(photos), 1):
        each = spent / len(photos)
        _say(f"one process, {len(photos)} photos, turn {turn}: peak {peak:.0f} MiB, {each:.2f} CPU s a photo")
    seconds: dict[int, list[float]] = {}
    for _ in range(options.times):
        for many, took in batch(photos):
            seconds.setdefault(many, []).append(took)
    for many, took_each in seconds.items():
        rate = len(photos) / median(took_each)
        _say(
            f"batch on {many} processors: {rate:.3f} photos a second (median of {len(took_each)}: {took_each})"
        )
    _say(f"load {os.getloadavg()[0]:.1f}")
    return 0


def start() -> Figure:
    """Processor seconds until the engine stands ready, imports and Python itself included; beside it Python alone."""
    ours, bare = ([_spent(program) for _ in range(_TIMES)] for program in (_LOAD, _BARE))
    return Figure(
        "engine.start", median(ours), "s of processor", _TIMES, Peer("Python alone", median(bare)), 1.0
    )


def held(photos: Sequence[Path]) -> Iterator[tuple[float, float]]:
    """What one process that reads all of `photos` twice holds at most (MiB, programs it starts included) and its
    processor seconds, for each turn."""
    command = [sys.executable, "-c", _READ_ALL, *map(str, photos)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own program)
    for line in done.stdout.splitlines():
        peak, spent = map(float, line.split())
        yield peak, spent


def batch(photos: Sequence[Path]) -> Iterator[tuple[int, float]]:
    """Number of processors → seconds that `read` takes for `photos` on so many of them."""
    cores = sorted(os.sched_getaffinity(0))
    for many in dict.fromkeys((1, len(cores))):
        command = [sys.executable, "-m", "chalicelib", "read", *map(str, photos)]
        held_to = ["taskset", "-c", ",".join(map(str, cores[:many])), *command]
        began = time.perf_counter()
        subprocess.run(held_to, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (our own program)
        yield many, round(time.perf_counter() - began, 1)


def _spent(program: str) -> float:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603  (our own program)
    return float(done.stdout)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
