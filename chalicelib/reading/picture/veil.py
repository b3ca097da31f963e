"""Places of a picture made unrecognisable: what lay there cannot be told from what is shown.

A place is averaged over a few broad tiles and these drawn out again, soft: strokes are gone, not merely smeared (a blur
alone can be undone in part).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.model import Quad
from chalicelib.reading.picture.decode import Pixels

_TILES = 5
"""Tiles along the longer side of a place."""
_LEAST = 2
"""Pixels either way below which there is nothing to veil."""


Mask = npt.NDArray[np.bool_]


def covered(shape: tuple[int, ...], places: Iterable[Quad], spared: Iterable[Quad] = ()) -> Mask:
    """What of a picture of that shape (height, width) is veiled: `places` but for what lies within `spared`."""
    mask = np.zeros(shape[:2], np.uint8)
    for quad in places:
        cv2.fillPoly(mask, [_polygon(quad)], 1)
    for quad in spared:
        cv2.fillPoly(mask, [_polygon(quad)], 0)
    return mask > 0


def veiled(pixels: Pixels, places: Sequence[Quad], spared: Sequence[Quad] = ()) -> Pixels:
    """A copy of `pixels` with `places` veiled, but for what lies within `spared`."""
    shown, hidden = pixels.copy(), covered(pixels.shape, places, spared)
    for quad in places:
        left, top, wide, high = cv2.boundingRect(_polygon(quad))
        part = np.s_[max(top, 0) : max(top + high, 0), max(left, 0) : max(left + wide, 0)]
        if min(pixels[part].shape[:2]) >= _LEAST:
            mask = hidden[part]
            shown[part][mask] = _coarse(pixels[part])[mask]
    return shown


def _coarse(part: Pixels) -> Pixels:
    high, wide = part.shape[:2]
    tile = max(high, wide) / _TILES
    few = (max(1, round(wide / tile)), max(1, round(high / tile)))
    small = cv2.resize(part, few, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _polygon(quad: Quad) -> npt.NDArray[np.int32]:
    return np.round(np.array(quad, dtype=np.float64)).astype(np.int32).reshape(-1, 1, 2)
