"""Cells of a table read again: each cut out along its rules, enlarged and laid on one white sheet with air around it, so
that neighbours and rules do not disturb. One call of the engine reads a dozen."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.table.straight import Ruling
from chalicelib.reading.text.engine import Engine

_SHEET = 1000
"""Pixels a sheet of cells is wide."""
_DEEPEST = 260
"""Pixels a sheet is high at most: the larger engine's memory grows with it."""
TALL, LESS_TALL, TALLER = 56, 42, 72
"""Pixels to which a cell is enlarged: print then is some 32 high; for a third look, which errs otherwise; for cells of
short words: of 67 blurred WNI 31 were seen at 56, 57 at 72."""
INSET = 0.07
"""Heights of a cell that are left off at its edges: its rules."""
_AIR = 18
_MOST = 170
"""Cells read again at most: those of a full card."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Seen:
    """What a second look at a cell found."""

    text: str
    confidence: float


@dataclass(frozen=True, eq=False)
class Source:
    """What cells are cut out of: `pixels`, and the 3x3 map `back` that leads there from the page on which rules were
    found. Enlarged once, from the photo itself, and not by cubic curves: 17 of 25 blurred NIKs were read where 13 were
    when cut out of the rectified page."""

    pixels: Pixels
    back: npt.NDArray[np.float64]


def read_again(
    source: Source,
    ruling: Ruling,
    boxes: Mapping[Key, tuple[float, float, float, float]],
    engine: Engine,
    tall: int = TALL,
) -> dict[Key, Seen]:
    """The text of cells; `boxes` are left, top, right, bottom in straightened pixels. Cells without text are left out.
    `tall`: pixels to which each is enlarged."""
    seen: dict[Key, Seen] = {}
    parts = [
        (key, part)
        for key, box in list(boxes.items())[:_MOST]
        if (part := cut(source, ruling, box, tall)) is not None
    ]
    while parts:
        laid, parts = _laid_out(parts, tall)
        sheet = np.full((laid[-1][2] + tall + _AIR, _SHEET, 3), 255, dtype=np.uint8)
        for _, x, y, part in laid:
            sheet[y : y + part.shape[0], x : x + part.shape[1]] = part
        lines = engine.read(sheet)
        for key, x, y, part in laid:
            height, width = part.shape[:2]
            words = _in_reading_order(
                [
                    line
                    for line in lines
                    if x - 6 <= line.x <= x + width + 6 and y - 6 <= line.y <= y + height + 6
                ],
                tall,
            )
            if words:
                seen[key] = Seen(
                    " ".join(line.text for line in words), min(line.confidence for line in words)
                )
    return seen


def _laid_out(
    parts: list[tuple[Key, Pixels]], tall: int
) -> tuple[list[tuple[Key, int, int, Pixels]], list[tuple[Key, Pixels]]]:
    """Places (key, left, top, picture) for as many pictures as go on one sheet, and the pictures left over."""
    laid: list[tuple[Key, int, int, Pixels]] = []
    x, y = _AIR, _AIR
    for i, (key, part) in enumerate(parts):
        if x + part.shape[1] + _AIR > _SHEET:
            x, y = _AIR, y + tall + _AIR
        if y + tall + _AIR > _DEEPEST:
            return laid, parts[i:]
        laid.append((key, x, y, part))
        x += part.shape[1] + 2 * _AIR
    return laid, []


def _in_reading_order(lines: list[Line], tall: int) -> list[Line]:
    words = [
        line
        for line in lines
        if (line.height > 0.3 * tall or len(line.text) > 2) and re.search(r"[A-Za-z0-9]", line.text)
    ]
    return sorted(words, key=lambda line: line.left)


def cut(
    source: Source, ruling: Ruling, box: tuple[float, float, float, float], tall: int = TALL
) -> Pixels | None:
    """The picture of one cell, `tall` pixels high, its ground white; None where it is too narrow or too small."""
    left, top, right, bottom = box
    inset = INSET * (bottom - top)
    left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
    scale = tall / max(1.0, bottom - top)
    width = min(_SHEET - 2 * _AIR, round((right - left) * scale))
    if width < 12 or scale > 8:
        return None
    corners = np.array(
        [ruling.point(u, v) for u, v in ((left, top), (right, top), (right, bottom), (left, bottom))],
        dtype=np.float32,
    )
    corners = cv2.perspectiveTransform(corners[None], source.back)[0].astype(np.float32)
    target = np.array([[0, 0], [width, 0], [width, tall], [0, tall]], dtype=np.float32)
    part = cv2.warpPerspective(
        source.pixels,
        cv2.getPerspectiveTransform(corners, target),
        (width, tall),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    paper = np.percentile(part.reshape(-1, 3), 80, axis=0)  # on white: the cell's own ground would have edges
    bright = part.astype(np.float32) * (255.0 / np.maximum(paper, 32.0))
    return np.asarray(np.clip(bright, 0, 255), dtype=np.uint8)
