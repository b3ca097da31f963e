"""`python -m bench.quality`: photos with one fault each, in rising strength, made and read; prints what each finding is
worth. `python -m bench.quality --houses 1000`: house pictures found again. Nothing is kept in the repository; a run that
was stopped goes on where it stopped, and answers of another state of the reader are not taken up."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.quality import houses, pictures, readings, worth
from bench.reading import runs

FOLDER = Path("build") / "bench-quality"
_EACH = 20
"""Photos between two words of progress."""


def main(argv: list[str]) -> int:
    """Exit code 0 when all was measured, 2 for wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    add = parser.add_argument
    add("--ktp", type=int, default=12, metavar="N", help="cards, about fifty photos each (default 12)")
    add("--kk", type=int, default=3, metavar="N", help="family cards, about forty photos each (default 3)")
    add("--negatives", type=int, default=20, metavar="N", help="pictures of other things (default 20)")
    add(
        "--fronts",
        type=int,
        default=20,
        metavar="N",
        help="house pictures, half of them dark or blurred (default 20)",
    )
    add("--only", nargs="+", metavar="FAULT", help="of faults.json (default: all)")
    add("--houses", type=int, default=0, metavar="N", help="instead of all these: N houses and their copies")
    add("--work", type=Path, default=FOLDER, metavar="DIR", help=f"pictures and answers (default {FOLDER})")
    add("--processes", type=int, default=len(os.sched_getaffinity(0)), metavar="P", help="default: all cores")
    options = parser.parse_args(argv)
    if options.houses:
        _progress("drawn", houses.make(options.houses, options.work / "houses", options.processes))
        for table in houses.tables(options.houses, options.work / "houses", options.processes):
            _say(table.text() + "\n")
        return 0
    counts = {"ktp": options.ktp, "kk": options.kk, "negative": options.negatives, "house": options.fronts}
    wanted = pictures.pictures(counts, options.work / "pictures", options.only)
    for name in pictures.make(wanted, options.processes):
        _say(f"made {name}")
    answers = options.work / "answers" / runs.state()
    _progress("read", readings.read(wanted, answers, options.processes))
    found = readings.found(wanted, answers)
    for table in (worth.by_strength(found), worth.by_finding(found), worth.alarms(found)):
        _say(table.text() + "\n")
    return 0


def _progress(what: str, names: Iterator[str]) -> None:
    for done, name in enumerate(names, 1):
        if done % _EACH == 0:
            _say(f"{what} {done}  {name}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
