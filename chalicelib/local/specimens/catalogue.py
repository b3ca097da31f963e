"""The committed pictures, found without any imaging library: for the demo, the README and the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).with_name("pictures")


@dataclass(frozen=True)
class Specimen:
    """One picture (JPEG) and, beside it, the truth about it (see `truth.py` for its keys)."""

    path: Path

    @cached_property
    def truth(self) -> Mapping[str, Any]:
        record: dict[str, Any] = json.loads(self.path.with_suffix(".json").read_text(encoding="utf-8"))
        return record

    @property
    def fields(self) -> Mapping[str, str]:
        """What is printed, by the contract's field names."""
        fields: dict[str, str] = self.truth["fields"]
        return fields


@dataclass(frozen=True)
class DemoFamily:
    """All that one demo case needs. `village` is the dotted code of the desa or kelurahan on both documents."""

    id: str
    village: str
    ktp: Specimen
    kk: Specimen
    rumah_depan: Specimen


def families(folder: Path = PICTURES) -> list[DemoFamily]:
    """The families in order of their number. FileNotFoundError: a family lacks one of its pictures."""
    found = []
    for ktp in _named(folder, "family-*-ktp.json"):
        name = ktp.path.stem.removesuffix("-ktp")
        kk, house = (_specimen(folder, f"{name}-{slot}") for slot in ("kk", "rumah_depan"))
        found.append(DemoFamily(name, ktp.truth["village"], ktp, kk, house))
    return found


def barkots(folder: Path = PICTURES) -> list[Specimen]:
    """Receipts, stickers and labels; `truth["codes"]` says what their codes hold."""
    return _named(folder, "barkot-*.json")


def negatives(folder: Path = PICTURES) -> list[Specimen]:
    """Pictures that must not be taken for a good document; `truth["expected"]` says why."""
    return _named(folder, "negative-*.json")


def harder(folder: Path = PICTURES) -> list[Specimen]:
    """Pictures under worse conditions, `truth["grade"]` medium or hard; `truth["params"]` says what the camera did."""
    return _named(folder, "harder-*.json")


def _named(folder: Path, pattern: str) -> list[Specimen]:
    return [_specimen(folder, path.stem) for path in sorted(folder.glob(pattern))]


def _specimen(folder: Path, name: str) -> Specimen:
    path = folder / f"{name}.jpg"
    if not path.is_file():
        raise FileNotFoundError(f"the picture {path.name} is missing in {folder}")
    return Specimen(path)
