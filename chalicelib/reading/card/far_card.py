"""A card in which the first look saw no labels: small, blurred, noisy. Its outline is often plain all the same.

The outline that is most like a card is laid flat and read by the engine's larger sister, in the two ways up it may lie;
the portrait, at the right of a KTP, tells which is the likelier. Without an outline the part that holds text is
read, or, where hardly any was seen, all of the photo. It is taken for a KTP only if its words say so: enough labels, a
NIK above rows that are told by labels and contents, or a NIK below the name of its own region.
"""

from __future__ import annotations

import cv2
import numpy as np

from chalicelib.reading.card import flatten, ktp
from chalicelib.reading.card import reader as card
from chalicelib.reading.model import Kind
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels, turn
from chalicelib.reading.picture.page import Corners
from chalicelib.reading.text import engine as engines
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright import kind
from chalicelib.reading.upright.flat import Flat, carried
from chalicelib.reading.upright.orientation import Upright

_LIKE_A_CARD = 0.88
"""Score of an outline from which it is worth a closer look."""
_FEW = 6
"""Lines of text below which they do not tell where on a photo a card lies."""
_RIGHT_WAY = {page.CARD: (0, 180), 1 / page.CARD: (270, 90)}
"""Turns, clockwise in degrees, under which an outline of these proportions may stand upright."""


def find(
    photo: Upright, pixels: Pixels, reader: Engine, enough: int
) -> tuple[Upright, card.Seen | None] | None:
    """The photo turned upright and the KTP seen on it; None where there is none. `photo`: what the first look saw on
    `pixels`; `enough`: words of a KTP asked for."""
    larger = engines.closer_engine(reader)
    if larger is reader:
        return None
    return _by_outline(pixels, larger, enough) or _by_text(photo, larger, enough)


def _by_text(photo: Upright, larger: Engine, enough: int) -> tuple[Upright, None] | None:
    """Where no outline shows, as on a photocopy: the part of the photo that holds text, either way up."""
    lines = [line for line in photo.lines if len(line.text) > 2 and not line.upended]
    if len(lines) < 2:
        return None
    height, width = photo.pixels.shape[:2]
    x0, y0, x1, y1 = 0, 0, width, height
    if len(lines) >= _FEW:
        left, right = np.percentile([line.x for line in lines], [3, 97])
        top, bottom = np.percentile([line.y for line in lines], [3, 97])
        air = 0.25 * max(right - left, bottom - top)
        x0, y0 = max(0, int(left - air)), max(0, int(top - air))
        x1, y1 = min(width, int(right + air)), min(height, int(bottom + air))
    part = np.ascontiguousarray(photo.pixels[y0:y1, x0:x1])
    for degrees in (0, 180):
        seen = card.closer_lines(turn(part, degrees), larger)
        signs = kind.signs(seen)
        if signs.foreign:
            return None
        if signs.kind(enough) is Kind.KTP or (signs.kk < enough and kind.names_its_region(seen)):
            across, down = (x0, y0) if degrees == 0 else (width - x1, height - y1)
            there = tuple(line.moved(across, down) for line in seen)
            said = kind.Signs(max(signs.ktp, enough), 0, False)
            return Upright(turn(photo.pixels, degrees), (photo.turned + degrees) % 360, there, said), None
    return None


def _by_outline(pixels: Pixels, larger: Engine, enough: int) -> tuple[Upright, card.Seen] | None:
    outlines = [
        (found, aspect)
        for aspect in _RIGHT_WAY
        if (found := page.find(pixels, aspect, at_least=_LIKE_A_CARD))
    ]
    if not outlines:
        return None
    best, aspect = max(outlines, key=lambda one: one[0].score)
    ways = [_turned(pixels, best.corners, degrees) for degrees in _RIGHT_WAY[aspect]]
    for degrees, upright, flat in sorted(ways, key=lambda way: -portrait_side(way[2].pixels)):
        lines = card.closer_lines(flat.pixels, larger)
        signs = kind.signs(lines)
        if signs.foreign:
            return None
        placed = ktp.parse_placed(lines, larger.name, flat.pixels)
        if signs.kind(enough) is Kind.KTP or (placed and "nik" in placed.fields and signs.kk < enough):
            there = tuple(carried(line, flat.back) for line in lines)
            said = kind.Signs(max(signs.ktp, enough), 0, False)
            return Upright(upright, degrees, there, said), card.Seen(flat, tuple(lines))
    return None


def portrait_side(flat: Pixels) -> float:
    """Above 0 where the right side of a flat card looks more like a portrait than its left: other colours than paper."""
    height, width = flat.shape[:2]
    lab = cv2.cvtColor(cv2.GaussianBlur(flat, (0, 0), width / 160), cv2.COLOR_BGR2LAB).astype(np.float32)
    paper = np.median(lab.reshape(-1, 3), axis=0)
    off = np.abs(lab - paper).sum(axis=2)[int(0.25 * height) : int(0.75 * height)]
    return float(
        off[:, int(0.72 * width) : int(0.95 * width)].mean()
        - off[:, int(0.05 * width) : int(0.28 * width)].mean()
    )


def _turned(pixels: Pixels, corners: Corners, degrees: int) -> tuple[int, Pixels, Flat]:
    height, width = pixels.shape[:2]
    x, y = corners[:, 0], corners[:, 1]
    there = {
        0: (x, y),
        90: (height - y, x),
        180: (width - x, height - y),
        270: (y, width - x),
    }[degrees]
    upright = turn(pixels, degrees)
    ordered = page.clockwise(np.stack(there, axis=1).astype(np.float32))
    return degrees, upright, flatten.laid_flat(upright, ordered)
