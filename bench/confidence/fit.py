"""The fit: one logistic regression for all groups of fields, each group with deviations of its own, both held small.

What all groups share is learnt from all samples, so that a group with few errors leans on the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.confidence.gather import Sample
from chalicelib.reading import confidence
from chalicelib.reading.confidence import Model

LAYOUT = Path(confidence.__file__).with_name("layouts") / "confidence.json"
ALWAYS = "1"
"""The signal that stands in every value."""
_SHARED, _OWN = 1.0, 6.0
"""How strongly weights are held near 0, and a group's near the shared ones: so many samples' worth."""
WRONG = 2.0
"""What an error weighs against a right value: the model should rather doubt."""
_STEPS = 40
_FOR = ("rules", "photo.legible", "by.gazetteer", "by.vocabulary", "by.qr", "by.pdf", "nik.agrees", "nik.date",
        "nik.sex", "nik.home", "text.known_place")  # fmt: skip
_AGAINST = ("rules.low", "print.small", "print.wide", "print.narrow", "text.long", "text.longest_word", "text.scrap",
            "text.mixed", "photo.blur", "photo.dim", "photo.bright", "photo.glare", "photo.lost", "photo.no_page",
            "nik.differs", "nik.date_differs", "nik.sex_differs", "nik.unknown_region")  # fmt: skip
"""Signals that can only speak for a value, and those that can only speak against one: what the samples say to the
contrary is chance, or our own generator, and gets no weight."""

Numbers = npt.NDArray[np.float64]


def fit(samples: Sequence[Sample], groups: Mapping[str, str]) -> Model:
    """The model of these samples. ValueError: none of them is right, or none wrong."""
    right = np.array([one.right for one in samples], dtype=np.float64)
    if not 0 < right.mean() < 1:
        raise ValueError("both right and wrong values are needed")
    names = [ALWAYS, *sorted({name for one in samples for name in one.found})]
    kinds = sorted(set(groups.values()))
    of = np.array([kinds.index(confidence.group(groups, one.place)) for one in samples])
    plain = np.array([[1.0, *(one.found.get(name, 0.0) for name in names[1:])] for one in samples])
    wide = np.zeros((len(samples), (1 + len(kinds)) * len(names)))
    wide[:, : len(names)] = plain
    for place in range(len(kinds)):
        mine = of == place
        wide[mine, (1 + place) * len(names) : (2 + place) * len(names)] = plain[mine]
    held = np.repeat([_SHARED, *[_OWN] * len(kinds)], len(names))
    held[0] = 1e-3
    counted = np.where(right > 0, 1.0, WRONG)
    sense = np.array([(name in _FOR) - (name in _AGAINST) for name in names])
    silent = np.zeros(len(names), dtype=bool)
    while True:
        wide[:, np.tile(silent, 1 + len(kinds))] = 0.0
        found = _logistic(wide, right, counted, held).reshape(1 + len(kinds), len(names))
        odd = (found[0] * sense < -1e-6) & ~silent
        if not odd.any():
            break
        silent |= odd
    weights = {
        kind: {
            name: round(float(value), 3)
            for name, value in zip(names, found[0] + found[1 + place], strict=True)
            if abs(value) >= 0.0005
        }
        for place, kind in enumerate(kinds)
    }
    return Model(dict(groups), weights)


def _logistic(inputs: Numbers, right: Numbers, counted: Numbers, held: Numbers) -> Numbers:
    """Weights of least penalised loss, by Newton's method with halved steps where one goes too far."""
    weights = np.zeros(inputs.shape[1])
    loss = _loss(weights, inputs, right, counted, held)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (counted * (chance - right)) + held * weights
        bend = (inputs * (counted * chance * (1 - chance))[:, None]).T @ inputs + np.diag(held)
        step = np.linalg.solve(bend, slope)
        scale = 1.0
        while (tried := _loss(weights - scale * step, inputs, right, counted, held)) > loss and scale > 1e-4:
            scale /= 2
        weights = weights - scale * step
        if loss - tried < 1e-6 * abs(loss):
            break
        loss = tried
    return weights


def _loss(weights: Numbers, inputs: Numbers, right: Numbers, counted: Numbers, held: Numbers) -> float:
    total = inputs @ weights
    return float((counted * (np.logaddexp(0, total) - right * total)).sum() + 0.5 * (held * weights**2).sum())


def groups(path: Path = LAYOUT) -> dict[str, str]:
    """Field → group, as the model's file has them."""
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["groups"]
    return found


def keep(model: Model, told: Mapping[str, Any], path: Path = LAYOUT) -> None:
    """Write the model's file; `told` is what a reader of it should know (from how many samples it was fitted …)."""
    data = {"fitted": dict(told), "groups": dict(model.groups), "weights": dict(model.weights)}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
