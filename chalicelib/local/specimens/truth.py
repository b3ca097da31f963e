"""What stands beside each picture: NAME.json with all that is printed on it and where the document lies.

Field names are those of the command line's contract; dates of birth are ISO, all other values stand as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.local.specimens.people import Family, Person
from chalicelib.reading.model import Quad

KTP_KEYS = (
    "nik",
    "nama",
    "tempat_lahir",
    "tanggal_lahir",
    "jenis_kelamin",
    "gol_darah",
    "alamat",
    "rt",
    "rw",
    "kel_desa",
    "kecamatan",
    "kabupaten_kota",
    "provinsi",
    "agama",
    "status_perkawinan",
    "pekerjaan",
    "kewarganegaraan",
    "berlaku_hingga",
)
KK_KEYS = (
    "nomor_kk",
    "kepala_keluarga",
    "alamat",
    "rt",
    "rw",
    "kode_pos",
    "kel_desa",
    "kecamatan",
    "kabupaten_kota",
    "provinsi",
)
MEMBER_KEYS = (
    "nama",
    "nik",
    "jenis_kelamin",
    "tempat_lahir",
    "tanggal_lahir",
    "agama",
    "pendidikan",
    "pekerjaan",
    "gol_darah",
    "status_perkawinan",
    "tanggal_perkawinan",
    "hubungan",
    "kewarganegaraan",
    "no_paspor",
    "no_kitap",
    "nama_ayah",
    "nama_ibu",
)
NEW_LAYOUT_ONLY = ("gol_darah", "tanggal_perkawinan")
"""Columns that most family cards before July 2020 do not print."""

MARK = "CONTOH"
"""The word on every picture, and the first flag of every truth."""


def dmy(day: Any) -> str:
    """A date as documents print it: 31-12-1980."""
    return f"{day:%d-%m-%Y}"


def ktp_fields(home: Family, person: Person) -> dict[str, str]:
    """The fields of this member's KTP, keys `KTP_KEYS`."""
    values = (
        person.nik,
        person.nama,
        person.tempat_lahir,
        person.born.isoformat(),
        person.jenis_kelamin,
        person.gol_darah,
        home.alamat,
        home.rt,
        home.rw,
        home.region.kel_desa,
        home.region.kecamatan,
        home.kabupaten_kota,
        home.region.provinsi,
        person.agama,
        person.status,
        person.pekerjaan,
        "WNI",
        dmy(home.expires) if home.expires else "SEUMUR HIDUP",
    )
    return dict(zip(KTP_KEYS, values, strict=True))


def kk_fields(home: Family) -> dict[str, str]:
    """The fields in the head of the family card, keys `KK_KEYS`."""
    values = (
        home.nomor_kk,
        home.head.nama,
        home.alamat,
        home.rt,
        home.rw,
        home.region.kode_pos,
        home.region.kel_desa,
        home.region.kecamatan,
        home.kabupaten_kota,
        home.region.provinsi,
    )
    return dict(zip(KK_KEYS, values, strict=True))


def kk_members(home: Family) -> list[dict[str, str]]:
    """The rows of the family card, keys `MEMBER_KEYS` without those which its layout does not print."""
    rows = [_row(person, new=home.new_layout) for person in home.members]
    if home.new_layout or home.wide_columns:
        return rows
    return [{key: value for key, value in row.items() if key not in NEW_LAYOUT_ONLY} for row in rows]


def _row(person: Person, *, new: bool) -> dict[str, str]:
    status = "KAWIN TERCATAT" if new and person.status == "KAWIN" else person.status
    values = (
        person.nama,
        person.nik,
        person.jenis_kelamin,
        person.tempat_lahir,
        person.born.isoformat(),
        person.agama,
        person.pendidikan,
        person.pekerjaan,
        person.gol_darah,
        status,
        dmy(person.married) if person.married else "-",
        person.hubungan,
        "WNI",
        "-",
        "-",
        person.ayah,
        person.ibu,
    )
    return dict(zip(MEMBER_KEYS, values, strict=True))


def truth(
    *,
    name: str,
    kind: str,
    seed: int,
    quad: Quad,
    fields: Mapping[str, str] | None = None,
    members: Iterable[Mapping[str, str]] = (),
    flags: Iterable[str] = (),
    home: Family | None = None,
    grade: str = "easy",
    **more: Any,
) -> dict[str, Any]:
    """The record of one picture. `quad` in pixels of the picture as shown; `more` is what only this kind has."""
    record: dict[str, Any] = {
        "kind": kind,
        "grade": grade,
        "fields": dict(fields or {}),
        "members": [dict(row) for row in members],
        "flags": [MARK, *flags],
        "quad_oriented": [[round(x, 1), round(y, 1)] for x, y in quad],
        "file": f"{name}.jpg",
        "seed": seed,
        "family": home.name if home else None,
    }
    if home:
        record["village"] = home.region.code
    return record | more
