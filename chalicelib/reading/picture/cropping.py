"""Whether a page lies wholly on its photo.

An outline found on the photo cannot leave it: where the page is cut off, one side lies along the photo's edge and the
page is too short that way; a card that fills its photo has the right proportions. Corners reckoned from the print may
lie outside, and are then uncertain by some of the page's width.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from chalicelib.reading.picture import page

_BESIDE = 0.006
"""Share of the photo's longer side within which a corner lies on its edge."""
_OUTSIDE = 0.06
"""Share of the page's width by which corners may lie outside before a part of the page is missing."""
_SHORT = 0.92


def whole(corners: page.Corners, size: tuple[int, int], aspect: float) -> bool:
    """False where a part of the page (`corners` clockwise from its top left; width to height `aspect`) is missing on a
    photo of `size` (width, height; pixels)."""
    across, down = size
    spans = [float(np.hypot(*(b - a))) for a, b in pairwise([*corners, corners[0]])]
    wide = (spans[0] + spans[2]) / 2
    outside = max(float(max(-x, x - across, -y, y - down)) for x, y in corners)
    if outside > _OUTSIDE * wide:
        return False
    shape = page.proportions(corners) / aspect
    near = _BESIDE * max(size)
    for i, (a, b) in enumerate(pairwise([*corners, corners[0]])):
        on_edge = any(
            (a[axis] <= near and b[axis] <= near) or (a[axis] >= limit - near and b[axis] >= limit - near)
            for axis, limit in enumerate(size)
        )
        if on_edge and (1 / shape if i % 2 == 0 else shape) < _SHORT:
            return False  # cut off below or above: too low; at a side: too narrow
    return True
