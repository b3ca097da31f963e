"""Region codes of the Ministry of Home Affairs: `PP`, `PP.KK`, `PP.KK.CC`, `PP.KK.CC.VVVV` (Kepmendagri
300.2.2-2138/2025)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from chalicelib.errors import BadInput

_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_PLAIN_LENGTHS = {2: 1, 4: 2, 6: 3, 10: 4}


class InvalidRegionCode(BadInput, ValueError):
    """The text is not shaped like a region code (WILAYAH_SALAH). Whether the region exists is asked of
    `regions`."""

    def __init__(self) -> None:
        super().__init__("WILAYAH_SALAH")


@cache
def _successors() -> dict[str, str]:
    """`PP.KK` before the Papuan provinces were divided in 2022 → `PP.KK` today (DOMAIN 3.5, from comparing
    tables)."""
    text = Path(__file__).with_name("legacy_regions.json").read_text(encoding="utf-8")
    moved: dict[str, str] = json.loads(text)["moved"]
    return moved


@dataclass(frozen=True, order=True)
class RegionCode:
    """A place in the tree of regions, by its dotted code."""

    value: str

    def __post_init__(self) -> None:
        if not _DOTTED.fullmatch(self.value):
            raise InvalidRegionCode

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take `13.11.04.2001` or `1311042001`. InvalidRegionCode: any other shape."""
        text = text.strip()
        if text.isascii() and text.isdigit():
            if len(text) not in _PLAIN_LENGTHS:
                raise InvalidRegionCode
            text = ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:]) if part)
        return cls(text)

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> int:
        """1 provinsi, 2 kabupaten or kota, 3 kecamatan, 4 desa or kelurahan."""
        return self.value.count(".") + 1

    @property
    def parent(self) -> RegionCode | None:
        return RegionCode(self.value.rpartition(".")[0]) if self.level > 1 else None

    @property
    def digits(self) -> str:
        return self.value.replace(".", "")

    @property
    def current(self) -> RegionCode:
        """The kabupaten or kota that carries on a divided one, at level 2; the code itself where nothing
        moved.

        Below the kabupaten the old numbers were not kept, so a moved kecamatan answers with its new
        kabupaten."""
        moved = _successors().get(self.value[:5])
        return RegionCode(moved) if moved else self

    def at(self, level: int) -> RegionCode:
        """The ancestor at `level` (1 to 4), or the code itself. ValueError: the code is shorter than that."""
        if not 1 <= level <= self.level:
            raise ValueError(f"{self.value} has no level {level}")
        return RegionCode(".".join(self.value.split(".")[:level]))

    def covers(self, other: RegionCode) -> bool:
        """True where `other` is this region or lies in it."""
        return other.value == self.value or other.value.startswith(self.value + ".")
