"""What the sensor and the phone's own mending do: noise (stronger in the dark), denoising, sharpening halos."""

from __future__ import annotations

import random

import cv2
import numpy as np

from chalicelib.local.specimens.paint import Plane
from chalicelib.local.specimens.seeds import grain


def noisy(picture: Plane, sigma: float, rng: random.Random) -> Plane:
    """Grain of `sigma` (share of white) in middle grey; the colours' grain is coarser than the brightness'."""
    chance = grain(rng)
    height, width = picture.shape[:2]
    fine = chance.standard_normal((height, width), np.float32)
    few = (width // 2 + 1, height // 2 + 1)
    colour = cv2.resize(chance.standard_normal((few[1], few[0], 3), np.float32), (width, height))
    dark = 1.35 - 0.6 * picture.mean(axis=2) / 255
    return np.asarray(
        picture + (255 * sigma * dark)[..., None] * (fine[..., None] + 0.8 * colour), np.float32
    )


def smoothed(picture: Plane, sigma: float) -> Plane:
    """The phone's denoising: edges stay, faint strokes go with the grain."""
    strength = float(np.clip(255 * sigma * 4, 5, 34))
    return np.asarray(cv2.bilateralFilter(np.clip(picture, 0, 255), 5, strength, 1.6), np.float32)


def sharpened(picture: Plane, amount: float) -> Plane:
    """Unsharp masking with the halos that phones leave at edges."""
    soft = cv2.GaussianBlur(picture, (0, 0), 1.4)
    return np.asarray(picture + amount * (picture - soft), np.float32)
