"""The members' NIKs read by the digit reader too: each cell cut out along its rules, weighed by the rest of its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from chalicelib.identity.region import RegionCode
from chalicelib.reading.digits import reader, strip
from chalicelib.reading.model import Field
from chalicelib.reading.table import cells
from chalicelib.reading.table.grid import Cell, Grid
from chalicelib.reading.table.straight import Ruling
from chalicelib.reading.values import nik_chance

_SURE = 0.995
"""Confidence of a NIK that needs no further reader."""
_DIGIT = 0.43
"""Height of a digit in heights of an engine's line."""
_USUAL = 0.36
"""Height of a digit in heights of a cell, where no line was found."""
_TALL = 64
"""Pixels that a cell is cut out high."""


def settled(
    rows: Sequence[Mapping[str, Field]],
    grid: Grid,
    source: cells.Source,
    rules: Ruling,
    home: RegionCode | None,
) -> list[dict[str, Field]]:
    """The members' fields with the NIKs that the engines and the digit reader speak for, boxes on the page."""
    digit = _digit(grid)
    found = []
    for fields, row in zip(rows, grid.all_rows, strict=False):
        cell, engine = row.get("nik"), fields.get("nik")
        if cell is None or (engine is not None and engine.confidence >= _SURE):
            found.append(dict(fields))
            continue
        likely = None
        picture = cells.cut(source, rules, cell.box, _TALL)
        if picture is not None:
            place = _place(picture.shape, cell, rules, digit)
            seen = reader.look(strip.cut(picture, place))
            likely = nik_chance.likeliest(seen, nik_chance.told_by(fields, home), engine)
        left, top, right, bottom = cell.box
        around = ((left, top), (right, top), (right, bottom), (left, bottom))
        nik = nik_chance.settled(engine, likely, around)
        found.append({**fields, "nik": nik} if nik else dict(fields))
    return found


def _place(shape: tuple[int, ...], cell: Cell, rules: Ruling, digit: float) -> strip.Place:
    """Where the digits stand on a cell's picture: where the engine saw some, else anywhere in it. `digit`: pixels of the
    page that one is high."""
    height, width = shape[:2]
    left, top, _, bottom = cell.box
    inset = cells.INSET * (bottom - top)
    scale = height / (bottom - top - 2 * inset)
    high = min(0.8 * height, digit * scale if digit else _USUAL * height)
    seen = [] if cell.merged else [rules.straightened(line) for line in cell.lines if len(line.text) > 12]
    if len(seen) != 1:
        return strip.Place(strip.AIR * high, width - strip.AIR * high, height / 2, high)
    start, end = ((x - left - inset) * scale for x in (seen[0].left, seen[0].right))
    return strip.Place(start, end, height / 2, high)


def _digit(grid: Grid) -> float:
    """Pixels that a digit of the table is high on the page; 0 where no print was found."""
    heights = [
        line.height
        for row in grid.rows
        for cell in row.values()
        for line in cell.lines
        if len(line.text) > 3 and not cell.merged
    ]
    return _DIGIT * median(heights) if heights else 0.0
