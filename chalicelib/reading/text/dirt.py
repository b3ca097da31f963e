"""What was read on a card and is no print of it: marks stamped across, patterns and scratches taken for letters."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from chalicelib.identity import spelling
from chalicelib.reading.lines import Line

_SCRAP = 0.5
"""Confidence below which three characters and less are dirt."""


def cleared(lines: Sequence[Line], marks: Sequence[str]) -> list[Line]:
    """`lines` without the stamped `marks` and without scraps."""
    usual = median(line.height for line in lines) if lines else 0.0
    return [
        line
        for line in lines
        if not _stamped(line, marks, usual) and not (line.confidence < _SCRAP and len(line.text) <= 3)
    ]


def _stamped(line: Line, marks: Sequence[str], usual: float) -> bool:
    """A mark such as SPECIMEN that runs aslant across the portrait; its upright box reaches into the values."""
    return line.height > 1.8 * usual and any(spelling.likeness(line.text, mark) > 0.8 for mark in marks)
