"""A file from an office becomes lines of text: XLSX by openpyxl, CSV by the standard library. Nothing in it is run.

Whatever bytes come, the answer is lines or a reason. A zip is measured before it is unpacked, entities in its XML are not
taken, formulas give the value that was saved with them, and of pictures, links and macros nothing is read.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import BadInput, TooLarge

MOST_BYTES = 1024 * 1024
MOST_ROWS = 500
_MOST_LINES = MOST_ROWS + 40
"""Written lines that are looked at: titles stand above the rows, and who counts must see that there are more."""
_LAST_ROW = 1_048_576
"""No sheet has more; a file may say so all the same."""
_MOST_COLUMNS = 40
_MOST_SIGNS = 200
_UNPACKED = 12 * 1024 * 1024
_PARTS = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENTITIES = ("<!DOCTYPE", "<!ENTITY")
_SEPARATORS = ";,\t"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, at most 200 signs, no control characters. `number`: the file held a number, not text."""

    text: str = ""
    number: bool = False


@dataclass(frozen=True)
class Line:
    """A line in which something stands, by its number in the file, counted from 1."""

    number: int
    cells: Sequence[Cell]


def lines_of(data: bytes) -> Sequence[Line]:
    """The written lines of a list, no more than it takes to see that there are too many (`MOST_ROWS`). TooLarge
    DAFTAR_TERLALU_BESAR; BadInput DAFTAR_XLS, DAFTAR_RUSAK, DAFTAR_BUKAN, DAFTAR_KOSONG."""
    if len(data) > MOST_BYTES:
        raise TooLarge("DAFTAR_TERLALU_BESAR")
    if not data.strip():
        raise BadInput("DAFTAR_KOSONG")
    if data.startswith(_OLE):
        raise BadInput("DAFTAR_XLS")
    return _workbook(data) if data.startswith(_ZIP) else _separated(data)


def _workbook(data: bytes) -> Sequence[Line]:
    import openpyxl  # noqa: PLC0415  only who reads a list pays for it (0.2 s)

    try:
        _measure(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        return _written_lines(sheet.iter_rows(max_row=_LAST_ROW, max_col=_MOST_COLUMNS, values_only=True))
    except BadInput:
        raise
    except Exception as problem:  # openpyxl raises whatever it stumbled over in a broken file
        raise BadInput("DAFTAR_RUSAK") from problem


def _measure(data: bytes) -> None:
    """BadInput DAFTAR_RUSAK for a zip that unpacks to more than a list can be, or whose XML declares entities. A part
    that is longer than it says is cut by `zipfile` and fails its checksum."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise BadInput("DAFTAR_RUSAK")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                text = packed.read(part)
                if any(
                    word.encode(code) in text
                    for word in _ENTITIES
                    for code in ("utf-8", "utf-16-le", "utf-16-be")
                ):
                    raise BadInput("DAFTAR_RUSAK")


def _separated(data: bytes) -> Sequence[Line]:
    text = _decoded(data)
    if "\x00" in text:
        raise BadInput("DAFTAR_BUKAN")
    head = text[:2000]
    separator = max(_SEPARATORS, key=head.count)
    try:
        return _written_lines(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise BadInput("DAFTAR_RUSAK") from problem


def _written_lines(rows: Iterable[Sequence[Any]]) -> Sequence[Line]:
    found: list[Line] = []
    for number, row in enumerate(rows, start=1):
        if not any(row):
            continue
        cells = [_cell(value) for value in row[:_MOST_COLUMNS]]
        if any(cell.text for cell in cells):
            found.append(Line(number, cells))
        if len(found) == _MOST_LINES:
            break
    return found


def _decoded(data: bytes) -> str:
    """By its mark, else UTF-8, else what Windows wrote before."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, bool):
        return Cell()
    if isinstance(value, (int, float)):
        return Cell(_plain(value), number=True)
    return Cell(plain_text(str(value)))


def _plain(value: float) -> str:
    """A number as its digits; no exponent, no decimal point where there is no fraction."""
    try:
        return str(int(value)) if value == int(value) else str(value)[:_MOST_SIGNS]
    except (OverflowError, ValueError):  # infinite, not a number, or thousands of digits
        return ""


def plain_text(text: str) -> str:
    """What may stand in a cell: no control characters, nothing that is half a character, single blanks, 200 signs."""
    return " ".join(_visible(text[: 4 * _MOST_SIGNS]).split())[:_MOST_SIGNS]


def _visible(text: str) -> str:
    return "".join(sign if unicodedata.category(sign) not in ("Cc", "Cs", "Cn") else " " for sign in text)
