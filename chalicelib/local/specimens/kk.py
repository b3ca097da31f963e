"""A family card (A4 landscape): what is printed where. `kk_layout` holds the columns, `kk_foot` what stands beneath.

Since 1 July 2020 cards are printed on white paper with a QR (17 columns); before on bluish security paper with a
stamp, most with 15 columns, some offices' with 17. Emblem, patterns and office are our own inventions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from chalicelib.local.specimens.fonts import SANS_BOLD, font
from chalicelib.local.specimens.kk_foot import foot, qr_text, rosette
from chalicelib.local.specimens.kk_layout import LEFT, RIGHT, Grid, grid
from chalicelib.local.specimens.paint import RED, Colour, clouds, contoh, security_waves, tinted
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.press import CAP, Press, Sheet, Style, inked, style
from chalicelib.local.specimens.truth import MARK, kk_fields, kk_members

WIDTH, HEIGHT = 297.0, 210.0
DENSITY = 11.5
ROWS = 10
INK: Colour = (26, 26, 30)
NEW_PAPERS: tuple[Colour, ...] = ((250, 249, 245), (246, 246, 246), (252, 250, 240))
OLD_PAPERS: tuple[Colour, ...] = ((214, 230, 238), (222, 234, 234), (206, 224, 236))

__all__ = ["draw_kk", "kk_style", "qr_text"]


def kk_style(rng: random.Random) -> Style:
    """A page printer by chance."""
    return style(rng, size=(2.25, 2.6), step=(4.5, 4.95))


def draw_kk(home: Family, rng: random.Random, *, faults: Style | None = None) -> Sheet:
    """The sheet as RGB, in the layout of its day of issue. Boxes are named as the fields; `member_2_nik` in rows."""
    faults = faults or kk_style(rng)
    new = home.new_layout
    press = Press(WIDTH, HEIGHT, DENSITY, faults)
    paper = tinted(
        rng.choice(NEW_PAPERS if new else OLD_PAPERS), clouds(*press.size, rng, coarse=900, octaves=3) * 3
    )
    security_waves(paper, (238, 238, 230) if new else (194, 214, 226), rng, gap=48, width=2)
    contoh(paper, size=620, colour=RED, alpha=24, angle=22)
    rows = [_printed(row) for row in kk_members(home)]
    first, second = grid(new=new, wide=home.wide_columns, step=faults.step, rng=rng)
    _top(press, home, rng)
    _table(press, first, rows)
    _table(press, second, rows)
    under = foot(press, home, rng, below=second.bottom(ROWS))
    press.onto(paper, INK, rng)
    draw = ImageDraw.Draw(paper)
    for y, size, text in ((8.0, 8.0, MARK), (17.2, 3.2, "BUKAN KK - DATA KARANGAN")):
        draw.text(
            (RIGHT * DENSITY, y * DENSITY), text, font=font(SANS_BOLD, size * DENSITY), fill=RED, anchor="ra"
        )
    _paste(paper, rosette(round(18 * DENSITY)), (20, 9))
    for piece in under:
        _paste(paper, piece.image, piece.at)
    return Sheet(
        paper,
        DENSITY,
        faults.size * CAP,
        press.boxes,
        faults.record() | {"row_mm": round(faults.step, 3)},
        signatures=tuple(inked(one.image, _place(one.at)) for one in under if one.signature),
    )


def _paste(paper: Image.Image, piece: Image.Image, at: tuple[float, float]) -> None:
    paper.paste(piece.convert("RGB"), _place(at), piece.getchannel("A") if piece.mode == "RGBA" else None)


def _place(at: tuple[float, float]) -> tuple[int, int]:
    """Millimetres in pixels."""
    return round(at[0] * DENSITY), round(at[1] * DENSITY)


def _printed(row: dict[str, str]) -> dict[str, str]:
    year, month, day = row["tanggal_lahir"].split("-")
    return row | {"tanggal_lahir": f"{day}-{month}-{year}"}


def _top(press: Press, home: Family, rng: random.Random) -> None:
    middle = WIDTH / 2
    face = press.style.bold
    press.text((middle, 17.5), "KARTU KELUARGA", size=rng.uniform(7.5, 10), face=face, anchor="ms")
    sign = rng.choice(("No. ", "No. ", "NO. ", "Nomor : "))
    size = rng.uniform(5.2, 6.8)
    wide = press.width(sign, size) + press.width(home.nomor_kk, size)
    start = middle - wide / 2
    press.text((start, 25.5), sign, size=size, anchor="ls")
    at = start + press.width(sign, size) + press.width("i", size) * 0.2
    press.text((at, 25.5), home.nomor_kk, size=size, anchor="ls", keys=("nomor_kk",))
    fields = kk_fields(home)
    lines = [
        ("Nama Kepala Keluarga", fields["kepala_keluarga"], ("kepala_keluarga",)),
        ("Alamat", fields["alamat"], ("alamat",)),
        ("RT/RW", f"{home.rt}/{home.rw}", ("rt", "rw")),
        ("Kode Pos", fields["kode_pos"], ("kode_pos",)),
        ("Desa/Kelurahan", fields["kel_desa"], ("kel_desa",)),
        ("Kecamatan", fields["kecamatan"], ("kecamatan",)),
        ("Kabupaten/Kota", fields["kabupaten_kota"], ("kabupaten_kota",)),
        ("Provinsi", fields["provinsi"], ("provinsi",)),
    ]
    if rng.random() < 0.4:
        lines = [*lines[:3], lines[4], *lines[5:7], lines[3], lines[7]]
    size = press.style.size * rng.uniform(1.2, 1.45)
    pitch = size * rng.uniform(1.3, 1.5)
    for x, colon, end, block in ((LEFT, 53, 160, lines[:4]), (176, 210, RIGHT, lines[4:])):
        for line, (label, value, keys) in enumerate(block):
            y = 33.2 + pitch * line
            press.text((x, y), label, size=size, anchor="ls", room=colon - x - 1)
            press.text((colon, y), ":", size=size, anchor="ls")
            press.text((colon + 3, y), value, size=size, anchor="ls", room=end - colon - 4, keys=keys)


def _table(press: Press, table: Grid, rows: Sequence[dict[str, str]]) -> None:
    step, body, bottom = table.step, table.body, table.bottom(ROWS)
    for y in (table.top, table.numbers, *(body + step * row for row in range(ROWS + 1))):
        press.line((LEFT, y, RIGHT, y))
    for place, x in enumerate(table.edges):
        top = (table.top + table.numbers) / 2 if table.within_group(place) else table.top
        press.line((x, top, x, bottom))
    _heads(press, table)
    for row in range(ROWS):
        middle = body + (row + 0.5) * step
        _cell(press, table.edges[0], table.edges[1], middle, str(row + 1), centred=True)
        for column, x0, x1 in table.cells():
            value = rows[row][column.key] if row < len(rows) else table.empty
            keys = (f"member_{row + 1}_{column.key}",) if row < len(rows) and value != "-" else ()
            _cell(press, x0, x1, middle, value, centred=column.centred or value == "-", keys=keys)


def _heads(press: Press, table: Grid) -> None:
    half = (table.top + table.numbers) / 2
    size, face = press.style.size * 0.92, press.style.bold
    _cell(press, table.edges[0], table.edges[1], half, "No", centred=True, size=size, face=face)
    for group, x0, x1 in table.groups():
        _cell(press, x0, x1, (table.top + half) / 2, group, centred=True, size=size, face=face)
        press.line((x0, half, x1, half))
    for column, x0, x1 in table.cells():
        parts = ["", column.heading] if column.group else column.heading.split("|")
        height = (table.numbers - table.top) / len(parts)
        for line, part in enumerate(parts):
            y = table.top + (line + 0.5) * height
            _cell(press, x0, x1, y, part, centred=True, size=size, face=face)
        y = (table.numbers + table.body) / 2
        _cell(press, x0, x1, y, f"({column.number})", centred=True, size=size * 0.94)


def _cell(
    press: Press,
    x0: float,
    x1: float,
    middle: float,
    text: str,
    *,
    centred: bool,
    keys: tuple[str, ...] = (),
    size: float | None = None,
    face: tuple[str, str] | None = None,
) -> None:
    if not text:
        return
    size = size or press.style.size
    base = middle + size * CAP / 2
    room = x1 - x0 - 1.4
    if centred:
        press.text(((x0 + x1) / 2, base), text, size=size, face=face, anchor="ms", room=room, keys=keys)
    else:
        press.text((x0 + 0.9, base), text, size=size, face=face, anchor="ls", room=room, keys=keys)
