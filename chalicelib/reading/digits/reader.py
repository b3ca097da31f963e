"""What a strip's sixteen digits are: several cuts of one row, one network, their chances together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path

import cv2
import numpy as np

from chalicelib.reading.digits import beam
from chalicelib.reading.digits.strip import Evened

MODEL = Path(__file__).with_name("digits.onnx")
"""Trained by `python -m bench.digits`."""


def chances(strips: Iterable[Evened]) -> Mapping[str, float]:
    """Rows of signs and their chances, in [0, 1], as the surest of the strips has them that show one row of digits."""
    network = _network()
    surest: dict[str, float] = {}
    for strip in strips:
        network.setInput(strip[None, None])
        rows = beam.rows(np.asarray(network.forward()[0], dtype=np.float32))
        found = {row.text: exp(row.chance) for row in rows}
        surest = max(surest, found, key=lambda one: max(one.values(), default=0.0))
    return surest


@cache
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(MODEL))
