"""`python -m bench [--only NAME …]`: measure, keep the figures in bench/results.json, print them, renew docs/bench.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from bench import doors, figures, status, tables, units, walks
from bench.figures import Figure

# The last one makes this process a part of a stack of its own, so it stays the last.
MEASURES: Mapping[str, Callable[[], Iterator[Figure]]] = {
    "reading": partial(walks.reading, "ktp", 3.0),
    "reading-kk": partial(walks.reading, "kk", None),
    "desk": walks.desk,
    "status": status.status,
    "memory": walks.memory,
    "start": walks.start,
    "doors": doors.doors,
    "units": units.units,
}


def main(argv: list[str]) -> int:
    """Exit code 0 when all was measured, 2 for wrong options. What misses its aim is marked, not failed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="NAME")
    chosen = parser.parse_args(argv).only
    for name in (name for name in MEASURES if name in chosen):
        load = os.getloadavg()[0]
        _say(f"{name} … (load {load:.1f})")
        measured = list(MEASURES[name]())
        figures.keep(measured, f"python -m bench --only {name}", max(load, os.getloadavg()[0]))
        for figure in measured:
            peer = f"   {figure.peer.what}: {figure.peer.value:.2f}" if figure.peer else ""
            missed = "   MISSES ITS AIM" if figure.aim is not None and figure.value >= figure.aim else ""
            _say(f"  {figure.name:20} {figure.value:9.2f} {figure.unit}  (n={figure.n}){peer}{missed}")
    tables.write()
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
