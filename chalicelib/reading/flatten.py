"""Making the document flat for its second reading: the page found and rectified, or, where none is found, the text
turned straight and cut out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading import ktp, page
from chalicelib.reading.decode import Pixels
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Quad
from chalicelib.reading.orientation import Upright

CARD_WIDTH = 1280
SHEET_WIDTH = 2400
"""Pixels; print on a family card is 2 mm high at 297 mm."""


@dataclass(frozen=True, eq=False)
class Flat:
    """A document lying flat. `back` maps its pixels to the upright photo's; `quad` are the page's corners there, None
    where only the text was straightened; `whole`: all four corners lie within the photo."""

    pixels: Pixels
    back: npt.NDArray[np.float64]
    quad: Quad | None
    whole: bool


def card(photo: Upright, first: ktp.Card | None) -> Flat | None:
    """A KTP, `CARD_WIDTH` pixels wide."""
    words = first.words if first else ()
    found = page.find(photo.pixels, page.CARD, words)
    if found:
        return _rectified(photo.pixels, found, CARD_WIDTH, round(CARD_WIDTH / page.CARD))
    return _straightened(photo, first.slope, words) if first and words else None


def sheet(photo: Upright) -> Flat | None:
    """A family card, `SHEET_WIDTH` pixels wide; None where no page is found."""
    found = page.find(photo.pixels, page.SHEET, photo.lines)
    if found:
        return _rectified(photo.pixels, found, SHEET_WIDTH, round(SHEET_WIDTH / page.SHEET))
    return None


def _rectified(pixels: Pixels, found: page.Page, width: int, height: int) -> Flat:
    flat, back = page.rectify(pixels, found.corners, width, height)
    limits = (pixels.shape[1], pixels.shape[0])
    margin = 0.004 * max(limits)
    whole = all(
        margin <= x <= limits[0] - margin and margin <= y <= limits[1] - margin for x, y in found.corners
    )
    return Flat(flat, back, found.quad(), whole)


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
