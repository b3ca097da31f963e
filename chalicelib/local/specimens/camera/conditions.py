"""What the camera does to one picture, drawn by chance for a wanted grade.

Each axis has a range for each grade. An easy picture takes all its values from the easy ranges; a medium one takes
one to five axes from the medium ranges, a hard or extreme one two to four from its own ranges and some more from the
medium ones. The hard ranges are those that the hard specimens we were given show, where they show any; the extreme
ones go on from there to what a person can only just make out.
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Grade(StrEnum):
    """How hard a picture is to read."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    EXTREME = "extreme"


Range = tuple[float, float]

AXES: dict[str, tuple[Range, Range, Range, Range]] = {
    "tilt": ((0, 6.5), (6.5, 16), (15, 27), (15, 27)),  # degrees out of the sheet's normal
    "roll": ((0, 3), (3, 9), (9, 17), (9, 17)),  # degrees in the picture, either way
    "blur": ((0.015, 0.055), (0.06, 0.1), (0.11, 0.13), (0.12, 0.2)),  # sigma of the defocus, in cap heights
    "motion": ((0, 0), (0.05, 0.2), (0.22, 0.42), (0.22, 0.42)),  # length of the streak, in cap heights
    "light": ((0, 0.16), (0.16, 0.3), (0.3, 0.57), (0.3, 0.45)),  # share lost across the picture
    "shadow": ((0, 0), (0.15, 0.35), (0.23, 0.39), (0.35, 0.6)),  # depth of a cast shadow
    "glare": ((0, 0.1), (0.2, 0.4), (0.3, 0.4), (0.4, 0.75)),  # strength of the lamp's mirror
    "cast": ((0, 0.05), (0.06, 0.11), (0.12, 0.22), (0.12, 0.22)),  # white balance, share of red against blue
    "noise": ((0.002, 0.006), (0.007, 0.014), (0.011, 0.015), (0.018, 0.034)),  # sigma, of white
    "exposure": ((-0.14, 0.14), (-0.6, 0.2), (-1.2, 0.4), (-2.0, 0.4)),  # stops
    "haze": ((0, 0.05), (0.05, 0.12), (0.05, 0.12), (0.12, 0.22)),  # smear on the lens, share of grey
    "resolution": (
        (1, 1),
        (0.6, 0.95),
        (0.34, 0.55),
        (0.34, 0.55),
    ),  # share of the pixels that the lens resolves
    "scale": (
        (0.8, 0.93),
        (0.6, 0.8),
        (0.4, 0.56),
        (0.4, 0.56),
    ),  # share of the picture that the document spans
    "jpeg": ((77, 92), (64, 80), (58, 62), (34, 58)),  # quality
    "wear": ((0, 0.12), (0.12, 0.3), (0.3, 0.6), (0.3, 0.6)),  # of the document
}
BLINDING = ("blur", "motion", "exposure", "haze", "glare", "resolution", "noise", "scale", "jpeg")
"""Axes that take letters away, not only shape: each hard picture has two of them."""
SIGNED = frozenset({"roll"})
PLACE = {grade: place for place, grade in enumerate(Grade)}
MOST = PLACE[Grade.HARD]
"""What is not drawn from a range grows no further than with this grade."""
MORE_AXES = {Grade.EASY: (0, 0), Grade.MEDIUM: (1, 5), Grade.HARD: (2, 4), Grade.EXTREME: (2, 4)}

CARD_SIZES = ((1280, 960), (1600, 1200), (2048, 1536), (2560, 1920), (3264, 2448))
PAGE_SIZES = ((2048, 1536), (2560, 1920), (3264, 2448), (4000, 3000))
GROUNDS = (
    "wood",
    "cloth",
    "tile",
    "mat",
    "cement",
    "ply",
    "carpet",
    "terrazzo",
    "oilcloth",
    "batik",
    "plain",
    "paper",
)


@dataclass(frozen=True)
class Conditions:
    """All that one picture suffers. Units are those of `AXES`; `axes` names what lies beyond the easy ranges.

    `mode`: photo, photocopy (of the document, then photographed), screen (a photo of a photo on a screen), scan.
    """

    wanted: Grade
    axes: tuple[str, ...]
    size: tuple[int, int]
    tilt: float
    tilt_dir: float
    roll: float
    blur: float
    motion: float
    motion_dir: float
    light: float
    light_dir: float
    shadow: float
    glare: float
    cast: float
    noise: float
    exposure: float
    haze: float
    resolution: float
    scale: float
    jpeg: float
    wear: float
    sharpen: float
    denoise: bool
    double_jpeg: bool
    quarter_turns: int
    exif: int
    background: str
    clutter: int
    fingers: bool
    in_hand: bool
    mode: str

    def record(self) -> dict[str, Any]:
        """For the truth: plain values, rounded."""
        rounded = {
            key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()
        }
        return rounded | {"wanted": str(self.wanted), "axes": list(self.axes), "size": list(self.size)}


def conditions(
    grade: Grade, rng: random.Random, *, page: bool = False, upright: bool = False, mode: str = "photo"
) -> Conditions:
    """Conditions for a picture of this grade. `page`: a sheet of A4 rather than a card; `upright`: no
    turns and little grain, as the committed ones are, which are to be light files."""
    rank = min(PLACE[grade], MOST)
    chosen = _axes(grade, rng)
    values = {}
    for axis, ranges in AXES.items():
        value = rng.uniform(*ranges[chosen.get(axis, 0)])
        values[axis] = -value if axis in SIGNED and rng.random() < 0.5 else value
    if upright:
        values["noise"] = min(values["noise"], 0.003)
    if page:
        values["scale"] = min(
            0.97, values["scale"] + 0.05 * (MOST - min(chosen.get("scale", 0), MOST)) + 0.02
        )
        values["tilt"] *= 0.6
    in_hand = mode == "photo" and not page and rng.random() < 0.12
    drawn = Conditions(
        wanted=grade,
        axes=tuple(sorted(axis for axis, at in chosen.items() if at)),
        size=_size(rng, page=page, upright=upright),
        tilt_dir=rng.uniform(0, 360),
        motion_dir=rng.uniform(0, 180),
        light_dir=rng.uniform(0, 360),
        sharpen=rng.uniform(0.1, 0.25 if upright else 0.5 + 0.25 * rank),
        denoise=upright or rng.random() < 0.5,
        double_jpeg=rng.random() < 0.3,
        quarter_turns=0 if upright or rng.random() < 0.68 else rng.choice((1, 2, 3)),
        exif=1 if upright or rng.random() < 0.85 else rng.choice((3, 6, 8)),
        background="room" if in_hand else rng.choice(GROUNDS),
        clutter=rng.choice((0, 0, 0, 1, 1, 2, 3)),
        fingers=in_hand or rng.random() < (0.04, 0.18, 0.25)[rank],
        in_hand=in_hand,
        mode=mode,
        **values,
    )
    return _flat(drawn) if mode == "scan" else drawn


def mode_by_chance(grade: Grade, rng: random.Random) -> str:
    """Most pictures are photos of the document itself; copies, screens and scans are rarer."""
    weights = {
        Grade.EASY: (90, 0, 0, 10),
        Grade.MEDIUM: (88, 8, 2, 2),
        Grade.HARD: (80, 16, 4, 0),
        Grade.EXTREME: (80, 16, 4, 0),
    }[grade]
    return rng.choices(("photo", "photocopy", "screen", "scan"), weights)[0]


def _axes(grade: Grade, rng: random.Random) -> dict[str, int]:
    rank = PLACE[grade]
    if not rank:
        return {}
    blinding = rng.sample(BLINDING, 2)
    names = list(AXES)
    rng.shuffle(names)
    if rank >= MOST:
        names.sort(key=lambda name: name not in blinding)
    count = rng.randint(*MORE_AXES[grade])
    chosen = dict.fromkeys(names[:count], rank)
    if rank >= MOST:
        chosen |= dict.fromkeys(names[count : count + rng.randint(1, 5)], 1)
    return chosen


def _size(rng: random.Random, *, page: bool, upright: bool) -> tuple[int, int]:
    if page:
        wide, high = rng.choices(PAGE_SIZES, (3, 5, 3, 1))[0]
    else:
        wide, high = rng.choices(CARD_SIZES, (3, 5, 3, 2, 1))[0]
    standing = not upright and rng.random() < (0.15 if page else 0.4)
    return (high, wide) if standing else (wide, high)


def _flat(drawn: Conditions) -> Conditions:
    """A flatbed scanner: no perspective, no room, even light."""
    values = asdict(drawn) | {
        "wanted": drawn.wanted,
        "axes": drawn.axes,
        "size": drawn.size,
        "tilt": 0.0,
        "roll": max(-2.0, min(2.0, drawn.roll)),
        "light": 0.0,
        "shadow": 0.0,
        "glare": 0.0,
        "motion": 0.0,
        "exposure": 0.0,
        "haze": 0.0,
        "background": "scanner",
        "clutter": 0,
        "fingers": False,
        "in_hand": False,
    }
    return Conditions(**values)
