"""Whole family cards as pieces of text and rules, without any picture."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from chalicelib.reading.lines import Line
from chalicelib.reading.table.straight import Bend, Rule, Ruling

FIRST = (
    ("no", "No", 70), ("nama", "Nama Lengkap", 430), ("nik", "NIK", 290), ("jenis_kelamin", "Jenis|Kelamin", 170),
    ("tempat_lahir", "Tempat Lahir", 280), ("tanggal_lahir", "Tanggal|Lahir", 170), ("agama", "Agama", 150),
    ("pendidikan", "Pendidikan", 330), ("pekerjaan", "Jenis Pekerjaan", 300), ("gol_darah", "Golongan|Darah", 110),
)  # fmt: skip
SECOND = (
    ("no", "No", 70), ("status_perkawinan", "Status|Perkawinan", 260),
    ("tanggal_perkawinan", "Tanggal|Perkawinan", 190),
    ("hubungan", "Status Hubungan|Dalam Keluarga", 300), ("kewarganegaraan", "Kewarganegaraan", 240),
    ("no_paspor", "No. Paspor", 190), ("no_kitap", "No. KITAP", 190), ("nama_ayah", "Ayah", 430),
    ("nama_ibu", "Ibu", 430),
)  # fmt: skip
HEAD = {
    "nama": "AFRIZAL CONTOH", "nik": "1311041110639924", "jenis_kelamin": "LAKI-LAKI", "tempat_lahir": "SOLOK SELATAN",
    "tanggal_lahir": "11-10-1963", "agama": "ISLAM", "pendidikan": "SLTA/SEDERAJAT", "pekerjaan": "KARYAWAN SWASTA",
    "gol_darah": "B", "status_perkawinan": "KAWIN TERCATAT", "tanggal_perkawinan": "02-03-1990",
    "hubungan": "KEPALA KELUARGA", "kewarganegaraan": "WNI", "nama_ayah": "BUSTAMI CONTOH", "nama_ibu": "ROSNI CONTOH",
}  # fmt: skip
WIFE = HEAD | {
    "nama": "YUSNIAR CONTOH", "nik": "1311045204689927", "jenis_kelamin": "PEREMPUAN", "tanggal_lahir": "12-04-1968",
    "hubungan": "ISTRI", "nama_ayah": "SYAFRI CONTOH", "nama_ibu": "DARNIS CONTOH", "gol_darah": "",
}  # fmt: skip
CHILD = HEAD | {
    "nama": "RAHMI CONTOH", "nik": "1311046505999921", "jenis_kelamin": "PEREMPUAN", "tanggal_lahir": "25-05-1999",
    "hubungan": "ANAK", "status_perkawinan": "BELUM KAWIN", "tanggal_perkawinan": "", "pekerjaan": "PELAJAR/MAHASISWA",
    "nama_ayah": "AFRIZAL CONTOH", "nama_ibu": "YUSNIAR CONTOH", "gol_darah": "AB",
}  # fmt: skip

LEFT, PITCH, ROWS = 60.0, 40.0, 10
TOPS = (380.0, 860.0)
_NEW_ONLY = ("gol_darah", "tanggal_perkawinan")


def wanted(people: Sequence[Mapping[str, str]], *, new: bool) -> list[dict[str, str]]:
    """The fields that should come out: empty cells absent, birth dates in ISO."""
    rows = []
    for person in people:
        row = {k: v for k, v in person.items() if v and (new or k not in ("gol_darah", "tanggal_perkawinan"))}
        day, month, year = row["tanggal_lahir"].split("-")
        rows.append(row | {"tanggal_lahir": f"{year}-{month}-{day}"})
    return rows


def columns(table: int, *, new: bool) -> list[tuple[str, str, float]]:
    """Key, heading and width of each column; the old layout lacks two and its others are wider."""
    kept = [c for c in (FIRST, SECOND)[table] if new or c[0] not in _NEW_ONLY]
    scale = 2300 / sum(width for _, _, width in kept)
    return [(key, head, width * scale) for key, head, width in kept]


def edges(table: int, *, new: bool) -> list[float]:
    at = [LEFT]
    for _, _, width in columns(table, new=new):
        at.append(at[-1] + width)
    return at


def text(words: str, left: float, y: float, *, narrow: float = 10.0) -> Line:
    return Line(words, 0.98, left, y - 12, left + narrow * len(words), y + 12)


def sheet(members: Sequence[Mapping[str, str]], *, new: bool = True, numbers: bool = True) -> list[Line]:
    """The two tables of a card 2400 pixels wide, filled left-aligned; a dash in an empty cell is read now and then."""
    rng = random.Random(len(members))
    lines: list[Line] = []
    count = 0
    for table, top in enumerate(TOPS):
        at = edges(table, new=new)
        for place, (key, head, _) in enumerate(columns(table, new=new)):
            middle = (at[place] + at[place + 1]) / 2
            for n, part in enumerate(head.split("|")):
                lines.append(text(part, middle - 5 * len(part), top + 18 + 22 * n))
            if key == "no":
                continue
            count += 1
            lines.append(text(f"({count})", middle - 18, top + 72))
            for row, member in enumerate(members):
                value = member.get(key, "")
                if value:
                    lines.append(text(value, at[place] + 6, body(table) + (row + 0.5) * PITCH))
            for row in range(ROWS):
                if row >= len(members) and rng.random() < 0.3:
                    lines.append(
                        Line(
                            "a",
                            0.3,
                            middle - 3,
                            body(table) + (row + 0.5) * PITCH - 4,
                            middle + 3,
                            body(table) + (row + 0.5) * PITCH + 4,
                        )
                    )
        if numbers:
            lines += [
                text(str(row + 1), LEFT + 20, body(table) + (row + 0.5) * PITCH, narrow=12)
                for row in range(ROWS)
            ]
    return lines


def body(table: int) -> float:
    """Level at which the members' rows begin."""
    return TOPS[table] + 58 + 28


def rules(*, new: bool = True, bend: Bend | None = None, lost: Sequence[int] = ()) -> Ruling:
    """The rules of the sheet; `lost`: numbers of rules across, counted down the page, that were not seen."""
    levels: list[Rule] = []
    uprights: list[Rule] = []
    for table, top in enumerate(TOPS):
        at = edges(table, new=new)
        start = body(table)
        for level in (top, top + 58, *(start + PITCH * n for n in range(ROWS + 1))):
            levels.append(Rule(level, 2300, ((LEFT, at[-1]),)))
        uprights += [Rule(x, 486, ((top, start + PITCH * ROWS),)) for x in at]
    kept = [rule for i, rule in enumerate(levels) if i not in lost]
    return Ruling(bend or Bend(), Bend(), tuple(kept), tuple(sorted(uprights, key=lambda rule: rule.at)))
