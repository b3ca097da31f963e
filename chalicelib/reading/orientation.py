"""Turning the photo upright: the turn under which the words are words.

The engine reads words that run across or from top to bottom, never upside down. So boxes tell whether the page lies on
its side, and labels found tell which of the two ways is right. A second reading is made only where the first has words
but no labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from chalicelib.reading import kind
from chalicelib.reading.decode import Pixels, turn
from chalicelib.reading.engine import Engine
from chalicelib.reading.lines import Line

LOOK = 1600
"""Pixels of the longer side at which a photo is first read."""
_FEW = 6
"""Lines of text below which a photo holds no document worth turning."""


@dataclass(frozen=True, eq=False)
class Upright:
    """A photo turned upright by `turned` degrees clockwise, the lines of a first reading (in its pixels), and the
    signs of a document in them."""

    pixels: Pixels
    turned: int
    lines: tuple[Line, ...]
    signs: kind.Signs


def upright(pixels: Pixels, engine: Engine, enough: int = kind.ENOUGH) -> Upright:
    """Read a photo, in up to four turns until labels of a document appear; the best turn where none do."""
    tried: list[Upright] = []
    turns = [0]
    while turns:
        degrees = turns.pop(0)
        turned = turn(pixels, degrees)
        lines = look(turned, engine)
        tried.append(Upright(turned, degrees, tuple(lines), kind.signs(lines)))
        sideways = _sideways(lines)
        if tried[-1].signs.foreign or (tried[-1].signs.most >= enough and not sideways):
            break
        if len(tried) == 1 and len(lines) >= _FEW:
            turns = _next_turns(sideways, tried[0].signs.most >= enough)
    return max(tried, key=lambda one: (not _sideways(one.lines), one.signs.most, -one.turned))


def look(pixels: Pixels, engine: Engine) -> list[Line]:
    """Read a photo at `LOOK` pixels; boxes in the photo's own."""
    scale = min(1.0, LOOK / max(pixels.shape[:2]))
    if scale == 1.0:
        return engine.read(pixels)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    lines = engine.read(np.asarray(small, dtype=np.uint8))
    return [
        replace(
            line,
            left=line.left / scale,
            top=line.top / scale,
            right=line.right / scale,
            bottom=line.bottom / scale,
        )
        for line in lines
    ]


def _sideways(lines: Sequence[Line]) -> bool:
    long = [line for line in lines if len(line.text) > 2]
    return sum(line.upended for line in long) * 2 > len(long)


def _next_turns(sideways: bool, words_seen: bool) -> list[int]:
    if not sideways:
        return [180]
    return [270] if words_seen else [90, 270]
