"""Whether confidence can be relied on: silent errors above a threshold, how well it separates right from wrong, and
whether of the values with confidence 0.9 nine in ten are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chalicelib.reading.scoring.compare import Item
from chalicelib.reading.scoring.tally import Share

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
"""Bins of confidence, closed below, the last one on both sides: narrow where most values lie."""
FIELD_LIMIT, NIK_LIMIT = 0.95, 0.99
"""Confidence from which a field, and a NIK, is taken for sure."""


@dataclass(frozen=True)
class Silent:
    """Of the values offered with confidence `limit` or more: how many are wrong, and what share of the values printed on
    the documents they cover."""

    limit: float
    wrong: Share
    covered: Share


@dataclass(frozen=True)
class Bin:
    """Values offered with a confidence in [`low`, `high`): how many, how many of them right, their mean confidence."""

    low: float
    high: float
    right: Share
    mean: float


@dataclass(frozen=True)
class Trust:
    """`auroc` is None where all values offered are right or all wrong. `ece`: mean distance between confidence and
    share right, over the bins, by how many values they hold."""

    offered: int
    errors: int
    auroc: float | None
    ece: float
    bins: tuple[Bin, ...]


def silent(items: Sequence[Item], limit: float) -> Silent:
    """Silent errors among `items` at `limit`."""
    sure = [item for item in items if item.offered and item.confidence >= limit]
    printed = [item for item in items if not item.empty]
    covered = sum(item.offered and item.confidence >= limit for item in printed)
    return Silent(limit, Share(sum(not item.right for item in sure), len(sure)), Share(covered, len(printed)))


def trust(items: Sequence[Item]) -> Trust:
    """How far the confidences of the values offered among `items` can be relied on."""
    offered = [item for item in items if item.offered]
    bins = _bins(offered)
    ece = sum(abs(one.right.value - one.mean) * one.right.n for one in bins) / max(1, len(offered))
    scores = [item.confidence for item in offered]
    right = [item.right for item in offered]
    return Trust(len(offered), right.count(False), auroc(scores, right), ece, bins)


def _bins(offered: Sequence[Item]) -> tuple[Bin, ...]:
    found = []
    for low, high in pairwise(EDGES):
        inside = [
            one for one in offered if low <= one.confidence < high or one.confidence == high == EDGES[-1]
        ]
        if inside:
            right = Share(sum(one.right for one in inside), len(inside))
            found.append(Bin(low, high, right, sum(one.confidence for one in inside) / len(inside)))
    return tuple(found)


def auroc(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """The chance that a right value has the higher score of it and a wrong one, ties counting half."""
    good, bad = sum(right), len(right) - sum(right)
    if not good or not bad:
        return None
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        rank = (start + end + 1) / 2
        ranks += rank * sum(right[i] for i in order[start:end])
        start = end
    return (ranks - good * (good + 1) / 2) / (good * bad)
