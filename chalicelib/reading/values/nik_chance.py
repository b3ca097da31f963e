"""Which NIK a row of digits is, by the chances that its reader gives and by what else is printed beside it.

Where the rest of the document speaks for a part of the number (its kecamatan, its date of birth and sex), that part need
only be the likelier one; a part that nothing else tells must be read surely by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.identity import regions
from chalicelib.identity.nik import InvalidNik, Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading.digits.beam import HIDDEN
from chalicelib.reading.digits.reader import Look
from chalicelib.reading.model import Field, Quad
from chalicelib.reading.text import merge, wording
from chalicelib.reading.values.nik_window import Evidence

_LENGTH = 16
_REGION, _DATE, _SERIAL, _SERIAL_AT = slice(0, 6), slice(6, 12), slice(12, 16), slice(-4, None)
_HOME, _KNOWN, _UNKNOWN = 30_000.0, 100.0, 1.0
"""How much likelier than any other six digits a number of the document's own kecamatan is, and one of some kecamatan."""
_BORN, _NOT_BORN = 3_000.0, 1.0
"""How much likelier the six digits of the printed date and sex are than those of another day."""
_GLIMPSED = 1e-4
"""Chance, in parts of the likeliest row's, that a row must have by itself however much else speaks for it: nothing
is made up."""

ALONE = 0.6
"""Chance from which a number stands that no engine has, or one with another region or date."""
_CONTRADICTS = 0.3
"""Chance from which it speaks against an engine's."""


@dataclass(frozen=True)
class Likely:
    """A NIK and the chance, in [0, 1], that it is what stands there."""

    nik: Nik
    chance: float


def likeliest(look: Look, evidence: Evidence, engine: Field | None = None) -> Likely | None:
    """The likeliest NIK in a row of signs; None where none is sixteen digits and possible. Beside the rows that were seen
    stand those that differ from them in what the rest of the document tells, and the `engine`'s."""
    least = _GLIMPSED * max(look.rows.values(), default=0.0)
    seen = _whole(look.rows)
    told = _as_told([*seen, *([engine.value] if engine else [])], evidence)
    whole = {**{row: look.chance(row) for row in told}, **seen}
    whole = {row: chance for row, chance in whole.items() if chance >= least}
    weights: dict[Nik, float] = {}
    for row, chance in whole.items():
        try:
            nik = Nik.parse(row)
        except InvalidNik:
            continue
        weights[nik] = chance * _for_region(nik, evidence) * _for_date(nik, evidence)
    if not weights:
        return None
    best = max(weights, key=lambda nik: weights[nik])
    chance = weights[best] / sum(weights.values())
    chance *= _share(look.rows, lambda row: row[_SERIAL_AT] == best.digits[_SERIAL_AT])
    if _for_region(best, evidence) < _HOME:
        chance *= _share(look.rows, lambda row: row[_REGION] == best.digits[_REGION])
    if _for_date(best, evidence) < _BORN:
        chance *= _share(whole, lambda row: row[_DATE] == best.digits[_DATE])
    return Likely(best, chance)


def _share(rows: Mapping[str, float], alike: Callable[[str], bool]) -> float:
    """Of the chances of all rows, the share of those that are alike."""
    total = sum(rows.values())
    return sum(chance for row, chance in rows.items() if alike(row.strip(HIDDEN))) / total if total else 0.0


def _whole(rows: Mapping[str, float]) -> dict[str, float]:
    """The rows of sixteen digits; a `?` before or after sixteen is a speck or a rule beside them."""
    found: dict[str, float] = {}
    for row, chance in rows.items():
        digits = row.strip(HIDDEN)
        if len(digits) == _LENGTH and HIDDEN not in digits:
            found[digits] = found.get(digits, 0.0) + chance
    return found


def _as_told(rows: Sequence[str], evidence: Evidence) -> set[str]:
    """The rows with the document's own kecamatan, with its date of birth, and with both."""
    home = evidence.region.digits if evidence.region and evidence.region.level >= 3 else None
    born = _date(evidence) if evidence.born and evidence.sex else None
    found = set()
    for row in rows:
        for region in {row[_REGION], (home or row)[_REGION]}:
            for date in {row[_DATE], born or row[_DATE]}:
                found.add(region + date + row[_SERIAL])
    return found


def _date(evidence: Evidence) -> str:
    """The six digits of a birth date as a NIK has them."""
    born = evidence.born
    if born is None:
        raise ValueError("no birth date is known")
    return f"{born.day + (40 if evidence.sex is Sex.FEMALE else 0):02d}{born:%m%y}"


def settled(engine: Field | None, likely: Likely | None, box: Quad | None) -> Field | None:
    """The NIK that an engine and the digit reader speak for together; where they differ in the serial number, of which
    nothing else tells, neither is sure. `box`: where the digit reader looked."""
    if likely is None:
        return engine
    if engine is not None and engine.value == str(likely.nik):
        sure = 1 - (1 - engine.confidence) * (1 - likely.chance)
        return replace(engine, confidence=sure, source=engine.source + "+digits")
    serial = engine is None or engine.value[_SERIAL] == likely.nik.digits[_SERIAL]
    if serial and likely.chance >= ALONE:
        return Field(str(likely.nik), likely.chance, box, "digits")
    if engine is not None and likely.chance >= _CONTRADICTS:
        return replace(engine, confidence=engine.confidence * merge.AGAINST)
    return engine


def told_by(fields: Mapping[str, Field], region: RegionCode | None) -> Evidence:
    """What the fields beside a NIK say of its holder."""
    born, sex = fields.get("tanggal_lahir"), fields.get("jenis_kelamin")
    return Evidence(wording.iso(born.value) if born else None, Sex(sex.value) if sex else None, region)


def _for_region(nik: Nik, evidence: Evidence) -> float:
    if evidence.region and evidence.region.level >= 3 and nik.region == evidence.region.at(3):
        return _HOME
    return _KNOWN if regions.exists(nik.region) else _UNKNOWN


def _for_date(nik: Nik, evidence: Evidence) -> float:
    if evidence.born and nik.fits_date(evidence.born) and evidence.sex in (None, nik.sex):
        return _BORN
    return _NOT_BORN
