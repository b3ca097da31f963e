"""A printing press: text and lines at millimetres, with a printer's faults, and a note of where each value stands.

Ink is gathered in one layer and laid on the paper at the end, so that thin ink and missing specks are those of one
pass of one printer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from chalicelib.local.specimens.fonts import DIGITS, DIGITS_BOLD, FAMILIES, NARROW, OCR_B, Face, font
from chalicelib.local.specimens.paint import Colour, clouds

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the sheet."""
CAP = 0.72
"""Height of a capital for a font size of one: Liberation Sans 0.716, DejaVu Sans 0.729, Noto Sans 0.714."""


@dataclass(frozen=True)
class Sheet:
    """A printed thing as flat pixels: RGB or RGBA, `density` pixels a millimetre.

    `boxes` says where each value stands, `cap` how high its capitals are (mm), `area` where the document lies in the
    image (pixels; a photocopy shows a card within a page), `gloss` how it mirrors a lamp (0 paper to 1 laminate);
    `signatures` where somebody signed.
    """

    image: Image.Image
    density: float
    cap: float
    boxes: Mapping[str, Box] = field(default_factory=dict)
    style: Mapping[str, object] = field(default_factory=dict)
    area: Box | None = None
    gloss: float = 0.3
    signatures: tuple[Box, ...] = ()

    @property
    def bounds(self) -> Box:
        """The document's own edges within the image."""
        return self.area or (0.0, 0.0, float(self.image.width), float(self.image.height))

    def framed(self, rim: int) -> Mapping[str, Any]:
        """What changes of it where a rim of so many pixels is laid around its image."""

        def moved(box: Box) -> Box:
            left, top, right, bottom = box
            return left + rim, top + rim, right + rim, bottom + rim

        return {
            "boxes": {key: moved(box) for key, box in self.boxes.items()},
            "area": moved(self.bounds),
            "signatures": tuple(moved(box) for box in self.signatures),
        }


@dataclass(frozen=True)
class Style:
    """How one printer prints: faces, size and line pitch in mm, extra pitch in em, ink and its gaps (shares)."""

    family: str
    digits: Face
    size: float
    step: float
    tracking: float = 0.0
    ink: float = 1.0
    dropout: float = 0.0
    bold_values: bool = False

    @property
    def plain(self) -> Face:
        return FAMILIES[self.family][0]

    @property
    def bold(self) -> Face:
        return FAMILIES[self.family][1]

    def record(self) -> dict[str, object]:
        """What the truth says about the print."""
        digits = self.digits[0].rpartition("/")[2]
        return {
            "font": self.family,
            "nik_font": digits,
            "size_mm": round(self.size, 3),
            "pitch_mm": round(self.step, 3),
            "tracking_em": round(self.tracking, 4),
            "ink_density": round(self.ink, 3),
            "ink_dropout": round(self.dropout, 3),
            "value_bold": self.bold_values,
        }


def style(rng: random.Random, *, size: tuple[float, float], step: tuple[float, float]) -> Style:
    """A printer by chance; Arial-like letters are the commonest."""
    return Style(
        family=rng.choices(("liberation", "noto", "dejavu"), (6, 2, 1))[0],
        digits=rng.choices((DIGITS, DIGITS_BOLD, OCR_B), (6, 1, 3))[0],
        size=rng.uniform(*size),
        step=rng.uniform(*step),
        tracking=rng.uniform(-0.012, 0.02),
        ink=rng.uniform(0.8, 1.0),
        dropout=rng.uniform(0.04, 0.3),
        bold_values=rng.random() < 0.25,
    )


class Press:
    """One sheet while it is being printed. Places and sizes are in millimetres."""

    def __init__(self, width: float, height: float, density: float, faults: Style) -> None:
        self.size = (round(width * density), round(height * density))
        self.density = density
        self.style = faults
        self.boxes: dict[str, Box] = {}
        self._ink = Image.new("L", self.size, 0)
        self._draw = ImageDraw.Draw(self._ink)

    def width(self, text: str, size: float, face: Face | None = None) -> float:
        """How long a text would be, in millimetres."""
        letters = font(face or self.style.plain, self._pixels(size))
        return (letters.getlength(text) + self._gap(size) * max(len(text) - 1, 0)) / self.density

    def text(
        self,
        at: tuple[float, float],
        text: str,
        *,
        size: float | None = None,
        face: Face | None = None,
        anchor: str = "la",
        room: float = 0.0,
        keys: tuple[str, ...] = (),
    ) -> float:
        """Print and give the width (mm). `room` narrows the letters to fit; `keys` are the values printed here."""
        wanted, used = size or self.style.size, face or self.style.plain
        if room and self.width(text, wanted, used) > room:
            if used == self.style.plain and self.width(text, wanted, NARROW) <= room * 1.08:
                used = NARROW
            wanted *= min(1.0, room / max(self.width(text, wanted, used), 0.01))
        letters = font(used, self._pixels(wanted))
        gap = self._gap(wanted)
        length = letters.getlength(text) + gap * max(len(text) - 1, 0)
        x, y = (value * self.density for value in at)
        x -= {"l": 0.0, "m": length / 2, "r": length}[anchor[0]]
        if abs(gap) < 0.05:
            self._draw.text((x, y), text, font=letters, fill=255, anchor=f"l{anchor[1]}")
        else:
            for place, letter in enumerate(text):
                before = letters.getlength(text[:place]) + gap * place
                self._draw.text((x + before, y), letter, font=letters, fill=255, anchor=f"l{anchor[1]}")
        if keys:
            _, top, _, bottom = self._draw.textbbox((x, y), text or "-", font=letters, anchor=f"l{anchor[1]}")
            box = (x, top, x + length, bottom)
            for key in keys:
                self.boxes[key] = _joined(self.boxes.get(key), box)
        return length / self.density

    def line(self, points: tuple[float, float, float, float], width: float = 0.3) -> None:
        """A straight rule, `width` in mm."""
        scaled = [value * self.density for value in points]
        self._draw.line(scaled, fill=255, width=max(round(width * self.density), 1))

    def onto(self, paper: Image.Image, colour: Colour, rng: random.Random) -> None:
        """Lay the ink on the paper (RGB, of the press's size): thinner here and there, missing in specks."""
        width, height = self.size
        speck = clouds(width // 2, height // 2, rng, coarse=max(0.35 * self.density / 2, 2), octaves=2)
        broad = clouds(width // 8, height // 8, rng, coarse=25 * self.density / 8, octaves=2)
        fine = np.asarray(Image.fromarray(speck).resize(self.size, Image.Resampling.BILINEAR), np.float32)
        wide = np.asarray(Image.fromarray(broad).resize(self.size, Image.Resampling.BILINEAR), np.float32)
        keep = 1 - self.style.dropout * np.clip(fine * 1.6 + 0.1 + 0.4 * wide, 0, 1)
        cover = np.asarray(self._ink, np.float32) * np.float32(self.style.ink) * keep
        paper.paste(colour, (0, 0), Image.fromarray(np.clip(cover, 0, 255).astype(np.uint8), "L"))

    def _pixels(self, size: float) -> float:
        return max(round(size * self.density * 2) / 2, 4)

    def _gap(self, size: float) -> float:
        return self.style.tracking * size * self.density


def inked(piece: Image.Image, at: tuple[float, float]) -> Box:
    """Where ink stands of a piece (RGBA) whose top left lies at `at`."""
    left, top, right, bottom = piece.getchannel("A").getbbox() or (0, 0, *piece.size)
    return at[0] + left, at[1] + top, at[0] + right, at[1] + bottom


def _joined(old: Box | None, new: Box) -> Box:
    if old is None:
        return new
    return min(old[0], new[0]), min(old[1], new[1]), max(old[2], new[2]), max(old[3], new[3])
