"""How good a photo is, measured on the page alone where one was found."""

from __future__ import annotations

import cv2
import numpy as np

from chalicelib.reading.decode import Pixels
from chalicelib.reading.model import Quality

_SIDE = 1000
"""Pixels of the longer side at which everything is measured, so that figures compare."""
BLURRED = 0.27
DARK = 0.2
GLARING = 0.03


def measure(page: Pixels, *, complete: bool, turned: int) -> Quality:
    """`sharp`: 0 for no edges, 0.5 for print that reads well; `light`: mean lightness, 0.5 being right; `glare`: share of
    burnt-out patches that hold no detail; `photocopy`: a page without any colour."""
    scale = _SIDE / max(page.shape[:2])
    small = cv2.resize(
        page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return Quality(
        sharp=sharpness(np.asarray(gray, dtype=np.uint8)),
        light=float(np.clip(float(np.mean(gray)) / 255 / 1.3, 0, 1)),
        glare=_glare(np.asarray(gray, dtype=np.uint8)),
        complete=complete,
        photocopy=_colourless(np.asarray(small, dtype=np.uint8)),
        turned=turned,
    )


def sharpness(gray: Pixels) -> float:
    """Steepness of the steepest edges against the contrast there, in [0, 1]."""
    fine = cv2.GaussianBlur(gray, (0, 0), 0.8)
    across = np.abs(cv2.Sobel(fine, cv2.CV_32F, 1, 0, ksize=3)) / 8
    high = cv2.dilate(fine, np.ones((9, 9), np.uint8)).astype(np.float32)
    low = cv2.erode(fine, np.ones((9, 9), np.uint8)).astype(np.float32)
    contrast = high - low
    strong = contrast > max(30.0, float(np.percentile(contrast, 90)))
    if int(strong.sum()) < 200:
        return 0.0
    steep = across[strong] / contrast[strong]
    return float(np.clip(np.percentile(steep, 90) * 2, 0, 1))


def _glare(gray: Pixels) -> float:
    burnt = (gray >= 250).astype(np.uint8)
    patches = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return float(patches.mean())


def _colourless(small: Pixels) -> bool:
    """True where no patch of the page has a colour of its own, a colour cast being allowed for."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 5), cv2.COLOR_BGR2LAB).astype(np.float32)
    chroma = np.hypot(lab[..., 1] - np.median(lab[..., 1]), lab[..., 2] - np.median(lab[..., 2]))
    cast = float(np.hypot(np.median(lab[..., 1]) - 128, np.median(lab[..., 2]) - 128))
    return float(np.percentile(chroma, 98)) < 6 and cast < 12
