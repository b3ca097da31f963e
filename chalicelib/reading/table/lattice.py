"""The rows of a member table: ten of one height, told by the rules between them, else by the numbers at their left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from chalicelib.reading.lines import Line
from chalicelib.reading.table.straight import Rule, Ruling

ROWS = 10
"""Rows for members on a sheet (Permendagri 109/2019)."""
_NEAR = 0.16
"""Share of a row's height by which a rule may lie off its place."""
_NUMBER = re.compile(r"^\W{0,2}(\d{1,2})\W{0,2}$")


@dataclass(frozen=True)
class Rows:
    """Rows of equal height: the first begins at level `top`. `left`, `right`: the ends of the rules across; `ruled`:
    False where there were none and the ends are the page's."""

    top: float
    pitch: float
    left: float
    right: float
    count: int = ROWS
    ruled: bool = True

    @property
    def bottom(self) -> float:
        return self.top + self.count * self.pitch

    def row(self, level: float) -> int | None:
        """Which row a level lies in, from 0; None outside."""
        number = int((level - self.top) // self.pitch)
        return number if 0 <= number < self.count else None

    def span(self, row: int) -> tuple[float, float]:
        return self.top + row * self.pitch, self.top + (row + 1) * self.pitch


def by_rules(ruling: Ruling, places: Sequence[Line], width: float) -> list[Rows]:
    """The tables' rows by the rules across, from top to bottom; at most two."""
    strong = [rule for rule in ruling.levels if rule.length > 0.3 * width]
    gaps = [b.at - a.at for a, b in pairwise(strong)]
    usual = [gap for gap in gaps if 0.008 * width < gap < 0.03 * width]
    if len(usual) < 4:
        return []
    pitch = _mode(usual)
    found: list[tuple[float, Rows]] = []
    starts = [rule.at - back * pitch for rule in strong for back in (0, 1, 2)]  # the first rules may be faint
    for start in starts:
        rows, score = _fitted(start, pitch, strong)
        if rows is not None:
            found.append((score + _numbered(rows, places) + _held(rows, ruling), rows))
    taken: list[Rows] = []
    for score, rows in sorted(found, key=lambda pair: -pair[0]):
        apart = all(
            rows.top > other.bottom - rows.pitch or rows.bottom < other.top + rows.pitch for other in taken
        )
        if score >= 5 and apart and len(taken) < 2:
            taken.append(rows)
    return sorted(taken, key=lambda rows: rows.top)


def _mode(gaps: Sequence[float]) -> float:
    """The gap that most others are near to."""
    best = max(gaps, key=lambda gap: sum(abs(other - gap) < 0.08 * gap for other in gaps))
    return median([gap for gap in gaps if abs(gap - best) < 0.08 * best])


def _fitted(start: float, pitch: float, rules: Sequence[Rule]) -> tuple[Rows | None, float]:
    """Ten rows from `start` on, fitted to the rules found near their places, and how many these are."""
    met: list[tuple[int, Rule]] = []
    expected = start
    for step in range(ROWS + 1):
        near = [rule for rule in rules if abs(rule.at - expected) < _NEAR * pitch]
        if near:
            rule = min(near, key=lambda one: abs(one.at - expected))
            met.append((step, rule))
            expected = rule.at
        expected += pitch
    if len(met) < 5:
        return None, 0.0
    steps = [step for step, _ in met]
    places = [rule.at for _, rule in met]
    middle, centre = sum(steps) / len(steps), sum(places) / len(places)
    spread = sum((step - middle) ** 2 for step in steps)
    slope = sum((s - middle) * (p - centre) for s, p in zip(steps, places, strict=True)) / spread
    lefts = sorted(min(a for a, _ in rule.spans) for _, rule in met)
    rights = sorted(max(b for _, b in rule.spans) for _, rule in met)
    rows = Rows(centre - slope * middle, slope, lefts[len(lefts) // 3], rights[2 * len(rights) // 3])
    return rows, float(len(met))


def _numbered(rows: Rows, places: Sequence[Line]) -> float:
    """What the text says of where the first row is: the numbers 1 to 10 at the left speak for it, the columns' own
    numbers `(1)`, `(2)` within the first row against it."""
    said = 0.0
    for place in places:
        row = rows.row(place.y)
        number = _NUMBER.match(place.text)
        if row is None or number is None:
            continue
        if place.x < rows.left + 0.05 * (rows.right - rows.left):
            said += 0.4 if int(number[1]) == row + 1 else -0.1
        elif row == 0 and "(" in place.text:
            said -= 0.5
    return said


def _held(rows: Rows, ruling: Ruling) -> float:
    """What the rules down say of where the rows are: they run through all ten and end with the last, so a row that they
    leave out (the gap between the tables may be one row high) and one more that they run through speak against it."""
    counts = []
    for row in range(ROWS + 1):
        top, bottom = rows.span(row)
        counts.append(
            sum(
                rule.within(top, bottom) > 0.6 * rows.pitch
                for rule in ruling.uprights
                if rows.left - 12 < rule.at < rows.right + 12
            )
        )
    usual = median(counts[:ROWS])
    if usual < 4:
        return 0.0
    missing = sum(count < 0.3 * usual for count in counts[:ROWS])
    return -float(missing) - (0.6 if counts[ROWS] > 0.6 * usual else 0.0)


def by_text(places: Sequence[Line], bands: Sequence[tuple[float, float] | None]) -> list[Rows]:
    """The tables' rows by their text alone: `bands` are the levels of the headings of each table, top and bottom."""
    first, second = bands[0], bands[1]
    if first is None:
        return []
    left, right = min(place.left for place in places), max(place.right for place in places)
    ends = [second[0] if second else float("inf"), float("inf")]
    found = []
    for band, end in zip((first, second), ends, strict=True):
        if band is None:
            continue
        below = [place for place in places if band[1] < place.y < end and "(" not in place.text]
        rows = _numbered_rows(below, left, right) or _levelled_rows(below, left, right)
        if rows is not None:
            found.append(rows)
    return found


def _numbered_rows(below: Sequence[Line], left: float, right: float) -> Rows | None:
    """By the numbers at the left: the row height and first row that most of them agree with."""
    numbers = [
        (int(match[1]), place.y)
        for place in below
        if place.x < left + 0.06 * (right - left) and (match := _NUMBER.match(place.text))
    ]
    numbers = [(n, y) for n, y in numbers if 1 <= n <= ROWS]
    best: tuple[int, float, float] = (2, 0.0, 0.0)
    for i, (n, y) in enumerate(numbers):
        for m, z in numbers[i + 1 :]:
            pitch = (z - y) / (m - n) if m != n else 0.0
            if pitch <= 8:
                continue
            agree = sum(abs(y + (k - n) * pitch - w) < 0.25 * pitch for k, w in numbers)
            if agree > best[0]:
                best = (agree, pitch, y - (n - 0.5) * pitch)
    return Rows(best[2], best[1], left, right, ruled=False) if best[0] >= 3 else None


def _levelled_rows(below: Sequence[Line], left: float, right: float) -> Rows | None:
    """By the levels at which text stands: rows of members follow each other without a gap."""
    wordy = sorted(place.y for place in below if sum(ch.isalnum() for ch in place.text) >= 3)
    if len(wordy) < 4:
        return None
    high = median(place.height for place in below)
    groups: list[list[float]] = []
    for level in wordy:
        if groups and level - groups[-1][-1] < 0.5 * high:
            groups[-1].append(level)
        else:
            groups.append([level])
    levels = [median(group) for group in groups if len(group) >= 3]
    gaps = [b - a for a, b in pairwise(levels) if b - a < 2.5 * high]
    if not levels:
        return None
    pitch = median(gaps) if gaps else 1.5 * high
    run = next((i for i, (a, b) in enumerate(pairwise(levels)) if b - a > 1.6 * pitch), len(levels) - 1)
    return Rows(levels[0] - pitch / 2, pitch, left, right, count=min(ROWS, run + 1), ruled=False)
