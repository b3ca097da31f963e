"""Documents as lines of text, without any picture: what an engine would hand over, made by hand for the parsers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chalicelib.reading.lines import Line

KTP: Mapping[str, str] = {
    "provinsi": "SUMATERA BARAT",
    "kabupaten_kota": "KABUPATEN SOLOK SELATAN",
    "nik": "1311041110639924",
    "nama": "AFRIZAL CONTOH",
    "lahir": "SOLOK SELATAN, 11-10-1963",
    "jenis_kelamin": "LAKI-LAKI",
    "gol_darah": "B",
    "alamat": "JR. TANGAH SAWAH",
    "rt_rw": "014/008",
    "kel_desa": "PADANG AIR DINGIN",
    "kecamatan": "SANGIR JUJUAN",
    "agama": "ISLAM",
    "status_perkawinan": "KAWIN",
    "pekerjaan": "KARYAWAN SWASTA",
    "kewarganegaraan": "WNI",
    "berlaku_hingga": "SEUMUR HIDUP",
}
"""An invented person's card; values may hold a line break."""

_LABELS = {
    "nik": "NIK", "nama": "Nama", "lahir": "Tempat/Tgl Lahir", "jenis_kelamin": "Jenis Kelamin", "alamat": "Alamat",
    "rt_rw": "RT/RW", "kel_desa": "Kel/Desa", "kecamatan": "Kecamatan", "agama": "Agama",
    "status_perkawinan": "Status Perkawinan", "pekerjaan": "Pekerjaan", "kewarganegaraan": "Kewarganegaraan",
    "berlaku_hingga": "Berlaku Hingga",
}  # fmt: skip
_INDENTED = ("rt_rw", "kel_desa", "kecamatan")
PITCH = 40.0


def text_line(text: str, left: float, y: float, confidence: float = 0.99) -> Line:
    """A line 28 pixels high, 14 pixels a letter."""
    return Line(text, confidence, left, y - 14, left + 14.0 * len(text), y + 14)


def ktp(values: Mapping[str, str] = KTP, hidden: Sequence[str] = ()) -> list[Line]:
    """A card 1280 pixels wide. `hidden`: labels that were not read (their values were)."""
    lines = [
        replace(text_line(f"PROVINSI {values['provinsi']}", 400, 70), left=390, right=890),
        replace(text_line(values["kabupaten_kota"], 400, 110), left=380, right=900),
    ]
    y = 195.0
    for key, label in _LABELS.items():
        if key not in hidden:
            lines.append(text_line(label, 95 if key in _INDENTED else 46, y))
        for row, part in enumerate(values.get(key, "").split("\n")):
            if part:
                lines.append(text_line(f": {part}" if row == 0 else part, 360, y + row * PITCH))
        if key == "jenis_kelamin" and values.get("gol_darah"):
            lines.append(text_line(f"Gol. Darah : {values['gol_darah']}", 660, y))
        y += PITCH * (1 + values.get(key, "").count("\n"))
    lines += [text_line("SOLOK SELATAN", 980, 600), text_line("19-01-2017", 1000, 640)]
    return lines


def kk(values: Mapping[str, str], right: Sequence[str]) -> list[Line]:
    """The head of a family card 2400 pixels wide; keys of `right` stand in the right block."""
    labels = {
        "kepala_keluarga": "Nama Kepala Keluarga", "alamat": "Alamat", "rt_rw": "RT/RW", "kode_pos": "Kode Pos",
        "kel_desa": "Desa/Kelurahan", "kecamatan": "Kecamatan", "kabupaten_kota": "Kabupaten/Kota",
        "provinsi": "Provinsi",
    }  # fmt: skip
    lines = [text_line("KARTU KELUARGA", 1000, 100), text_line(f"No.{values['nomor_kk']}", 1010, 150)]
    rows = {True: 0, False: 0}
    for key, label in labels.items():
        there = key in right
        y = 210 + 34.0 * rows[there]
        rows[there] += 1
        lines += [
            text_line(label, 1500 if there else 80, y),
            text_line(f": {values[key]}", 1800 if there else 420, y),
        ]
    return lines


def tilted(lines: Sequence[Line], slope: float) -> list[Line]:
    """The same lines on a picture turned a little: rows drop by `slope` per pixel to the right."""
    turned = []
    for line in lines:
        x, y = line.x - slope * line.y, line.y + slope * line.x
        half_width = (line.width + abs(slope) * line.height) / 2
        half_height = (line.height + abs(slope) * line.width) / 2
        turned.append(
            Line(line.text, line.confidence, x - half_width, y - half_height, x + half_width, y + half_height)
        )
    return turned
