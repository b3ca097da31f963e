"""The members of a family card out of the cells of its table: values by column, the NIK by its row, a second look at the
cells in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.identity import spelling
from chalicelib.identity.nik import InvalidNik, Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading import nik_window, places, wording
from chalicelib.reading.cell_values import NAMES, REQUIRED, Value, understand
from chalicelib.reading.cells import Seen
from chalicelib.reading.lines import TYPED, TYPED_TRUST, Line, around
from chalicelib.reading.model import Field, Quad
from chalicelib.reading.table import Cell, Grid

SURE = 0.9
"""Confidence of a value below which its cell is looked at again."""
FLOOR = 0.5
"""Confidence below which a value is left out."""
_NIK_WEIGHT = 2.0
_POOR = 0.18
"""Share of cells in doubt above which the whole table is looked at again: blurred print loses letters unnoticed."""
_LATER = 0.1
"""What a second look, cut out and enlarged, is ahead of the first."""
_SPECK = 0.6
"""Share of the usual height of print below which a piece of text is a dash or dirt."""

Place = tuple[int, str]
"""Row from 0, and column."""
LookAgain = Callable[[Mapping[Place, tuple[float, float, float, float]]], Mapping[Place, Seen]]
"""Cells' boxes (straightened) → what a second look at them finds."""


@dataclass(frozen=True)
class _Reading:
    """One reading of a cell."""

    text: str
    confidence: float


def read(grid: Grid, engine: str, home: RegionCode | None, again: LookAgain | None) -> list[dict[str, Field]]:
    """The members' fields, rows in the order of the card. `home`: the region of the card's head; `again`: see
    `LookAgain`, None where there is nothing to look at."""
    tall = _usual_height(grid)
    first = {
        (i, key): _first(cell, tall)
        for i, row in enumerate(grid.rows)
        for key, cell in row.items()
        if key != "no"
    }
    values, niks = _understood(grid, [first], home)
    doubts = {
        place: grid.rows[place[0]][place[1]].box
        for place, reading in first.items()
        if _doubtful(place, reading, values, niks, merged=grid.rows[place[0]][place[1]].merged)
    }
    required = [place for place in first if place[1] in REQUIRED]
    if sum(place in doubts for place in required) > _POOR * len(required):
        doubts |= {(i, key): grid.rows[i][key].box for i, key in required}
    looks: list[Mapping[Place, _Reading | None]] = [first]
    if again is not None and doubts:
        seen = again(doubts)
        looks.append({place: _Reading(one.text, one.confidence) for place, one in seen.items()})
        values, niks = _understood(grid, looks, home)
    rows: list[dict[str, Field]] = []
    for i, row in enumerate(grid.rows):
        fields: dict[str, Field] = {}
        for key, cell in row.items():
            value = niks.get(i) if key == "nik" else values.get((i, key))
            if value is None or value.confidence < FLOOR:
                continue
            source = "+".join(part for part in (engine, value.evidence) if part)
            trust = max(value.confidence, TYPED_TRUST) if engine == TYPED else value.confidence
            fields[key] = Field(value.value, min(1.0, trust), _box(cell, tall), source)
        rows.append(_born_somewhere(fields, home))
    return _same_places(rows)


def _usual_height(grid: Grid) -> float:
    heights = sorted(
        line.height for row in grid.rows for cell in row.values() for line in cell.lines if len(line.text) > 3
    )
    return heights[len(heights) // 2] if heights else 0.0


def _words(cell: Cell, tall: float) -> list[Line]:
    return [line for line in cell.lines if len(line.text) > 2 or line.height > _SPECK * tall]


def _first(cell: Cell, tall: float) -> _Reading | None:
    words = _words(cell, tall)
    if not words or cell.merged:
        return None
    return _Reading(" ".join(line.text for line in words), min(line.confidence for line in words))


def _box(cell: Cell, tall: float) -> Quad | None:
    """Around the text; around the whole cell where only the second look saw text."""
    words = _words(cell, tall)
    if words and not cell.merged:
        return around(words)
    left, top, right, bottom = cell.box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _doubtful(
    place: Place,
    reading: _Reading | None,
    values: Mapping[Place, Value],
    niks: Mapping[int, Value],
    *,
    merged: bool,
) -> bool:
    row, key = place
    value = niks.get(row) if key == "nik" else values.get(place)
    if merged:
        return True
    if reading is None:
        return key in REQUIRED
    if value is None:
        return key in REQUIRED or len(reading.text) > 3 or key == "gol_darah"
    if key == "tanggal_lahir" and row in niks and not _fits(niks[row], value):
        return True
    if key == "nik" and not _fits(value, values.get((row, "tanggal_lahir"))):
        return True
    return value.confidence < (0.97 if key == "nik" else SURE)


def _fits(nik: Value, born: Value | None) -> bool:
    if born is None:
        return True
    try:
        return Nik.parse(nik.value).fits_date(date.fromisoformat(born.value))
    except InvalidNik:
        return False


def _understood(
    grid: Grid, looks: Sequence[Mapping[Place, _Reading | None]], home: RegionCode | None
) -> tuple[dict[Place, Value], dict[int, Value]]:
    """Values of all cells but the NIK's, and the NIKs by row; of several looks the surer, agreement making it surer."""
    values: dict[Place, Value] = {}
    for row, cells in enumerate(grid.rows):
        for key in cells:
            if key in ("no", "nik"):
                continue
            found = [
                value
                for look in looks
                if (reading := look.get((row, key))) is not None
                and (value := understand(key, reading.text, reading.confidence)) is not None
            ]
            if found:
                values[row, key] = _surest(key, found)
    niks = {}
    for row, cells in enumerate(grid.rows):
        readings = [reading for look in looks if (reading := look.get((row, "nik"))) is not None]
        if "nik" not in cells or not readings:
            continue
        born, sex = values.get((row, "tanggal_lahir")), values.get((row, "jenis_kelamin"))
        evidence = nik_window.Evidence(
            wording.iso(born.value) if born else None, Sex(sex.value) if sex else None, home
        )
        nik = _nik(readings, evidence)
        if nik is not None:
            niks[row] = nik
    return values, niks


def _surest(key: str, found: Sequence[Value]) -> Value:
    best = max(enumerate(found), key=lambda pair: pair[1].confidence + _LATER * pair[0])[1]
    same = [value for value in found if spelling.squeezed(value.value) == spelling.squeezed(best.value)]
    if len(same) > 1:
        doubt = 1.0
        for value in same:
            doubt *= 1 - value.confidence
        with_blanks = [value.value for value in same if " " in value.value]
        spelled = with_blanks[0] if with_blanks else best.value  # the first look tears words apart less often
        return Value(spelled if key in NAMES else best.value, 1 - doubt, _joined(best.evidence, "twice"))
    return best if len(found) == 1 else replace(best, confidence=best.confidence * 0.9)


def _joined(evidence: str, more: str) -> str:
    return f"{evidence}+{more}" if evidence else more


def _nik(readings: Sequence[_Reading], evidence: nik_window.Evidence) -> Value | None:
    """The NIK that the row's readings and its birth date, sex and region speak for."""
    found = []
    for reading in readings:
        line = Line(reading.text, reading.confidence, 0, 0, 1, 1)
        one = nik_window.find([line], evidence)
        if one is not None and one.weight >= _NIK_WEIGHT:
            found.append(one)
    if not found:
        return None
    best = max(found, key=lambda one: (one.weight, one.confidence))
    strength = min(1.0, 0.6 + 0.1 * min(4.0, best.weight))
    same = [one for one in found if one.nik == best.nik]
    doubt = 1.0
    for one in same:
        doubt *= 1 - one.confidence * strength
    confidence = 1 - doubt if len(same) == len(found) else (1 - doubt) * 0.85
    return Value(str(best.nik), confidence, "window" if len(same) < 2 else "window+twice")


def _born_somewhere(fields: dict[str, Field], home: RegionCode | None) -> dict[str, Field]:
    place = fields.get("tempat_lahir")
    if place is not None and not place.source.startswith(TYPED):
        fields["tempat_lahir"] = replace(place, value=places.birth_place(place.value, home))
    return fields


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
