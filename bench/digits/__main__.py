"""`python -m bench.digits`: the digit reader beside the general engines on strips it never saw; `--train`: draw strips
and train it anew (about an hour on one processor; goes on where it stopped; needs `pip install .[train]`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.digits import compared
from chalicelib.reading.digits.reader import MODEL

FOLDER = Path("build") / "bench-digits"
SEED = 2


def main(argv: list[str]) -> int:
    """Exit code 0: measured, or trained and measured; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.digits", description=__doc__)
    add = parser.add_argument
    add("--train", action="store_true", help="train the network anew before it is compared")
    add("--blocks", type=int, default=112, help="blocks of 1,024 strips to draw (default 112)")
    add("--rounds", type=int, default=4, help="times that each block is shown (default 4)")
    add("--count", type=int, default=300, metavar="N", help="strips to compare on (default 300)")
    add("--work", type=Path, default=FOLDER, metavar="DIR", help=f"strips and the state (default {FOLDER})")
    add("--processes", type=int, default=2, metavar="P", help="processes that draw (default 2)")
    options = parser.parse_args(argv)
    if options.train:
        from bench.digits import network  # noqa: PLC0415  (torch is installed for training only)

        strips = network.draw(options.work, options.blocks, SEED, options.processes)
        network.export(network.train(strips, options.rounds, options.work / "state.pt", _say), MODEL)
    _say(compared.table(compared.drawn(options.count)).text())
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
