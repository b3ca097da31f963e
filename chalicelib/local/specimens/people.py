"""The people and papers of an invented family: what a person is, what a NIK says, which life fits which age.

NIK and family card serials are 99xx. The NIK's date carries +40 for women; the family card's date (of registration)
does not. Ages are counted at `TODAY`, so that a seed gives the same family for ever.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.local.specimens.regions import Region

TODAY = date(2026, 11, 1)
NEW_CARD_SINCE = date(2020, 7, 1)
"""From this day family cards are printed on white paper with a QR in place of stamp and signature."""

HEAD, WIFE, CHILD, PARENT = "KEPALA KELUARGA", "ISTRI", "ANAK", "ORANG TUA"
MENS_WORK = (
    "PETANI/PEKEBUN",
    "BURUH HARIAN LEPAS",
    "NELAYAN/PERIKANAN",
    "TUKANG BATU",
    "SOPIR",
    "BURUH TANI/PERKEBUNAN",
    "WIRASWASTA",
)
WOMENS_WORK = (
    "MENGURUS RUMAH TANGGA",
    "MENGURUS RUMAH TANGGA",
    "PEDAGANG",
    "BURUH TANI/PERKEBUNAN",
    "TUKANG JAHIT",
)
SCHOOLING = ("TAMAT SD/SEDERAJAT", "SLTP/SEDERAJAT", "SLTA/SEDERAJAT")


@dataclass(frozen=True)
class Person:
    """One row of a family card. `status` is one of the KTP's four words; `married` the day it was registered."""

    nama: str
    nik: str
    woman: bool
    tempat_lahir: str
    born: date
    agama: str
    pendidikan: str
    pekerjaan: str
    gol_darah: str
    status: str
    married: date | None
    hubungan: str
    ayah: str
    ibu: str

    @property
    def nik_agrees(self) -> bool:
        """False where the office's slip put another birth date into the number."""
        return self.nik[6:12] == nik("", self.born, woman=self.woman, serial=0)[:6]

    @property
    def jenis_kelamin(self) -> str:
        return "PEREMPUAN" if self.woman else "LAKI-LAKI"


@dataclass(frozen=True)
class Family:
    """A family card and the member whose KTP is photographed."""

    name: str
    region: Region
    alamat: str
    rt: str
    rw: str
    nomor_kk: str
    issued: date
    members: tuple[Person, ...]
    holder: Person
    ktp_issued: date
    expires: date | None = None
    """The last day of the holder's KTP; None: for life."""
    regency: str = ""
    """The kabupaten or kota as printed, where it is not printed by its full name."""
    wide_columns: bool = False
    """True for an old card of an office that prints blood type and day of marriage already."""

    @property
    def kabupaten_kota(self) -> str:
        return self.regency or self.region.kabupaten_kota

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def new_layout(self) -> bool:
        return self.issued >= NEW_CARD_SINCE


def nik(district: str, born: date, *, woman: bool, serial: int) -> str:
    """Sixteen digits: the kecamatan of first registration, the birth date (+40 on a woman's day), a serial."""
    return f"{district}{born.day + 40 * woman:02d}{born:%m%y}{serial:04d}"


def card_day(youngest: date, rng: random.Random, *, old: bool) -> date:
    """A day on which all members were born already: before the new layout if `old`, else after."""
    first = max(youngest + timedelta(days=30), date(2012, 1, 1) if old else NEW_CARD_SINCE)
    last = NEW_CARD_SINCE - timedelta(days=1) if old else TODAY - timedelta(days=60)
    return first + timedelta(days=rng.randint(0, (last - first).days))


def birthday(age: int, rng: random.Random) -> date:
    """A day on which somebody of this age (years, at `TODAY`) may have been born."""
    return date(TODAY.year - age, rng.randint(1, 10), rng.randint(1, 28))


def life(age: int, rng: random.Random, *, woman: bool, is_child: bool) -> tuple[str, str]:
    """Schooling and work that fit the age (years)."""
    if is_child:
        steps = (
            (7, "TIDAK/BELUM SEKOLAH"),
            (13, "BELUM TAMAT SD/SEDERAJAT"),
            (16, "TAMAT SD/SEDERAJAT"),
            (19, "SLTP/SEDERAJAT"),
            (200, "SLTA/SEDERAJAT"),
        )
        schooling = next(step for limit, step in steps if age < limit)
        if age < 7 or age >= 22:
            return schooling, "BELUM/TIDAK BEKERJA"
        return schooling, "PELAJAR/MAHASISWA"
    if age >= 66:
        return "BELUM TAMAT SD/SEDERAJAT", "MENGURUS RUMAH TANGGA" if woman else "PETANI/PEKEBUN"
    return rng.choice(SCHOOLING), rng.choice(WOMENS_WORK if woman else MENS_WORK)
