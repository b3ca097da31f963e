"""Blanks between words put back where PP-OCR swallowed them, by the gaps in the print itself.

A blank is 0.39 of a capital's height wide or more, the way between two letters 0.15, seldom 0.25 (measured on 540 blanks
and 4,600 letters under a phone camera: 2 % of the blanks lie below 0.32, 2 % of the letters above). So gaps tell *how
many* words there are; *where* they part is told by the widths of the pieces of ink between the gaps against the usual
widths of the letters read, the blanks that were read, and, where that leaves a choice, by words that are known.

Use: `respaced(text, strip)`, the text of one line as read and its picture; `of_line(line, pixels)` cuts the line out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.identity import regions
from chalicelib.reading import layouts
from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels

_FAINT = 25.0
"""Difference of paper and ink, of 255, below which gaps are not trusted."""
_INK = 0.36
"""Depth, of the darkest ink, from which a column of pixels counts as print."""
_GAP, _BLANK = 0.24, 0.36
"""Heights of a capital: narrower gaps lie between letters, wider ones are blanks; between them other evidence decides."""
_MARKS = ".,/:-()'"
_EM = 1.39
"""Heights of a capital to the size of type, in which the letters' widths are given."""
_PARTS = re.compile(r"[.,/:\-()']+")
_NEVER = 1e9


@dataclass(frozen=True)
class Spaced:
    """A line's text with its blanks. `sure`: every gap is clearly a blank or none, and clearly where it was put."""

    text: str
    sure: bool


@dataclass(frozen=True)
class Print:
    """Where one line's ink is: `gaps` (start, end) and `wide` in pixels from its first ink on, `tall` its capitals."""

    gaps: tuple[tuple[float, float], ...]
    wide: float
    tall: float
    colon: bool
    """The first piece of ink leaves out half of the rows."""


def of_line(line: Line, pixels: Pixels) -> Spaced:
    """`respaced` for a line of a rectified picture, its box in that picture's pixels."""
    air = 0.15 * line.height
    top, bottom = max(0, int(line.top - air)), int(line.bottom + air)
    left, right = max(0, int(line.left - air)), int(line.right + air)
    return respaced(line.text, pixels[top:bottom, left:right])


def respaced(text: str, strip: Pixels) -> Spaced:
    """`text`, read from `strip` (BGR, one level line of print, a little air around it), with the blanks its print has.
    Blanks that were read stay: engines lose them, they hardly invent them. Not sure: as read, or the likeliest."""
    letters = "".join(text.split())
    seen = ink(strip) if len(letters) > 1 else None
    if seen is None:
        return Spaced(text, False)
    read = _boundaries(text)
    candidates = _wide_gaps(seen)
    surely = _surely(candidates, seen.tall)
    clear = sum(end - start >= surely for start, end in candidates)
    doubtful = any(_GAP * seen.tall <= end - start < surely for start, end in seen.gaps)
    if not candidates or (clear == len(candidates) == len(read)):
        return Spaced(text, clear == len(read) and not doubtful)
    if len(candidates) > 14:
        return Spaced(text, False)  # scratches, not print
    placed = _placed(letters, read, candidates, seen, surely)
    if placed is None:
        return Spaced(text, False)
    found, sure = placed
    blanks = read | {at for at in found if letters[at - 1] not in _MARKS and letters[at] not in _MARKS}
    joined = "".join((" " if at in blanks else "") + letter for at, letter in enumerate(letters))
    return Spaced(joined, sure and not doubtful)


def ink(strip: Pixels) -> Print | None:
    """The gaps between the letters of a level line of print; None where it is too faint. Coloured patterns and red stamps
    are left out: black is dark in each channel."""
    light = strip.max(axis=2).astype(np.float32)
    if min(light.shape) < 6:
        return None
    paper, dark = float(np.percentile(light, 80)), float(np.percentile(light, 3))
    if paper - dark < _FAINT:
        return None
    depth = np.clip((paper - light) / (paper - dark), 0, 1)
    top, bottom = _band(depth)
    tall = bottom - top + 1
    if tall < 5:
        return None
    band = cv2.GaussianBlur(depth[top : bottom + 1], (0, 0), max(0.4, 0.05 * tall))
    darkest = np.sort(band, axis=0)[-max(1, round(0.12 * tall)) :].mean(axis=0)
    filled = np.flatnonzero(darkest > _INK)
    if len(filled) < 2:
        return None
    first = int(filled[0])
    jumps = np.flatnonzero(np.diff(filled) > 1)
    gaps = tuple((float(filled[i] + 1 - first), float(filled[i + 1] - first)) for i in jumps)
    lead = band[:, first : first + int(gaps[0][0])] if gaps else band
    colon = float((lead.max(axis=1) > _INK).mean()) < 0.65
    return Print(gaps, float(filled[-1] - first + 1), float(tall), colon)


def known(word: str) -> bool:
    """True for words of three letters and more that stand in names of regions, addresses or people."""
    return len(word) >= 3 and word in _words()


def _band(depth: npt.NDArray[np.float32]) -> tuple[int, int]:
    """First and last row of the line's capitals."""
    rows = depth.mean(axis=1)
    peak = int(np.argmax(np.convolve(rows, np.ones(5) / 5, "same")))
    solid = rows > 0.35 * rows.max()
    top = bottom = peak
    while top > 0 and solid[top - 1]:
        top -= 1
    while bottom < len(rows) - 1 and solid[bottom + 1]:
        bottom += 1
    return top, bottom


def _wide_gaps(seen: Print) -> list[tuple[float, float]]:
    """Gaps that may be blanks: wider by far than those between this line's letters."""
    usual = median([end - start for start, end in seen.gaps]) if len(seen.gaps) >= 5 else 0.0
    least = max(_GAP * seen.tall, min(1.75 * usual, _BLANK * seen.tall))
    return [gap for gap in seen.gaps if gap[1] - gap[0] >= least]


def _surely(gaps: list[tuple[float, float]], tall: float) -> float:
    """The width in pixels from which a gap is a blank: this line's own blanks tell, where it has some."""
    wide = [end - start for start, end in gaps if end - start >= _BLANK * tall]
    return max(_BLANK * tall, 0.62 * median(wide)) if wide else _BLANK * tall


def _doubt(wide: float, surely: float, tall: float) -> float:
    """The price of taking a gap for a blank: nothing from `surely` on, the more the narrower it is."""
    if wide >= surely:
        return 0.0
    return 0.3 + 1.5 * (surely - wide) / (surely - _GAP * tall)


def _refusal(wide: float, surely: float) -> float:
    """The price of taking a gap for the way between two letters."""
    if wide < surely:
        return 0.0
    return 3.5 if wide < 1.3 * surely else 7.0


def _boundaries(text: str) -> set[int]:
    """After how many letters each blank of `text` stands."""
    found, count = set(), 0
    for word in text.split():
        count += len(word)
        found.add(count)
    found.discard(count)
    return found


def _placed(
    letters: str, read: set[int], gaps: list[tuple[float, float]], seen: Print, surely: float
) -> tuple[list[int], bool] | None:
    """The boundaries at which the blanks stand, and whether none could as well stand elsewhere. The cheapest way to give
    gaps to boundaries in their order; a gap in doubt may go to none."""
    places = [0.0]
    for letter in letters:
        places.append(places[-1] + _width(letter))
    between = sum(end - start for start, end in gaps)
    em = (seen.wide - between) / max(0.1, places[-1] - 0.1 * (len(gaps) + 1))
    if not 0.55 < em / (_EM * seen.tall) < 1.6:
        return None  # the text is not what stands there
    total = len(letters)
    # (boundary, pixel where ink goes on) → cost and boundaries so far
    ways: dict[tuple[int, float], tuple[float, tuple[int, ...]]] = {(0, 0.0): (0.0, ())}
    for start, end in gaps:
        further: dict[tuple[int, float], tuple[float, tuple[int, ...]]] = {}
        for (at, ink_from), (cost, found) in ways.items():
            refused = cost + _refusal(end - start, surely)
            _keep(further, (at, ink_from), refused, found)
            if (
                at == 0
                and ink_from == 0
                and seen.colon
                and start < 0.5 * seen.tall
                and letters[0] not in _MARKS
            ):
                _keep(further, (0, end), cost, found)  # the colon before the value
            for boundary in range(at + 1, total):
                off = _misfit(places[boundary] - places[at], (start - ink_from) / em, boundary - at)
                if off > 12:
                    continue
                price = (
                    cost + off + _price(letters, read, at, boundary) + _doubt(end - start, surely, seen.tall)
                )
                _keep(further, (boundary, end), price, (*found, boundary))
        ways = further
    ends: dict[tuple[int, ...], float] = {}
    for (at, ink_from), (cost, found) in ways.items():
        off = _misfit(places[total] - places[at], (seen.wide - ink_from) / em, total - at)
        price = cost + off + _words_price(letters, read, at, total) + 1.5 * len(read - set(found))
        ends[found] = min(price, ends.get(found, _NEVER))
    ranked = sorted(ends.items(), key=lambda end: end[1])
    if not ranked or ranked[0][1] > 14 + 3 * len(gaps):
        return None
    sure = len(ranked) == 1 or ranked[1][1] - ranked[0][1] > 1.5
    return list(ranked[0][0]), sure


def _keep(
    ways: dict[tuple[int, float], tuple[float, tuple[int, ...]]],
    key: tuple[int, float],
    cost: float,
    found: tuple[int, ...],
) -> None:
    if key not in ways or cost < ways[key][0]:
        ways[key] = (cost, found)


def _misfit(usual: float, there: float, count: int) -> float:
    """How ill `count` letters of the `usual` width go with a piece of ink, both in sizes of type."""
    return ((there - usual + 0.1) / (0.12 + 0.035 * count)) ** 2


def _price(letters: str, read: set[int], start: int, end: int) -> float:
    """What speaks for (below 0) or against a blank after `end` letters."""
    marks = 0.0 if end in read else 0.3 if letters[end - 1] in _MARKS else 0.8
    if letters[end - 1].isdigit() and letters[end].isdigit():
        marks += 5.0  # a 1 stands in the midst of its room
    if end not in read:
        before, after = (
            max((at for at in read if at < end), default=0),
            min((at for at in read if at > end), default=None),
        )
        marks += 3.0 * known(letters[before:after])
    return marks + _words_price(letters, read, start, end)


def _words_price(letters: str, read: set[int], start: int, end: int) -> float:
    cuts = [start, *sorted(at for at in read if start < at < end), end]
    words = [word for a, b in pairwise(cuts) for word in _PARTS.split(letters[a:b])]
    return sum(_word_price(word) for word in words)


def _word_price(word: str) -> float:
    if known(word):
        return -1.2
    if not word.isalpha() or len(word) > 2:
        return 0.0
    return -0.6 if word in _table()["short"] else 2.0  # a scrap


def _width(letter: str) -> float:
    """Usual width of a letter with the room at its sides, in sizes of type."""
    table = _table()
    wide = (
        table["digit"]
        if letter.isdigit()
        else table["letters"].get(letter.upper(), table["letters"]["other"])
    )
    return float(wide) / 1000


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = layouts.load("spacing")
    return table


@cache
def _words() -> frozenset[str]:
    return frozenset(_table()["words"]) | regions.words()
