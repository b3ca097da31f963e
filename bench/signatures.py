"""`python -m bench.signatures [--each N] [--seed S] [--keep FOLDER]`: how much of the signatures on generated KTP and KK
is veiled in their working copies, and how many printed values the veil touches.

A signature counts as covered from 95 % of the box around its ink; a printed value as touched from 5 % of its box. The
truth is the generator's; nothing here is a figure for real documents.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.prints import Print, Wish, made
from chalicelib.reading.model import Kind, Point, Quad, ReadPhoto
from chalicelib.reading.photo import printed, read_photo
from chalicelib.reading.picture import veil

SEED = 4801
"""Drawn for this measurement; no picture of the blind set."""
_COVERED, _TOUCHED = 0.95, 0.05
_FIRST = 3000
"""Families from here on."""


@dataclass(frozen=True)
class Measured:
    """One picture: whether its card was found, per signature the share covered, names of values touched, how many there
    are."""

    kind: str
    grade: str
    found: bool
    shares: tuple[float, ...]
    touched: tuple[str, ...]
    values: int


def measure(piece: Print, kind: str) -> tuple[Measured, ReadPhoto]:
    """Read one picture and hold its copy against the truth."""
    seen = read_photo(piece.data, Kind(kind))
    width, height = seen.reading.size
    mask = veil.covered((height, width), seen.veiled, printed(seen.reading))

    def share(quad: Sequence[Sequence[float]]) -> float:
        inside = veil.covered((height, width), [_upright(quad, seen)])
        return float(mask[inside].mean()) if inside.any() else 0.0

    shares = tuple(share(quad) for quad in piece.truth.get("signatures", ()))
    touched = tuple(name for name, quad in piece.places.items() if share(quad) >= _TOUCHED)
    grade = str(piece.truth["grade"])
    return Measured(kind, grade, bool(seen.veiled), shares, touched, len(piece.places)), seen


def _upright(quad: Sequence[Sequence[float]], seen: ReadPhoto) -> Quad:
    """A place in the picture as shown, in the working copy's pixels."""
    wide, high = seen.shown
    turned = seen.reading.quality.turned
    scale = seen.reading.size[0] / (wide if turned in (0, 180) else high)

    def point(x: float, y: float) -> Point:
        x, y = {0: (x, y), 90: (high - y, x), 180: (wide - x, high - y), 270: (y, wide - x)}[turned]
        return x * scale, y * scale

    a, b, c, d = (point(x, y) for x, y in quad)
    return a, b, c, d


def pictures(each: int, seed: int) -> Iterator[tuple[Print, str]]:
    for kind in ("ktp", "kk"):
        for place, grade in enumerate(Grade):
            for number in range(each):
                wish = Wish(f"{kind}-{grade}-{number:03d}", kind, _FIRST + 100 * place + number, seed, grade)
                yield made(wish)[0], kind


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.signatures", description=__doc__)
    parser.add_argument("--each", type=int, default=8, help="pictures of each kind and grade (default 8)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", type=Path, help="where to put the working copies, to look at")
    options = parser.parse_args(argv)
    found: list[Measured] = []
    for piece, kind in pictures(options.each, options.seed):
        measured, seen = measure(piece, kind)
        found.append(measured)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{piece.name}.jpg").write_bytes(seen.working_copy)
        least = f"{min(measured.shares):.2f}" if measured.shares else "-"
        _say(f"{piece.name:16} found={measured.found!s:5} least={least} touched={','.join(measured.touched)}")
    for line in table(found):
        _say(line)
    return 0


def table(found: Sequence[Measured]) -> Iterator[str]:
    """A row a kind and grade, and one for all of a kind."""
    yield "| kind | grade | pictures | found | signatures | covered | of those found | mean share | values touched |"
    yield "|---|---|---|---|---|---|---|---|---|"
    groups = dict.fromkeys((one.kind, one.grade) for one in found)
    for kind, grade in [*groups, *((kind, "all") for kind in dict.fromkeys(kind for kind, _ in groups))]:
        some = [one for one in found if one.kind == kind and grade in (one.grade, "all")]
        shares = [share for one in some for share in one.shares]
        seen = [share for one in some if one.found for share in one.shares]
        counts = Counter(
            found=sum(one.found for one in some),
            covered=sum(share >= _COVERED for share in shares),
            touched=sum(len(one.touched) for one in some),
            values=sum(one.values for one in some),
        )
        yield (
            f"| {kind} | {grade} | {len(some)} | {counts['found']} | {len(shares)} | {counts['covered']} "
            f"| {sum(share >= _COVERED for share in seen)} of {len(seen)} "
            f"| {float(np.mean(shares)) if shares else 0:.2f} | {counts['touched']} of {counts['values']} |"
        )


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
