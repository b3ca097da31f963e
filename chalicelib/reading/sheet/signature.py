"""Where a family card is signed: below its tables, in the middle by the head of the family, on the right by the office.

How far the foot reaches is told by the tables' own width: they are as wide as the paper lets them (layouts/kk.json).
"""

from __future__ import annotations

from chalicelib.reading import layouts
from chalicelib.reading.model import Quad
from chalicelib.reading.table.grid import Grid
from chalicelib.reading.table.straight import Ruling


def places(grid: Grid | None, rules: Ruling) -> tuple[Quad, ...]:
    """The places on the sheet on which the tables were found; none where too little of them was."""
    boxes = [cell.box for row in grid.all_rows for cell in row.values()] if grid else []
    if not grid or not boxes:
        return ()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    wide = right - left
    found = []
    for place in layouts.load("kk")["signatures"]:
        a, top, b, bottom = (float(share) * wide for share in place)
        corners = (
            (left + a, grid.bottom + top),
            (left + b, grid.bottom + top),
            (left + b, grid.bottom + bottom),
            (left + a, grid.bottom + bottom),
        )
        p, q, r, s = (rules.point(across, level) for across, level in corners)
        found.append((p, q, r, s))
    return tuple(found)
