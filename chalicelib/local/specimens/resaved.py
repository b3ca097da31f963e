"""The same house picture again, as other phones and programs pass it on: for the search for duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from chalicelib.reading.model import Point, Quad


@dataclass(frozen=True)
class Copy:
    """One copy: what was done, its picture, where the house lies in it, and the JPEG quality of storing it."""

    what: str
    image: Image.Image
    quad: Quad
    quality: int


def copies(image: Image.Image, quad: Quad) -> Iterator[Copy]:
    """Saved anew, resized, a fifth brighter and darker, cut to 95 % and to 80 % of its sides."""
    yield Copy("resaved", image, quad, 62)
    small = image.resize((round(image.width * 0.55), round(image.height * 0.55)), Image.Resampling.LANCZOS)
    yield Copy("resized", small, _moved(quad, 0, 0, 0.55), 85)
    for what, factor in (("brighter", 1.2), ("darker", 0.8)):
        pixels = np.clip(np.asarray(image, np.float32) * factor, 0, 255).astype(np.uint8)
        yield Copy(what, Image.fromarray(pixels, "RGB"), quad, 85)
    for what, share, at in (("crop95", 0.95, (0.6, 0.3)), ("crop80", 0.8, (0.4, 0.5))):
        width, height = round(image.width * share), round(image.height * share)
        left, top = round((image.width - width) * at[0]), round((image.height - height) * at[1])
        cut = image.crop((left, top, left + width, top + height))
        yield Copy(what, cut, _moved(quad, left, top, 1.0), 85)


def _moved(quad: Quad, left: float, top: float, scale: float) -> Quad:
    points: list[Point] = [((x - left) * scale, (y - top) * scale) for x, y in quad]
    return points[0], points[1], points[2], points[3]
