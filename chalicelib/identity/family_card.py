"""The number of a family card (nomor KK): `PPKKCC DDMMYY NNNN`, the date being the day it was registered,
without + 40."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from chalicelib.errors import BadInput
from chalicelib.identity import digits as sixteen
from chalicelib.identity.region import RegionCode


class InvalidFamilyCardNumber(BadInput, ValueError):
    """Not the number of a family card (NOMOR_KK_SALAH)."""


@dataclass(frozen=True)
class FamilyCardNumber:
    """A well-formed family card number. Build it with `parse`."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take sixteen digits, separators between them allowed. InvalidFamilyCardNumber: anything else."""
        digits = sixteen.compact(text)
        wrong_shape = not sixteen.is_digits(digits) or len(digits) != sixteen.LENGTH
        if wrong_shape or sixteen.is_filler(digits) or digits[12:] == "0000" or digits[:2] == "00":
            raise InvalidFamilyCardNumber("NOMOR_KK_SALAH", n=sixteen.count(text))
        return cls(digits)

    def __str__(self) -> str:
        return self.digits

    @property
    def masked(self) -> str:
        return "*" * 12 + self.digits[12:]

    @property
    def region(self) -> RegionCode:
        """The kecamatan that issued the number."""
        return RegionCode.parse(self.digits[:6])

    @property
    def date_is_possible(self) -> bool:
        """False where digits 7 to 12 are no date: a doubt, never a refusal, for old numbers vary."""
        day, month, year = (int(self.digits[i : i + 2]) for i in (6, 8, 10))
        return bool(sixteen.calendar_dates(day, month, year))
