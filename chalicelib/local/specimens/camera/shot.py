"""Take a picture of a wanted grade: draw conditions, expose, measure, and try again where the grade is missed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.local.specimens.camera.conditions import Conditions, Grade, conditions, mode_by_chance
from chalicelib.local.specimens.camera.files import jpeg
from chalicelib.local.specimens.camera.legibility import (
    EASY_LINES,
    HARD_LINES,
    HOPELESS_LINES,
    LEAST_CAP,
    Legibility,
    grade_of,
    hopeless,
    measured,
    resolved,
)
from chalicelib.local.specimens.camera.photo import Photo, photograph
from chalicelib.local.specimens.camera.pose import pose
from chalicelib.local.specimens.press import Sheet

ATTEMPTS = 6


@dataclass(frozen=True)
class Shot:
    """A picture with all that is known about it."""

    photo: Photo
    seen: Conditions
    left: Legibility
    grade: Grade
    attempt: int

    @property
    def params(self) -> dict[str, Any]:
        """What the camera did, for the truth."""
        photo = self.photo
        return self.seen.record() | {
            "px_per_mm": round(photo.px_per_mm, 3),
            "cap_px": round(photo.cap, 2),
            "blur_sigma_px": round(photo.sigma, 2),
            "motion_px": round(photo.motion, 2),
            "glare_blobs": [glare.record() for glare in photo.glares],
            "lines_per_cap": self.left.lines,
            "contrast": self.left.contrast,
            "field_contrast": dict(self.left.contrasts),
            "legibility": round(self.left.score, 3),
            "attempt": self.attempt,
            "style": dict(photo.sheet.style),
        }

    @property
    def flags(self) -> list[str]:
        """What the truth flags: turned, stored on its side, copied, values that are lost."""
        seen = self.seen
        turned = [f"rotated_{90 * seen.quarter_turns}"] if seen.quarter_turns else []
        lying = ["exif_orientation"] if seen.exif != 1 else []
        copied = [seen.mode] if seen.mode != "photo" else []
        return turned + lying + copied + [f"weak_{key}" for key in self.left.weak]

    def data(self, limit: int = 0) -> bytes:
        """The JPEG; with a `limit` of bytes, at the highest quality that fits."""
        return jpeg(self.photo.image, quality=round(self.seen.jpeg), limit=limit, orientation=self.seen.exif)


def shoot(
    sheet: Sheet,
    grade: Grade,
    rng: random.Random,
    *,
    page: bool = False,
    upright: bool = False,
    size: tuple[int, int] | None = None,
    aimed: Sequence[str] = (),
    blur: float = 0.0,
    mode: str = "",
    far: tuple[float, float] | None = None,
) -> Shot:
    """The first of `ATTEMPTS` pictures that has the grade; else the last that can be read at all, by its own grade.

    `upright` leaves out turns, copies and screens, `size` sets the picture's pixels. A picture may be spoilt on
    purpose: `aimed` hides values in glare, `blur` (cap heights) and `mode` overrule the draws; then the first stands.
    `far` is the range of the document's share of the picture where it may be smaller than documents are.
    RuntimeError: no attempt gave a picture.
    """
    spoilt = bool(aimed or blur or mode)
    best: Shot | None = None
    way = mode or ("photo" if upright or spoilt else mode_by_chance(grade, rng))
    for attempt in range(ATTEMPTS):
        seen = conditions(grade, rng, page=page, upright=upright, mode=way)
        if size:
            seen = replace(seen, size=size)
        if blur:
            seen = replace(seen, blur=blur)
        seen = replace(seen, scale=rng.uniform(*far)) if far else _near_enough(sheet, seen, page=page)
        if not spoilt and _too_soft(sheet, seen):
            continue
        photo = photograph(sheet, seen, rng, page=page, aimed=aimed)
        left = measured(photo, seen)
        shot = Shot(photo, seen, left, grade_of(seen, left), attempt)
        if spoilt or (shot.grade == grade and not hopeless(left)):
            return shot
        if best is None or left.score > best.left.score:
            best = shot
    if best is None:
        raise RuntimeError(f"no {grade} picture in {ATTEMPTS} attempts")
    return best


def _size_in_picture(sheet: Sheet, seen: Conditions) -> float:
    left, top, right, bottom = sheet.bounds
    placed = pose((right - left) / sheet.density, (bottom - top) / sheet.density, seen, random.Random(0))  # noqa: S311
    return placed.px_per_mm * sheet.cap


def _near_enough(sheet: Sheet, seen: Conditions, *, page: bool) -> Conditions:
    """More pixels, for all of the picture, where capitals would be smaller than the grade allows."""
    copied = seen.wanted == Grade.HARD and seen.mode == "photocopy" and not page
    least = LEAST_CAP[Grade.MEDIUM if copied else seen.wanted][page]
    cap = _size_in_picture(sheet, seen)
    if cap >= least:
        return seen
    grow = least / cap * 1.02
    return replace(seen, size=(round(seen.size[0] * grow), round(seen.size[1] * grow)))


def _too_soft(sheet: Sheet, seen: Conditions) -> bool:
    cap = _size_in_picture(sheet, seen)
    lines = resolved(cap, seen.blur * cap, seen.motion * cap, seen.resolution)
    floor = {Grade.EASY: EASY_LINES, Grade.MEDIUM: HARD_LINES}.get(seen.wanted, HOPELESS_LINES)
    return lines < floor
