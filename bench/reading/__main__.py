"""`python -m bench.reading [--quick]`: make the blind pictures, read them with every reader, print the tables, renew
`bench/results.json`, `docs/bench.md` and `docs/reading.md`. A run that was stopped goes on where it stopped."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import figures
from bench import tables as figure_page
from bench.reading import compared, drawings, headline, page, pictures, rivals, runs, started
from bench.reading.pictures import Counts, Picture
from bench.reading.runs import Work
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.reading.scoring import report, trust
from chalicelib.reading.scoring.compare import CELL, HEAD, KTP
from chalicelib.reading.scoring.report import Scored
from chalicelib.reading.scoring.table import Table

FOLDER = Path("build") / "bench-reading"
DRAWN = page.PAGE.parent / "pictures"
_BATCH = 12
EXTREME = str(Grade.EXTREME)


def main(argv: list[str]) -> int:
    """Exit code 0 when all was measured, 2 for wrong options. What misses its bar is marked, not failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="a few pictures of each kind; nothing is kept in the repository")
    add("--work", type=Path, default=FOLDER, metavar="DIR", help=f"pictures and answers (default {FOLDER})")
    add("--share", type=float, default=1.0, metavar="S", help="read a share of the pictures only (default 1)")
    add("--beside", type=float, metavar="S", help="another share for the readers beside the product")
    add(
        "--only",
        nargs="+",
        choices=[one.name for one in rivals.READERS],
        metavar="READER",
        help="read with these",
    )
    add("--processes", type=int, default=len(os.sched_getaffinity(0)), metavar="P", help="default: all cores")
    options = parser.parse_args(argv)
    counts = _counts(options)
    beside = pictures.share_of(pictures.FULL, options.beside) if options.beside else counts
    work = Work(options.work, runs.state())
    wanted = pictures.pictures(counts, work.pictures)
    for name in pictures.make(counts, work.pictures, options.processes):
        _say(f"made {name}")
    load = os.getloadavg()[0]
    for reader in rivals.READERS:
        if not options.only or reader.name in options.only:
            chosen = pictures.pictures(counts if reader.name == rivals.PRODUCT else beside, work.pictures)
            runs.run(work, reader, chosen, options.processes, _say)
    made = _tables(work, wanted)
    _say("\n\n".join(table.text() for table in made))
    if not options.quick and not options.only:
        load = max(load, os.getloadavg()[0])
        _keep(work, wanted, made, argv, load)
    return 0


def _counts(options: argparse.Namespace) -> Counts:
    return pictures.QUICK if options.quick else pictures.share_of(pictures.FULL, options.share)


def _tables(work: Work, wanted: list[Picture]) -> list[Table]:
    by_name = _scored(work, wanted)
    made = report.tables(by_name[rivals.PRODUCT])
    return [*made[:1], *_extreme(work, wanted), *compared.tables(by_name), *made[1:]]


def _scored(work: Work, wanted: list[Picture]) -> dict[str, Scored]:
    """Reader → what it was asked of pictures as the specimens are; extreme ones stand in tables of their own."""
    by_name = {reader.name: runs.scored(work, reader, wanted) for reader in rivals.READERS}
    return {
        name: Scored([p for p in run.photos if p.truth.grade != EXTREME]) for name, run in by_name.items()
    }


def _extreme(work: Work, wanted: list[Picture]) -> list[Table]:
    product = next(one for one in rivals.READERS if one.name == rivals.PRODUCT)
    run = runs.scored(work, product, wanted)
    worst = Scored([p for p in run.photos if p.truth.grade == EXTREME])
    made = (report.exact(worst), report.silent(worst), report.codes(worst))
    return [replace(table, title=f"Extreme photos: {table.title}") for table in made if table.rows]


def _keep(work: Work, wanted: list[Picture], made: list[Table], argv: list[str], load: float) -> None:
    by_name = _scored(work, wanted)
    product = by_name[rivals.PRODUCT]
    found = [started.start(), *headline.figures(product, by_name[rivals.TESSERACT])]
    command = " ".join(["python -m bench.reading", *_public(argv)])
    figures.keep(found, command, load)
    figure_page.write()
    photos = [one.photo for one in wanted if one.kind == "ktp"][:_BATCH]
    rows = tuple((str(many), str(len(photos)), f"{seconds:.1f}") for many, seconds in started.batch(photos))
    note = f"Wall seconds of one `read`, start included, under a load of {load:.1f} from elsewhere."
    batch = Table("A batch on one processor and on all", ("processors", "KTP photos", "seconds"), rows, note)
    taken = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "command": command,
        "seed": pictures.SEED,
        "load": round(load, 1),
        "processors": os.cpu_count(),
        "state": work.state,
    }
    page.keep(taken, [*made, batch])
    page.write()
    documents = [item for item in product.items if item.part in (KTP, HEAD, CELL)]
    DRAWN.joinpath("reading-confidence.svg").write_text(drawings.reliability(trust.trust(documents).bins))
    points = {kind: compared.points(by_name, kind) for kind in rivals.DOCUMENTS}
    DRAWN.joinpath("reading-cost.svg").write_text(drawings.curve(points))


def _public(argv: list[str]) -> list[str]:
    """The options without the folder, which is of this machine only."""
    at = argv.index("--work") if "--work" in argv else len(argv)
    return argv[:at] + argv[at + 2 :]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
