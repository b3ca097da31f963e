"""Making the document flat for its second reading: the page found and rectified, or, where none is found, the text
turned straight and cut out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading import anchors, cropping, kk, ktp, page
from chalicelib.reading.decode import Pixels
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Quad
from chalicelib.reading.orientation import Upright

CARD_WIDTH = 1280
SHEET_WIDTH = 2400
"""Pixels; print on a family card is 2 mm high at 297 mm."""
_FEW_LABELS = 7
"""Labels below which their places say less of how a card lies than an outline that is plainly one."""
_PRINT = 0.75
"""Confidence from which a line is print on the sheet rather than a pattern of what lies around it."""


@dataclass(frozen=True, eq=False)
class Flat:
    """A document lying flat. `back` maps its pixels to the upright photo's; `quad` are the page's corners there, None
    where only the text was straightened; `whole`: no part of it lies outside the photo."""

    pixels: Pixels
    back: npt.NDArray[np.float64]
    quad: Quad | None
    whole: bool


def card(photo: Upright, first: ktp.Card | None) -> Flat | None:
    """A KTP, `CARD_WIDTH` pixels wide: by its outline, else by where its print stands, else its text turned level."""
    size = (CARD_WIDTH, round(CARD_WIDTH / page.CARD))
    if first is None or len(first.labels) < _FEW_LABELS:
        sure = [line for line in photo.lines if line.confidence >= _PRINT and len(line.text) > 5]
        found = page.find(photo.pixels, page.CARD, sure, at_least=0.85 if first else 0.6)
        if found:
            return _rectified(photo.pixels, found.corners, *size)
    if first is None:
        return _by_number(photo)
    by_text = anchors.corners_from_text(first)
    usual = anchors.misfit(first, by_text) if by_text is not None else anchors.NEAR
    limit = max(anchors.NEAR, 1.5 * usual + anchors.NEAR / 2)

    def fit(corners: page.Corners) -> float:
        return max(0.0, 1.0 - 0.4 * anchors.misfit(first, corners) / limit)

    words = [*first.words, *_within(photo.lines, by_text)]
    found = page.find(photo.pixels, page.CARD, words, fit)
    if found and anchors.misfit(first, found.corners) <= limit:
        return _rectified(photo.pixels, found.corners, *size)
    if by_text is not None and usual < 2 * anchors.NEAR:
        return _rectified(photo.pixels, by_text, *size)
    return _straightened(photo, first.slope, words) if words else None


def _by_number(photo: Upright) -> Flat | None:
    """A level card about where its NIK says it lies: nothing else on it is as large."""
    digits = [
        line for line in photo.lines if len(line.text) <= 20 and sum(ch.isdigit() for ch in line.text) >= 13
    ]
    if len(digits) != 1:
        return None
    place = anchors.number()
    width = digits[0].width / place.width
    left, top = digits[0].left - place.left * width, digits[0].y - place.y * width / page.CARD
    right, bottom = left + width, top + width / page.CARD
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)
    flat = laid_flat(photo.pixels, corners)
    return replace(flat, quad=None, whole=False)


def laid_flat(pixels: Pixels, corners: page.Corners) -> Flat:
    """A card between known corners, `CARD_WIDTH` pixels wide."""
    return _rectified(pixels, corners, CARD_WIDTH, round(CARD_WIDTH / page.CARD))


def carried(line: Line, back: npt.NDArray[np.float64]) -> Line:
    """A line of a flat document on the photo, in an upright box."""
    xs, ys = zip(*page.mapped(line.quad(), back), strict=True)
    return replace(line, left=min(xs), right=max(xs), top=min(ys), bottom=max(ys))


def _within(lines: Sequence[Line], corners: page.Corners | None) -> list[Line]:
    """Lines well inside a page: those under the portrait too must lie within its outline."""
    if corners is None:
        return []
    middle = corners.mean(axis=0)
    inner = (middle + (corners - middle) * 0.94).reshape(-1, 1, 2).astype(np.float32)
    return [line for line in lines if cv2.pointPolygonTest(inner, (line.x, line.y), False) >= 0]


def sheet(photo: Upright, first: kk.Sheet | None) -> Flat | None:
    """A family card, `SHEET_WIDTH` pixels wide: its page, or where none is found all its text turned level and
    enlarged."""
    words = [line for line in photo.lines if line.confidence >= _PRINT and len(line.text) > 2]
    words = words if len(words) >= 12 else list(photo.lines)
    found = page.find(photo.pixels, page.SHEET, words)
    if found:
        return _rectified(photo.pixels, found.corners, SHEET_WIDTH, round(SHEET_WIDTH / page.SHEET))
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


def _rectified(pixels: Pixels, corners: page.Corners, width: int, height: int) -> Flat:
    flat, back = page.rectify(pixels, corners, width, height)
    whole = cropping.whole(corners, (pixels.shape[1], pixels.shape[0]), width / height)
    return Flat(flat, back, page.as_quad(corners), whole)


def _straightened(photo: Upright, slope: float, words: Sequence[Line]) -> Flat:
    """The text of a card turned level and enlarged: from its labels and the usual proportions of a KTP."""
    angle = math.atan(slope)
    middle = (float(np.mean([w.x for w in words])), float(np.mean([w.y for w in words])))
    turn = cv2.getRotationMatrix2D(middle, math.degrees(angle), 1.0)
    points = (
        np.array([[x, y] for w in words for x, y in w.quad()], dtype=np.float64) @ turn[:, :2].T + turn[:, 2]
    )
    (left, top), (_, bottom) = points.min(axis=0), points.max(axis=0)
    tall = bottom - top
    box = (left - 0.15 * tall, top - 0.45 * tall, left + 2.1 * tall, bottom + 0.2 * tall)
    scale = CARD_WIDTH / (box[2] - box[0])
    forth = np.vstack([turn, [0, 0, 1]])
    forth = np.array([[scale, 0, -scale * box[0]], [0, scale, -scale * box[1]], [0, 0, 1]]) @ forth
    size = (CARD_WIDTH, round(scale * (box[3] - box[1])))
    flat = cv2.warpPerspective(
        photo.pixels, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Flat(np.asarray(flat, dtype=np.uint8), np.asarray(np.linalg.inv(forth)), None, False)
