"""Names that a family card prints more than once (the head, parents of the children) made one: each printing is evidence
for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.identity import spelling
from chalicelib.reading.model import Field

_ALIKE = 0.86


@dataclass
class _Person:
    """One person's printings: where each stands and what was read there."""

    places: list[tuple[int, str]]
    readings: list[Field]

    def like(self, value: str) -> float:
        return max(spelling.likeness(value, reading.value) for reading in self.readings)


def settle(
    rows: Sequence[Mapping[str, Field]], head: Field | None
) -> tuple[list[dict[str, Field]], Field | None]:
    """The rows and the head's name in the card's header, with names of one person spelled alike. Two members are never
    taken for one person, however like their names."""
    people = [_Person([(i, "nama")], [row["nama"]]) for i, row in enumerate(rows) if "nama" in row]
    others = [
        ((i, key), row[key]) for i, row in enumerate(rows) for key in ("nama_ayah", "nama_ibu") if key in row
    ]
    if head:
        others.append(((-1, "head"), head))
    for place, reading in others:
        near = max(people, key=lambda person: person.like(reading.value), default=None)
        if near is not None and near.like(reading.value) >= _ALIKE:
            near.places.append(place)
            near.readings.append(reading)
        else:
            people.append(_Person([place], [reading]))
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


def _agreed(readings: Sequence[Field]) -> tuple[str, float]:
    """The spelling with the most weight, of those with its letters the one with the most blanks and marks, and how sure
    it is."""
    weights: dict[str, float] = {}
    for reading in readings:
        letters = spelling.squeezed(reading.value)
        weights[letters] = weights.get(letters, 0.0) + reading.confidence**4
    best = max(weights, key=lambda letters: (weights[letters], len(letters)))
    same = [reading for reading in readings if spelling.squeezed(reading.value) == best]
    counts = {r.value: sum(o.value == r.value for o in same) for r in same}
    spelled = max(counts, key=lambda value: (counts[value] + _marks(value), value))
    doubt = 1.0
    for reading in same:
        doubt *= 1 - reading.confidence
    return spelled, 1 - doubt


def _marks(value: str) -> float:
    """What speaks for a spelling beside how often it was read: engines lose blanks and dots, and apostrophes more often;
    they hardly ever invent them."""
    return 0.6 * (value.count(" ") + value.count(".")) + 1.6 * value.count("'")
