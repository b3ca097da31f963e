"""Turning the photo upright: the turn under which the words are words.

The engine reads words that run across or from top to bottom, never upside down. So boxes tell whether the page lies on
its side, and labels found tell which of the two ways is right. A second reading is made only where the first has words
but no labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from chalicelib.reading.lines import Line
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels, turn
from chalicelib.reading.table import lattice, ruling
from chalicelib.reading.text import labels
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright import kind

LOOK = 1600
"""Pixels of the longer side at which a photo is first read."""
_FEW = 6
"""Lines of text below which a photo holds no document worth turning."""
_READ = 0.6
"""Confidence from which a line is print: patterns of cloth and blurred newsprint are read as lines too, most below it."""

_FEW_SIGNS = 4
"""Labels from which they tell how a page lies."""
_FEW_LABELS = 2
"""Labels of a family card that its tables need beside them."""
_SURELY_READ = 0.75
_SHEET = 2400
"""Pixels to which a page is laid flat to look for rules."""


@dataclass(frozen=True, eq=False)
class Upright:
    """A photo turned upright by `turned` degrees clockwise, the lines of a first reading (in its pixels), and the
    signs of a document in them."""

    pixels: Pixels
    turned: int
    lines: tuple[Line, ...]
    signs: kind.Signs


def upright(pixels: Pixels, engine: Engine, enough: int = kind.ENOUGH, *, enlarge: bool = False) -> Upright:
    """Read a photo, in up to three turns until labels of a document appear; the best turn where none do. `enlarge`: a
    small picture is read at twice its size at most."""
    tried: list[Upright] = []
    turns = [0]
    while turns:
        degrees = turns.pop(0)
        turned = turn(pixels, degrees)
        lines = look(turned, engine, enlarge=enlarge)
        tried.append(Upright(turned, degrees, tuple(lines), kind.signs(lines)))
        sideways = _sideways(tried[-1])
        if tried[-1].signs.foreign or (tried[-1].signs.most >= enough and not sideways):
            break
        if len(tried) == 1 and len(lines) >= _FEW and (sideways or not legible(lines)):
            turns = _sideways_turns(lines) if sideways else [180]
        elif len(tried) > 1 and sideways and tried[-1].signs.most >= enough:
            once_more = (degrees + 270) % 360  # words on end are read downwards only
            turns = [] if once_more in (one.turned for one in tried) else [once_more]
    return max(tried, key=lambda one: (not _sideways(one), one.signs.most, -one.turned))


def closer(photo: Upright, pixels: Pixels, engine: Engine, enough: int) -> Upright | None:
    """Look again, closer, at what may be a card or sheet on a photo in which no document was seen: small print on a
    small card far away. None where there is no such outline or nothing is seen there either."""
    height, width = pixels.shape[:2]
    for aspect in (page.CARD, 1 / page.CARD, page.SHEET, 1 / page.SHEET):
        found = page.find(pixels, aspect, at_least=0.7)
        if found is None:
            continue
        (left, top), (right, bottom) = found.corners.min(axis=0), found.corners.max(axis=0)
        air = 0.03 * max(right - left, bottom - top)
        x0, y0 = max(0, int(left - air)), max(0, int(top - air))
        x1, y1 = min(width, int(right + air)), min(height, int(bottom + air))
        part = upright(np.ascontiguousarray(pixels[y0:y1, x0:x1]), engine, enough, enlarge=True)
        if part.signs.most <= photo.signs.most or part.signs.kind(enough) is None:
            break
        across, down = {
            0: (x0, y0),
            90: (height - y1, x0),
            180: (width - x1, height - y1),
            270: (y0, width - x1),
        }[part.turned]
        lines = tuple(line.moved(across, down) for line in part.lines)
        return Upright(turn(pixels, part.turned), part.turned, lines, part.signs)
    return _by_its_tables(photo, enough)


def _by_its_tables(photo: Upright, enough: int) -> Upright | None:
    """A photo on which few labels could be read, taken for a family card where a page with its two tables of ten rows is
    there; None where it is not."""
    if photo.signs.kk < _FEW_LABELS or photo.signs.ktp or photo.signs.foreign:
        return None
    words = [line for line in photo.lines if line.confidence >= _SURELY_READ and len(line.text) > 2]
    found = page.find(photo.pixels, page.SHEET, words)
    if found is None:
        return None
    flat, _ = page.rectify(photo.pixels, found.corners, _SHEET, round(_SHEET / page.SHEET))
    rules = ruling.find(flat)
    tables = lattice.by_rules(rules, (), _SHEET) if rules else []
    if len(tables) < 2 or any(rows.right - rows.left < 0.8 * _SHEET for rows in tables):
        return None
    return Upright(
        photo.pixels, photo.turned, photo.lines, kind.Signs(0, max(enough, photo.signs.kk), foreign=False)
    )


def look(pixels: Pixels, engine: Engine, *, enlarge: bool = False, side: int = LOOK) -> list[Line]:
    """Read a photo at `side` pixels of its longer side; boxes in the photo's own. Dark photos are brightened first."""
    scale = min(2.0 if enlarge else 1.0, side / max(pixels.shape[:2]))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = pixels if scale == 1.0 else cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)
    return [line.scaled(1 / scale) for line in engine.read(brightened(np.asarray(small, dtype=np.uint8)))]


def brightened(pixels: Pixels) -> Pixels:
    """A dark picture stretched to the full range of light; others as they are."""
    bright = float(np.percentile(pixels[::8, ::8], 99))
    if bright >= 150 or bright < 8:
        return pixels
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=230 / bright), dtype=np.uint8)


def legible(lines: Sequence[Line]) -> bool:
    """True where most of a good deal of text was read surely: such a page lies right and needs no closer look."""
    sure = [line.confidence for line in lines if len(line.text) > 3]
    return len(sure) >= 8 and median(sure) >= 0.93


def _sideways(photo: Upright) -> bool:
    """True where most words stand on end: the labels where some were read, else all."""
    lines = photo.lines
    if photo.signs.most >= _FEW_SIGNS:
        return photo.signs.upended * 2 > photo.signs.most
    long = [line for line in lines if len(line.text) > 2]
    read = [line for line in long if line.confidence >= _READ]
    long = read if len(read) >= _FEW else long
    return sum(line.upended for line in long) * 2 > len(long)


def _sideways_turns(lines: Sequence[Line]) -> list[int]:
    """Which way a page on its side is to be turned, the likelier first. Words may be read either way, so the order of
    the labels decides: on a page turned clockwise its rows follow each other from right to left."""
    form = labels.layout("ktp")
    hits = labels.find(lines, form.labels)
    places = [(form.index(key), hit.line.x) for key, hit in hits.items()]
    votes = sum(
        1 if (a[1] > b[1]) == (a[0] < b[0]) else -1 for i, a in enumerate(places) for b in places[i + 1 :]
    )
    if votes:
        return [270, 90] if votes > 0 else [90, 270]
    return [270, 90] if kind.signs(lines).most else [90, 270]
