"""The columns of the family card's two tables and where their rules run (mm)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

LEFT, RIGHT = 9.5, 287.5
NUMBER_WIDTH = 7.5


@dataclass(frozen=True)
class Column:
    """A column: heading (lines parted by `|`), number, share of the width, the row's key, the shared heading above."""

    heading: str
    number: int
    share: float
    key: str
    centred: bool = False
    group: str = ""


@dataclass(frozen=True)
class Grid:
    """One table: `top` of its head, `numbers` where the line of column numbers begins, `body` where rows begin."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    top: float
    numbers: float
    body: float
    step: float
    empty: str

    def bottom(self, rows: int) -> float:
        return self.body + self.step * rows

    def cells(self) -> Iterator[tuple[Column, float, float]]:
        """Each column with its left and right edge."""
        return zip(self.columns, self.edges[1:], self.edges[2:], strict=False)

    def within_group(self, place: int) -> bool:
        """True where the rule at `edges[place]` runs between two columns under one heading."""
        if not 2 <= place < len(self.edges) - 1:
            return False
        before, after = self.columns[place - 2], self.columns[place - 1]
        return bool(before.group) and before.group == after.group

    def groups(self) -> Iterator[tuple[str, float, float]]:
        """The shared headings with their left and right edge."""
        for group in dict.fromkeys(column.group for column in self.columns if column.group):
            places = [place for place, column in enumerate(self.columns) if column.group == group]
            yield group, self.edges[places[0] + 1], self.edges[places[-1] + 2]


def grid(*, new: bool, wide: bool, step: float, rng: random.Random) -> tuple[Grid, Grid]:
    """Both tables. `wide`: with blood type and day of marriage. The second hangs below the first."""
    first, second = columns(wide=new or wide, grouped=new or rng.random() < 0.6)
    head, line = rng.uniform(7.4, 9.2), rng.uniform(3.3, 4.0)
    top = rng.uniform(53.2, 55.0)
    gap = rng.uniform(3.5, 6.5)
    step = min(step, (182 - top - gap - 2 * (head + line)) / 20)
    empty = rng.choice(("-", "-", ""))
    tables = []
    for part in (first, second):
        shaken = [column.share * rng.uniform(0.94, 1.06) for column in part]
        unit = (RIGHT - LEFT - NUMBER_WIDTH) / sum(shaken)
        edges = [LEFT, LEFT + NUMBER_WIDTH]
        for share in shaken:
            edges.append(edges[-1] + unit * share)
        table = Grid(tuple(part), tuple(edges), top, top + head, top + head + line, step, empty)
        tables.append(table)
        top = table.bottom(10) + gap
    return tables[0], tables[1]


def columns(*, wide: bool, grouped: bool) -> tuple[list[Column], list[Column]]:
    """The columns of the upper and of the lower table, numbered through."""
    first = [
        Column("Nama Lengkap", 1, 5.2, "nama"),
        Column("NIK", 2, 3.5, "nik", centred=True),
        Column("Jenis|Kelamin", 3, 2.1, "jenis_kelamin"),
        Column("Tempat Lahir", 4, 3.3, "tempat_lahir"),
        Column("Tanggal|Lahir", 5, 2.1, "tanggal_lahir", centred=True),
        Column("Agama", 6, 1.8, "agama"),
        Column("Pendidikan", 7, 4.4, "pendidikan"),
        Column("Jenis Pekerjaan", 8, 4.6, "pekerjaan"),
    ]
    at = 9
    if wide:
        first.append(Column("Golongan|Darah", at, 1.9, "gol_darah", centred=True))
        at += 1
    second = [Column("Status|Perkawinan", at, 3.6, "status_perkawinan")]
    at += 1
    if wide:
        second.append(Column("Tanggal|Perkawinan", at, 2.5, "tanggal_perkawinan", centred=True))
        at += 1
    papers = "Dokumen Imigrasi" if grouped else ""
    rest = (
        ("Status Hubungan|Dalam Keluarga", 3.9, "hubungan", False, ""),
        ("Kewarganegaraan", 3.1, "kewarganegaraan", True, ""),
        ("No. Paspor", 2.3, "no_paspor", True, papers),
        ("No. KITAP", 2.3, "no_kitap", True, papers),
        ("Ayah", 5.0, "nama_ayah", False, "Nama Orang Tua"),
        ("Ibu", 5.0, "nama_ibu", False, "Nama Orang Tua"),
    )
    second += [
        Column(heading, at + place, share, key, centred, group)
        for place, (heading, share, key, centred, group) in enumerate(rest)
    ]
    return first, second
