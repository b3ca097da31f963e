"""The road of a family card: its head, its two tables of members, its foot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from chalicelib.reading.codes import reader as code_reader
from chalicelib.reading.lines import TYPED, Line
from chalicelib.reading.model import Code, Field, Quad
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet import (
    flatten,
    head_again,
    kin,
    kk,
    levelled,
    looks,
    members,
    numbers,
    respelling,
    signature,
)
from chalicelib.reading.sheet.cell_values import SHORT, titled
from chalicelib.reading.table import cells, ruling
from chalicelib.reading.table import grid as table
from chalicelib.reading.table.straight import Ruling
from chalicelib.reading.text import engine as engines
from chalicelib.reading.text import merge, second_opinion
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.upright.orientation import Upright, brightened

_HEAD = 0.34
"""Share of a family card's page, from the top, that holds its head."""
_SKIPS = 1.5
"""Pixels of the photo to one of the page above which cells are cut out of the page."""
_STRIP, _OVERLAP = 640, 40
"""Pixels; an overlap is higher than any line of the tables."""

Row = Mapping[str, Field]


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a family card says. `flat`: the page it was read from; `complete`: both tables were seen, and all columns;
    `signatures`: where the photo shows that it was signed."""

    fields: Mapping[str, Field]
    members: tuple[Row, ...]
    codes: tuple[Code, ...]
    flat: Flat | None
    complete: bool
    signatures: tuple[Quad, ...] = ()


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
    second = kk.parse(head, codes, reader.name, flat.pixels)
    line_reader = engines.second_engine(reader)
    fields: Mapping[str, Field] = first.fields if first else {}
    if second and (first is None or len(second.labels) >= len(first.labels) - 2):
        fields = merge.better(fields, _mapped(_spelled(second, flat, line_reader), flat))
    third = None
    if head_again.doubted(fields):
        above = head_again.lines(
            photo.pixels, flat, _bottom_of_head(grid, flat.pixels.shape[0]), engines.closer_engine(reader)
        )
        third = kk.parse(above, codes, reader.name, flat.pixels)
        if third:
            fields = head_again.mended(fields, _mapped(_spelled(third, flat, line_reader), flat))
    region = next((sheet.region for sheet in (second, first, third) if sheet and sheet.region), None)
    rows: list[dict[str, Field]] = []
    if grid:
        source, closer = _closer_source(photo.pixels, flat), engines.closer_engine

        def again(boxes: members.Boxes, tall: int = cells.TALL) -> Mapping[looks.Place, cells.Seen]:
            return cells.read_again(source, rules, boxes, closer(reader), tall)

        def closely(boxes: members.Boxes) -> Mapping[looks.Place, cells.Seen]:
            short = {place: box for place, box in boxes.items() if place[1] in SHORT}
            others = {place: box for place, box in boxes.items() if place not in short}
            return {**again(others), **again(short, cells.TALLER)}

        rows = members.read(grid, reader.name, region, closely, lambda boxes: again(boxes, cells.LESS_TALL))
        rows = numbers.settled(rows, grid, source, rules, region)
        rows = respelling.respelled(
            rows, grid, flat.pixels, lambda cell: _picture(cell, source, rules), line_reader, again
        )
    issued = kk.issued(lines, reader.name)
    if issued:
        fields = {**fields, **_mapped({"tanggal_dikeluarkan": issued}, flat)}
    settled, fields = _one_family([_mapped(row, flat) for row in rows], fields)
    whole = grid is not None and grid.whole and bool(rows)
    signed = tuple(page.mapped(quad, flat.back) for quad in signature.places(grid, rules))
    return Sheet(fields, tuple(settled), codes, flat, whole, signed)


def _closer_source(photo: Pixels, flat: Flat) -> cells.Source:
    """The photo itself; the page where the photo is so much larger that its pixels would be skipped."""
    x, y = flat.pixels.shape[1] / 2, flat.pixels.shape[0] / 2
    ends = cv2.perspectiveTransform(np.array([[[x, y], [x + 100, y]]]), flat.back)[0]
    if float(np.hypot(*(ends[1] - ends[0]))) > _SKIPS * 100:
        return cells.Source(flat.pixels, np.eye(3))
    return cells.Source(photo, flat.back)


def _picture(cell: table.Cell, source: cells.Source, rules: Ruling) -> Pixels | None:
    """The picture of a cell's text, without the rules at its sides; None where only a second look saw text."""
    if not cell.lines or cell.merged:
        return None
    places = [rules.straightened(line) for line in cell.lines]
    air = 0.15 * places[0].height
    left, right = min(place.left for place in places) - air, max(place.right for place in places) + air
    return cells.cut(source, rules, (left, cell.box[1], right, cell.box[3]))


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
    whole = grid is not None and grid.whole and bool(rows)
    return Sheet(fields, tuple(rows), codes, None, whole, signature.places(grid, rules))


def _above(lines: Sequence[Line], grid: table.Grid | None, height: int) -> list[Line]:
    """Lines of the head."""
    limit = _bottom_of_head(grid, height)
    return [line for line in lines if line.y < limit]


def _bottom_of_head(grid: table.Grid | None, height: int) -> float:
    """The level on a sheet above which its head stands: above the members' first row, or on the upper third."""
    if grid and grid.rows:
        return min(cell.box[1] for cell in grid.rows[0].values()) + 0.02 * height
    return _HEAD * height


def _spelled(head: kk.Sheet, flat: Flat, reader: second_opinion.LineReader | None) -> dict[str, Field]:
    pieces = {name: head.pieces[name] for name in ("kepala_keluarga", "alamat") if name in head.pieces}
    spelled = second_opinion.respelled(head.fields, pieces, flat.pixels, reader)
    tidy = {"kepala_keluarga": titled, "alamat": kk.street_apart}
    return {
        name: replace(field, value=tidy[name](field.value)) if name in tidy else field
        for name, field in spelled.items()
    }


def _one_family(
    rows: Sequence[Mapping[str, Field]], fields: Mapping[str, Field]
) -> tuple[list[dict[str, Field]], dict[str, Field]]:
    settled, head = kin.settle(rows, fields.get("kepala_keluarga"))
    return settled, {**fields, "kepala_keluarga": head} if head else dict(fields)


def _mapped(fields: Mapping[str, Field], flat: Flat) -> dict[str, Field]:
    return {
        name: replace(field, box=page.mapped(field.box, flat.back) if field.box else None)
        for name, field in fields.items()
    }
