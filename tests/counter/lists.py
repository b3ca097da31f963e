"""Lists as offices keep them, for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from chalicelib.access.actors import Officer
from chalicelib.counter.columns import table_of
from chalicelib.counter.rows import Row, judged
from chalicelib.counter.save import save_row
from chalicelib.counter.sheet import lines_of
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.store import Answer, ClientRequest
from tests.road import NAMA, NIK, NOMOR_KK, OPERATOR, VILLAGE, Road, request

HEADINGS = ("NIK", "No KK", "Nama", "RT", "RW", "Desa")
HOME = "Katapiang"


def values(**other: str) -> dict[str, str]:
    """A good row."""
    return {
        "nik": NIK,
        "nomor_kk": NOMOR_KK,
        "nama": NAMA,
        "alamat": "",
        "rt": "003",
        "rw": "005",
        "desa": HOME,
    } | other


def saved(
    road: Road,
    officer: Officer = OPERATOR,
    village: str = VILLAGE,
    key: ClientRequest | None = None,
    **other: str,
) -> Answer:
    home = {"desa": HOME if village == VILLAGE else village}
    return save_row(road.world, officer, village, values(**home | other), key or request())


def xlsx(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*lines: str, code: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(code)


def rows_of(data: bytes) -> Sequence[Row]:
    return judged(table_of(lines_of(data)), RegionCode(VILLAGE))


def codes(row: Row) -> list[str]:
    """What stops a row or was put right in it, without mere notes."""
    return [remark.code for remark in row.remarks if remark.weight.value != "note"]
