"""What the lens loses: focus, a steady hand, and the fine detail of a cheap or digitally zoomed camera."""

from __future__ import annotations

import cv2
import numpy as np

from chalicelib.local.specimens.paint import Plane

LEAST_SIGMA = 0.35
"""No lens is sharper than this (pixels)."""


def defocused(light: Plane, sigma: float) -> Plane:
    """Out of focus: two thirds Gauss, one third disc of the same spread, which leaves the rims of real bokeh."""
    sigma = max(sigma, LEAST_SIGMA)
    soft = cv2.GaussianBlur(light, (0, 0), sigma)
    radius = 2 * sigma
    if radius < 1.5:
        return np.asarray(soft, np.float32)
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(0.67 * soft + 0.33 * cv2.filter2D(light, -1, disc / disc.sum()), np.float32)


def shaken(light: Plane, length: float, angle: float) -> Plane:
    """A streak of `length` pixels along `angle` degrees."""
    if length < 0.6:
        return light
    reach = int(np.ceil(length / 2)) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    turn = np.radians(angle)
    along, across = x * np.cos(turn) + y * np.sin(turn), -x * np.sin(turn) + y * np.cos(turn)
    near = np.clip(length / 2 + 0.5 - np.abs(along), 0, 1) * np.clip(1 - np.abs(across), 0, 1)
    kernel = np.asarray(near, np.float32)
    return np.asarray(cv2.filter2D(light, -1, kernel / kernel.sum()), np.float32)


def coarse(light: Plane, share: float) -> Plane:
    """Only `share` of the pixels in each direction are real; the rest is made up by enlarging."""
    if share >= 0.995:
        return light
    height, width = light.shape[:2]
    few = (max(round(width * share), 8), max(round(height * share), 8))
    small = cv2.resize(light, few, interpolation=cv2.INTER_AREA)
    return np.asarray(
        np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1), np.float32
    )
