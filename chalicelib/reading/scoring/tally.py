"""Counting items: how many are exact, with an interval; how many are missing, and how many wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from chalicelib.reading.scoring.compare import Item

_Z = 1.959964
"""Of the normal distribution: 95 % lie within so many standard deviations."""


@dataclass(frozen=True)
class Share:
    """`hits` of `n`."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """In [0, 1]; 0 of none."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by Wilson's score, which holds for shares near 0 and 1 too; (0, 1) of none."""
        if not self.n:
            return 0.0, 1.0
        share, n = self.value, self.n
        middle = share + _Z * _Z / (2 * n)
        half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        scale = 1 + _Z * _Z / n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


@dataclass(frozen=True)
class Tally:
    """Of `exact.n` values so many are exact; of those not empty on the document likewise; and what the others are:
    `missing` from the answer, or `wrong`: another value stands there."""

    exact: Share
    filled: Share
    missing: int
    wrong: int


def tally(items: Iterable[Item]) -> Tally:
    """The counts of `items`."""
    all_of_them = list(items)
    filled = [item for item in all_of_them if not item.empty]
    return Tally(
        Share(sum(item.right for item in all_of_them), len(all_of_them)),
        Share(sum(item.right for item in filled), len(filled)),
        sum(item.missing for item in all_of_them),
        sum(item.wrong for item in all_of_them),
    )
