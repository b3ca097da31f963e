"""How good a photo is, measured on the page alone where one was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading import layouts
from chalicelib.reading.model import Kind, Quality
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.picture.page import CARD

_SIDE = 1000
"""Pixels of the longer side at which everything is measured, so that figures compare."""
BLURRED = 0.27
"""Sharpness below which what little is read of a card without its NIK is guesswork."""
_OTHER_WAYS = 0.78
"""How steep print's edges are in other directions, at the least, against those across, where nothing moved."""
_GRID = 512
"""Pixels of the squares in which a screen's grid is looked for."""
_WIDEST_CARD = 1400


@dataclass(frozen=True)
class Limits:
    """Where fields begin to be lost: `sharp` below `blurred`; `light` below `dark`, or above `bright` with `glare` above
    `burnt`; `glare` above its own."""

    blurred: float
    dark: float
    bright: float
    glare: float
    burnt: float


@dataclass(frozen=True)
class Looks:
    """How faults show. `burnt_from`: grey level from which a patch, grain smoothed away, is burnt out; `print_share`: of
    a KTP's width, on the left, that holds its print (a lamp in the portrait takes no letters); a screen's grid stands
    out among the frequencies (natural logarithm) by `screen_light` in lightness or `screen_colour` in colour."""

    burnt_from: int
    print_share: float
    screen_light: float
    screen_colour: float


def limits(kind: Kind) -> Limits:
    """The limits for what a photo shows (layouts/quality.json)."""
    return _limits()[kind.value if kind.value in _limits() else "other"]


@cache
def _limits() -> dict[str, Limits]:
    return {name: Limits(**given) for name, given in layouts.load("quality")["limits"].items()}


@cache
def _looks() -> Looks:
    return Looks(**layouts.load("quality")["looks"])


def measure(page: Pixels, *, complete: bool, turned: int) -> Quality:
    """`sharp`: 0 for no edges, 0.5 for print that reads well; `light`: mean lightness, 0.5 being right; `glare`: share of
    burnt-out patches that hold no detail, on a card laid flat where its print stands; `photocopy`: a page without any
    colour; `screen`: a card laid flat that seems to have been photographed from a screen (not looked for elsewhere: the
    rules of a table are a grid too)."""
    scale = _SIDE / max(page.shape[:2])
    small = cv2.resize(
        page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return Quality(
        sharp=sharpness(np.asarray(gray, dtype=np.uint8)),
        light=float(np.clip(float(np.mean(gray)) / 255 / 1.3, 0, 1)),
        glare=_glare(np.asarray(gray[:, : _print_ends(page, gray.shape[1])], dtype=np.uint8)),
        complete=complete,
        photocopy=_colourless(np.asarray(small, dtype=np.uint8)),
        turned=turned,
        screen=_card_laid_flat(page) and _on_a_screen(page),
    )


def sharpness(gray: Pixels) -> float:
    """Steepness of the steepest edges against the contrast there, in [0, 1]: of those across, or, where a hand shook
    another way, of that way's."""
    fine = cv2.GaussianBlur(gray, (0, 0), 0.8)
    across = cv2.Sobel(fine, cv2.CV_32F, 1, 0, ksize=3) / 8
    down = cv2.Sobel(fine, cv2.CV_32F, 0, 1, ksize=3) / 8
    high = cv2.dilate(fine, np.ones((9, 9), np.uint8)).astype(np.float32)
    low = cv2.erode(fine, np.ones((9, 9), np.uint8)).astype(np.float32)
    contrast = high - low
    strong = contrast > max(30.0, float(np.percentile(contrast, 90)))
    if int(strong.sum()) < 200:
        return 0.0
    x, y, step = across[strong], down[strong], contrast[strong]
    others = (y, (x + y) * np.sqrt(0.5), (x - y) * np.sqrt(0.5))
    steep = [x, *(other / _OTHER_WAYS for other in others)]
    return float(np.clip(min(np.percentile(np.abs(way) / step, 90) for way in steep) * 2, 0, 1))


def _glare(gray: Pixels) -> float:
    burnt = (cv2.blur(gray, (7, 7)) >= _looks().burnt_from).astype(np.uint8)
    patches = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return float(patches.mean())


def _colourless(small: Pixels) -> bool:
    """True where no patch of the page has a colour of its own, a colour cast being allowed for."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 5), cv2.COLOR_BGR2LAB).astype(np.float32)
    chroma = np.hypot(lab[..., 1] - np.median(lab[..., 1]), lab[..., 2] - np.median(lab[..., 2]))
    cast = float(np.hypot(np.median(lab[..., 1]) - 128, np.median(lab[..., 2]) - 128))
    return float(np.percentile(chroma, 98)) < 6 and cast < 12


def _card_laid_flat(page: Pixels) -> bool:
    height, width = page.shape[:2]
    return bool(width <= _WIDEST_CARD and abs(width / height - CARD) < 0.02)


def _print_ends(page: Pixels, width: int) -> int:
    """How many of `width` pixels across hold print."""
    return round(_looks().print_share * width) if _card_laid_flat(page) else width


def _on_a_screen(page: Pixels) -> bool:
    """True where some fine frequencies stand out as the grid of a screen does, in half of four squares of the page: in
    lightness, or as the coloured fringes that a camera's pixels make of a screen's."""
    height, width = page.shape[:2]
    if min(height, width) < _GRID:
        return False
    lab = cv2.cvtColor(page, cv2.COLOR_BGR2LAB)
    squares = []
    for down in (0.35, 0.65):
        for across in (0.3, 0.7):
            y = max(0, min(height - _GRID, round(down * height - _GRID / 2)))
            x = max(0, min(width - _GRID, round(across * width - _GRID / 2)))
            squares.append(lab[y : y + _GRID, x : x + _GRID].astype(np.float32))
    for channel, limit in ((0, _looks().screen_light), (1, _looks().screen_colour)):
        if float(np.median([_standing_out(square[..., channel]) for square in squares])) > limit:
            return True
    return False


def _standing_out(square: npt.NDArray[np.float32]) -> float:
    """How far the six strongest fine frequencies stand out from those around them."""
    fine = (square - cv2.GaussianBlur(square, (0, 0), 12)) * _hann()
    strength = np.log(np.abs(np.fft.fftshift(np.fft.fft2(fine))) + 1).astype(np.float32)
    above = strength - cv2.blur(cv2.medianBlur(strength, 5), (25, 25))
    return float(np.mean(np.partition(above[_fine_only()], -6)[-6:]))


@cache
def _hann() -> npt.NDArray[np.float32]:
    return np.outer(np.hanning(_GRID), np.hanning(_GRID)).astype(np.float32)


@cache
def _fine_only() -> npt.NDArray[np.bool_]:
    """Frequencies above 0.04 a pixel, without the two axes, on which straight edges lie."""
    y, x = np.mgrid[:_GRID, :_GRID] - _GRID / 2
    far = np.hypot(x, y) / _GRID
    return np.asarray((far >= 0.04) & ~(((np.abs(x) < 3) | (np.abs(y) < 3)) & (far < 0.2)))
