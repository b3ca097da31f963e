"""The columns of a table told by its rules alone: which rule is which edge, by the columns' usual widths.

A form's columns keep their proportions from print to print to within some hundredths of its width, so rules can be told
apart where the headings cannot be read, where glare took one of them away, and where a crease looks like one more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_WIDTH = 0.015
"""By how much of the table's width a column may differ from its usual width, as a standard deviation (the forms measured
differ by 0.013 at most)."""
_MISSING = 4.0
"""What an edge without a rule costs: as much as a column two standard deviations off."""
_EXTRA = 4.0
"""What a rule between the edges that is none costs."""
_SEEN = 0.65
"""Share of the edges that need a rule."""
_WORST = 0.8
"""Cost an edge, on the mean, up to which the rules are those of the form."""


@dataclass(frozen=True)
class Fitted:
    """`edges`: where each column begins, and the last one ends; `cost`: how ill the rules go with the form, 0 at best."""

    edges: tuple[float, ...]
    cost: float


def fitted(
    shares: Sequence[float], rules: Sequence[tuple[float, bool]], left: float, right: float
) -> Fitted | None:
    """The edges of columns with the usual `shares` of a table, None where the rules are not those of such a table.
    `rules`: place of each rule down the table and whether it was seen clearly (a faint one may be none); `left`,
    `right`: about where the table ends, pixels."""
    total = sum(shares)
    usual = [0.0, *(at / total for at in accumulate(shares))]
    wide = right - left
    starts = [at for at, _ in rules if abs(at - left) < 0.05 * wide] or [left]
    ends = [at for at, _ in rules if abs(at - right) < 0.08 * wide] or [right]
    tried = (
        _between(usual, rules, start, end) for start in starts for end in ends if end - start > 0.5 * wide
    )
    found = [one for one in tried if one is not None]
    return min(found, key=lambda one: one.cost, default=None)


def _between(
    usual: Sequence[float], rules: Sequence[tuple[float, bool]], start: float, end: float
) -> Fitted | None:
    """The cheapest way to give the rules from `start` to `end` to the edges, both of which have one."""
    inside = [(start, False), *sorted(one for one in rules if start < one[0] < end), (end, False)]
    places = [(at - start) / (end - start) for at, _ in inside]
    skipped = [0.0, *accumulate(_EXTRA if clear else 0.3 for _, clear in inside)]
    last = len(usual) - 1
    # (edge, rule) → cost so far and the way there
    ways: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {(0, 0): (0.0, ((0, 0),))}
    for edge in range(1, last + 1):
        for rule in range(1, len(inside)):
            if (edge == last) != (rule == len(inside) - 1):
                continue
            best: tuple[float, tuple[tuple[int, int], ...]] | None = None
            for (e, r), (cost, way) in ways.items():
                if e >= edge or r >= rule:
                    continue
                off = (places[rule] - places[r] - usual[edge] + usual[e]) / _WIDTH
                price = (
                    cost + off**2 / (edge - e) + _MISSING * (edge - e - 1) + skipped[rule] - skipped[r + 1]
                )
                if best is None or price < best[0]:
                    best = price, (*way, (edge, rule))
            if best is not None:
                ways[edge, rule] = best
    done = ways.get((last, len(inside) - 1))
    if done is None or len(done[1]) < _SEEN * len(usual) or done[0] > _WORST * len(usual):
        return None
    known = {edge: inside[rule][0] for edge, rule in done[1]}
    return Fitted(tuple(_filled(known, usual)), done[0])


def _filled(known: dict[int, float], usual: Sequence[float]) -> list[float]:
    """All edges: those without a rule between their neighbours, by the usual widths."""
    edges = []
    for i, share in enumerate(usual):
        if i in known:
            edges.append(known[i])
            continue
        low, high = max(k for k in known if k < i), min(k for k in known if k > i)
        part = (share - usual[low]) / (usual[high] - usual[low])
        edges.append(known[low] + part * (known[high] - known[low]))
    return edges


def middles(shares: Sequence[float], known: Mapping[int, float], left: float, right: float) -> list[float]:
    """Middles of all columns: those `known` by their headings, the others by their usual share between them."""
    total = sum(shares)
    usual = [(end - share / 2) / total for end, share in zip(accumulate(shares), shares, strict=True)]
    fixed = [(-0.001, left), *((usual[i], x) for i, x in sorted(known.items())), (1.001, right)]
    centres = []
    for i, share in enumerate(usual):
        if i in known:
            centres.append(known[i])
            continue
        low = max((pair for pair in fixed if pair[0] < share), key=lambda pair: pair[0])
        high = min((pair for pair in fixed if pair[0] > share), key=lambda pair: pair[0])
        centres.append(low[1] + (high[1] - low[1]) * (share - low[0]) / (high[0] - low[0]))
    return centres
