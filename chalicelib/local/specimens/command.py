"""`python -m chalicelib specimens OUT`: print pictures of invented documents, with their truth.

Writes NAME.jpg and NAME.json side by side. Without options it prints the committed set in `pictures/` again; with
--count it makes that many pictures of each kind for a bench. A seed gives the same pictures whatever the number of
processes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2

from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.fonts import FontMissing
from chalicelib.local.specimens.plans import FAMILIES, KINDS, SEED, bench, committed
from chalicelib.local.specimens.prints import Print, Wish, made

EXAMPLES = """examples:
  python -m chalicelib specimens out                          the committed set
  python -m chalicelib specimens out --families 20            twenty families, all three pictures of each
  python -m chalicelib specimens out --count 100              100 of each kind, easy, medium and hard as 4 : 5 : 3
  python -m chalicelib specimens out --count 60 --kinds ktp,kk --grade hard --seed 7

The truth: kind, grade, fields, members, flags (weak_FIELD: honestly unreadable), quad_oriented (corners of the
document in the picture as shown, EXIF obeyed: printed top left, top right, bottom right, bottom left), params (what
the camera did), codes; for copies of a house picture same_as; for negatives what, expected, hidden.
"""


def printed(wishes: Sequence[Wish], processes: int) -> Iterator[list[Print]]:
    """The pictures of each wish, in order, made by so many processes."""
    if processes <= 1 or len(wishes) < 2:
        _one_thread()
        yield from map(made, wishes)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_one_thread) as pool:
        yield from pool.map(made, wishes)


def _one_thread() -> None:
    cv2.setNumThreads(1)


def main(argv: list[str]) -> int:
    """0: all written; 1: a font is missing or OUT cannot be written; 2: usage."""
    parser = _parser()
    try:
        wanted = parser.parse_args(argv)
        wishes = _wishes(wanted)
    except SystemExit as stop:
        return int(stop.code or 0)
    except ValueError as wrong:
        sys.stderr.write(f"specimens: {wrong}\n")
        return 2
    total = len(wishes)
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
        for place, pieces in enumerate(printed(wishes, wanted.processes), 1):
            for piece in pieces:
                piece.write(wanted.out)
                size = len(piece.data) // 1024
                sys.stderr.write(f"[{place}/{total}] {piece.name}.jpg  {piece.truth['grade']}  {size} KiB\n")
    except FontMissing as missing:
        sys.stderr.write(f"specimens: {missing}\n")
        return 1
    except OSError as refused:
        sys.stderr.write(f"specimens: {wanted.out} cannot be written: {refused.strerror}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chalicelib specimens",
        description="Print pictures of invented documents (marked CONTOH) under a simulated phone camera, with truth.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("out", type=Path, metavar="OUT", help="folder for the pictures; made if it is not there")
    add("--families", type=int, default=FAMILIES, metavar="N", help="families of the plain set (default 8)")
    add(
        "--count",
        type=int,
        default=0,
        metavar="N",
        help="instead: N pictures of each kind, under all conditions",
    )
    add("--kinds", default=",".join(KINDS), metavar="K,…", help=f"kinds to make (default {','.join(KINDS)})")
    add(
        "--grade",
        choices=[*Grade, "mixed"],
        default="mixed",
        help="with --count: how hard to read (default mixed)",
    )
    add("--seed", type=int, default=SEED, metavar="S", help="another seed, other people")
    cores = os.cpu_count() or 1
    add("--processes", type=int, default=cores, metavar="P", help=f"processes (default {cores}, all cores)")
    return parser


def _wishes(wanted: argparse.Namespace) -> list[Wish]:
    """What is to be made. ValueError: a negative number, or a kind that does not exist."""
    if wanted.families < 0 or wanted.count < 0:
        raise ValueError("--families and --count cannot be negative")
    kinds = tuple(part.strip() for part in wanted.kinds.split(",") if part.strip())
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise ValueError(
            f"there is no kind {', '.join(unknown) or '(none given)'}; kinds are {', '.join(KINDS)}"
        )
    if wanted.count:
        grade = None if wanted.grade == "mixed" else Grade(wanted.grade)
        return list(bench(kinds, wanted.count, wanted.seed, grade))
    return [wish for wish in committed(wanted.families, wanted.seed) if wish.kind in kinds]
