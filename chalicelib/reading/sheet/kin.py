"""Names that a family card prints more than once (the head, parents of the children) made one: each printing is evidence
for the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.identity import spelling
from chalicelib.identity.nik import Sex
from chalicelib.reading.model import Field
from chalicelib.reading.sheet.cell_values import NAMES
from chalicelib.reading.text import spacing
from chalicelib.reading.values.ballot import elected

_ALIKE = 0.86
_SURE = 0.97
"""Confidence of a name from which its letters are not doubted."""
_AGREED = {"twice", "tesseract"}
"""Evidence that two engines read the same letters."""
_VOTED = 0.78
"""Confidence of a name that no printing was read as, but most of them letter by letter."""
_FAMILY_NAME, _GIVEN_NAME = 5, 4
"""Letters of a family name, and of what stands before it, at least: NURHASANAH is no HASANAH."""
_PARTED = 0.85
"""Confidence at most of a name that was parted by another."""
_PARENTS = {"nama_ayah": Sex.MALE, "nama_ibu": Sex.FEMALE}


@dataclass
class _Person:
    """One person's printings: where each stands and what was read there, and the person's sex where it is known."""

    places: list[tuple[int, str]]
    readings: list[Field]
    sex: Sex | None

    def like(self, reading: Field, sex: Sex | None) -> float:
        """How alike a printing is, in [0, 1]; 0 where it is surely someone else: of the other sex (LA ODE, WA ODE), or
        each read twice with other letters."""
        if sex and self.sex and sex is not self.sex:
            return 0.0
        if any(_surely_other(reading, known) for known in self.readings):
            return 0.0
        return max(spelling.likeness(reading.value, known.value) for known in self.readings)


def _surely_other(one: Field, two: Field) -> bool:
    other = spelling.squeezed(one.value) != spelling.squeezed(two.value)
    agreed = (_AGREED & set(field.source.split("+")) and field.confidence >= _SURE for field in (one, two))
    return other and all(agreed)


def settle(
    rows: Sequence[Mapping[str, Field]], head: Field | None
) -> tuple[list[dict[str, Field]], Field | None]:
    """The rows and the head's name in the card's header, with names of one person spelled alike. Two members are never
    taken for one person, however like their names."""
    rows = _family_names_apart(rows, head)
    people = [_Person([(i, "nama")], [row["nama"]], _sex(row)) for i, row in enumerate(rows) if "nama" in row]
    others = [((i, key), row[key]) for i, row in enumerate(rows) for key in _PARENTS if key in row]
    if head:
        others.append(((-1, "head"), head))
    for place, reading in others:
        sex = _PARENTS.get(place[1])
        near = max(people, key=lambda person: person.like(reading, sex), default=None)
        if near is not None and near.like(reading, sex) >= _ALIKE:
            near.places.append(place)
            near.readings.append(reading)
        else:
            people.append(_Person([place], [reading], sex))
    settled = [dict(row) for row in rows]
    for person in people:
        if len(person.places) < 2:
            continue
        spelled, sure = _agreed(person.readings)
        for (row, key), reading in zip(person.places, person.readings, strict=True):
            agrees = spelling.squeezed(reading.value) == spelling.squeezed(spelled)
            confidence = max(sure, reading.confidence) if agrees else min(sure, 0.93)
            mended = replace(reading, value=spelled, confidence=confidence, source=reading.source + "+kin")
            if row < 0:
                head = mended
            else:
                settled[row][key] = mended
    return settled, head


def _family_names_apart(rows: Sequence[Mapping[str, Field]], head: Field | None) -> list[dict[str, Field]]:
    """Names read as one word that ends with a family name, which the card prints as a word of its own elsewhere, parted
    before it (`JUNITAPATTY`, with a `LA ODE PATTY` on the card)."""
    printed = [row[key].value for row in rows for key in NAMES if key in row] + ([head.value] if head else [])
    last = {
        words[-1] for name in printed if len(words := name.split()) > 1 and len(words[-1]) >= _FAMILY_NAME
    }
    parted = []
    for row in rows:
        fields = dict(row)
        for key in NAMES:
            field = row.get(key)
            word = field.value if field else ""
            ends = [end for end in last if word.endswith(end) and len(word) - len(end) >= _GIVEN_NAME]
            if field and " " not in word and ends and not spacing.known(word):
                end = max(ends, key=len)
                name = f"{word[: -len(end)]} {end}"
                fields[key] = replace(field, value=name, confidence=min(_PARTED, field.confidence))
        parted.append(fields)
    return parted


def _sex(row: Mapping[str, Field]) -> Sex | None:
    field = row.get("jenis_kelamin")
    return Sex(field.value) if field and field.value in set(Sex) else None


def _agreed(readings: Sequence[Field]) -> tuple[str, float]:
    """The spelling with the most weight, of those with its letters the one with the most blanks and marks, and how sure
    it is."""
    weights: dict[str, float] = {}
    for reading in readings:
        letters = spelling.squeezed(reading.value)
        weights[letters] = weights.get(letters, 0.0) + reading.confidence**4
    best = max(weights, key=lambda letters: (weights[letters], len(letters)))
    if len(readings) > 2 and weights[best] < 0.5 * sum(weights.values()):
        voted = elected([(reading.value, reading.confidence**4) for reading in readings])
        if spelling.squeezed(voted) not in weights:
            return voted, _VOTED
        best = spelling.squeezed(voted)
    same = [reading for reading in readings if spelling.squeezed(reading.value) == best]
    counts = {
        r.value: sum(1.5 if "gaps" in o.source else 1 for o in same if o.value == r.value) for r in same
    }
    spelled = max(counts, key=lambda value: (counts[value] + _marks(value), value))
    doubt = 1.0
    for reading in readings:
        if spelling.squeezed(reading.value) == best:
            doubt *= 1 - reading.confidence
    return spelled, 1 - doubt


def _marks(value: str) -> float:
    """What speaks for a spelling beside how often it was read: engines lose blanks and dots, and apostrophes more often;
    they hardly ever invent them. Words that nobody knows and single letters speak against it (IWAYAN; I WAN)."""
    words = [word for word in re.split(r"[^A-Z']+", value) if word]
    scraps = sum(len(word) == 1 for word in words)
    unknown = sum(len(word) > 2 and "'" not in word and not spacing.known(word) for word in words)
    return 0.6 * (value.count(" ") + value.count(".")) + 1.6 * value.count("'") - 0.7 * (scraps + unknown)
