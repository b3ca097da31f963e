"""`python -m bench.confidence [--gather]`: fit the confidence model anew, from the committed samples, or from pictures
made and read again. Pictures and readings that are there already are taken up."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.confidence import fit, gather, judged

FOLDER = Path("build") / "bench-confidence"


def main(argv: list[str]) -> int:
    """Exit code 0: fitted; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.confidence", description=__doc__)
    add = parser.add_argument
    add(
        "--gather",
        action="store_true",
        help="make the pictures, read them, renew samples.csv.gz (an hour or more)",
    )
    add("--work", type=Path, default=FOLDER, metavar="DIR", help=f"pictures and readings (default {FOLDER})")
    add("--dry", action="store_true", help="judge the fit, keep the model as it is")
    options = parser.parse_args(argv)
    if options.gather:
        _gather(options.work)
    samples = gather.kept()
    groups = fit.groups()
    _say(judged.table(judged.crossed(samples, groups)).text())
    if not options.dry:
        told = {
            "command": "python -m bench.confidence",
            "pictures": len({one.photo for one in samples}),
            "values": len(samples),
            "wrong": sum(not one.right for one in samples),
        }
        fit.keep(fit.fit(samples, groups), told)
    return 0


def _gather(folder: Path) -> None:
    processes = len(os.sched_getaffinity(0))
    for batch in gather.BATCHES:
        for name in gather.make(batch, folder, processes):
            _say(f"made {batch.name}/{name}")
    tasks = [task for batch in gather.BATCHES for task in gather.tasks(batch, folder)]
    missing = [task for task in tasks if not task.kept.exists()]
    _say(f"{len(tasks) - len(missing)} of {len(tasks)} pictures read before")
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done, _ in enumerate(pool.map(gather.read, missing), 1):
            if done % 20 == 0 or done == len(missing):
                _say(f"read {done} of {len(missing)}")
    gather.write(sample for task in tasks for sample in gather.samples(task))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
