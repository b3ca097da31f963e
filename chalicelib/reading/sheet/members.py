"""The members of a family card out of the cells of its table: values by column, the NIK by its row, a second look at the
cells in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chalicelib.identity import spelling
from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import TYPED, TYPED_TRUST, Line, around
from chalicelib.reading.model import Field, Quad
from chalicelib.reading.sheet import looks
from chalicelib.reading.sheet.cell_values import REQUIRED, Value, understand
from chalicelib.reading.sheet.looks import Place
from chalicelib.reading.table.cells import Seen
from chalicelib.reading.table.grid import Cell, Grid
from chalicelib.reading.values import birthplaces, places

SURE = 0.9
"""Confidence of a value below which its cell is looked at again."""
FLOOR = 0.5
"""Confidence below which a value is left out."""
_POOR = 0.18
"""Share of cells in doubt above which the whole table is looked at again: blurred print loses letters unnoticed."""
_TELLING = ("jenis_kelamin", "tanggal_lahir", "agama", "hubungan", "status_perkawinan")
"""Columns whose values only a member's row has."""
_OFTEN = ("gol_darah", "tanggal_perkawinan")
"""Columns in which many members have a value."""
_PAPERS = ("no_paspor", "no_kitap")
_LIKE_WNI = re.compile(r"W.{1,2}|W[A-Z]{3}|VV?.?I|.NI")
_SPECK = 0.6
"""Share of the usual height of print below which a piece of text is a dash or dirt."""

Boxes = Mapping[Place, tuple[float, float, float, float]]
LookAgain = Callable[[Boxes], Mapping[Place, Seen]]
"""Cells' boxes (straightened) → what a second look at them finds."""


def read(
    grid: Grid,
    engine: str,
    home: RegionCode | None,
    again: LookAgain | None,
    once_more: LookAgain | None = None,
) -> list[dict[str, Field]]:
    """The members' fields, rows in the order of the card. `home`: the region of the card's head; `again`: see
    `LookAgain`, None where there is nothing to look at; `once_more`: a third look, another way, at what two looks saw
    differently."""
    tall = _usual_height(grid)
    first = {
        (i, key): _first(cell, tall)
        for i, row in enumerate(grid.rows)
        for key, cell in row.items()
        if key != "no"
    }
    columns = [list(row) for row in grid.rows]
    values, niks = looks.understood(columns, [first], home)
    doubts = {
        place: grid.rows[place[0]][place[1]].box
        for place, reading in first.items()
        if _doubtful(place, reading, values, niks, merged=grid.rows[place[0]][place[1]].merged)
    }
    required = [place for place in first if place[1] in REQUIRED]
    blurred = not required or sum(place in doubts for place in required) > _POOR * len(required)
    if blurred and again is not None and (longer := _with_lost_rows(grid, again)) is not None:
        return read(longer, engine, home, again, once_more)
    if blurred:
        often = [place for place in first if place[1] in _OFTEN]
        doubts |= {(i, key): grid.rows[i][key].box for i, key in (*required, *often)}
    seen: list[looks.Look] = [first]
    if again is not None and doubts:
        seen.append(_readings(again(doubts)))
        values, niks = looks.understood(columns, seen, home, blurred=blurred)
    still = {
        place: box
        for place, box in doubts.items()
        if place[1] in REQUIRED
        and place[1] != "kewarganegaraan"  # too short to be seen at a third look's size
        and (not looks.agreed(_at(place, values, niks)) or (blurred and place[1] == "nik"))
    }
    if once_more is not None and still:
        seen.append(_readings(once_more(still)))
        values, niks = looks.understood(columns, seen, home, blurred=blurred)
    _citizens(columns, seen, values)
    rows: list[dict[str, Field]] = []
    for i, row in enumerate(grid.rows):
        fields: dict[str, Field] = {}
        for key, cell in row.items():
            value = _at((i, key), values, niks)
            if value is None or value.confidence < FLOOR:
                continue
            source = "+".join(part for part in (engine, value.evidence) if part)
            trust = max(value.confidence, TYPED_TRUST) if engine == TYPED else value.confidence
            fields[key] = Field(value.value, min(1.0, trust), _box(cell, tall), source)
        rows.append(_born_somewhere(fields, home))
    return _same_places(rows)


def _readings(seen: Mapping[Place, Seen]) -> dict[Place, looks.Reading | None]:
    return {place: looks.Reading(one.text, one.confidence) for place, one in seen.items()}


def _at(place: Place, values: Mapping[Place, Value], niks: Mapping[int, Value]) -> Value | None:
    return niks.get(place[0]) if place[1] == "nik" else values.get(place)


def _citizens(
    columns: Sequence[Sequence[str]], seen: Sequence[looks.Look], values: dict[Place, Value]
) -> None:
    """Three blurred letters that begin like WNI are that where the row's cells for a foreigner's papers are empty."""
    for row, keys in enumerate(columns):
        place = (row, "kewarganegaraan")
        papers = any((row, key) in values for key in _PAPERS)
        if place[1] not in keys or papers or not set(_PAPERS) <= set(keys):
            continue
        texts = [r.text.upper() for look in seen if (r := look.get(place)) is not None]
        if place in values and values[place].value != "WNI":
            values[place] = replace(values[place], confidence=values[place].confidence * 0.6)
        elif place not in values and any(_LIKE_WNI.fullmatch(text.strip(" .,:-'")) for text in texts):
            values[place] = Value("WNI", 0.85, "papers")


def _with_lost_rows(grid: Grid, again: LookAgain) -> Grid | None:
    """The table with the rows below its last one in which a closer look finds a member too; None where there are none."""
    found = []
    for row in grid.further:
        boxes: Boxes = {(0, key): row[key].box for key in _TELLING if key in row}
        seen = again(boxes)
        told = sum(understand(key, one.text, one.confidence) is not None for (_, key), one in seen.items())
        if told < 2:
            break
        found.append(row)
    return replace(grid, rows=(*grid.rows, *found), further=()) if found else None


def _usual_height(grid: Grid) -> float:
    heights = sorted(
        line.height for row in grid.rows for cell in row.values() for line in cell.lines if len(line.text) > 3
    )
    return heights[len(heights) // 2] if heights else 0.0


def _words(cell: Cell, tall: float) -> list[Line]:
    return [line for line in cell.lines if len(line.text) > 2 or line.height > _SPECK * tall]


def _first(cell: Cell, tall: float) -> looks.Reading | None:
    words = _words(cell, tall)
    if not words or cell.merged:
        return None
    return looks.Reading(" ".join(line.text for line in words), min(line.confidence for line in words))


def _box(cell: Cell, tall: float) -> Quad | None:
    """Around the text; around the whole cell where only the second look saw text."""
    words = _words(cell, tall)
    if words and not cell.merged:
        return around(words)
    left, top, right, bottom = cell.box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _doubtful(
    place: Place,
    reading: looks.Reading | None,
    values: Mapping[Place, Value],
    niks: Mapping[int, Value],
    *,
    merged: bool,
) -> bool:
    row, key = place
    value = _at(place, values, niks)
    if merged or reading is None:
        return merged or key in REQUIRED
    if key == "gol_darah":  # a sign is easily lost
        return re.search(r"\w", reading.text) is not None and (value is None or value.value[-1] not in "+-")
    if value is None:
        return key in REQUIRED or len(reading.text) > 3
    beside = niks.get(row) if key == "tanggal_lahir" else values.get((row, "tanggal_lahir"))
    pair = {"tanggal_lahir": (beside, value), "nik": (value, beside)}.get(key)
    if pair and pair[0] and not looks.fits(pair[0], pair[1]):
        return True
    return value.confidence < (0.97 if key == "nik" else SURE)


def _born_somewhere(fields: dict[str, Field], home: RegionCode | None) -> dict[str, Field]:
    place = fields.get("tempat_lahir")
    return {**fields, "tempat_lahir": birthplaces.matched(place, home)} if place else fields


def _same_places(rows: list[dict[str, Field]]) -> list[dict[str, Field]]:
    """Places of birth read unsurely take the spelling of a surely read one on the same card that is nearly alike."""
    sure = [
        row["tempat_lahir"]
        for row in rows
        if "tempat_lahir" in row and row["tempat_lahir"].confidence >= 0.92
    ]
    for row in rows:
        place = row.get("tempat_lahir")
        if place is None or place.confidence >= 0.92 or places.is_birth_place(place.value):
            continue
        near = max(sure, key=lambda one: spelling.likeness(one.value, place.value), default=None)
        if near is not None and spelling.likeness(near.value, place.value) >= 0.8:
            row["tempat_lahir"] = replace(
                place, value=near.value, confidence=0.9, source=place.source + "+kin"
            )
    return rows
