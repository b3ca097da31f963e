"""What a row of digits says: several cuts of it, one network, the surest of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.digits import beam
from chalicelib.reading.digits.strip import Evened

MODEL = Path(__file__).with_name("digits.onnx")
"""Trained by `python -m bench.digits`."""


@dataclass(frozen=True, eq=False)
class Look:
    """What was seen in the surest cut of a row. `rows`: the likeliest rows of signs and their chances, in [0, 1];
    `scores`: what the network gave, see `beam`."""

    rows: Mapping[str, float]
    scores: npt.NDArray[np.float32]

    def chance(self, row: str) -> float:
        """The chance of any row, in [0, 1]."""
        return self.rows[row] if row in self.rows else exp(beam.chance(self.scores, row))


def look(strips: Iterable[Evened]) -> Look:
    """Look at several cuts of one row of digits; there must be one at least."""
    network = _network()
    looks = []
    for strip in strips:
        network.setInput(strip[None, None])
        scores = np.asarray(network.forward()[0], dtype=np.float32)
        looks.append(Look({row.text: exp(row.chance) for row in beam.rows(scores)}, scores))
    return max(looks, key=lambda one: max(one.rows.values()))


@cache
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(MODEL))
