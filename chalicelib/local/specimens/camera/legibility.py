"""How well a picture can be read, measured on the picture itself against the sheet that lay before the camera.

Two numbers speak for the whole: `lines`, how many resolved widths fit into the height of a capital after all blur
(five make comfortable reading, three are the limit), and `contrast`, the median distance in grey levels between ink
and ground. For each printed value the worst stretch is measured: where a lamp, a finger or dirt has taken the letters
away, the value is weak, and a reader may honestly leave it empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from chalicelib.local.specimens.camera.conditions import Conditions, Grade
from chalicelib.local.specimens.camera.photo import Photo
from chalicelib.local.specimens.paint import Plane

EASY_LINES, HARD_LINES, HOPELESS_LINES = 5.0, 3.2, 1.8
EASY_CONTRAST, HARD_CONTRAST = 72.0, 42.0
LEAST_CAP = {
    Grade.EASY: (15.0, 12.0),
    Grade.MEDIUM: (11.5, 10.0),
    Grade.HARD: (9.0, 8.6),
    Grade.EXTREME: (8.0, 7.6),
}
"""Height of a capital in pixels at least: on a card, on a page. The hard ones are the specimens' own, in which a
photocopied card's print, having lost its edge once, is no smaller than a medium photo's."""
WEAK_LIKENESS, WEAK_CONTRAST = 0.38, 12.0
"""Below either of these a stretch of print is lost."""
FULL_CONTRAST = 110.0
"""Good print under good light; taken for a sheet on which no value is printed, where only the lens counts."""
MANY_WEAK = 0.3
HARD_SCORE, HOPELESS_SCORE = 0.4, 0.1
"""Measured against the project's own reader: below 0.1 it reads nothing, above 0.4 nearly all."""


@dataclass(frozen=True)
class Legibility:
    """What is left. `contrasts` by value: grey levels in its worst stretch; `weak` names the values that are lost."""

    lines: float
    contrast: float
    contrasts: Mapping[str, float]
    weak: tuple[str, ...]

    @property
    def score(self) -> float:
        """0 (gone) to 1 (like print): both numbers, and the share of values that are not lost."""
        kept = 1 - len(self.weak) / max(len(self.contrasts), 1)
        return min(self.lines / 8, 1.0) * min(self.contrast / FULL_CONTRAST, 1.0) * kept


def resolved(cap: float, sigma: float, motion: float, resolution: float) -> float:
    """`lines` from the height of a capital, the blur's sigma, the streak's length (pixels) and the real pixels' share."""
    spread = np.sqrt(sigma**2 + motion**2 / 12 + (0.5 / resolution) ** 2)
    return float(cap / (2.355 * spread))


def measured(photo: Photo, seen: Conditions) -> Legibility:
    """Hold the picture against the sheet, value by value."""
    lines = resolved(photo.cap, photo.sigma, photo.motion, seen.resolution)
    shrink = photo.px_per_mm / photo.sheet.density
    flat = np.array([[1 / shrink, 0, 0], [0, 1 / shrink, 0], [0, 0, 1]])
    width, height = (max(round(side * shrink), 8) for side in photo.sheet.image.size)
    grey = np.asarray(photo.image.convert("L"), np.float32)
    got = cv2.warpPerspective(
        grey, photo.matrix @ flat, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    printed = _soft(photo.sheet.image.convert("L").resize((width, height)), max(photo.sigma, 0.5))
    contrasts, weak = {}, []
    for key, box in photo.sheet.boxes.items():
        x0, y0, x1, y1 = (round(value * shrink) for value in box)
        likeness, contrast = _worst(printed, np.asarray(got, np.float32), (x0, y0 - 1, x1, y1 + 1))
        contrasts[key] = round(contrast, 1)
        if likeness < WEAK_LIKENESS or contrast < WEAK_CONTRAST:
            weak.append(key)
    typical = float(np.median(list(contrasts.values()))) if contrasts else FULL_CONTRAST
    return Legibility(round(lines, 2), round(typical, 1), contrasts, tuple(weak))


def grade_of(seen: Conditions, left: Legibility) -> Grade:
    """The grade that conditions and measure together deserve; extreme only where it was wanted."""
    worst = Grade.EXTREME if seen.wanted == Grade.EXTREME else Grade.HARD
    if left.lines < HARD_LINES or left.contrast < HARD_CONTRAST or left.weak or left.score < HARD_SCORE:
        return worst
    if seen.wanted == worst and seen.mode in ("photocopy", "screen"):
        return worst
    if seen.axes or left.lines < EASY_LINES or left.contrast < EASY_CONTRAST:
        return Grade.MEDIUM
    return Grade.EASY


def hopeless(left: Legibility) -> bool:
    """True where not even a patient person could read the picture."""
    gone = len(left.weak) > MANY_WEAK * max(len(left.contrasts), 1)
    return left.score < HOPELESS_SCORE or left.lines < HOPELESS_LINES or gone


def _worst(printed: Plane, got: Plane, box: tuple[int, int, int, int]) -> tuple[float, float]:
    """Likeness (correlation) and contrast of the value's worst stretch; (1, range) where nothing is printed."""
    x0, y0, x1, y1 = box
    y0, x0 = max(y0, 0), max(x0, 0)
    step = max(round((y1 - y0) * 2.2), 6)
    starts = range(x0, max(x1 - step // 2, x0 + 1), step)
    found = []
    for start in starts:
        want = printed[y0:y1, start : min(start + step, x1)]
        have = got[y0:y1, start : min(start + step, x1)]
        if want.size < 12 or want.std() < 9:
            continue
        likeness = float(
            ((want - want.mean()) * (have - have.mean())).mean() / (want.std() * have.std() + 1.5)
        )
        found.append((likeness, _range(have)))
    if not found:
        return 1.0, _range(got[y0:y1, x0:x1])
    return min(pair[0] for pair in found), min(pair[1] for pair in found)


def _soft(image: Image.Image, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), sigma), np.float32)


def _range(patch: Plane) -> float:
    if patch.size < 4:
        return 0.0
    return float(np.percentile(patch, 95) - np.percentile(patch, 4))
