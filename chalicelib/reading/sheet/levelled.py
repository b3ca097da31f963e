"""A family card laid flat a second time by its own tables, where its outline was not found or was the wrong one.

The rules of the two tables are the surest lines on a sheet: their outer corners tell how it lies, whatever lies around.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet.flatten import SHEET_WIDTH
from chalicelib.reading.table import lattice, ruling
from chalicelib.reading.table.straight import Ruling
from chalicelib.reading.upright.flat import Flat

_ASLANT = 0.013
"""Slope of a table's edge from which the sheet is laid flat again; paper curls by less."""
_SMALL = 0.84
"""Share of the width that the tables take on a sheet cut out well: 0.93; below this it is enlarged again."""
_TIMES = 2
"""How often a sheet is cut out anew at most: rules on a small sheet place its corners less well."""
_PLACE = 0.035
"""Share of the width left free at either side of the tables."""
_PRINT = 0.6
"""Confidence from which a line is print."""

_Corners = npt.NDArray[np.float64]


def by_tables(pixels: Pixels, flat: Flat, words: Sequence[Line]) -> tuple[Flat, Ruling]:
    """`flat` and the rules on it; where these lie aslant or small, the sheet cut out of the photo `pixels` once more so
    that its tables are level, and again while that helps. `words`: lines of text on the photo, all of which stay on the
    sheet."""
    rules = ruling.find(flat.pixels) or Ruling()
    printed = [word for word in words if word.confidence >= _PRINT and len(word.text) > 2]
    for _ in range(_TIMES):
        width = flat.pixels.shape[1]
        corners = _tables(rules, width)
        if corners is None or _lies_well(corners, width):
            break
        again = _cut_out(pixels, cv2.perspectiveTransform(corners[None], flat.back)[0], printed, flat)
        found = ruling.find(again.pixels) if again else None
        if again is None or found is None:
            break
        better = _tables(found, SHEET_WIDTH)
        if better is None or not _is_better(better, corners, width):
            break
        flat, rules = again, found
    return flat, rules


def _is_better(again: _Corners, before: _Corners, width: int) -> bool:
    """True where the tables lie no more aslant than before, or far larger and hardly more aslant than they may."""
    larger = float(np.ptp(before[:, 0])) < _SMALL * width < float(np.ptp(again[:, 0]))
    return _slope(again) <= max(_slope(before) + 0.002, 2 * _ASLANT if larger else 0.0)


def _tables(rules: Ruling, width: int) -> _Corners | None:
    """The outer corners of the two tables, clockwise from the top left; None where not both were seen."""
    rows = lattice.by_rules(rules, (), width)
    if len(rows) < 2:
        return None
    left, right = min(part.left for part in rows), max(part.right for part in rows)
    top, bottom = rows[0].top, rows[-1].bottom
    if right - left < 0.4 * width:
        return None
    return np.array(
        [rules.point(x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    )


def _slope(corners: _Corners) -> float:
    """The steepest edge against the direction that it should have."""
    a, b, c, d = corners
    edges = ((a, b), (d, c)), ((a, d), (b, c))
    return max(
        *(abs(float((q - p)[1] / (q - p)[0])) for p, q in edges[0]),
        *(abs(float((q - p)[0] / (q - p)[1])) for p, q in edges[1]),
    )


def _lies_well(corners: _Corners, width: int) -> bool:
    return _slope(corners) < _ASLANT and float(np.ptp(corners[:, 0])) > _SMALL * width


def _cut_out(pixels: Pixels, corners: _Corners, words: Sequence[Line], flat: Flat) -> Flat | None:
    """The sheet `SHEET_WIDTH` wide with the tables' `corners` (on the photo) level, as much above and below as `words`
    take."""
    sides = [float(np.hypot(*(q - p))) for p, q in pairwise([*corners, corners[0]])]
    across, down = sides[0] + sides[2], sides[1] + sides[3]
    left, right = _PLACE * SHEET_WIDTH, (1 - _PLACE) * SHEET_WIDTH
    tall = (right - left) * down / max(1.0, across)
    target = np.array([[left, 0], [right, 0], [right, tall], [left, tall]], dtype=np.float32)
    forth = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    if not words:
        return None
    middles = cv2.perspectiveTransform(np.array([[(word.x, word.y) for word in words]]), forth)[0]
    beside = (middles[:, 0] > 0) & (middles[:, 0] < SHEET_WIDTH)
    near = middles[beside & (middles[:, 1] > -0.8 * tall) & (middles[:, 1] < 1.6 * tall), 1]
    air = 0.02 * SHEET_WIDTH
    top = min([*near, -0.3 * tall]) - air
    bottom = max([*near, 1.2 * tall]) + air
    forth = np.array([[1, 0, 0], [0, 1, -top], [0, 0, 1]]) @ forth
    size = (SHEET_WIDTH, min(SHEET_WIDTH, round(bottom - top)))
    laid = cv2.warpPerspective(pixels, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    back = np.asarray(np.linalg.inv(forth), dtype=np.float64)
    return Flat(np.asarray(laid, dtype=np.uint8), back, flat.quad, flat.whole)
