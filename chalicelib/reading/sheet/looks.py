"""Several looks at the cells of a member table made into one value a cell.

Agreement earns confidence, contradiction costs it; the NIK, the birth date and the sex of a row speak for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.identity import spelling
from chalicelib.identity.nik import InvalidNik, Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import Line
from chalicelib.reading.sheet.cell_values import NAMES, Value, pooled, understand
from chalicelib.reading.text import wording
from chalicelib.reading.values import nik_window

Place = tuple[int, str]
"""Row from 0, and column."""
_LATER = 0.1
"""What a later look, cut out and enlarged, is ahead of the one before."""
_AGAINST = 0.9
"""What each look that saw something else leaves of a value's confidence."""
_ALIKE = 0.95
"""Confidence at most of letters that two looks saw alike on a blurred table: engines err alike there."""
_NIK_WEIGHT, _NIK_WEIGHT_TWICE = 2.0, 0.5
"""Evidence that a NIK needs (`nik_window.weigh`) when read once; when two looks read it alike: it is kept for life, also
where the birth date was corrected."""
_VOTED = 0.7
"""Confidence of a number that no look saw, but most of them digit by digit."""
_LOOK_ALIKE = frozenset(
    frozenset(pair) for pair in ("68", "08", "38", "98", "06", "56", "17", "39", "53", "09", "90")
)
"""Digits that a blurred photo makes alike."""
_SIGNS = "+-"
_LIFE_NUMBER = 16


@dataclass(frozen=True)
class Reading:
    """What one look saw in a cell."""

    text: str
    confidence: float


Look = Mapping[Place, Reading | None]


def understood(
    cells: Sequence[Sequence[str]], looks: Sequence[Look], home: RegionCode | None, *, blurred: bool = False
) -> tuple[dict[Place, Value], dict[int, Value]]:
    """Values of all cells but the NIK's, and the NIKs by row. `cells`: the columns of each row; `looks`, the later the
    closer; `home`: the region of the card's head."""
    values: dict[Place, Value] = {}
    niks: dict[int, Value] = {}
    for row, columns in enumerate(cells):
        born: list[Value] = []
        for key in columns:
            if key in ("no", "nik"):
                continue
            read = _readings(looks, (row, key))
            found = _seen(key, read)
            together = None if found else pooled(key, [one.text for one in read])
            if found:
                values[row, key] = _surest(key, found, blurred=blurred)
            elif together:
                values[row, key] = together
            if key == "tanggal_lahir":
                born = found
        readings = _readings(looks, (row, "nik"))
        if "nik" in columns and readings:
            sex = values.get((row, "jenis_kelamin"))
            nik, day = _with_its_date(readings, values.get((row, "tanggal_lahir")), born, sex, home)
            if nik is not None:
                niks[row] = replace(nik, confidence=min(nik.confidence, 0.985)) if blurred else nik
            if day is not None:
                values[row, "tanggal_lahir"] = day
            mended = _look_alike(niks.get(row), values.get((row, "tanggal_lahir"))) if blurred else None
            if mended is not None:
                values[row, "tanggal_lahir"] = mended
    return values, niks


def agreed(value: Value | None) -> bool:
    """True where two looks saw it alike."""
    return value is not None and "twice" in value.evidence


def fits(nik: Value, born: Value | None) -> bool:
    """True where a NIK goes with a birth date, or there is none."""
    if born is None:
        return True
    try:
        return Nik.parse(nik.value).fits_date(wording.iso(born.value))
    except InvalidNik:
        return False


def _readings(looks: Sequence[Look], place: Place) -> list[Reading]:
    return [reading for look in looks if (reading := look.get(place)) is not None]


def _seen(key: str, readings: Sequence[Reading]) -> list[Value]:
    found = (understand(key, reading.text, reading.confidence) for reading in readings)
    return [value for value in found if value is not None]


def _surest(key: str, found: Sequence[Value], *, blurred: bool) -> Value:
    """The value that the looks speak for most."""
    weights: dict[str, float] = {}
    for place, value in enumerate(found):
        letters = _letters(key, value.value)
        weights[letters] = weights.get(letters, 0.0) + value.confidence + _LATER * place
    most = max(weights, key=lambda letters: weights[letters])
    same = [value for value in found if _letters(key, value.value) == most]
    best = max(same, key=lambda value: value.confidence)
    if key == "gol_darah":
        best = _with_its_sign(best, found)
    against = _AGAINST ** (len(found) - len(same))
    if len(same) == 1:
        return replace(best, confidence=best.confidence * against)
    doubt = 1.0
    for value in same:
        doubt *= 1 - value.confidence
    sure = min(1 - doubt, _ALIKE) if blurred and len(same) < 3 and not best.evidence else 1 - doubt
    with_blanks = [value.value for value in same if " " in value.value] or [value.value for value in same]
    spelled = max(
        with_blanks, key=lambda text: text.count("'")
    )  # the first look tears words apart less often
    return Value(
        spelled if key in NAMES else best.value,
        sure * against,
        "+".join(filter(None, [best.evidence, "twice"])),
    )


def _letters(key: str, value: str) -> str:
    return value.rstrip(_SIGNS) if key == "gol_darah" else spelling.squeezed(value)


def _with_its_sign(best: Value, found: Sequence[Value]) -> Value:
    """A blood group with the sign that some look saw: engines lose signs, they hardly invent them."""
    signed = [
        v for v in found if v.value[-1] in _SIGNS and v.value.rstrip(_SIGNS) == best.value.rstrip(_SIGNS)
    ]
    if best.value[-1] in _SIGNS or not signed:
        return best
    return replace(signed[-1], confidence=min(0.9, signed[-1].confidence))


def _with_its_date(
    readings: Sequence[Reading],
    surest: Value | None,
    born: Sequence[Value],
    sex: Value | None,
    home: RegionCode | None,
) -> tuple[Value | None, Value | None]:
    """The NIK that the row's readings speak for, and the birth date that some look saw and that goes with it better than
    the surest one."""
    gender = Sex(sex.value) if sex else None
    choices: list[Value | None] = [surest]
    choices += [value for value in born if surest is None or value.value != surest.value]
    best: tuple[float, Value, Value | None] | None = None
    for day in choices:
        evidence = nik_window.Evidence(wording.iso(day.value) if day else None, gender, home)
        found = _nik(readings, evidence)
        if found is not None and (best is None or found[0] > best[0] + 0.5):
            best = (*found, day)
    if best is None:
        return None, None
    _, nik, day = best
    other = day if day is not None and day is not surest and fits(nik, day) else None
    return nik, replace(other, confidence=other.confidence * 0.9, evidence="window") if other else None


def _look_alike(nik: Value | None, born: Value | None) -> Value | None:
    """The birth date in a NIK that two looks read alike, where the one printed beside it differs in one digit that looks
    like it: on a blurred table that is a misreading far more often than a corrected date."""
    if nik is None or born is None or not agreed(nik) or fits(nik, born):
        return None
    year, month, day = born.value.split("-")
    ours = f"{int(nik.value[6:8]) % 40:02d}", nik.value[8:10], nik.value[10:12]
    pairs = [(a, b) for a, b in zip("".join(ours), day + month + year[2:], strict=True) if a != b]
    if len(pairs) != 1 or frozenset(pairs[0]) not in _LOOK_ALIKE:
        return None
    return Value(f"{year[:2]}{ours[2]}-{ours[1]}-{ours[0]}", min(_VOTED, born.confidence), "window")


def _nik(readings: Sequence[Reading], evidence: nik_window.Evidence) -> tuple[float, Value] | None:
    """The NIK that the readings and the evidence of its row speak for, and with how much weight."""
    voted = _by_vote([reading.text for reading in readings])
    tried = [*readings, Reading(voted, _VOTED)] if voted else readings
    found = [
        one
        for reading in tried
        if (one := nik_window.find([Line(reading.text, reading.confidence, 0, 0, 1, 1)], evidence))
        is not None
    ]
    counts = Counter(str(one.nik) for one in found)
    found = [
        one for one in found if one.weight >= (_NIK_WEIGHT if counts[str(one.nik)] < 2 else _NIK_WEIGHT_TWICE)
    ]
    if not found:
        return None
    best = max(
        found, key=lambda one: (one.weight, counts[str(one.nik)], str(one.nik) == voted, one.confidence)
    )
    strength = min(1.0, 0.6 + 0.1 * min(4.0, best.weight))
    if str(best.nik) == voted:
        return best.weight, Value(voted, _VOTED * strength, "window")
    same = [one for one in found if one.nik == best.nik]
    doubt = 1.0
    for one in same:
        doubt *= 1 - one.confidence * strength
    confidence = (1 - doubt) * 0.85 ** (len(readings) - min(len(same), len(readings)))
    return best.weight, Value(str(best.nik), confidence, "window" if len(same) < 2 else "window+twice")


def _by_vote(texts: Sequence[str]) -> str | None:
    """Each digit as most of the looks saw it, where three saw sixteen and none of them is that number already."""
    numbers = ["".join(ch for ch in wording.as_digits(text) if ch.isdigit()) for text in texts]
    whole = [number for number in numbers if len(number) == _LIFE_NUMBER]
    if len(whole) < 3:
        return None
    most = [Counter(digits).most_common(1)[0] for digits in zip(*whole, strict=True)]
    voted = "".join(digit for digit, _ in most)
    clear = all(count * 2 > len(whole) for _, count in most)
    return voted if clear and voted not in whole else None
