"""`python -m chalicelib score DIR [--pred DIR]`: how well an office's own photos are read, in counts.

Exit code 0: scored; 1: some truth or photo could not be used (how many is said); 2: wrong usage.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from chalicelib.reading.scoring.report import Photo, Scored, tables
from chalicelib.reading.scoring.shown import shown_size
from chalicelib.reading.scoring.truth import NOTHING, Answer, Truth, UnusableTruth, answer_of, truth_of

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".pdf")
HELP = """DIR holds photos taken with their owners' consent, and beside each NAME.jpg (png, webp, heic, pdf) what is
printed on it as NAME.json, written down by a person:

  {"kind": "ktp",                       ktp, kk, house, barkot, or negative for what is to be refused
   "grade": "easy",                     easy, medium or hard: how a person would call it; may be left out
   "fields": {"nik": "…", "nama": "…"}, keys as `read` prints them; dates of birth as 1980-12-31; "-" or "" for empty;
                                        a field that is left out is not scored
   "members": [{"nama": "…"}],          of a KK, from the first row on
   "codes": [{"text": "…"}],            payloads of its QR or barcode, if known
   "flags": ["photocopy", "rotated_90"]}  of these also: blurred, dark, bright, glare; may be left out

Values are compared in capitals, without blanks around : / , . - ( ) and without dirt at their ends.
Nothing leaves this machine, and no value, name or file name is printed. --pred scores answers that
`python -m chalicelib read --out DIR` wrote before; their cost is then not known.
"""


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m chalicelib score",
        description="Score readings of photos whose truth is known: counts only.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="photos and their truths")
    parser.add_argument("--pred", type=Path, metavar="DIR", help="answers read before, DIR/NAME.json")
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 0 if stop.code in (0, None) else 2
    for folder in (options.folder, options.pred):
        if folder is not None and not folder.is_dir():
            sys.stderr.write("score: that folder is not there\n")
            return 2
    truths, unusable = known(options.folder)
    if not truths:
        sys.stderr.write("score: no truth (NAME.json) in that folder\n")
        return 2
    answers = _read_before(list(truths), options.pred) if options.pred else _read_now(list(truths))
    photos = [
        Photo(truth, answer, shown_size(path))
        for (path, truth), answer in zip(truths.items(), answers, strict=True)
    ]
    sys.stdout.write("\n\n".join(table.text() for table in tables(Scored(photos))) + "\n")
    unread = sum(not photo.answer.ok for photo in photos)
    sys.stdout.write(f"\nPhotos: {len(photos)}; not read: {unread}; truths that cannot be used: {unusable}\n")
    return 1 if unusable or unread else 0


def known(folder: Path) -> tuple[dict[Path, Truth], int]:
    """The truths of a folder by the place of their photo (which need not be there), and how many could not be used."""
    found, unusable = {}, 0
    for path in sorted(folder.glob("*.json")):
        if path.name.startswith("_"):
            continue
        try:
            truth = truth_of(path)
        except (UnusableTruth, OSError):
            unusable += 1
            continue
        beside = (path.with_suffix(suffix) for s in SUFFIXES for suffix in (s, s.upper()))
        found[next((photo for photo in beside if photo.exists()), path.with_suffix(".jpg"))] = truth
    return found, unusable


def _read_before(photos: Sequence[Path], folder: Path) -> Iterator[Answer]:
    for photo in photos:
        path = folder / f"{photo.stem}.json"
        try:
            yield answer_of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            yield NOTHING


def _read_now(photos: Sequence[Path]) -> Iterator[Answer]:
    """Answers in the order of the photos, by as many processes as there are processors."""
    workers = min(len(photos), len(os.sched_getaffinity(0)))
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_ready) as pool:
        for done, answer in enumerate(pool.map(_answer, photos), 1):
            if sys.stderr.isatty():
                sys.stderr.write(f"\rread {done} of {len(photos)}" + ("\n" if done == len(photos) else ""))
            yield answer


def _ready() -> None:
    from chalicelib.reading.photo import warm  # noqa: PLC0415  (the reader's packages are heavy)

    warm()


def _answer(photo: Path) -> Answer:
    from chalicelib.reading.command import answers  # noqa: PLC0415
    from chalicelib.reading.scoring.measured import measured  # noqa: PLC0415

    pages, cost = measured(lambda: answers(photo, "auto"))
    best = max(pages, key=lambda page: (page["ok"], page["kind"] != "other", len(page.get("fields", ()))))
    return answer_of(best | {"cost": {"cpu": cost.cpu, "wall": cost.wall, "peak": cost.peak}})
