"""`python -m bench.fuzz [--decode N] [--whole N] [--minutes M] [--seed S]`: mutated files through decoding, and
through the whole reader. Goes on where an earlier run stopped; failing files lie in bench/out/fuzz with their number.

Exit code 0: no failure; 1: some; 2: usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.fuzz.mutate import SEED
from bench.fuzz.watch import Run


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--decode", type=int, default=50_000, help="files through decoding (default 50000)")
    parser.add_argument("--whole", type=int, default=1_000, help="files through the reader (default 1000)")
    parser.add_argument(
        "--minutes", type=float, default=55, help="stop then; run again to go on (default 55)"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folder", type=Path, default=Path("bench/out/fuzz"))
    wanted = parser.parse_args(argv)
    until = time.monotonic() + wanted.minutes * 60
    failures = 0
    for name, count in (("whole", wanted.whole), ("decode", wanted.decode)):
        run = Run(name, wanted.seed, wanted.folder)
        for done in run.go(count, until):
            sys.stderr.write(f"\r{name}: {done} of {count}, {run.failures} failures ")
        answers = ", ".join(f"{answer} {times}" for answer, times in run.answers.most_common())
        print(f"\n{name}: {run.done} of {count} (seed {run.seed}); {run.failures} failures; {answers}")  # noqa: T201  (what the command tells)
        failures += run.failures
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
