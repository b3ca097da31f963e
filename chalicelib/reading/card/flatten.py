"""A KTP made flat for its second reading: found and rectified, or, where none is found, its text turned straight and cut
out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from chalicelib.reading.card import anchors, ktp
from chalicelib.reading.lines import Line
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.upright.flat import Flat, rectified
from chalicelib.reading.upright.orientation import Upright

CARD_WIDTH = 1280
_FEW_LABELS = 7
"""Labels below which their places say less of how a card lies than an outline that is plainly one."""
_PRINT = 0.75
"""Confidence from which a line is print on the card rather than a pattern of what lies around it."""


def card(photo: Upright, first: ktp.Card | None) -> Flat | None:
    """A KTP, `CARD_WIDTH` pixels wide: by its outline, else by where its print stands, else its text turned level."""
    size = (CARD_WIDTH, round(CARD_WIDTH / page.CARD))
    if first is None or len(first.labels) < _FEW_LABELS:
        sure = [line for line in photo.lines if line.confidence >= _PRINT and len(line.text) > 5]
        found = page.find(photo.pixels, page.CARD, sure, at_least=0.85 if first else 0.6)
        if found:
            return rectified(photo.pixels, found.corners, *size)
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
        return rectified(photo.pixels, found.corners, *size)
    if by_text is not None and usual < 2 * anchors.NEAR:
        return rectified(photo.pixels, by_text, *size)
    by_number = _by_number(photo) if len(first.labels) < _FEW_LABELS else None
    return by_number or (_straightened(photo, first.slope, words) if words else None)


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
    return rectified(pixels, corners, CARD_WIDTH, round(CARD_WIDTH / page.CARD))


def _within(lines: Sequence[Line], corners: page.Corners | None) -> list[Line]:
    """Lines well inside a page: those under the portrait too must lie within its outline."""
    if corners is None:
        return []
    middle = corners.mean(axis=0)
    inner = (middle + (corners - middle) * 0.94).reshape(-1, 1, 2).astype(np.float32)
    return [line for line in lines if cv2.pointPolygonTest(inner, (line.x, line.y), False) >= 0]


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
