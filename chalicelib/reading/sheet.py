"""The road of a family card: its head, its two tables of members, its foot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from chalicelib.reading import (
    cells,
    flatten,
    kin,
    kk,
    levelled,
    members,
    merge,
    page,
    ruling,
    second_opinion,
    table,
)
from chalicelib.reading import codes as code_reader
from chalicelib.reading import engine as engines
from chalicelib.reading.cell_values import NAMES
from chalicelib.reading.decode import Pixels
from chalicelib.reading.engine import Engine
from chalicelib.reading.lines import TYPED, Line
from chalicelib.reading.model import Code, Field
from chalicelib.reading.orientation import Upright, brightened
from chalicelib.reading.straight import Ruling

_HEAD = 0.34
"""Share of a family card's page, from the top, that holds its head."""
_SKIPS = 1.5
"""Pixels of the photo to one of the page above which cells are cut out of the page."""
_STRIP, _OVERLAP = 640, 40
"""Pixels; an overlap is higher than any line of the tables."""

Row = Mapping[str, Field]


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a family card says. `flat`: the page it was read from; `complete`: both tables were seen, and all columns."""

    fields: Mapping[str, Field]
    members: tuple[Row, ...]
    codes: tuple[Code, ...]
    flat: flatten.Flat | None
    complete: bool


def read(photo: Upright, reader: Engine) -> Sheet:
    """Read a family card on an upright photo."""
    codes = code_reader.decode(photo.pixels)
    first = kk.parse(photo.lines, codes, reader.name)
    flat = flatten.sheet(photo, first)
    if flat is None:
        return Sheet(first.fields if first else {}, (), codes, None, False)
    flat, rules = levelled.by_tables(photo.pixels, flat, photo.lines)
    pixels = brightened(flat.pixels)
    lines = _in_strips(pixels, reader)
    grid = table.find(lines, rules, flat.pixels.shape[1])
    head = _above(lines, grid, flat.pixels.shape[0])
    second = kk.parse(head, codes, reader.name)
    line_reader = engines.second_engine(reader)
    fields: Mapping[str, Field] = first.fields if first else {}
    if second and (first is None or len(second.labels) >= len(first.labels) - 2):
        pieces = {
            name: second.pieces[name] for name in ("kepala_keluarga", "alamat") if name in second.pieces
        }
        spelled = second_opinion.respelled(second.fields, pieces, flat.pixels, line_reader)
        fields = merge.better(fields, _mapped(spelled, flat))
    region = next((sheet.region for sheet in (second, first) if sheet and sheet.region), None)
    rows: list[dict[str, Field]] = []
    if grid:
        rows = members.read(
            grid,
            reader.name,
            region,
            lambda boxes: cells.read_again(
                _closer_source(photo.pixels, flat), rules, boxes, engines.closer_engine(reader)
            ),
        )
        rows = _respelled(rows, grid, flat.pixels, line_reader)
    issued = kk.issued(lines, reader.name)
    if issued:
        fields = {**fields, **_mapped({"tanggal_dikeluarkan": issued}, flat)}
    settled, fields = _one_family([_mapped(row, flat) for row in rows], fields)
    return Sheet(fields, tuple(settled), codes, flat, grid is not None and grid.whole and bool(rows))


def _closer_source(photo: Pixels, flat: flatten.Flat) -> cells.Source:
    """The photo itself; the page where the photo is so much larger that its pixels would be skipped."""
    x, y = flat.pixels.shape[1] / 2, flat.pixels.shape[0] / 2
    ends = cv2.perspectiveTransform(np.array([[[x, y], [x + 100, y]]]), flat.back)[0]
    if float(np.hypot(*(ends[1] - ends[0]))) > _SKIPS * 100:
        return cells.Source(flat.pixels, np.eye(3))
    return cells.Source(photo, flat.back)


def _in_strips(pixels: Pixels, reader: Engine) -> list[Line]:
    """The lines of a whole sheet, read strip by strip: an engine's memory grows with the picture (by 240 MB for a sheet
    at once). Strips overlap, and a line is taken from the strip that holds its middle."""
    height = pixels.shape[0]
    count = max(1, math.ceil(height / _STRIP))
    lines: list[Line] = []
    for i in range(count):
        start, end = height * i // count, height * (i + 1) // count
        top, bottom = max(0, start - _OVERLAP), min(height, end + _OVERLAP)
        found = (line.moved(0, top) for line in reader.read(np.ascontiguousarray(pixels[top:bottom])))
        first, last = start if i else -math.inf, end if i + 1 < count else math.inf
        lines += [line for line in found if first <= line.y < last]
    return lines


def typed(pixels: Pixels, lines: Sequence[Line]) -> Sheet:
    """A page whose text was typed: nothing to recognise, only to sort."""
    codes = code_reader.decode(pixels)
    rules = ruling.find(pixels) or Ruling()
    grid = table.find(lines, rules, pixels.shape[1])
    head = kk.parse(_above(lines, grid, pixels.shape[0]), codes, TYPED)
    fields = dict(head.fields) if head else {}
    issued = kk.issued(lines, TYPED)
    if issued:
        fields["tanggal_dikeluarkan"] = issued
    rows = members.read(grid, TYPED, head.region if head else None, None) if grid else []
    return Sheet(fields, tuple(rows), codes, None, grid is not None and grid.whole and bool(rows))


def _above(lines: Sequence[Line], grid: table.Grid | None, height: int) -> list[Line]:
    """Lines of the head: what stands above the members' first row, or on the upper third."""
    limit = _HEAD * height
    if grid and grid.rows:
        limit = min(cell.box[1] for cell in grid.rows[0].values()) + 0.02 * height
    return [line for line in lines if line.y < limit]


def _respelled(
    rows: Sequence[dict[str, Field]],
    grid: table.Grid,
    pixels: Pixels,
    reader: second_opinion.LineReader | None,
) -> list[dict[str, Field]]:
    """The members' and their parents' names, spelled by a second engine too: in one call for all."""
    names: dict[str, Field] = {}
    pieces: dict[str, Sequence[Line]] = {}
    for i, row in enumerate(rows):
        for key in NAMES:
            cell = grid.rows[i].get(key)
            if key in row and cell and cell.lines and not cell.merged:
                names[f"{i} {key}"] = row[key]
                pieces[f"{i} {key}"] = [_in_one(cell.lines)]
    seen = second_opinion.ask(reader, pixels, pieces) if reader else {}
    spelled = {
        name: second_opinion.weigh(names[name], text)
        for name, text in seen.items()
        if text.count(" ")
        < second_opinion.words_apart(pixels, pieces[name][0])  # it tears words apart at times
    }
    return [
        {key: spelled.get(f"{i} {key}", field) for key, field in row.items()} for i, row in enumerate(rows)
    ]


def _in_one(lines: Sequence[Line]) -> Line:
    """All pieces of a cell as one line, so that a word torn in two is seen whole."""
    first, last = lines[0], lines[-1]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return replace(first, top=top, bottom=bottom, right=max(first.right, last.right))


def _one_family(
    rows: Sequence[Mapping[str, Field]], fields: Mapping[str, Field]
) -> tuple[list[dict[str, Field]], dict[str, Field]]:
    settled, head = kin.settle(rows, fields.get("kepala_keluarga"))
    return settled, {**fields, "kepala_keluarga": head} if head else dict(fields)


def _mapped(fields: Mapping[str, Field], flat: flatten.Flat) -> dict[str, Field]:
    return {
        name: replace(field, box=page.mapped(field.box, flat.back) if field.box else None)
        for name, field in fields.items()
    }
