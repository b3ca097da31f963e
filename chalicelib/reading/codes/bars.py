"""Finding printed bars on a photo, and their darkness across, gathered from all their rows.

Each pixel counts where it lies across the bars, so that many rows make a finer signal than any one of them; pixels
under a reflection, where nothing is dark, count little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.model import Quad
from chalicelib.reading.picture.decode import Pixels

Floats = npt.NDArray[np.float64]

_LOOK = 1600
"""Pixels of the longer side at which bars are looked for."""
_SECTORS = 9
_SMALLEST = 300
"""Pixels of a patch, as looked for."""
_STEP = 0.5
"""Pixels between samples of the signal."""

_PIXELS = 20_000
"""Pixels by which a patch's bars are set straight."""


@dataclass(frozen=True, eq=False)
class Bars:
    """A patch of parallel bars. `signal`: darkness across them in even steps; `box`: its corners on the photo; `alike` in
    [-1, 1]: how much its two halves along the bars say the same (print in rows does not)."""

    signal: Floats
    box: Quad
    alike: float


def find(gray: Pixels, most: int = 3) -> Iterator[Bars]:
    """Patches of bars, the largest first."""
    scale = min(1.0, _LOOK / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    for patch in _patches(np.asarray(small, dtype=np.uint8))[:most]:
        bars = _gathered(gray, patch, scale)
        if bars:
            yield bars


def _patches(small: Pixels) -> list[_Patch]:
    fine = cv2.GaussianBlur(small, (0, 0), 0.7).astype(np.float32)
    gx, gy = cv2.Sobel(fine, cv2.CV_32F, 1, 0), cv2.Sobel(fine, cv2.CV_32F, 0, 1)
    window = (13, 13)
    xx, yy, xy = (cv2.boxFilter(product, -1, window) for product in (gx * gx, gy * gy, gx * gy))
    energy = xx + yy
    along, across = xx - yy, 2 * xy
    lined = (cv2.magnitude(along, across) > 0.8 * energy) & (energy > 900)
    steep = (cv2.magnitude(gx, gy) > 24).astype(np.uint8) * np.uint8(200)
    lined &= cv2.boxFilter(steep, -1, window) > 90
    if np.count_nonzero(lined) < _SMALLEST:
        return []
    direction = np.where(lined, cv2.phase(along, across, angleInDegrees=True) / 2, 255).astype(np.uint8)
    found = []
    for centre in range(0, 180, 180 // _SECTORS):
        mask = _sector(centre)[direction]
        if cv2.countNonZero(mask) < _SMALLEST:
            continue
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
        mask = np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)
        count, marks, stats, _ = cv2.connectedComponentsWithStats(mask)
        for i in range(1, count):
            left, top, wide, high, area = (int(value) for value in stats[i])
            if area >= _SMALLEST:
                part = np.s_[top : top + high, left : left + wide]
                patch = _patch(marks[part] == i, (left, top), along[part], across[part])
                if patch:
                    found.append(patch)
    found.sort(key=lambda one: -one.area)
    kept: list[_Patch] = []
    for one in found:
        if all(np.hypot(one.x - other.x, one.y - other.y) > 0.3 * one.long for other in kept):
            kept.append(one)
    return kept


@dataclass(frozen=True)
class _Patch:
    """A patch of one direction: its middle, its length across the bars and along them, the direction across them in
    radians, its area; pixels."""

    x: float
    y: float
    long: float
    short: float
    angle: float
    area: float


@cache
def _sector(centre: int) -> npt.NDArray[np.uint8]:
    """Which of 256 directions (degrees; 180 and more: none) lie within 20 degrees of one."""
    degrees = np.arange(256)
    near = np.abs((degrees - centre + 90) % 180 - 90) < 20
    return np.asarray((near & (degrees < 180)).astype(np.uint8))


def _patch(
    inside: npt.NDArray[np.bool_], corner: tuple[int, int], along: npt.NDArray[Any], across: npt.NDArray[Any]
) -> _Patch | None:
    """The patch of the pixels `inside` a part of the picture that begins at `corner`."""
    angle = 0.5 * float(np.arctan2(across[inside].sum(), along[inside].sum()))
    cos, sin = np.cos(angle), np.sin(angle)
    ys, xs = np.nonzero(inside)
    ys, xs = ys + corner[1], xs + corner[0]
    u, v = xs * cos + ys * sin, ys * cos - xs * sin
    (u0, u1), (v0, v1) = np.percentile(u, (0.5, 99.5)), np.percentile(v, (2, 98))
    long, short = float(u1 - u0), float(v1 - v0)
    if long < 50 or short < 8 or len(xs) < 0.5 * long * short:
        return None
    mu, mv = (u0 + u1) / 2, (v0 + v1) / 2
    return _Patch(float(mu * cos - mv * sin), float(mu * sin + mv * cos), long, short, angle, float(len(xs)))


def _gathered(gray: Pixels, patch: _Patch, scale: float) -> Bars | None:
    """The signal across a patch found at `scale`, some air on either side."""
    middle = (patch.x / scale, patch.y / scale)
    long, short = patch.long / scale * 1.12, patch.short / scale * 0.75
    cos, sin = np.cos(patch.angle), np.sin(patch.angle)
    width, height = max(8, round(long)), max(4, round(short))
    corners = [
        (middle[0] + u * cos - v * sin, middle[1] + u * sin + v * cos)
        for u, v in (
            (-long / 2, -short / 2),
            (long / 2, -short / 2),
            (long / 2, short / 2),
            (-long / 2, short / 2),
        )
    ]
    xs, ys = np.array([x for x, _ in corners]), np.array([y for _, y in corners])
    x0, y0 = max(0, int(xs.min())), max(0, int(ys.min()))
    x1, y1 = min(gray.shape[1], int(xs.max()) + 2), min(gray.shape[0], int(ys.max()) + 2)
    if x1 - x0 < 8 or y1 - y0 < 4:
        return None
    part = gray[y0:y1, x0:x1].astype(np.float64)
    py, px = np.mgrid[y0:y1, x0:x1]
    u = (px - middle[0]) * cos + (py - middle[1]) * sin
    v = -(px - middle[0]) * sin + (py - middle[1]) * cos
    inside = (np.abs(u) < width / 2) & (np.abs(v) < height / 2)
    if int(inside.sum()) < 200:
        return None
    u, v, values = u[inside], v[inside], part[inside]
    weights = _weights(np.asarray(gray[y0:y1, x0:x1]))[inside]
    some = slice(None, None, 1 + len(u) // _PIXELS)
    shear, spread = _straightest(u[some], v[some], values[some], weights[some], width, height)
    signal = _signal(u, v, values, weights, width, shear, spread)
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in corners)
    halves = [
        _signal(u[half], v[half], values[half], weights[half], width, shear, spread)
        for half in (v < -0.1 * height, v > 0.1 * height)
    ]
    one, two = (half - half.mean() for half in halves)
    alike = float(one @ two) / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(two)))
    return Bars(255.0 - signal, (a, b, c, d), alike)


def _weights(part: Pixels) -> Floats:
    """How much a pixel counts: by the contrast around it."""
    area = np.ones((15, 15), np.uint8)
    contrast = cv2.dilate(part, area).astype(np.float64) - cv2.erode(part, area).astype(np.float64)
    return np.asarray((contrast / 255) ** 2 + 1e-4)


def _straightest(
    u: Floats, v: Floats, values: Floats, weights: Floats, width: int, height: int
) -> tuple[float, float]:
    """The shear and the spread (bars coming together at one end) under which the signal is crispest."""
    best, at = -1.0, (0.0, 0.0)
    tall = max(height / 2, 1)
    shears, spreads = np.arange(-8, 8.1, 1.0) / tall, [0.0]
    for step in (1.0, 0.25):
        for shear in shears:
            for spread in spreads:
                crisp = _crispness(_signal(u, v, values, weights, width, shear, spread))
                if crisp > best:
                    best, at = crisp, (float(shear), float(spread))
        shears = at[0] + np.arange(-0.75, 0.76, 0.25) / tall
        spreads = [k * 2 * s / (tall * width / 2) for k in range(5) for s in (-1, 1)]
        if step == 0.25:
            break
    return at


def _crispness(signal: Floats) -> float:
    soft = cv2.GaussianBlur(signal[None, :], (0, 0), sigmaX=0.8 / _STEP, sigmaY=1e-6)[0]
    return float(np.var(np.diff(soft)))


def _signal(
    u: Floats, v: Floats, values: Floats, weights: Floats, width: int, shear: float, spread: float
) -> Floats:
    """Mean lightness in steps across the bars."""
    across = u + shear * v + spread * u * v
    count = int(width / _STEP)
    place = np.clip(((across + width / 2) / _STEP).astype(int), 0, count - 1)
    total = np.bincount(place, values * weights, count)
    much = np.bincount(place, weights, count)
    known = np.flatnonzero(much > 0)
    return np.asarray(np.interp(np.arange(count), known, total[known] / much[known]))
