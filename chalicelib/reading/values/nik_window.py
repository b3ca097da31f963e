"""Picking the NIK out of a run of digits, by what else is printed on the card.

A colon read as `1` or a stray mark makes the run longer than sixteen digits; each window of sixteen is weighed by the
printed birth date, sex and region. The date covers six digits only, so it never suffices alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.identity import regions
from chalicelib.identity.nik import InvalidNik, Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.text.wording import as_digits

TRUSTED = 0.85
"""Confidence, after both readings, below which a NIK is left out. Of 211 read from spoilt copies the only wrong one and
two right ones lay below."""


@dataclass(frozen=True)
class Evidence:
    """What the rest of the card says about the holder."""

    born: date | None = None
    sex: Sex | None = None
    region: RegionCode | None = None


@dataclass(frozen=True)
class FoundNik:
    """A NIK with its weight: how many independent things on the card agree with it."""

    nik: Nik
    weight: float
    confidence: float
    line: Line


def weigh(nik: Nik, evidence: Evidence) -> float:
    """Support for `nik`: +2 birth date, +0.5 sex, +1 known region, up to +1.5 for the card's own region; minus for
    what contradicts."""
    weight = 0.0
    if evidence.born:
        weight += 2.0 if nik.fits_date(evidence.born) else -1.0
    if evidence.sex:
        weight += 0.5 if nik.sex == evidence.sex else -0.5
    region = nik.region
    if regions.exists(region) or regions.exists(region.current.at(2)):
        weight += 1.0 if regions.exists(region) else 0.5
    else:
        weight -= 0.5
    if evidence.region:
        shared = _levels_shared(region, evidence.region)
        weight += 0.5 * shared
    return weight


def find(lines: Sequence[Line], evidence: Evidence) -> FoundNik | None:
    """The NIK in the pieces right of its label, or None where no window of sixteen digits stands out."""
    best: list[FoundNik] = []
    for line in lines:
        for digits, exact in _windows(line.text):
            try:
                nik = Nik.parse(digits)
            except InvalidNik:
                continue
            weight = weigh(nik, evidence) + (1.0 if exact else 0.0)
            best.append(FoundNik(nik, weight, line.confidence, line))
    best.sort(key=lambda found: (-found.weight, -found.confidence))
    if not best:
        return None
    rivals = [found for found in best[1:] if found.nik != best[0].nik]
    if rivals and rivals[0].weight >= best[0].weight:
        return None
    return best[0]


def several(lines: Sequence[Line]) -> bool:
    """True where lines hold the NIKs of two people: two cards lie in one photo, and a person must say whose it is."""
    seen = {found.nik for line in lines if (found := find([line], Evidence())) and found.weight >= 2.0}
    return len({str(nik)[6:12] for nik in seen}) > 1  # one card read twice differs in a digit at most


def trusted(fields: Mapping[str, Field]) -> dict[str, Field]:
    """`fields` without a NIK that too little speaks for: serial numbers have no evidence but the reading itself."""
    return {key: field for key, field in fields.items() if key != "nik" or field.confidence >= TRUSTED}


def digits_in(text: str) -> int:
    """How many digits are in `text`."""
    return sum(sign.isdigit() for sign in text)


def _windows(text: str) -> list[tuple[str, bool]]:
    """Windows of sixteen digits in `text`, and whether the run of digits was exactly that long."""
    text = re.sub(r"^\W*(NIK)?\W*", "", text.replace(" ", ""), flags=re.IGNORECASE)
    runs = [run for run in re.split(r"[^0-9]+", as_digits(text)) if len(run) >= 16]
    if not runs or digits_in(text) < 13:
        return []
    return [(run[i : i + 16], len(run) == 16) for run in runs if len(run) <= 19 for i in range(len(run) - 15)]


def _levels_shared(a: RegionCode, b: RegionCode) -> int:
    shared = 0
    for level in range(1, min(3, a.level, b.level) + 1):
        if a.at(level) == b.at(level):
            shared = level
    return shared
