"""How the rows of a form lie on a picture: their slope, and how it changes from the top rows to the bottom ones.

On a photo taken aslant rows are not level, and under perspective they are not even parallel. The right tilt is the one
under which most labels have a value straight to their right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from chalicelib.reading.lines import Line
from chalicelib.reading.text.labels import Hit

_SLOPES = np.arange(-0.34, 0.3401, 0.01)
"""Slopes tried, as tangents: up to 19 degrees either way of what is expected."""
_FANS = np.arange(-0.24, 0.2401, 0.04)
"""Differences of slope between the topmost and the lowest label that are tried."""


@dataclass(frozen=True)
class Tilt:
    """Rows through (`x`, `y`) drop by `slope` per pixel to the right; per pixel further down by `fan` more."""

    slope: float = 0.0
    fan: float = 0.0
    x: float = 0.0
    y: float = 0.0

    def level(self, line: Line) -> float:
        """The height of a line's row where it crosses `x`: equal for lines of one row."""
        return line.y - (self.slope + self.fan * (line.y - self.y)) * (line.x - self.x)


def measure(lines: Sequence[Line], hits: Mapping[str, Hit], about: float) -> Tilt:
    """The tilt of a form whose labels are `hits`, looked for around the slope `about`."""
    bare = [hit.line for hit in hits.values() if len(hit.rest) < 3]
    labels = {id(hit.line) for hit in hits.values()}
    others = [line for line in lines if id(line) not in labels and len(line.text) > 1]
    if len(bare) < 2 or not others:
        return Tilt(about)
    pairs = _Pairs(bare, others)
    slope = min(_SLOPES + about, key=lambda s: pairs.cost(s, 0.0) + 0.1 * abs(s - about))
    near = [(s, f) for s in slope + np.arange(-0.06, 0.061, 0.01) for f in _FANS / pairs.tall]
    best = min(near, key=lambda t: pairs.cost(*t) + 0.1 * abs(t[0] - about) + 0.1 * abs(t[1]) * pairs.tall)
    fine = [(s, best[1]) for s in best[0] + np.arange(-0.008, 0.0081, 0.002)]
    best = min(fine, key=lambda t: pairs.cost(*t))
    return Tilt(float(best[0]), float(best[1]), pairs.x, pairs.y)


class _Pairs:
    """Labels against the lines to their right, as arrays."""

    def __init__(self, bare: Sequence[Line], others: Sequence[Line]) -> None:
        self.x = median(line.left for line in bare)
        self.y = median(line.y for line in bare)
        self.tall = max(1.0, max(line.y for line in bare) - min(line.y for line in bare))
        self._labels = _middles(bare) - (self.x, self.y)
        self._others = _middles(others) - (self.x, self.y)
        self._height = median(line.height for line in bare)
        left = np.array([line.left for line in others])
        starts = np.array([line.left for line in bare])[:, None]
        ends = np.array([line.right for line in bare])[:, None]
        reach = 12 * self._height
        self._far = ~((left > starts) & (left < ends + reach))

    def cost(self, slope: float, fan: float) -> float:
        """Mean distance from each label to the nearest row of a value, in heights of a line, at most 1 each."""
        labels, others = self._level(self._labels, slope, fan), self._level(self._others, slope, fan)
        gaps = np.abs(labels[:, None] - others[None, :]) / self._height
        gaps[self._far] = 1.0
        return float(np.minimum(gaps.min(axis=1), 1.0).mean())

    @staticmethod
    def _level(points: npt.NDArray[np.float64], slope: float, fan: float) -> npt.NDArray[np.float64]:
        return np.asarray(points[:, 1] - (slope + fan * points[:, 1]) * points[:, 0])


def _middles(lines: Sequence[Line]) -> npt.NDArray[np.float64]:
    return np.array([[line.x, line.y] for line in lines], dtype=np.float64)
