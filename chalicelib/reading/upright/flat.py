"""A document lying flat: what becomes of a page found on a photo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chalicelib.reading.lines import Line
from chalicelib.reading.model import Quad
from chalicelib.reading.picture import cropping, page
from chalicelib.reading.picture.decode import Pixels


@dataclass(frozen=True, eq=False)
class Flat:
    """A document lying flat. `back` maps its pixels to the upright photo's; `quad` are the page's corners there, None
    where only the text was straightened; `whole`: no part of it lies outside the photo."""

    pixels: Pixels
    back: npt.NDArray[np.float64]
    quad: Quad | None
    whole: bool


def rectified(pixels: Pixels, corners: page.Corners, width: int, height: int) -> Flat:
    """The page between its corners, `width` × `height` pixels."""
    flat, back = page.rectify(pixels, corners, width, height)
    whole = cropping.whole(corners, (pixels.shape[1], pixels.shape[0]), width / height)
    return Flat(flat, back, page.as_quad(corners), whole)


def carried(line: Line, back: npt.NDArray[np.float64]) -> Line:
    """A line of a flat document on the photo, in an upright box."""
    xs, ys = zip(*page.mapped(line.quad(), back), strict=True)
    return replace(line, left=min(xs), right=max(xs), top=min(ys), bottom=max(ys))
