"""A family card (A4 landscape, about ten pixels a millimetre): the new layout with a QR, the old one with a stamp.

The columns are those of the decrees: new since 1 July 2020 (17 columns), old before (15: no blood type, no day of
marriage). Emblem, patterns and office are our own inventions.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from chalicelib.local.specimens.codes import qr
from chalicelib.local.specimens.family import Family
from chalicelib.local.specimens.fonts import NARROW, SANS, SANS_BOLD, fitted, font
from chalicelib.local.specimens.names import adult, custom
from chalicelib.local.specimens.paint import RED, Colour, clouds, contoh, scribble, security_waves, tinted
from chalicelib.local.specimens.truth import MARK, dmy, kk_fields, kk_members

SIZE = (3000, 2121)
LEFT, RIGHT = 96, 2904
ROWS, ROW_HEIGHT = 10, 46
HEAD_HEIGHT, NUMBER_HEIGHT = 92, 38
FIRST_TABLE, SECOND_TABLE, FOOT = 540, 1160, 1790
INK: Colour = (24, 24, 28)


@dataclass(frozen=True)
class Column:
    """A column: its heading (lines by `|`), its number, its share of the width, the row's key, and the heading
    that it shares with its neighbour."""

    heading: str
    number: int
    share: float
    key: str
    centred: bool = False
    group: str = ""


def qr_text(home: Family) -> str:
    """What the new card's QR holds: an invented address with the card's number."""
    return f"https://contoh.example.id/kk/{home.nomor_kk}?terbit={home.issued:%Y%m%d}"


def draw_kk(home: Family, rng: random.Random) -> Image.Image:
    """The sheet as RGB, in the layout of its day of issue."""
    new = home.new_layout
    sheet = tinted((250, 249, 245) if new else (214, 230, 238), clouds(*SIZE, rng, coarse=900, octaves=3) * 3)
    security_waves(sheet, (236, 236, 228) if new else (194, 214, 226), rng, gap=44, width=2)
    contoh(sheet, size=560, colour=RED, alpha=26, angle=22)
    draw = ImageDraw.Draw(sheet)
    _top(sheet, draw, home)
    rows = [_printed(row) for row in kk_members(home)]
    first, second = _columns(new=new)
    _table(draw, FIRST_TABLE, first, rows)
    _table(draw, SECOND_TABLE, second, rows)
    _foot(sheet, draw, home, rng)
    return sheet


def _printed(row: dict[str, str]) -> dict[str, str]:
    year, month, day = row["tanggal_lahir"].split("-")
    return row | {"tanggal_lahir": f"{day}-{month}-{year}"}


def _columns(*, new: bool) -> tuple[list[Column], list[Column]]:
    first = [
        Column("Nama Lengkap", 1, 5.2, "nama"),
        Column("NIK", 2, 3.5, "nik", centred=True),
        Column("Jenis|Kelamin", 3, 2.1, "jenis_kelamin"),
        Column("Tempat Lahir", 4, 3.3, "tempat_lahir"),
        Column("Tanggal|Lahir", 5, 2.0, "tanggal_lahir", centred=True),
        Column("Agama", 6, 1.8, "agama"),
        Column("Pendidikan", 7, 4.4, "pendidikan"),
        Column("Jenis Pekerjaan", 8, 4.6, "pekerjaan"),
    ]
    at = 9
    if new:
        first.append(Column("Golongan|Darah", at, 1.7, "gol_darah", centred=True))
        at += 1
    second = [Column("Status|Perkawinan", at, 3.6, "status_perkawinan")]
    at += 1
    if new:
        second.append(Column("Tanggal|Perkawinan", at, 2.5, "tanggal_perkawinan", centred=True))
        at += 1
    rest = (
        ("Status Hubungan|Dalam Keluarga", 3.9, "hubungan", False, ""),
        ("Kewarganegaraan", 3.1, "kewarganegaraan", True, ""),
        ("No. Paspor", 2.3, "no_paspor", True, "Dokumen Imigrasi"),
        ("No. KITAP", 2.3, "no_kitap", True, "Dokumen Imigrasi"),
        ("Ayah", 5.0, "nama_ayah", False, "Nama Orang Tua"),
        ("Ibu", 5.0, "nama_ibu", False, "Nama Orang Tua"),
    )
    second += [
        Column(title, at + n, share, key, mid, group)
        for n, (title, share, key, mid, group) in enumerate(rest)
    ]
    return first, second


def _top(sheet: Image.Image, draw: ImageDraw.ImageDraw, home: Family) -> None:
    _rosette(sheet, (300, 200), 92)
    middle = SIZE[0] // 2
    draw.text((middle, 84), "KARTU KELUARGA", font=font(SANS_BOLD, 104), fill=INK, anchor="ma")
    draw.text((middle, 206), f"No. {home.nomor_kk}", font=font(SANS, 72), fill=INK, anchor="ma")
    draw.text((RIGHT, 90), MARK, font=font(SANS_BOLD, 84), fill=RED, anchor="ra")
    draw.text((RIGHT, 186), "BUKAN KK - DATA KARANGAN", font=font(SANS_BOLD, 34), fill=RED, anchor="ra")
    fields = kk_fields(home)
    left = (
        ("Nama Kepala Keluarga", fields["kepala_keluarga"]),
        ("Alamat", fields["alamat"]),
        ("RT/RW", f"{home.rt}/{home.rw}"),
        ("Kode Pos", fields["kode_pos"]),
    )
    right = (
        ("Desa/Kelurahan", fields["kel_desa"]),
        ("Kecamatan", fields["kecamatan"]),
        ("Kabupaten/Kota", fields["kabupaten_kota"]),
        ("Provinsi", fields["provinsi"]),
    )
    for x, colon, end, block in ((LEFT, 540, 1620, left), (1740, 2080, RIGHT, right)):
        for line, (label, value) in enumerate(block):
            y = 318 + 52 * line
            draw.text((x, y), label, font=font(SANS, 40), fill=INK)
            draw.text((colon, y), ":", font=font(SANS, 40), fill=INK)
            draw.text((colon + 30, y), value, font=fitted(SANS, 40, value, end - colon - 40), fill=INK)


def _table(
    draw: ImageDraw.ImageDraw, top: int, columns: Sequence[Column], rows: Sequence[dict[str, str]]
) -> None:
    number_width = 80
    unit = (RIGHT - LEFT - number_width) / sum(column.share for column in columns)
    edges = [float(LEFT), float(LEFT + number_width)]
    for column in columns:
        edges.append(edges[-1] + unit * column.share)
    body = top + HEAD_HEIGHT + NUMBER_HEIGHT
    bottom = body + ROWS * ROW_HEIGHT
    lines = [top, top + HEAD_HEIGHT, *range(body, bottom + 1, ROW_HEIGHT)]
    for y in lines:
        draw.line((LEFT, y, RIGHT, y), fill=INK, width=3)
    for place, x in enumerate(edges):
        beside = [column.group for column in columns[max(place - 2, 0) : place]] if place >= 2 else []
        within = place < len(edges) - 1 and bool(beside) and all(beside) and len(set(beside)) == 1
        draw.line((x, top + HEAD_HEIGHT / 2 if within else top, x, bottom), fill=INK, width=3)
    _groups(draw, top, columns, edges)
    _cell(draw, (edges[0], top, edges[1], top + HEAD_HEIGHT), "No", centred=True, bold=True)
    for row in range(ROWS):
        y = body + row * ROW_HEIGHT
        _cell(draw, (edges[0], y, edges[1], y + ROW_HEIGHT), str(row + 1), centred=True)
    for column, x0, x1 in zip(columns, edges[1:], edges[2:], strict=False):
        parts = ["", column.heading] if column.group else column.heading.split("|")
        for line, part in enumerate(parts):
            height = HEAD_HEIGHT / len(parts)
            y0 = top + line * height
            _cell(draw, (x0, y0, x1, y0 + height), part, centred=True, bold=True)
        _cell(draw, (x0, top + HEAD_HEIGHT, x1, body), f"({column.number})", centred=True)
        for row in range(ROWS):
            y = body + row * ROW_HEIGHT
            value = rows[row][column.key] if row < len(rows) else "-"
            _cell(draw, (x0, y, x1, y + ROW_HEIGHT), value, centred=column.centred or value == "-")


def _groups(draw: ImageDraw.ImageDraw, top: int, columns: Sequence[Column], edges: Sequence[float]) -> None:
    """The headings that stand over two columns."""
    middle = top + HEAD_HEIGHT / 2
    for group in dict.fromkeys(column.group for column in columns if column.group):
        places = [place for place, column in enumerate(columns) if column.group == group]
        x0, x1 = edges[places[0] + 1], edges[places[-1] + 2]
        _cell(draw, (x0, top, x1, middle), group, centred=True, bold=True)
        draw.line((x0, middle, x1, middle), fill=INK, width=3)


def _cell(
    draw: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    text: str,
    *,
    centred: bool,
    bold: bool = False,
) -> None:
    x0, y0, x1, y1 = box
    room = x1 - x0 - 20
    letters = fitted(SANS_BOLD if bold else SANS, 33, text, room, least=28)
    if letters.getlength(text) > room:
        letters = fitted(NARROW, 34, text, room, least=22)
    middle = (y0 + y1) / 2
    if centred:
        draw.text(((x0 + x1) / 2, middle), text, font=letters, fill=INK, anchor="mm")
    else:
        draw.text((x0 + 12, middle), text, font=letters, fill=INK, anchor="lm")


def _foot(sheet: Image.Image, draw: ImageDraw.ImageDraw, home: Family, rng: random.Random) -> None:
    small, plain, bold = font(SANS, 34), font(SANS, 38), font(SANS_BOLD, 38)
    draw.text((LEFT, FOOT), f"Dikeluarkan Tanggal : {dmy(home.issued)}", font=plain, fill=INK)
    middle = 1280
    draw.text((middle, FOOT), "KEPALA KELUARGA", font=plain, fill=INK, anchor="ma")
    draw.text((middle, FOOT + 210), home.head.nama, font=bold, fill=INK, anchor="ma")
    draw.text((middle, FOOT + 258), "Tanda Tangan/Cap Jempol", font=small, fill=INK, anchor="ma")
    _paste(sheet, scribble(rng, 330, 140, (36, 40, 84), 5), (middle - 165, FOOT + 62))
    office = ("KEPALA DINAS KEPENDUDUKAN", f"DAN PENCATATAN SIPIL {home.region.kabupaten_kota}")
    official = adult(custom(home.region.code), rng, woman=rng.random() < 0.5, taken=set())
    if home.new_layout:
        code = qr(qr_text(home), 270, quiet=2)
        sheet.paste(code, (RIGHT - code.width, FOOT + 8))
        centre = RIGHT - code.width - 430
        draw.text((LEFT, FOOT + 218), "Dokumen contoh ini dibuat oleh program.", font=small, fill=INK)
        draw.text((LEFT, FOOT + 262), "Bukan dokumen Dukcapil.", font=small, fill=INK)
    else:
        centre = 2360
        for line, text in enumerate(("I. Kepala Keluarga", "II. RT", "III. Desa/Kelurahan", "IV. Kecamatan")):
            draw.text((LEFT + 190, FOOT + 62 + 46 * line), text, font=small, fill=INK)
        draw.text((LEFT, FOOT + 62), "LEMBAR :", font=small, fill=INK)
        _stamp(sheet, (centre - 210, FOOT + 150), 108)
        _paste(sheet, scribble(rng, 360, 130, (30, 34, 60), 6), (centre - 150, FOOT + 86))
    for line, text in enumerate(office):
        draw.text((centre, FOOT + 46 * line), text, font=fitted(SANS, 36, text, 840), fill=INK, anchor="ma")
    draw.text((centre, FOOT + 216), official, font=bold, fill=INK, anchor="ma")
    draw.text((centre, FOOT + 262), "NIP. 99000101 990001 9 901", font=small, fill=INK, anchor="ma")


def _paste(sheet: Image.Image, piece: Image.Image, at: tuple[int, int]) -> None:
    sheet.paste(piece.convert("RGB"), at, piece.getchannel("A"))


def _rosette(sheet: Image.Image, at: tuple[int, int], radius: int) -> None:
    """An ornament of petals where real cards carry the state's emblem, which we do not imitate."""
    scale = 3
    layer = Image.new("RGBA", (radius * 2 * scale, radius * 2 * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    c = radius * scale
    for petal in range(12):
        angle = petal * math.pi / 6
        x, y, r = c + 0.62 * c * math.cos(angle), c + 0.62 * c * math.sin(angle), 0.3 * c
        draw.ellipse((x - r, y - r, x + r, y + r), outline=(150, 120, 60, 255), width=7)
    draw.ellipse((0.62 * c, 0.62 * c, 1.38 * c, 1.38 * c), fill=(176, 146, 84, 255))
    small = layer.resize((radius * 2, radius * 2), Image.Resampling.LANCZOS)
    _paste(sheet, small, (at[0] - radius, at[1] - radius))


def _stamp(sheet: Image.Image, at: tuple[int, int], radius: int) -> None:
    """A round violet office stamp that says CONTOH."""
    scale = 3
    layer = Image.new("RGBA", (radius * 2 * scale, radius * 2 * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    c = radius * scale
    ink = (92, 66, 150, 190)
    for ring, width in ((0.98, 12), (0.72, 6)):
        draw.ellipse((c - ring * c, c - ring * c, c + ring * c, c + ring * c), outline=ink, width=width)
    draw.text((c, c), MARK, font=font(SANS_BOLD, 92), fill=ink, anchor="mm")
    small = layer.rotate(12, Image.Resampling.BICUBIC).resize(
        (radius * 2, radius * 2), Image.Resampling.LANCZOS
    )
    _paste(sheet, small, (at[0] - radius, at[1] - radius))
