"""From the rules' own confidence to a probability: of the values with confidence 0.9, nine in ten are right.

Two scales: inside the reader `Field.confidence` is what the rules think (`merge`, `nik_window`, `birth`, `members`
decide by it); what leaves the reader is the probability made here, at the end of the road (`photo`), and what comes after
(`findings`, cases, pages) decides by that. The model is logistic: a sum of weighted `signals` for each group of fields;
`layouts/confidence.json` holds the weights, fitted by `python -m bench.confidence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from chalicelib.reading import layouts
from chalicelib.reading.lines import TYPED
from chalicelib.reading.model import Field, Reading
from chalicelib.reading.signals import HEAD, Place, signals, values

LOWEST, HIGHEST = 0.01, 0.9995
"""Nothing is certain: beyond these no number of ours was ever measured."""


@dataclass(frozen=True)
class Model:
    """`groups`: field → group; `weights`: group → signal → weight, the signal `1` standing in every value."""

    groups: Mapping[str, str]
    weights: Mapping[str, Mapping[str, float]]

    def probability(self, place: Place, found: Mapping[str, float]) -> float:
        """That a value at `place` with the signals `found` is right, in [LOWEST, HIGHEST]. KeyError: the field has no
        group."""
        weights = self.weights[group(self.groups, place)]
        total = weights.get("1", 0.0) + sum(weights.get(name, 0.0) * value for name, value in found.items())
        return min(HIGHEST, max(LOWEST, 1 / (1 + exp(-max(-30.0, min(30.0, total))))))


def group(groups: Mapping[str, str], place: Place) -> str:
    """The group of a field: a cell of the member table has one of its own where the groups name it (`cell NAME`)."""
    row, name = place
    return groups[name] if row == HEAD or f"cell {name}" not in groups else groups[f"cell {name}"]


def calibrated(reading: Reading, model: Model | None = None) -> Reading:
    """The reading with probabilities for confidences; `model` None: the fitted one. Typed text (of a PDF) keeps the
    rules' own: nothing was recognised there. Apply it once: on the rules' own."""
    chosen = model or fitted()
    typed = {place for place, field in values(reading) if field.source.startswith(TYPED)}
    found = signals(reading)
    sure = {place: chosen.probability(place, mine) for place, mine in found.items() if place not in typed}
    fields = {name: _sure(field, sure.get((HEAD, name))) for name, field in reading.fields.items()}
    members = tuple(
        {name: _sure(field, sure.get((row, name))) for name, field in cells.items()}
        for row, cells in enumerate(reading.members)
    )
    return replace(reading, fields=fields, members=members)


def _sure(field: Field, probability: float | None) -> Field:
    known = field.confidence if probability is None else probability
    return replace(field, confidence=min(HIGHEST, max(LOWEST, known)))


@cache
def fitted() -> Model:
    """The model of `layouts/confidence.json`."""
    raw = layouts.load("confidence")
    return Model(raw["groups"], raw["weights"])
