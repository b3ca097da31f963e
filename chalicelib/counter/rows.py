"""The rows of a list, judged one by one: what was put right, what is worth knowing, and what keeps a row back.

Pure: no row is compared with anything but its own list, so nobody learns what is known elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from chalicelib.counter import damage
from chalicelib.counter.columns import Table
from chalicelib.counter.sheet import Cell, plain_text
from chalicelib.errors import BadInput
from chalicelib.identity import digits as sixteen
from chalicelib.identity import regions
from chalicelib.identity.family_card import FamilyCardNumber
from chalicelib.identity.names import normalised
from chalicelib.identity.nik import Nik
from chalicelib.identity.region import RegionCode

FIELDS = ("nik", "nomor_kk", "nama", "alamat", "rt", "rw", "desa")
_SURELY = 0.8
"""How alike a written village must be to the counter's own."""


class Weight(StrEnum):
    """What a remark means for its row."""

    MENDED = "mended"
    NOTE = "note"
    STOPS = "stops"


@dataclass(frozen=True)
class Remark:
    """`code` of the catalogue; `values` fill its gaps (never personal); `proposal` could stand in the field instead."""

    field: str
    code: str
    weight: Weight = Weight.STOPS
    proposal: str = ""
    values: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Row:
    """One person of a list. `values` are as they would be saved, of a field that stops the row as they were written."""

    number: int
    values: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()

    @property
    def good(self) -> bool:
        return all(remark.weight is not Weight.STOPS for remark in self.remarks)


def judged(table: Table, village: RegionCode) -> Sequence[Row]:
    """Each row of the list, for the counter of `village`."""
    rounded = damage.all_end_in_zero([damage.bare(cells.get("nik", Cell()).text) for _, cells in table.rows])
    rows = [_row(number, cells, table.fields, village, rounded) for number, cells in table.rows]
    return _compared(rows)


def table_from(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Table:
    """Rows that were mended by hand, as a list of all fields."""
    cells = [
        (number, {name: Cell(plain_text(values.get(name, ""))) for name in FIELDS}) for number, values in rows
    ]
    return Table(cells, frozenset(FIELDS))


def _row(
    number: int, cells: Mapping[str, Cell], fields: frozenset[str], village: RegionCode, rounded: bool
) -> Row:
    values = {name: cells.get(name, Cell()).text for name in FIELDS}
    values |= _parted(cells.get("rt_rw", Cell()).text, values)
    found: list[Remark] = []

    def take(name: str, judge: Callable[[str], tuple[str, list[Remark]]]) -> None:
        values[name], remarks = judge(values[name])
        found.extend(remarks)

    for name in ("nik", "nomor_kk"):
        take(name, partial(_number, name, cells.get(name, Cell()).number, rounded))
    take("nama", _name)
    for name in ("rt", "rw"):
        take(name, partial(_neighbourhood, name))
    if "desa" in fields:
        take("desa", lambda text: _village(text, village))
    else:
        values["desa"] = regions.name(village)
    return Row(number, values, tuple(found))


def _number(name: str, is_number: bool, rounded: bool, text: str) -> tuple[str, list[Remark]]:
    """A NIK or family card number, its damage told apart."""
    digits = damage.bare(text)
    if not digits:
        return "", [
            Remark(name, "NIK_KOSONG") if name == "nik" else Remark(name, "KK_DARI_FOTO", Weight.NOTE)
        ]
    lost = damage.is_rounded(digits, number=is_number) or (rounded and name == "nik" and digits.endswith("0"))
    if told := _damage(name, text, digits, lost):
        return text, [told]
    try:
        doubts = _nik_doubts(digits) if name == "nik" else _card_doubts(digits)
    except BadInput as problem:
        return text, [Remark(name, problem.code, values=problem.values)]
    tidied = [] if digits == text else [Remark(name, "ANGKA_DIRAPIKAN", Weight.MENDED)]
    return digits, [*tidied, *doubts]


def _damage(name: str, text: str, digits: str, lost: bool) -> Remark | None:
    """What was done to the number on its way through a spreadsheet, or by who typed it; None: nothing of the kind."""
    if damage.is_scientific(text):
        return Remark(name, "ANGKA_ILMIAH")
    if lost:
        return Remark(name, "ANGKA_DIBULATKAN")
    if not sixteen.is_digits(digits):
        mended = damage.without_letters(text)
        return Remark(name, "ANGKA_HURUF", proposal=mended) if mended else Remark(name, "ANGKA_ASING")
    return Remark(name, "ANGKA_KURANG_SATU") if len(digits) == sixteen.LENGTH - 1 else None


def _nik_doubts(digits: str) -> list[Remark]:
    """What is worth knowing of a NIK that could be. BadInput: it could not."""
    nik = Nik.parse(digits)
    if not regions.exists(nik.region.at(1)):
        raise BadInput("NIK_PROVINSI_TIDAK_ADA")
    return [Remark("nik", doubt.code, Weight.NOTE) for doubt in nik.doubts()]


def _card_doubts(digits: str) -> list[Remark]:
    FamilyCardNumber.parse(digits)
    return []


def _name(text: str) -> tuple[str, list[Remark]]:
    return (text, []) if normalised(text) else (text, [Remark("nama", "NAMA_KOSONG")])


def _neighbourhood(name: str, text: str) -> tuple[str, list[Remark]]:
    """RT or RW: up to three digits, written with three."""
    digits = damage.bare(text).upper().removeprefix(name.upper())
    if not digits:
        return "", [Remark(name, "RT_RW_DARI_FOTO", Weight.NOTE)]
    if not sixteen.is_digits(digits) or len(digits) > 3:
        return text, [Remark(name, "RT_RW_SALAH")]
    return digits.zfill(3), []


def _parted(text: str, values: Mapping[str, str]) -> dict[str, str]:
    """`003/005` in one column, where the columns of their own are empty."""
    rt, mark, rw = text.partition("/")
    if not mark or values["rt"] or values["rw"]:
        return {"rt": values["rt"] or ("" if mark else text), "rw": values["rw"]}
    return {"rt": rt.strip(), "rw": rw.strip()}


def _village(text: str, village: RegionCode) -> tuple[str, list[Remark]]:
    """The village that is written must be the counter's own, by code or by name."""
    own = regions.name(village)
    if not text:
        return "", [Remark("desa", "DESA_KOSONG", proposal=own)]
    plain = damage.bare(text)
    if sixteen.is_digits(plain):
        if plain == village.digits:
            return own, []
        return text, [Remark("desa", "DESA_LAIN", proposal=own, values={"desa": own})]
    likeness = max(
        regions.likeness(text, str(village), spelled) for spelled in regions.spellings(str(village))
    )
    if likeness == 1.0:
        return own, []
    if likeness >= _SURELY:
        return own, [Remark("desa", "DESA_DIRAPIKAN", Weight.MENDED)]
    return text, [Remark("desa", "DESA_LAIN", proposal=own, values={"desa": own})]


def _compared(rows: Sequence[Row]) -> Sequence[Row]:
    """What only the whole list shows: a family card's number in the NIK's column, the same NIK twice."""
    cards = Counter(row.values["nomor_kk"] for row in rows if row.values["nomor_kk"])
    seen: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.values["nik"]:
            seen[row.values["nik"]].append(row)
    told = []
    for row in rows:
        nik = row.values["nik"]
        more: list[Remark] = []
        if nik and cards[nik]:
            more.append(Remark("nik", "NIK_KK_TERTUKAR"))
        others = [one for one in seen.get(nik, ()) if one is not row]
        if others and not (_same_person(row, others[0]) and row.number < others[0].number):
            more.append(Remark("nik", "NIK_DUA_KALI", values={"baris": others[0].number}))
        told.append(replace(row, remarks=(*row.remarks, *more)))
    return told


def _same_person(one: Row, other: Row) -> bool:
    """Whether two rows with one NIK say the same name: then the first may go, and the other is only written twice."""
    return normalised(one.values["nama"]) == normalised(other.values["nama"])
