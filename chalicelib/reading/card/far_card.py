"""A card in which the first look saw no labels: small, blurred, noisy. Its outline is often plain all the same.

The outline that is most like a card is laid flat and read by the engine's larger sister, in the two ways up it may lie;
the portrait, at the right of a KTP, tells which is the likelier. Without an outline a rough look, so small that blurred
print is sharp again, tells which way text runs and where, and that part is read. It is taken for a KTP only if its words
say so: enough labels, a NIK above rows that are told by labels and contents, or a NIK below the name of its own region.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from chalicelib.reading.card import flatten, ktp
from chalicelib.reading.card import reader as card
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels, turn
from chalicelib.reading.picture.page import Corners
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright import kind
from chalicelib.reading.upright.flat import Flat, carried
from chalicelib.reading.upright.orientation import Upright, look

_LIKE_A_CARD = 0.88
"""Score of an outline from which it is worth a closer look."""
_FEW = 6
"""Lines of text below which they do not tell where on a photo a card lies."""
_MANY_MORE = 3
"""Labels that a rough look must have more than a closer one to be the better of them."""
ROUGH = 640
"""Pixels of the longer side at which blurred print is small enough to be sharp again, and large enough to be read."""
_RIGHT_WAY = {page.CARD: (0, 180), 1 / page.CARD: (270, 90)}
"""Turns, clockwise in degrees, under which an outline of these proportions may stand upright."""


def find(pixels: Pixels, larger: Engine, enough: int) -> tuple[Upright, card.Seen | None] | None:
    """The photo turned upright and the KTP seen on it; None where there is none. `larger`: the engine's larger sister;
    `enough`: words of a KTP asked for."""
    return _by_outline(pixels, larger, enough) or _by_text(pixels, larger, enough)


def _by_text(pixels: Pixels, larger: Engine, enough: int) -> tuple[Upright, None] | None:
    """Where no outline shows, as on a photocopy or under a shaken hand: the part of the photo that holds text."""
    rough = _roughly(pixels, larger)
    lines = [line for line in rough.lines if _is_across(line)]
    if len(lines) < 2:
        return None
    (x0, y0), (x1, y1) = _part(lines, rough.pixels.shape)
    part = np.ascontiguousarray(rough.pixels[y0:y1, x0:x1])
    closely = tuple(line.moved(x0, y0) for line in card.closer_lines(part, larger))
    looks = [(closely, kind.signs(closely)), (rough.lines, rough.signs)]
    if rough.signs.ktp >= looks[0][1].ktp + _MANY_MORE:
        looks.reverse()
    for seen, signs in looks:
        if signs.foreign:
            return None
        if signs.kind(enough) is Kind.KTP or (signs.kk < enough and kind.names_its_region(seen)):
            said = kind.Signs(max(signs.ktp, enough), 0, False)
            return Upright(rough.pixels, rough.turned, seen, said), None
    return None


def _roughly(pixels: Pixels, larger: Engine) -> Upright:
    """The photo turned as most of its text runs across, read so small that what is blurred becomes sharp."""
    ways = {degrees: _look(pixels, degrees, larger) for degrees in (0, 90)}
    side = max(ways, key=lambda degrees: _across(ways[degrees]))
    ways[side + 180] = _look(pixels, side + 180, larger)
    return max((ways[side], ways[side + 180]), key=_across)


def _look(pixels: Pixels, degrees: int, larger: Engine) -> Upright:
    turned = turn(pixels, degrees)
    lines = tuple(look(turned, larger, side=ROUGH))
    return Upright(turned, degrees, lines, kind.signs(lines))


def _across(photo: Upright) -> float:
    """How much text runs across, as surely as it was read."""
    return sum(line.confidence for line in photo.lines if _is_across(line))


def _is_across(line: Line) -> bool:
    return len(line.text) > 3 and not line.upended


def _part(lines: Sequence[Line], shape: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Left top and right bottom of what holds the text; of all where there is too little of it to tell."""
    height, width = shape[:2]
    if len(lines) < _FEW:
        return (0, 0), (width, height)
    left, right = (
        np.percentile([line.left for line in lines], 3),
        np.percentile([line.right for line in lines], 97),
    )
    top, bottom = np.percentile([line.y for line in lines], [3, 97])
    air = 0.25 * max(right - left, bottom - top)
    return (
        (max(0, int(left - air)), max(0, int(top - air))),
        (min(width, int(right + air)), min(height, int(bottom + air))),
    )


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
