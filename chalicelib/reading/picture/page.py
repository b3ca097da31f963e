"""Finding the page: four corners of a card or sheet on a photo, and rectifying it.

Several cheap looks at the picture each propose four-sided outlines; the best is the one that is straight-sided, has the
document's proportions and holds the text. Where none is good enough there is no page, and the photo is read as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.lines import Line
from chalicelib.reading.model import Quad
from chalicelib.reading.picture.decode import Pixels

Corners = npt.NDArray[np.float32]
"""Four by two: x and y of top left, top right, bottom right, bottom left."""

CARD = 85.60 / 53.98
"""Width to height of a KTP (ISO 7810 ID-1)."""
SHEET = 297 / 210
"""Width to height of a family card (A4, landscape); F4 is 1.57."""
_LOOK = 640
"""Pixels of the longer side at which outlines are looked for."""
_SMALLEST = 0.04
"""Share of the photo a page covers at least."""


@dataclass(frozen=True, eq=False)
class Page:
    """An outline. `score` in [0, 1]."""

    corners: Corners
    score: float


def as_quad(corners: Corners) -> Quad:
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in corners)
    return a, b, c, d


def find(
    pixels: Pixels,
    aspect: float,
    text: Sequence[Line] = (),
    fit: Callable[[Corners], float] = lambda _corners: 1.0,
    *,
    at_least: float = 0.6,
) -> Page | None:
    """The page on an upright picture, its proportions near `aspect` (width to height), holding the lines `text`.
    `fit` says in [0, 1] how well an outline goes with what else is known."""
    best: Page | None = None
    for corners in outlines(pixels):
        score = _score(corners, aspect, text, pixels)
        if score >= at_least:
            score *= fit(corners)
        if score >= at_least and (best is None or score > best.score):
            best = Page(corners, score)
    return best


def rectify(
    pixels: Pixels, corners: Corners, width: int, height: int
) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """The page cut out, `width` x `height`, and the 3x3 map from its pixels back to the picture's."""
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    forth = cv2.getPerspectiveTransform(corners, target)
    flat = cv2.warpPerspective(
        pixels, forth, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, dtype=np.uint8), np.asarray(np.linalg.inv(forth), dtype=np.float64)


def mapped(quad: Quad, transform: npt.NDArray[np.float64]) -> Quad:
    """A box carried through a 3x3 map."""
    points = cv2.perspectiveTransform(np.array([quad], dtype=np.float64), transform)[0]
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in points)
    return a, b, c, d


def outlines(pixels: Pixels, smallest: float = _SMALLEST) -> Iterator[Corners]:
    """Four-sided outlines in the picture that cover at least `smallest` of it, corners clockwise from the top left."""
    height, width = pixels.shape[:2]
    scale = min(1.0, _LOOK / max(height, width))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    area = small.shape[0] * small.shape[1]
    for mask in _masks(np.asarray(small, dtype=np.uint8)):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:12]:
            hull = cv2.convexHull(contour)
            if cv2.contourArea(hull) < smallest * area:
                break
            four = _four_corners(np.asarray(hull, dtype=np.float32))
            if four is not None:
                yield clockwise(four / np.float32(scale))


def clockwise(corners: Corners) -> Corners:
    """The same corners, clockwise, beginning with the one nearest to the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.asarray(np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0), dtype=np.float32)


def _masks(small: Pixels) -> Iterator[Pixels]:
    """Black and white pictures in which a page shows as one patch or one closed line."""
    smooth = cv2.bilateralFilter(small, 7, 50, 7)
    lab = cv2.cvtColor(smooth, cv2.COLOR_BGR2LAB)
    square = np.ones((3, 3), np.uint8)
    for low, high in ((20, 60), (50, 150)):
        edges = np.zeros(small.shape[:2], np.uint8)
        for channel in cv2.split(lab):
            edges |= np.asarray(cv2.Canny(channel, low, high), dtype=np.uint8)
        yield np.asarray(cv2.dilate(edges, square, iterations=1), dtype=np.uint8)
        yield np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), dtype=np.uint8)
    saturation = cv2.split(cv2.cvtColor(smooth, cv2.COLOR_BGR2HSV))[1]
    for channel in (*cv2.split(lab), saturation):
        _, light = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        for mask in (light, cv2.bitwise_not(light)):
            opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
            yield np.asarray(
                cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), dtype=np.uint8
            )


def _four_corners(hull: Corners) -> Corners | None:
    """The hull as four straight sides, where that leaves little out: sides are lines fitted to the hull's long runs, so
    that rounded corners of a card do not matter."""
    perimeter = cv2.arcLength(hull, True)
    for tolerance in (0.02, 0.03, 0.05, 0.08):
        rough = cv2.approxPolyDP(hull, tolerance * perimeter, True).reshape(-1, 2)
        if len(rough) == 4:
            refined = _sides_fitted(hull.reshape(-1, 2), np.asarray(rough, dtype=np.float32))
            share = cv2.contourArea(hull) / max(1.0, cv2.contourArea(refined))
            return refined if 0.93 <= share <= 1.05 else None
        if len(rough) < 4:
            return None
    return None


def _sides_fitted(hull: npt.NDArray[np.float32], rough: Corners) -> Corners:
    """Corners where lines through the middle parts of the sides meet."""
    dense = _densified(hull)
    lines = []
    for start, end in pairwise([*rough, rough[0]]):
        along = end - start
        length = float(np.hypot(*along))
        unit = along / max(length, 1e-6)
        offset = dense - start
        position = offset @ unit / max(length, 1e-6)
        distance = np.abs(offset[:, 0] * unit[1] - offset[:, 1] * unit[0])
        near = dense[(position > 0.12) & (position < 0.88) & (distance < 0.03 * length + 2)]
        if len(near) < 8:
            return rough
        vx, vy, x, y = (float(value) for value in cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
        lines.append((np.array([vx, vy]), np.array([x, y])))
    corners = []
    for i in range(4):
        (d1, p1), (d2, p2) = lines[i - 1], lines[i]
        cross = d1[0] * d2[1] - d1[1] * d2[0]
        if abs(cross) < 1e-3:
            return rough
        gap = p2 - p1
        corners.append(p1 + d1 * ((gap[0] * d2[1] - gap[1] * d2[0]) / cross))
    fitted = np.array(corners, dtype=np.float32)
    moved = float(np.abs(fitted - rough).max())
    return fitted if moved < 0.12 * float(np.sqrt(cv2.contourArea(rough))) else rough


def _densified(hull: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    points: list[npt.NDArray[np.float32]] = []
    for start, end in pairwise([*hull, hull[0]]):
        steps = max(1, int(np.hypot(*(end - start)) // 3))
        points.extend(start + (end - start) * i / steps for i in range(steps))
    return np.array(points, dtype=np.float32)


def proportions(corners: Corners) -> float:
    """Width to height, sides averaged; perspective is not undone."""
    a, b, c, d = corners
    across = float(np.hypot(*(b - a)) + np.hypot(*(c - d)))
    down = float(np.hypot(*(d - a)) + np.hypot(*(c - b)))
    return across / max(1.0, down)


def _score(corners: Corners, aspect: float, text: Sequence[Line], pixels: Pixels) -> float:
    height, width = pixels.shape[:2]
    a, b, c, d = corners
    sides = [float(np.hypot(*(q - p))) for p, q in pairwise([a, b, c, d, a])]
    if min(sides) < 40 or not cv2.isContourConvex(corners.reshape(-1, 1, 2)):
        return 0.0
    opposite = (
        min(sides[0], sides[2]) / max(sides[0], sides[2]) * min(sides[1], sides[3]) / max(sides[1], sides[3])
    )
    shape = proportions(corners) / aspect
    like = min(shape, 1 / shape)
    if like < 0.72:
        return 0.0
    area = float(cv2.contourArea(corners)) / (height * width)
    edge = 1.0 if area < 0.985 else 0.6
    held = 1.0
    if text:
        inside = [
            cv2.pointPolygonTest(corners.reshape(-1, 1, 2), (line.x, line.y), False) >= 0 for line in text
        ]
        held = sum(inside) / len(inside)
        if held < 0.9:
            return 0.0
        held *= _filled(corners, text)
    return float(opposite**0.5 * like * edge * held)


def _filled(corners: Corners, text: Sequence[Line]) -> float:
    """How much of the page the text spans, in [0.5, 1]: an outline far larger than its text is the table below."""
    points = np.array([[line.x, line.y] for line in text], dtype=np.float32)
    spanned = float(cv2.contourArea(cv2.convexHull(points)))
    share = spanned / max(1.0, float(cv2.contourArea(corners)))
    return 0.5 + 0.5 * min(1.0, share / 0.3)
