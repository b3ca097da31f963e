"""Two readings of one document made into one: agreement earns confidence, disagreement costs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.identity import spelling
from chalicelib.reading.model import Field

FLOOR = 0.5
"""Confidence below which a value is left out rather than offered."""
_ALONE = 0.93
"""What is left of the confidence of a value that only one of two readings has."""
AGAINST = 0.85
"""What is left where the other reading has something else."""


def better(
    first: Mapping[str, Field], second: Mapping[str, Field], *, ahead: float = 0.02
) -> dict[str, Field]:
    """For each field the value of the surer reading, its confidence weighed by the other. `second` is the rectified
    reading: it is taken unless the first is surer by more than `ahead`."""
    merged: dict[str, Field] = {}
    for name in dict.fromkeys([*second, *first]):
        one, two = first.get(name), second.get(name)
        if one is None or two is None:
            only = one or two
            if only is not None:
                merged[name] = replace(only, confidence=only.confidence * _ALONE)
            continue
        if spelling.squeezed(one.value) == spelling.squeezed(two.value):
            settled = {"tesseract", "gaps"} & set(two.source.split("+")) or _marks(two.value) >= _marks(
                one.value
            )
            taken = two if settled else replace(two, value=one.value)
            together = 1 - (1 - one.confidence) * (1 - two.confidence)
            merged[name] = replace(taken, confidence=together, source=taken.source + "+twice")
        else:
            taken = two if two.confidence >= one.confidence - ahead else one
            merged[name] = replace(taken, confidence=taken.confidence * AGAINST)
    return {name: field for name, field in merged.items() if field.confidence >= FLOOR}


def _marks(text: str) -> int:
    """Blanks and dots: engines lose them, they hardly ever invent them."""
    return text.count(" ") + text.count(".")
