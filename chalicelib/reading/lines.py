"""Lines of text as an engine found them on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.reading.model import Quad

TYPED = "pdf"
"""What `Field.source` begins with where a value was typed (the text of a PDF), not recognised."""
TYPED_TRUST = 0.99
"""Confidence of such values: only the sorting can go wrong."""


@dataclass(frozen=True)
class Line:
    """One piece of text. The box is upright: left, top, right, bottom in pixels of the picture it was read from."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """Middle of the box."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def upended(self) -> bool:
        """True where the text runs up or down the picture."""
        return len(self.text) > 2 and self.height > 1.5 * self.width

    def moved(self, across: float, down: float) -> Line:
        """The same line with its box shifted."""
        return replace(
            self,
            left=self.left + across,
            right=self.right + across,
            top=self.top + down,
            bottom=self.bottom + down,
        )

    def scaled(self, factor: float) -> Line:
        """The same line on a picture `factor` times as large."""
        return replace(
            self,
            left=self.left * factor,
            right=self.right * factor,
            top=self.top * factor,
            bottom=self.bottom * factor,
        )

    def quad(self) -> Quad:
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )


def around(lines: Sequence[Line]) -> Quad | None:
    """The upright box around several lines; None for no lines."""
    if not lines:
        return None
    left, top = min(line.left for line in lines), min(line.top for line in lines)
    right, bottom = max(line.right for line in lines), max(line.bottom for line in lines)
    return (left, top), (right, top), (right, bottom), (left, bottom)
