"""The fingerprint of a picture of a scene: the signs of its lowest frequencies (`fingerprints` says what it is for)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.house.fingerprints import BITS, VERSION
from chalicelib.reading.picture.decode import Pixels

_SIDE = 32
_LOOK = 800
_PART = 0.95
_STEPS = 3
_DULL = 6.0
"""Standard deviation of lightness below which there is nothing to recognise (a covered lens, a blank wall)."""
_ORDER = sorted(
    ((u, v) for u in range(_SIDE // 2) for v in range(_SIDE // 2) if u + v),
    key=lambda uv: (uv[0] + uv[1], uv),
)[:BITS]


def fingerprint(pixels: Pixels) -> str:
    """The fingerprint of an upright picture; empty where it is all of one colour."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _LOOK / max(gray.shape))
    if scale < 1:
        gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if float(gray.std()) < _DULL:
        return ""
    height, width = gray.shape
    high, wide = int(height * _PART), int(width * _PART)
    parts = [gray]
    for down in range(_STEPS):
        for across in range(_STEPS):
            y, x = (height - high) * down // (_STEPS - 1), (width - wide) * across // (_STEPS - 1)
            parts.append(gray[y : y + high, x : x + wide])
    digits = (BITS + 3) // 4
    return VERSION + "".join(f"{_bits(part):0{digits}x}" for part in parts)


def _bits(gray: npt.NDArray[Any]) -> int:
    small = cv2.resize(gray, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    waves = cv2.dct(small)
    return sum(1 << i for i, (u, v) in enumerate(_ORDER) if waves[v, u] > 0)
