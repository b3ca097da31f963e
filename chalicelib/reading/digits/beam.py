"""From scores at each step across a strip to the rows of digits they may mean, with their chances (CTC: Graves et al.,
ICML 2006; a sign may last several steps, and none stands between equal neighbours)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
import numpy.typing as npt

HIDDEN = "?"
"""A digit that stands there and cannot be seen."""
SIGNS = "0123456789" + HIDDEN
"""What a step may show."""
BLANK = 0
"""The place of 'no sign' among a step's scores; the signs follow in their order."""
_WIDTH = 24
"""Rows that are followed at a time."""
_FAINT = -9.0
"""Logarithm of a chance below which a step's sign is not followed."""


@dataclass(frozen=True)
class Row:
    """A row of signs and the logarithm of its chance, given the strip."""

    text: str
    chance: float


def rows(scores: npt.NDArray[np.float32], most: int = _WIDTH) -> list[Row]:
    """The likeliest rows of signs, surest first. `scores`: (1 + signs, steps), of any scale."""
    logs = _normal(scores)
    live: dict[str, tuple[float, float]] = {"": (0.0, -inf)}
    """Row so far → logarithms of the chances that it ended in no sign, and in its last one."""
    for step in logs.T.tolist():
        grown: dict[str, tuple[float, float]] = {}
        follow = [(sign, step[i + 1]) for i, sign in enumerate(SIGNS) if step[i + 1] > _FAINT]
        for text, (rested, held) in live.items():
            both = _sum(rested, held)
            _add(grown, text, both + step[BLANK], -inf)
            if text:
                _add(grown, text, -inf, held + step[SIGNS.index(text[-1]) + 1])
            for sign, chance in follow:
                before = rested if text and text[-1] == sign else both
                if before > -inf:
                    _add(grown, text + sign, -inf, before + chance)
        best = sorted(grown.items(), key=lambda item: -_sum(*item[1]))[:most]
        live = dict(best)
    return [Row(text, _sum(*ends)) for text, ends in live.items()]


def chance(scores: npt.NDArray[np.float32], text: str) -> float:
    """The logarithm of the chance of one row of signs, given the strip: all ways of laying it along the steps, summed."""
    logs = _normal(scores)
    signs = [SIGNS.index(sign) + 1 for sign in text]
    states = [BLANK]
    for sign in signs:
        states += [sign, BLANK]
    over = np.array([i >= 2 and state != BLANK and state != states[i - 2] for i, state in enumerate(states)])
    ways = np.full(len(states), -np.inf)
    ways[:2] = logs[states[:2], 0]
    for step in logs.T[1:]:
        one = np.concatenate([[-np.inf], ways[:-1]])
        two = np.where(over, np.concatenate([[-np.inf, -np.inf], ways[:-2]])[: len(states)], -np.inf)
        ways = np.logaddexp(np.logaddexp(ways, one), two) + step[states]
    return float(np.logaddexp(ways[-1], ways[-2])) if text else float(ways[0])


def _normal(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Logarithms of chances that sum to 1 at each step."""
    logs = scores.astype(np.float64) - scores.max(axis=0)
    return np.asarray(logs - np.log(np.exp(logs).sum(axis=0)))


def _add(grown: dict[str, tuple[float, float]], text: str, rested: float, held: float) -> None:
    had = grown.get(text, (-inf, -inf))
    grown[text] = (_sum(had[0], rested), _sum(had[1], held))


def _sum(a: float, b: float) -> float:
    """The logarithm of the sum of two chances given by theirs."""
    high, low = (a, b) if a > b else (b, a)
    return high if low == -inf else high + log(1 + exp(low - high))
