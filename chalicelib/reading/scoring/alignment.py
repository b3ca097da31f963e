"""Which row that was read is which row of the card: aligned in order, so that a lost row costs that row only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

Values = Mapping[str, str]
"""Column → value in its normal form."""
_INVENTED = 1
"""What a row that is not on the card costs: little, so that it never takes another row's place."""


def aligned(truth: Sequence[Values], read: Sequence[Values]) -> list[int | None]:
    """For each row of `truth` the index in `read` of the row that stands for it, None where it is missing. Rows keep
    their order; the sum of edit distances over the truth's columns is the least there is."""
    lost = [max(1, sum(map(len, row.values()))) for row in truth]
    apart = [[_distance(row, other) for other in read] for row in truth]
    costs = [[_INVENTED * j for j in range(len(read) + 1)]]
    for i, row in enumerate(apart):
        line = [costs[i][0] + lost[i]]
        for j, distance in enumerate(row):
            line.append(min(costs[i][j] + distance, costs[i][j + 1] + lost[i], line[j] + _INVENTED))
        costs.append(line)
    found: list[int | None] = [None] * len(truth)
    i, j = len(truth), len(read)
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + apart[i - 1][j - 1]:
            i, j = i - 1, j - 1
            found[i] = j
        elif costs[i][j] == costs[i - 1][j] + lost[i - 1]:
            i -= 1
        else:
            j -= 1
    return found


def _distance(truth: Values, read: Values) -> int:
    return sum(Levenshtein.distance(value, read.get(column, "")) for column, value in truth.items())
