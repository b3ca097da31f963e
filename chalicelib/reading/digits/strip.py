"""A row of digits cut out and evened, as the network gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.picture.decode import Pixels

HEIGHT, WIDTH = 32, 384
"""Pixels of a strip. A digit stands 15 to 23 pixels high in its middle."""
_DIGIT = 19.0
"""Pixels that a digit is made high."""
_WIDE_LIGHT = 12.0
"""Pixels, standard deviation: light that changes more slowly than this is taken out."""
_LEAST_CONTRAST = 4.0
"""Grey levels below which differences are noise and are not blown up further."""
_OFF = ((1.0, 0.0), (0.86, 0.0), (1.16, 0.0), (1.0, -0.2), (1.0, 0.2))
"""How a row may be cut out otherwise: times its digits' height, and parts of it further down."""
AIR = 0.8
"""Heights of a digit left beside the row."""

Evened = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Place:
    """Where a row of digits stands on a level picture, in its pixels: its ends, its middle and how high a digit is."""

    left: float
    right: float
    y: float
    digit: float


def cut(pixels: Pixels, place: Place, off: Sequence[float] = (0.0,)) -> Iterator[Evened]:
    """The row cut out of `pixels` (BGR), as told and a little larger, smaller, higher and lower; the same for rows `off`
    by that many heights of a digit."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    for times, down in [(times, down + more) for more in off for times, down in _OFF]:
        digit = place.digit * times
        width = place.right - place.left + 2 * AIR * digit
        across = min(_DIGIT / digit, WIDTH / width)
        tall = _DIGIT / digit
        middle = (place.left + place.right) / 2
        onto = np.array(
            [
                [across, 0, WIDTH / 2 - across * middle],
                [0, tall, HEIGHT / 2 - tall * (place.y + down * place.digit)],
            ]
        )
        how = cv2.INTER_AREA if tall < 1 else cv2.INTER_CUBIC
        soft = cv2.GaussianBlur(grey, (0, 0), 0.35 / tall) if tall < 0.7 else grey
        strip = cv2.warpAffine(soft, onto, (WIDTH, HEIGHT), flags=how, borderMode=cv2.BORDER_REPLICATE)
        yield normal(np.asarray(strip, dtype=np.uint8))


def normal(strip: npt.NDArray[np.uint8]) -> Evened:
    """The strip, shape (HEIGHT, WIDTH), without its light and with even contrast: ground about 0, ink negative."""
    grey = strip.astype(np.float32)
    plain = grey - cv2.GaussianBlur(grey, (0, 0), _WIDE_LIGHT)
    spread = np.sqrt(cv2.GaussianBlur(plain * plain, (0, 0), 2 * _WIDE_LIGHT))
    return np.asarray(np.clip(plain / (spread + _LEAST_CONTRAST), -4, 4), dtype=np.float32)
