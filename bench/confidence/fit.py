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
_WRONG = 1.5
"""What an error weighs against a right value: the model should rather doubt."""
_STEPS = 40

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
    found = _logistic(wide, right, np.where(right > 0, 1.0, _WRONG), held).reshape(1 + len(kinds), len(names))
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
