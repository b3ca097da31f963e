"""The digit reader beside the general engines, on the same strips, none of which it was trained on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from bench.digits import strips
from bench.digits.strips import Strip
from chalicelib.reading.digits import reader
from chalicelib.reading.digits.beam import HIDDEN
from chalicelib.reading.digits.strip import normal
from chalicelib.reading.scoring.table import Table
from chalicelib.reading.text.engine import PaddleEngine, TesseractEngine

SEED = 9002
_ENLARGED = 3
_SURE = 0.99
_GRADES = (("mild", 0.0, 0.34), ("middling", 0.34, 0.67), ("harsh", 0.67, 1.01))

Read = Callable[[Strip], tuple[str, float]]
"""The digits of a strip and how sure the reader is, in [0, 1]."""


@dataclass(frozen=True)
class Answer:
    """What a reader said of a strip."""

    strip: Strip
    digits: str
    sure: float

    @property
    def right(self) -> bool:
        return self.digits == self.strip.text


def drawn(count: int) -> list[Strip]:
    """Strips of sixteen digits that can all be seen."""
    rng = np.random.default_rng(SEED)
    found: list[Strip] = []
    while len(found) < count:
        strip = strips.draw(rng)
        if len(strip.text) == 16 and HIDDEN not in strip.text:
            found.append(strip)
    return found


def table(shown: Sequence[Strip]) -> Table:
    """Exact rows by how bad the photo is, and what a row costs."""
    rows = []
    for name, read in _readers().items():
        read(shown[0])  # loads it
        start = time.process_time()
        answers = [Answer(strip, *read(strip)) for strip in shown]
        spent = 1000 * (time.process_time() - start) / len(shown)
        rows.append(
            (
                name,
                *(_exact(answers, low, high) for _, low, high in _GRADES),
                _silent(answers),
                f"{spent:.0f}",
            )
        )
    heads = (
        "reader",
        *(f"{grade}, % exact" for grade, _, _ in _GRADES),
        f"wrong at ≥ {_SURE}",
        "CPU ms a row",
    )
    return Table(
        f"Rows of sixteen digits, all to be seen ({len(shown)} strips, seed {SEED})", heads, tuple(rows)
    )


def _readers() -> dict[str, Read]:
    tiny, small, tesseract = PaddleEngine("tiny"), PaddleEngine("small"), TesseractEngine()
    return {
        "digits": _by_digits,
        "PP-OCRv6 tiny": lambda strip: _by_engine(tiny, strip),
        "PP-OCRv6 small": lambda strip: _by_engine(small, strip),
        "Tesseract": lambda strip: (_digits(tesseract.read_lines([_large(strip)])[0]), 0.0),
    }


def _by_digits(strip: Strip) -> tuple[str, float]:
    rows = reader.look([normal(strip.pixels)]).rows
    best = max(rows, key=lambda row: rows[row])
    return best, rows[best]


def _by_engine(engine: PaddleEngine, strip: Strip) -> tuple[str, float]:
    lines = engine.read(_large(strip))
    line = max(lines, key=lambda one: len(_digits(one.text)), default=None)
    return (_digits(line.text), line.confidence) if line else ("", 0.0)


def _large(strip: Strip) -> np.ndarray:
    large = cv2.resize(strip.pixels, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _exact(answers: Sequence[Answer], low: float, high: float) -> str:
    these = [answer for answer in answers if low <= answer.strip.harsh < high]
    return f"{100 * sum(answer.right for answer in these) / max(1, len(these)):.1f} of {len(these)}"


def _silent(answers: Sequence[Answer]) -> str:
    sure = [answer for answer in answers if answer.sure >= _SURE]
    return f"{sum(not answer.right for answer in sure)} of {len(sure)}"
