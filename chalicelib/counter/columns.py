"""Which column of a list holds what, by the words that people put over it (`headings.json`), in any order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chalicelib.counter.sheet import MOST_ROWS, Cell, Line
from chalicelib.errors import BadInput
from chalicelib.identity import spelling

NEEDED = ("nik", "nama")
_LOOKED_AT = 20
"""Rows from the top in which the headings may stand; above them stand titles."""


@dataclass(frozen=True)
class Table:
    """Rows under their headings: (number of the row in the file, counted from 1; field → cell), empty rows left out."""

    rows: Sequence[tuple[int, Mapping[str, Cell]]]
    fields: frozenset[str]


def table_of(lines: Sequence[Line]) -> Table:
    """The first line with headings for NIK and name, and what stands below it. BadInput DAFTAR_TANPA_JUDUL: no line
    among the first is one; DAFTAR_KOSONG: nothing below; DAFTAR_TERLALU_PANJANG."""
    for place, line in enumerate(lines[:_LOOKED_AT]):
        columns = _columns(line.cells)
        if all(name in columns for name in NEEDED):
            rows = [
                (
                    row.number,
                    {name: row.cells[column] for name, column in columns.items() if column < len(row.cells)},
                )
                for row in lines[place + 1 :]
            ]
            if not rows:
                raise BadInput("DAFTAR_KOSONG")
            if len(rows) > MOST_ROWS:
                raise BadInput("DAFTAR_TERLALU_PANJANG", n=MOST_ROWS)
            return Table(rows, frozenset(columns))
    raise BadInput("DAFTAR_TANPA_JUDUL" if lines else "DAFTAR_KOSONG")


def _columns(line: Sequence[Cell]) -> dict[str, int]:
    """Field → column; of two columns with the same meaning the first."""
    found: dict[str, int] = {}
    for column, cell in enumerate(line):
        if name := _fields().get(spelling.squeezed(cell.text)):
            found.setdefault(name, column)
    return found


@cache
def _fields() -> Mapping[str, str]:
    """Heading without blanks → field."""
    told = json.loads(Path(__file__).with_name("headings.json").read_text(encoding="utf-8"))
    return {spelling.squeezed(word): name for name, words in told.items() for word in words}
