"""A family card made flat for its second reading: its page found and rectified, or, where none is found, all its
text turned level and enlarged."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from chalicelib.reading.lines import Line
from chalicelib.reading.picture import page
from chalicelib.reading.sheet import kk
from chalicelib.reading.upright.flat import Flat, rectified
from chalicelib.reading.upright.orientation import Upright

SHEET_WIDTH = 2400
"""Pixels; print on a family card is 2 mm high at 297 mm."""
_PRINT = 0.75
"""Confidence from which a line is print on the sheet rather than a pattern of what lies around it."""


def sheet(photo: Upright, first: kk.Sheet | None) -> Flat | None:
    """A family card, `SHEET_WIDTH` pixels wide: its page, or where none is found all its text turned level and
    enlarged."""
    words = [line for line in photo.lines if line.confidence >= _PRINT and len(line.text) > 2]
    words = words if len(words) >= 12 else list(photo.lines)
    found = page.find(photo.pixels, page.SHEET, words)
    if found:
        return rectified(photo.pixels, found.corners, SHEET_WIDTH, round(SHEET_WIDTH / page.SHEET))
    return _text_enlarged(photo, words, first.slope if first else 0.0)


def _text_enlarged(photo: Upright, words: Sequence[Line], slope: float) -> Flat | None:
    if len(words) < 8:
        return None
    turn = cv2.getRotationMatrix2D(
        (photo.pixels.shape[1] / 2, photo.pixels.shape[0] / 2), math.degrees(math.atan(slope)), 1
    )
    points = np.array([corner for line in words for corner in line.quad()]) @ turn[:, :2].T + turn[:, 2]
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    air = 0.02 * (right - left)
    left, top, right, bottom = left - air, top - air, right + air, bottom + air
    scale = min(2.5, SHEET_WIDTH / (right - left))
    forth = np.vstack([turn, [0, 0, 1]])
    forth = np.array([[scale, 0, -scale * left], [0, scale, -scale * top], [0, 0, 1]]) @ forth
    size = (round(scale * (right - left)), min(SHEET_WIDTH, round(scale * (bottom - top))))
    flat = cv2.warpPerspective(
        photo.pixels, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Flat(np.asarray(flat, dtype=np.uint8), np.asarray(np.linalg.inv(forth)), None, False)
