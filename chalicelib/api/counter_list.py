"""Entry from a list: judged row by row, rows saved one request each, the rest given back. Nothing of it is kept but the
saved drafts."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access.limits import LISTS
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.counter import Download, Judged, RowSaved
from chalicelib.api.views.counter import download_view, judged_view
from chalicelib.counter import workbook
from chalicelib.counter.assist import counter_of
from chalicelib.counter.columns import table_of
from chalicelib.counter.rows import FIELDS, judged, table_from
from chalicelib.counter.save import save_row
from chalicelib.counter.sheet import MOST_BYTES, MOST_ROWS, lines_of
from chalicelib.errors import BadInput, TooLarge

Value = Annotated[str, Field(max_length=200)]
_ENCODED = MOST_BYTES * 4 // 3 + 4


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Given(Strict):
    """A file in base64. What is too long is told as such, not as a field that does not fit."""

    village: str = Field(max_length=20)
    data: str


class Person(Strict):
    nik: Value = ""
    nomor_kk: Value = ""
    nama: Value = ""
    alamat: Value = ""
    rt: Value = ""
    rw: Value = ""
    desa: Value = ""


class Numbered(Strict):
    row: int = Field(ge=1, le=10_000_000)
    values: Person


class Mended(Strict):
    village: str = Field(max_length=20)
    rows: list[Numbered] = Field(max_length=MOST_ROWS)


class Kept(Strict):
    village: str = Field(max_length=20)
    values: Person


class Unsaved(Strict):
    values: Person
    reason: str = Field(max_length=1000)


class Remaining(Strict):
    rows: list[Unsaved] = Field(max_length=MOST_ROWS)


def _bytes_of(text: str) -> bytes:
    if len(text) > _ENCODED:
        raise TooLarge("DAFTAR_TERLALU_BESAR")
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadInput("ISIAN_SALAH") from problem


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/counter/list",
        action=Action.ENTER_LIST,
        takes=Given,
        gives=Judged,
        who=Who.OFFICER,
        refuses=(413, 429),
    )
    def check_list(asked: Asked, given: Given) -> dict[str, Any]:
        """An XLSX or CSV of at most 500 rows and 1 MB, judged row by row; nothing of it is kept."""
        officer = asked.officer()
        village = counter_of(officer, Action.ENTER_LIST, given.village)
        asked.limited(LISTS, officer.id)
        return judged_view(judged(table_of(lines_of(_bytes_of(given.data))), village))

    @router.post(
        "/counter/list/rows",
        action=Action.ENTER_LIST,
        takes=Mended,
        gives=Judged,
        who=Who.OFFICER,
        refuses=(429,),
    )
    def check_rows(asked: Asked, mended: Mended) -> dict[str, Any]:
        """Rows that were mended in place, judged again among all that remain."""
        officer = asked.officer()
        village = counter_of(officer, Action.ENTER_LIST, mended.village)
        asked.limited(LISTS, officer.id)
        rows = [(one.row, one.values.model_dump()) for one in mended.rows]
        return judged_view(judged(table_from(rows), village))

    @router.post(
        "/counter/list/saved",
        action=Action.ENTER_LIST,
        takes=Kept,
        gives=RowSaved,
        who=Who.OFFICER,
        status=201,
        refuses=(409, 429),
    )
    def save_list_row(asked: Asked, kept: Kept) -> dict[str, Any]:
        """One good row saved as a draft that waits for its photos."""
        officer = asked.officer()
        request = asked.client_request(officer.id)
        return dict(save_row(asked.world, officer, kept.village, kept.values.model_dump(), request))

    @router.get("/counter/list/template", action=Action.ENTER_LIST, gives=Download, who=Who.OFFICER)
    def list_template(asked: Asked) -> dict[str, Any]:
        """An empty list whose cells are all text."""
        require(asked.officer(), Action.ENTER_LIST, Subject())
        return download_view("contoh-daftar.xlsx", workbook.template())

    @router.post(
        "/counter/list/remaining",
        action=Action.ENTER_LIST,
        takes=Remaining,
        gives=Download,
        who=Who.OFFICER,
        refuses=(429,),
    )
    def list_remaining(asked: Asked, remaining: Remaining) -> dict[str, Any]:
        """The rows that were not saved, each with its reason, as a list to be mended."""
        officer = asked.officer()
        require(officer, Action.ENTER_LIST, Subject())
        asked.limited(LISTS, officer.id)
        rows = []
        for one in remaining.rows:
            values = one.values.model_dump()
            rows.append([*(values[name] for name in FIELDS), one.reason])
        return download_view("daftar-perlu-diperbaiki.xlsx", workbook.returned(rows))

    return router
