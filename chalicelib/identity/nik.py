"""NIK, the number of a person: `PPKKCC DDMMYY SSSS`, day + 40 for women, no check digit (PP 37/2007 article
37).

What cannot be a NIK is an error (`InvalidNik`). What merely differs from the rest of the papers is a
`Doubt`: the number is kept for life, also after a move or a corrected birth date, so doubts never reject.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from chalicelib.errors import BadInput
from chalicelib.identity import digits as sixteen
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode

ADULT_YEARS = 17
"""From this age on a KTP is issued (UU 24/2013)."""


class Sex(StrEnum):
    MALE = "LAKI-LAKI"
    FEMALE = "PEREMPUAN"


class InvalidNik(BadInput, ValueError):
    """Not a NIK. `code` is NIK_KURANG (not sixteen digits), NIK_SALAH or NIK_TANGGAL_MUSTAHIL."""


@dataclass(frozen=True)
class Doubt:
    """Something about a NIK that a person should weigh. `code` is in the catalogue; `severity` is warning
    or info."""

    code: str
    severity: str


@dataclass(frozen=True)
class Nik:
    """A well-formed NIK. Build it with `parse`."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take sixteen digits, blanks, dots and hyphens between them allowed. InvalidNik: see there."""
        digits = sixteen.compact(text)
        if not sixteen.is_digits(digits) or len(digits) != sixteen.LENGTH:
            raise InvalidNik("NIK_KURANG", n=sixteen.count(text))
        if sixteen.is_filler(digits) or digits[12:] == "0000" or digits[:2] == "00":
            raise InvalidNik("NIK_SALAH")
        nik = cls(digits)
        if not nik._dates():
            raise InvalidNik("NIK_TANGGAL_MUSTAHIL")
        return nik

    def __str__(self) -> str:
        return self.digits

    @property
    def masked(self) -> str:
        """The last four digits behind stars, for eyes that need not see it all."""
        return "*" * 12 + self.digits[12:]

    @property
    def sex(self) -> Sex:
        return Sex.FEMALE if int(self.digits[6:8]) > 40 else Sex.MALE

    @property
    def region(self) -> RegionCode:
        """The kecamatan where the person was first registered; it may have been divided or left since."""
        return RegionCode.parse(self.digits[:6])

    def birth_date(self, today: date, *, adult: bool = False) -> date:
        """The birth date, its century chosen so that it does not lie after `today`, and for `adult`
        (holders of a KTP) so that the person is at least seventeen."""
        dates = self._dates()
        latest = _years_before(today, ADULT_YEARS) if adult else today
        return max((day for day in dates if day <= latest), default=dates[0])

    def fits_date(self, born: date) -> bool:
        return born in self._dates()

    def doubts(
        self, *, born: date | None = None, sex: Sex | None = None, lives_in: RegionCode | None = None
    ) -> tuple[Doubt, ...]:
        """What speaks against the number, given what is printed beside it (DOMAIN 3.4)."""
        found = []
        known = regions.exists(self.region)
        if not known:
            found.append(Doubt("NIK_WILAYAH_LAMA", "warning"))
        if born is not None and not self.fits_date(born):
            found.append(Doubt("NIK_BEDA_TANGGAL", "warning"))
        if sex is not None and sex != self.sex:
            found.append(Doubt("NIK_BEDA_JENIS_KELAMIN", "warning"))
        if known and lives_in is not None and lives_in.level >= 2:
            home = lives_in.at(min(3, lives_in.level))
            if not home.covers(self.region):
                found.append(Doubt("NIK_WILAYAH_BEDA", "info"))
        return tuple(found)

    def _dates(self) -> tuple[date, ...]:
        day = int(self.digits[6:8])
        return sixteen.calendar_dates(
            day - 40 if day > 40 else day, int(self.digits[8:10]), int(self.digits[10:12])
        )


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)
