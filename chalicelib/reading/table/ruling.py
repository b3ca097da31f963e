"""The ruled lines of a table on a picture that is nearly, but not quite, straight.

Paper curls and cameras tilt, so a rule is followed by its slope, which changes over the page: slope = a + b·x + c·y,
fitted to all pieces of rules found. Along such curves every point gets a `level` (equal along a row) and an `across`
(equal down a column); rules are then single numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.table.straight import Bend, Rule, Ruling

_RUN_ACROSS, _RUN_DOWN = 36, 30
"""Pixels a stroke runs at least to be part of a rule, on a page 2400 wide: letters are 20 high."""
_PIECE = 55
"""Pixels of a piece of rule at least."""
_FEW = 6
_STEEPEST = 0.12
_SAME = 7.0
"""Pixels within which pieces belong to one rule."""


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Straight pieces: middles (n x 2), slopes against their direction, lengths."""

    middles: npt.NDArray[np.float64]
    slopes: npt.NDArray[np.float64]
    lengths: npt.NDArray[np.float64]


def find(pixels: Pixels) -> Ruling | None:
    """The rules on a page about 2400 pixels wide, or None where there are too few to speak of a table."""
    dark = _dark_strokes(pixels)
    rows = _pieces(dark, _RUN_ACROSS)
    columns = _pieces(np.ascontiguousarray(dark.T), _RUN_DOWN)
    if len(rows.lengths) < _FEW:
        return None
    height, width = pixels.shape[:2]
    middle = (width / 2, height / 2)
    level = _bend(rows, middle)
    upright = (
        _bend(columns, (middle[1], middle[0]))
        if len(columns.lengths) >= _FEW
        else Bend(0, 0, 0, middle[1], middle[0])
    )
    flat = Ruling(level, upright, (), ())
    levels = [
        (flat.level(x, y), length, x - length / 2, x + length / 2)
        for (x, y), length in zip(rows.middles, rows.lengths, strict=True)
    ]
    across = [
        (flat.across(x, y), length, flat.level(x, y) - length / 2, flat.level(x, y) + length / 2)
        for (y, x), length in zip(columns.middles, columns.lengths, strict=True)
    ]
    return Ruling(level, upright, _gathered(levels), _gathered(across))


def _dark_strokes(pixels: Pixels) -> Pixels:
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    hat = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, np.ones((11, 11), np.uint8))
    limit = max(10.0, 0.3 * float(np.percentile(hat[::4, ::4], 99)))
    return np.asarray((hat > limit).astype(np.uint8), dtype=np.uint8)


def _pieces(dark: Pixels, run: int) -> _Pieces:
    """Long thin strokes that run along the rows of `dark`."""
    joined = cv2.dilate(dark, np.ones((3, 1), np.uint8))  # a slanting rule is a stair of short runs
    strokes = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    middles, slopes, lengths = [], [], []
    for i in range(1, count):
        left, top, wide, high, _area = (int(value) for value in stats[i])
        if wide < _PIECE:
            continue
        ys, xs = np.nonzero(names[top : top + high, left : left + wide] == i)
        step = max(1, wide // 200)
        keep = xs % step == 0
        for start in range(0, wide, 500):  # a long rule may bend
            part = keep & (xs >= start) & (xs < start + 500)
            if part.sum() < 20 or xs[part].max() - xs[part].min() < _PIECE:
                continue
            slope, at = np.polyfit(xs[part], ys[part], 1)
            off = float(np.abs(ys[part] - (slope * xs[part] + at)).mean())
            if abs(slope) < _STEEPEST and off < 4:
                x = float(xs[part].mean())
                middles.append((left + x, top + slope * x + at))
                slopes.append(float(slope))
                lengths.append(float(xs[part].max() - xs[part].min()))
    return _Pieces(np.array(middles).reshape(-1, 2), np.array(slopes), np.array(lengths))


def _bend(pieces: _Pieces, middle: tuple[float, float]) -> Bend:
    """Slopes fitted over the page, outliers (edges of the paper, strokes of a signature) left out in turns."""
    x, y = pieces.middles[:, 0] - middle[0], pieces.middles[:, 1] - middle[1]
    terms = np.stack([np.ones_like(x), x / 1000, y / 1000], axis=1)
    weights = np.sqrt(pieces.lengths)
    first = float(np.median(pieces.slopes))
    off = np.abs(pieces.slopes - first)
    fitted = np.array([first, 0.0, 0.0])
    for limit in (0.04, 0.02, 0.012, 0.008):
        near = off < limit
        if near.sum() < _FEW:
            break
        ridge = np.diag([0.0, 0.02, 0.02]) * float(weights[near].sum())
        left = (terms[near] * weights[near, None]).T @ (terms[near] * weights[near, None]) + ridge
        fitted = np.linalg.solve(
            left, (terms[near] * weights[near, None]).T @ (pieces.slopes[near] * weights[near])
        )
        off = np.abs(terms @ fitted - pieces.slopes)
    return Bend(float(fitted[0]), float(fitted[1]) / 1000, float(fitted[2]) / 1000, middle[0], middle[1])


def _gathered(found: Sequence[tuple[float, float, float, float]]) -> tuple[Rule, ...]:
    """Pieces at nearly one place made into one rule: (place, length, from, to) each."""
    rules: list[Rule] = []
    group: list[tuple[float, float, float, float]] = []
    for piece in [*sorted(found), (float("inf"), 0.0, 0.0, 0.0)]:
        if group and piece[0] - group[-1][0] > _SAME:
            total = sum(length for _, length, _, _ in group)
            at = sum(place * length for place, length, _, _ in group) / total
            rules.append(Rule(at, total, tuple((start, end) for _, _, start, end in group)))
            group = []
        group.append(piece)
    return tuple(rules)
