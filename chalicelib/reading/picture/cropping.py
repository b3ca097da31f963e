"""Whether a page lies wholly on its photo.

An outline found on the photo cannot leave it: where the page is cut off, one side lies along the photo's edge and the
page is too short that way; a card that fills its photo has the right proportions. Corners reckoned from the print may
lie outside, and are then uncertain by some of the page's width, a single one by more: print stands on the left of a
card, and what is reckoned from it swings on the right. Limits: `cropping` in layouts/quality.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from chalicelib.reading import layouts
from chalicelib.reading.picture import page

_SHEETS = 1.5
"""Width to height below which a page is a sheet (A4: 1.41) and no card (1.59)."""


@dataclass(frozen=True)
class Limits:
    """Shares. `beside`: of the photo's longer side, within which a corner lies on its edge. Of the page's width, by which
    a side (both its corners: `side_outside`) or one corner (`corner_outside`) may lie outside. `short`: of the right
    proportions, below which a page that ends at the edge is too short; `sheet_short` for family cards, which are printed
    on A4 and on the longer F4. What a camera makes of a page: opposite sides
    differ at most to `opposite`, proportions to `shape`; beyond, corners say nothing."""

    beside: float
    side_outside: float
    corner_outside: float
    short: float
    sheet_short: float
    opposite: float
    shape: float


def whole(corners: page.Corners, size: tuple[int, int], aspect: float) -> bool:
    """False where a part of the page (`corners` clockwise from its top left; width to height `aspect`) is missing on a
    photo of `size` (width, height; pixels)."""
    limits = _limits()
    spans = [float(np.hypot(*(b - a))) for a, b in pairwise([*corners, corners[0]])]
    wide = (spans[0] + spans[2]) / 2
    shape = page.proportions(corners) / aspect
    if _outside(corners, size, wide, limits) and _possible(spans, shape, limits):
        return False
    near = limits.beside * max(size)
    short = limits.short if aspect > _SHEETS else limits.sheet_short
    for i, (a, b) in enumerate(pairwise([*corners, corners[0]])):
        on_edge = any(
            (a[axis] <= near and b[axis] <= near) or (a[axis] >= limit - near and b[axis] >= limit - near)
            for axis, limit in enumerate(size)
        )
        if on_edge and (1 / shape if i % 2 == 0 else shape) < short:
            return False  # cut off below or above: too low; at a side: too narrow
    return True


def _outside(corners: page.Corners, size: tuple[int, int], wide: float, limits: Limits) -> bool:
    """True where a side of the page, or a corner far enough, lies beyond one edge of the photo."""
    across, down = size
    xs, ys = corners[:, 0], corners[:, 1]
    for beyond in (-xs, xs - across, -ys, ys - down):
        least, most = sorted(float(value) for value in beyond)[-2:]
        if least > limits.side_outside * wide or most > limits.corner_outside * wide:
            return True
    return False


def _possible(spans: list[float], shape: float, limits: Limits) -> bool:
    """Whether a page can look like this before a camera."""
    alike = min(
        min(one, other) / max(one, other, 1e-6) for one, other in zip(spans[:2], spans[2:], strict=True)
    )
    return alike >= limits.opposite and min(shape, 1 / max(shape, 1e-6)) >= limits.shape


@cache
def _limits() -> Limits:
    return Limits(**layouts.load("quality")["cropping"])
