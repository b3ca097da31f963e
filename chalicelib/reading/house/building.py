"""Whether a photo shows a building outside, by simple looks at colour and lines. Coarse on purpose: a
person looks too."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from chalicelib.reading.lines import Line
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.upright.orientation import brightened

_LINES = 3
"""Lines of writing that make a card or a sheet of what they stand on; a shop's sign and a camera's stamp have fewer, or
stand on a strip."""
_MANY, _SURE = 7, 0.9
"""Lines read surely that no sign or stamp has, whatever they stand on."""


def looks_like_house(pixels: Pixels) -> bool:
    """True where the upper part is calmer than the lower (sky over ground), the two differ in colour, and the middle
    holds upright straight edges."""
    scale = 480 / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = brightened(np.asarray(small, dtype=np.uint8))
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    height = small.shape[0]
    top, bottom = lab[: height // 6], lab[-height // 6 :]
    apart = float(np.linalg.norm(np.median(top, axis=(0, 1)) - np.median(bottom, axis=(0, 1))))
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(cv2.GaussianBlur(gray, (0, 0), 1.5), 30, 90)
    calm = float((edges[: height // 6] > 0).mean())
    busy = float((edges[height // 4 : -height // 4] > 0).mean())
    return apart > 12 and calm < 0.03 and busy > calm + 0.01


def shows_writing(pixels: Pixels, lines: Sequence[Line]) -> bool:
    """True where the lines of text are a card's or a sheet's: by their number, by a card's title, or because they lie
    together on something with such proportions."""
    written = [line for line in lines if len(line.text) > 3]
    sure = [line for line in written if line.confidence >= _SURE]
    if len(sure) >= _MANY or any(line.text.upper().startswith("KARTU ") for line in sure):
        return True
    if len(written) < _LINES:
        return False
    shapes = (page.CARD, 1 / page.CARD, page.SHEET, 1 / page.SHEET)
    return any(page.find(pixels, aspect, written) is not None for aspect in shapes)
