"""Lists for download: an empty one to begin with, and rows with what is wrong with them. Every cell is text, so that no
spreadsheet rounds a NIK or takes a name for a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence

from chalicelib.counter.sheet import plain_text

HEADINGS = ("NIK", "No KK", "Nama", "Alamat", "RT", "RW", "Desa")
"""In the order of `rows.FIELDS`."""
REASON = "Yang perlu diperbaiki"
_WIDTHS = (20, 20, 32, 36, 7, 7, 24, 60)
_EMPTY_ROWS = 500


def template() -> bytes:
    """An XLSX with its headings and room for a whole list, all cells being text."""
    return _written(HEADINGS, [], _EMPTY_ROWS)


def returned(rows: Sequence[Sequence[str]]) -> bytes:
    """An XLSX of rows (`rows.FIELDS` and the reason) to be mended and given again."""
    return _written((*HEADINGS, REASON), rows, len(rows))


def _written(headings: Sequence[str], rows: Sequence[Sequence[str]], as_text: int) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  only who asks for a list pays for it
    from openpyxl.styles import Font  # noqa: PLC0415  the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  the same

    book = Workbook()
    sheet = book.active
    sheet.title = "Daftar"
    for column, heading in enumerate(headings, start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for place in range(as_text):
        for column in range(1, len(headings) + 1):
            cell = sheet.cell(place + 2, column)
            cell.number_format = "@"
            if place < len(rows) and column <= len(rows[place]):
                cell.value = plain_text(rows[place][column - 1])
                cell.data_type = "s"  # a text that begins with "=" is a text
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
