"""Which pictures the bench reads: a seed of its own, other people in each picture, so many of each kind and grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.command import printed
from chalicelib.local.specimens.plans import FAMILIES
from chalicelib.local.specimens.prints import Wish

SEED = 9001
"""The blind set. Nobody looks at its pictures while they work on the reader."""
Counts = Mapping[str, tuple[int, ...]]
"""Kind → how many easy, medium, hard and extreme pictures."""
FULL: Counts = {
    "ktp": (100, 100, 108, 30),  # some of the hard ones come out legible, and count as medium
    "kk": (30, 30, 33, 10),
    "barkot": (40, 40, 24, 10),
    "negative": (18, 18, 18, 0),
    "house": (14, 14, 14, 0),
}
QUICK: Counts = {
    "ktp": (4, 4, 4, 2),
    "kk": (1, 1, 1, 1),
    "barkot": (3, 3, 3, 3),
    "negative": (3, 3, 3, 0),
    "house": (1, 1, 1, 0),
}
_APART = 1000
"""Families between two grades, so that no person is on two pictures of a kind."""


def share_of(counts: Counts, share: float) -> Counts:
    """So large a share of each count, at least one of any: the first pictures of the larger run."""
    return {
        kind: tuple(max(min(1, each), round(share * each)) for each in grades)
        for kind, grades in counts.items()
    }


@dataclass(frozen=True)
class Picture:
    """One picture of the bench: `photo` and beside it `truth`, in the shape that `specimens` writes."""

    kind: str
    name: str
    photo: Path
    truth: Path


def wishes(counts: Counts, seed: int = SEED) -> list[Wish]:
    """One wish a picture; a smaller run makes the first pictures of a larger one."""
    return [
        Wish(f"{kind}-{grade}-{number:03d}", kind, _number(kind, place, number), seed, grade)
        for kind, each in counts.items()
        for place, (grade, count) in enumerate(zip(Grade, each, strict=True))
        for number in range(1, count + 1)
    ]


def _number(kind: str, place: int, number: int) -> int:
    """Slips and negatives are chosen in turn; families are others in each grade."""
    return number if kind in ("barkot", "negative") else FAMILIES + _APART * place + number


def pictures(counts: Counts, folder: Path, seed: int = SEED) -> list[Picture]:
    """The pictures of a run, whether made yet or not."""
    return [
        Picture(wish.kind, wish.name, folder / f"{wish.name}.jpg", folder / f"{wish.name}.json")
        for wish in wishes(counts, seed)
    ]


def make(counts: Counts, folder: Path, processes: int, seed: int = SEED) -> Iterator[str]:
    """Make what is not there yet; yields the name of each picture made. FontMissing: a font is not installed."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [wish for wish in wishes(counts, seed) if not (folder / f"{wish.name}.json").exists()]
    for pieces in printed(missing, processes):
        for piece in pieces:
            piece.write(folder)
            yield piece.name
