"""Which value belongs to which label on a form of labelled rows, on a picture that may be tilted.

Two things describe how the form lies: `slant`, how far labels that stand below each other drift sideways per pixel
downwards, and the `tilt` of its rows. They differ under perspective, so both are measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from chalicelib.reading.lines import Line
from chalicelib.reading.text.labels import Hit, Layout
from chalicelib.reading.text.tilt import Tilt, measure

_HEAD_TO_END = 1.46
"""The values end, and the portrait begins, this many times the way from the labels to the middle of the head."""
_COLUMN_TO_END = 2.55
"""The same, measured by the way from the labels to the values, where no head was read."""
_COLON = re.compile(r"^[\s:;.,;|!'\-]+")


@dataclass(frozen=True)
class Rows:
    """A form taken apart. `values`: label key → the pieces of its value in reading order (text after a glued label
    included); `above`: lines above the first row; `beside`: lines right of the values; `pitch`: pixels between rows."""

    values: Mapping[str, tuple[Line, ...]]
    above: tuple[Line, ...]
    beside: tuple[Line, ...]
    pitch: float
    tilt: Tilt
    hits: Mapping[str, Hit]


def take_apart(lines: Sequence[Line], hits: Mapping[str, Hit], layout: Layout, first: str) -> Rows | None:
    """The rows of a form, or None where too few labels were found to tell. `first` is the key of the topmost label."""
    order = [label.key for label in layout.labels]
    indented = {label.key for label in layout.labels if label.indented}
    if len(hits) < 3:
        return None
    straight = [hit.line for key, hit in hits.items() if key not in indented]
    if not straight:
        return None
    slant = _slant(straight)
    tilt = measure(lines, hits, -slant)
    heights = {key: tilt.level(hit.line) for key, hit in hits.items()}
    hits = _in_order(hits, heights, order)
    if len(hits) < 3 or not set(hits) - indented:
        return None
    pitch = _pitch({key: heights[key] for key in hits}, order)
    labels_at = median(_u(hit.line, slant) for key, hit in hits.items() if key not in indented)
    taken = {id(hit.line) for hit in hits.values()}
    rest = [line for line in lines if id(line) not in taken]
    column = _value_column(rest, hits, heights, tilt, slant, pitch, labels_at)
    top = _first_row(heights, hits, order, first, pitch)
    above = [line for line in rest if tilt.level(line) < top - 0.6 * pitch]
    ends = _values_end(above, slant, labels_at, column)
    pieces: dict[str, list[tuple[float, float, Line]]] = {key: [] for key in hits}
    for key, hit in hits.items():
        part = glued(hit)
        if part:
            pieces[key].append((heights[key], part.left, part))
    beside, loose = [], []
    for line in rest:
        u, v = _u(line, slant), tilt.level(line)
        if v < top - 0.6 * pitch:
            continue
        if u > ends:
            beside.append(line)
        elif line.x > labels_at + slant * line.y + 0.5 * (column - labels_at):
            key = min(hits, key=lambda k: abs(heights[k] - v))
            if abs(heights[key] - v) < 0.5 * pitch:
                pieces[key].append((heights[key], line.left, line))
            else:
                loose.append((v, line))
    _place_loose(loose, pieces, heights, hits, layout, pitch)
    values = {
        key: tuple(line for _, _, line in sorted(found, key=lambda piece: piece[:2]))
        for key, found in pieces.items()
    }
    return Rows(values, tuple(above), tuple(beside), pitch, tilt, hits)


def glued(hit: Hit) -> Line | None:
    """What follows a label within its own line, as a line of its own; its box is shared out by the letters."""
    rest = strip_colon(hit.rest)
    if not rest:
        return None
    whole = hit.line
    start = whole.right - len(rest) / max(1, len(whole.text)) * whole.width
    return Line(rest, whole.confidence, start, whole.top, whole.right, whole.bottom)


def strip_colon(text: str) -> str:
    """`text` without the colon and dirt between label and value."""
    return _COLON.sub("", text).strip()


def _u(line: Line, slant: float) -> float:
    return line.left - slant * line.y


def _slant(straight: Sequence[Line]) -> float:
    slopes = [
        (a.left - b.left) / (a.y - b.y)
        for i, a in enumerate(straight)
        for b in straight[i + 1 :]
        if abs(a.y - b.y) > 1.5 * max(a.height, b.height)
    ]
    return median(slopes) if slopes else 0.0


def _in_order(hits: Mapping[str, Hit], heights: Mapping[str, float], order: Sequence[str]) -> dict[str, Hit]:
    """The longest run of labels that stand in the printed order; a label out of order is a value that looks like one."""
    keys = [key for key in order if key in hits]
    best: list[list[str]] = []
    for i, key in enumerate(keys):
        runs = [best[j] for j in range(i) if heights[keys[j]] < heights[key]]
        best.append([*max(runs, key=len, default=[]), key])
    longest = max(best, key=len, default=[])
    return {key: hits[key] for key in longest}


def _pitch(heights: Mapping[str, float], order: Sequence[str]) -> float:
    known = sorted((order.index(key), v) for key, v in heights.items())
    steps = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(known))
    return max(1.0, steps[len(steps) // 3])


def _value_column(
    rest: Sequence[Line],
    hits: Mapping[str, Hit],
    heights: Mapping[str, float],
    tilt: Tilt,
    slant: float,
    pitch: float,
    labels_at: float,
) -> float:
    """Where values begin, as `_u`; from the lines nearest to the right of each label."""
    widest = (
        max(hit.line.width for hit in hits.values() if not hit.rest)
        if any(not hit.rest for hit in hits.values())
        else 6 * pitch
    )
    starts = []
    for key, hit in hits.items():
        if key == "nik":
            continue
        right = [
            _u(line, slant)
            for line in rest
            if abs(tilt.level(line) - heights[key]) < 0.5 * pitch and line.left > hit.line.left + 0.5 * pitch
        ]
        if right:
            starts.append(min(right))
    starts = [start for start in starts if start > labels_at + 0.6 * widest]
    return median(starts) if starts else labels_at + 1.15 * widest


def _values_end(above: Sequence[Line], slant: float, labels_at: float, column: float) -> float:
    """Where the portrait begins, as `_u`. The head is printed in the middle of the card, so it tells the width best."""
    heads = [line.x - slant * line.y for line in above if sum(ch.isalpha() for ch in line.text) >= 8]
    by_column = labels_at + _COLUMN_TO_END * (column - labels_at)
    if not heads:
        return by_column
    by_head = labels_at + _HEAD_TO_END * (median(heads) - labels_at)
    return by_head if 0.75 < (by_head - labels_at) / max(1.0, by_column - labels_at) < 1.35 else by_column


def _first_row(
    heights: Mapping[str, float], hits: Mapping[str, Hit], order: Sequence[str], first: str, pitch: float
) -> float:
    """Height of the topmost row, also where its own label was not found."""
    if first in hits:
        return heights[first]
    key = min(hits, key=order.index)
    return heights[key] - pitch * (order.index(key) - order.index(first))


def _place_loose(
    loose: Sequence[tuple[float, Line]],
    pieces: dict[str, list[tuple[float, float, Line]]],
    heights: Mapping[str, float],
    hits: Mapping[str, Hit],
    layout: Layout,
    pitch: float,
) -> None:
    """Rows without a label: second lines of the value above, or values whose own label was not found."""
    keys = [label.key for label in layout.labels]
    spans = {label.key: label.lines for label in layout.labels}
    rows = _as_rows(loose, pitch)
    found = [key for key in keys if key in hits]
    for here, following in zip([None, *found], [*found, None], strict=True):
        low = heights[here] if here else float("-inf")
        high = heights[following] if following else float("inf")
        between = [row for row in rows if low < row[0] < high]
        start = keys.index(here) + 1 if here else 0
        missing = keys[start : keys.index(following) if following else len(keys)]
        if here:
            # What the value above may still take, the values of unseen labels take first.
            spare = max(0, len(between) - len(missing))
            near = [row for row in between if row[0] - low < (spans[here] + 0.4) * pitch]
            for v, line in [piece for row in near[: min(spare, spans[here] - 1)] for piece in row[1]]:
                pieces[here].append((v, line.left, line))
            between = between[min(spare, spans[here] - 1, len(near)) :]
        if len(between) == len(missing):
            for key, row in zip(missing, between, strict=True):
                pieces[key] = [(v, line.left, line) for v, line in row[1]]


def _as_rows(
    loose: Sequence[tuple[float, Line]], pitch: float
) -> list[tuple[float, list[tuple[float, Line]]]]:
    rows: list[tuple[float, list[tuple[float, Line]]]] = []
    for v, line in sorted(loose, key=lambda piece: piece[0]):
        if rows and v - rows[-1][0] < 0.5 * pitch:
            rows[-1][1].append((rows[-1][0], line))
        else:
            rows.append((v, [(v, line)]))
    return rows
