"""Invented houses, and each picture as other phones send it: is it found again, and is none taken for another?"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.house import build_of, draw_house
from chalicelib.local.specimens.plans import FAMILIES
from chalicelib.local.specimens.seeds import draws
from chalicelib.reading.house import fingerprints, scene
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.scoring.table import Table, with_interval
from chalicelib.reading.scoring.tally import Share

SEED = 4880
_SIZE = (800, 600)
"""Pixels: fingerprints are made at no more."""
_GRADES = (Grade.EASY, Grade.MEDIUM, Grade.MEDIUM, Grade.EASY, Grade.HARD)
"""In turn; a hard one is dark or shaken."""


def photos(count: int, folder: Path) -> list[Path]:
    """Where the pictures of `count` houses are kept, whether made yet or not."""
    return [folder / f"house-{number:04d}.jpg" for number in range(1, count + 1)]


def make(count: int, folder: Path, processes: int) -> Iterator[str]:
    """Draw what is not there yet (a third of a second each); yields the name of each picture made."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [(number, path) for number, path in enumerate(photos(count, folder), 1) if not path.exists()]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        yield from pool.map(_draw, missing, chunksize=4)


def _draw(task: tuple[int, Path]) -> str:
    number, path = task
    rng = draws(SEED, path.stem)
    shot = draw_house(build_of(FAMILIES + number, rng), rng, _GRADES[number % len(_GRADES)], _SIZE)
    part = path.with_suffix(".part")
    shot.image.save(part, "JPEG", quality=90)
    part.rename(path)  # a run that is killed leaves no half picture
    return path.stem


def _resaved(pixels: Pixels, quality: int) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def _resized(pixels: Pixels, scale: float) -> Pixels:
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _lit(pixels: Pixels, factor: float) -> Pixels:
    return np.asarray(np.clip(pixels.astype(np.float32) * factor, 0, 255), dtype=np.uint8)


def _cropped(pixels: Pixels, share: float, rng: random.Random) -> Pixels:
    """Any part that is `share` as wide and high."""
    height, width = pixels.shape[:2]
    high, wide = round(height * share), round(width * share)
    y, x = rng.randint(0, height - high), rng.randint(0, width - wide)
    return pixels[y : y + high, x : x + wide]


COPIES: Mapping[str, Callable[[Pixels, random.Random], Pixels]] = {
    "saved anew (JPEG 40)": lambda pixels, _: _resaved(pixels, 40),
    "resized to 40 %": lambda pixels, _: _resaved(_resized(pixels, 0.4), 80),
    "20 % brighter": lambda pixels, _: _resaved(_lit(pixels, 1.2), 80),
    "20 % darker": lambda pixels, _: _resaved(_lit(pixels, 0.8), 80),
    "cropped to 95 %": lambda pixels, rng: _resaved(_cropped(pixels, 0.95, rng), 80),
    "cropped to 95 %, resized to 60 %, 20 % brighter, JPEG 50": lambda pixels, rng: _resaved(
        _lit(_resized(_cropped(pixels, 0.95, rng), 0.6), 1.2), 50
    ),
    "cropped to 90 %": lambda pixels, rng: _resaved(_cropped(pixels, 0.9, rng), 80),
    "cropped to 80 %": lambda pixels, rng: _resaved(_cropped(pixels, 0.8, rng), 80),
}
_EACH = 4
"""Each fourth house is sent again."""


@dataclass(frozen=True)
class Prints:
    """A house's fingerprint, and those of its copies by what was done to it."""

    name: str
    own: str
    copies: Mapping[str, str]


def tables(count: int, folder: Path, processes: int) -> list[Table]:
    """How often copies are found, and how often a house is taken for another."""
    tasks = [(path, place % _EACH == 0) for place, path in enumerate(photos(count, folder))]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        found = list(pool.map(_prints, tasks, chunksize=8))
    return [_again(found), _others(found)]


def _prints(task: tuple[Path, bool]) -> Prints:
    path, sent_again = task
    pixels = np.asarray(cv2.imread(str(path)), dtype=np.uint8)
    rng = draws(SEED, f"{path.stem}/copies")
    copies = (
        {what: scene.fingerprint(change(pixels, rng)) for what, change in COPIES.items()}
        if sent_again
        else {}
    )
    return Prints(path.stem, scene.fingerprint(pixels), copies)


def _again(found: Sequence[Prints]) -> Table:
    """Of each change: compared, looked up and compared, and taken for other houses."""
    keys = {one.name: set(fingerprints.bands(one.own)) for one in found}
    rows = []
    for what in COPIES:
        sent = [one for one in found if what in one.copies]
        alike = [fingerprints.same(one.own, one.copies[what]) for one in sent]
        both = [
            same and bool(keys[one.name] & set(fingerprints.bands(one.copies[what])))
            for one, same in zip(sent, alike, strict=True)
        ]
        wrong = sum(
            fingerprints.same(one.copies[what], other.own)
            for one in sent
            for other in found
            if other is not one
        )
        n = len(sent)
        rows.append(
            (
                what,
                str(n),
                with_interval(Share(sum(alike), n)),
                with_interval(Share(sum(both), n)),
                str(wrong),
            )
        )
    head = ("what was done", "copies", "the same, compared", "found by look-up", "taken for another house")
    return Table("The same picture sent again", head, tuple(rows))


def _others(found: Sequence[Prints]) -> Table:
    """Different houses, each against each."""
    apart = [fingerprints.distance(a.own, b.own) for a, b in combinations(found, 2)]
    keys = [set(fingerprints.bands(one.own)) for one in found]
    shared = sum(bool(a & b) for a, b in combinations(keys, 2))
    rows = (
        ("houses", str(len(found))),
        ("pairs", str(len(apart))),
        ("false matches", str(sum(each <= fingerprints.FAR for each in apart))),
        ("bits between the nearest two", str(min(apart, default=0))),
        ("bits allowed", str(fingerprints.FAR)),
        ("pairs brought up by look-up", with_interval(Share(shared, len(apart)))),
        ("keys of a picture, at most", str(max(map(len, keys), default=0))),
    )
    return Table("Different houses", ("what", "n"), rows)
