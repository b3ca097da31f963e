"""The head of a family card looked at once more by the larger engine, where the first two readings left something out."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet import kk
from chalicelib.reading.text import merge
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.upright.orientation import brightened

_WIDE = 1600
"""Pixels to which the head is drawn: the larger engine looks at no more, and photos that need it have no more."""
_STRIP, _OVERLAP = 200, 30
"""Pixels; its memory grows with the picture."""
_UNSURE = 0.8


def doubted(fields: Mapping[str, Field]) -> list[str]:
    """The fields of the head that are missing or unsure."""
    return [name for name in kk.FIELDS if name not in fields or fields[name].confidence < _UNSURE]


def mended(fields: Mapping[str, Field], closer: Mapping[str, Field]) -> dict[str, Field]:
    """`fields`, those in doubt weighed against a closer look's."""
    names = doubted(fields)
    unsure = {name: fields[name] for name in names if name in fields}
    looked = {name: closer[name] for name in names if name in closer}
    kept = {name: field for name, field in fields.items() if name not in names}
    return kept | merge.better(unsure, looked)


def lines(photo: Pixels, flat: Flat, bottom: float, engine: Engine) -> list[Line]:
    """The lines above the level `bottom` of the flat page, boxes in its pixels, drawn from the photo itself."""
    scale = flat.pixels.shape[1] / _WIDE
    back = flat.back @ np.diag([scale, scale, 1.0])
    high = round(min(bottom, flat.pixels.shape[0]) / scale)
    size = (_WIDE, high)
    drawn = cv2.warpPerspective(
        photo,
        back,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    head = brightened(np.asarray(drawn, dtype=np.uint8))
    found: list[Line] = []
    for top in range(0, high, _STRIP):
        start, end = max(0, top - _OVERLAP), min(high, top + _STRIP + _OVERLAP)
        if end - start < 16:
            continue
        seen = engine.read(np.ascontiguousarray(head[start:end]))
        last = top + _STRIP >= high
        moved = [line.moved(0, start) for line in seen]
        found += [line for line in moved if (not top or line.y >= top) and (last or line.y < top + _STRIP)]
    return [line.scaled(scale) for line in found]
