"""The member table of a family card: which piece of text stands in which row and column.

Rows and columns are those the ruled lines make; where rules are missing, rows follow the numbers 1 to 10 at the left (or
the text itself) and columns the gaps between pieces of text below the headings. Layouts are data (layouts/kk_table.json).
Everything here is computed on straightened places (`Ruling`), in pixels of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from chalicelib.identity import spelling
from chalicelib.reading import layouts
from chalicelib.reading.lines import Line
from chalicelib.reading.table.columns import Fitted, fitted, middles
from chalicelib.reading.table.lattice import Rows, by_rules, by_text
from chalicelib.reading.table.straight import Ruling

_CROSSES = 0.6
"""Line heights by which a piece of text reaches into the next column before it counts as two cells read as one."""
_CLEAR, _FAINT = 0.42, 0.2
"""Share of a table's height along which a rule down it is seen clearly, and at all."""
_CLEARLY, _NOT_AT_ALL = 4.0, 30.0
"""By how much the rules go better with one layout than with the other; how ill where they do not go with it at all."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its headings and its usual `share` of the table's width; `only`: in one layout only."""

    key: str
    heads: tuple[str, ...]
    share: float
    only: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in one cell. `box`: left, top, right, bottom of the cell in straightened pixels; `merged`: some of its
    text was read together with a neighbour's, so that it must be read again."""

    lines: tuple[Line, ...]
    box: tuple[float, float, float, float]
    merged: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Grid:
    """The two tables as one: `rows` from the first member on, key → cell (empty cells are there too where the grid is
    known). `layout`: `new` or `old`; `whole`: both tables with all their columns were seen."""

    rows: tuple[Mapping[str, Cell], ...]
    layout: str
    whole: bool
    bottom: float
    """Level at which the second table ends."""
    further: tuple[Mapping[str, Cell], ...] = ()
    """The rows after `rows`, in which hardly any text was seen."""

    @property
    def all_rows(self) -> tuple[Mapping[str, Cell], ...]:
        """`rows` and `further`: a closer look may find members in these too."""
        return self.rows + self.further


def find(lines: Sequence[Line], ruling: Ruling, width: float) -> Grid | None:
    """The table, or None where there is none. `width`: of the page, in pixels."""
    straight = [(ruling.straightened(line), line) for line in lines]
    heads = _heads([place for place, _ in straight])
    rows = by_rules(ruling, [place for place, _ in straight], width)
    if len(rows) < 2:
        rows = by_text([place for place, _ in straight], [_band(part) for part in heads]) or rows
    if not rows:
        return None
    layout = _layout(heads, rows, ruling)
    found: list[dict[int, dict[str, Cell]]] = []
    whole = len(rows) >= 2
    for number, part in enumerate(rows[:2]):
        columns = [c for c in _tables()[number] if c.only in ("", layout)]
        edges = _edges(columns, heads[number], part, ruling, [place for place, _ in straight])
        if edges is None:
            whole = False
            continue
        last_seen = columns[-1].key in heads[number] or len(_uprights(part, ruling)) == len(columns) + 1
        whole = whole and (last_seen or _wide_enough(columns, heads[number], part))
        found.append(_cells(straight, columns, edges, part))
    if not found:
        return None
    last = max((row for sides in found for row, cells in sides.items() if _spoken(cells)), default=-1)
    joined = []
    for row in range(max(part.count for part in rows[:2])):
        cells: dict[str, Cell] = {}
        for sides in found:
            cells |= sides.get(row, {})
        joined.append(cells)
    return Grid(tuple(joined[: last + 1]), layout, whole, rows[-1].bottom, tuple(joined[last + 1 :]))


def _spoken(cells: Mapping[str, Cell]) -> bool:
    """True for a row of a member: a good deal of text, where empty rows hold dashes and specks."""
    words = [
        cell for key, cell in cells.items() if key != "no" and re.search(r"[A-Z0-9/.-]{4}", cell.text.upper())
    ]
    return len(words) >= 2


def _cells(
    straight: Sequence[tuple[Line, Line]], columns: Sequence[Column], edges: Sequence[float], rows: Rows
) -> dict[int, dict[str, Cell]]:
    texts: dict[tuple[int, int], list[Line]] = {}
    merged: set[tuple[int, int]] = set()
    for place, line in straight:
        row = rows.row(place.y)
        if row is None or not edges[0] < place.x < edges[-1]:
            continue
        reach = min(_CROSSES * place.height, 0.3 * place.width)
        over = [
            i
            for i in range(len(columns))
            if min(place.right, edges[i + 1]) - max(place.left, edges[i]) > reach
        ]
        if len(over) > 1:
            merged |= {(row, i) for i in over}
            continue
        home = next(i for i in range(len(columns)) if place.x < edges[i + 1])
        texts.setdefault((row, home), []).append(line)
    cells: dict[int, dict[str, Cell]] = {}
    for row in range(rows.count):
        top, bottom = rows.span(row)
        cells[row] = {
            column.key: Cell(
                tuple(sorted(texts.get((row, i), []), key=lambda line: line.left)),
                (edges[i], top, edges[i + 1], bottom),
                (row, i) in merged,
            )
            for i, column in enumerate(columns)
        }
    return cells


def _heads(places: Sequence[Line]) -> tuple[dict[str, Line], dict[str, Line]]:
    """The headings of both tables: key → its line. Headings of a table stand on a level, so stray words are left out."""
    found: list[dict[str, Line]] = []
    for table in _tables():
        hits: dict[str, tuple[float, Line]] = {}
        for column in table:
            if column.key == "no":
                continue
            for place in places:
                for text in column.heads:
                    score = spelling.likeness(place.text, text) + 0.001 * len(text)
                    if score >= 0.8 and score > hits.get(column.key, (0.0, place))[0]:
                        hits[column.key] = (score, place)
        found.append(_on_a_level({key: line for key, (_, line) in hits.items()}))
    return found[0], found[1]


def _on_a_level(hits: Mapping[str, Line]) -> dict[str, Line]:
    best: dict[str, Line] = {}
    for anchor in hits.values():
        near = {key: line for key, line in hits.items() if abs(line.y - anchor.y) < 1.8 * anchor.height}
        if len(near) > len(best):
            best = near
    return best


def _band(heads: Mapping[str, Line]) -> tuple[float, float] | None:
    """Top and bottom level of a table's headings; None where hardly any were read."""
    if len(heads) < 3:
        return None
    return min(line.top for line in heads.values()), max(line.bottom for line in heads.values())


def _layout(heads: Sequence[Mapping[str, Line]], rows: Sequence[Rows], ruling: Ruling) -> str:
    """`new` where there is a column for the blood group, told by its heading, else by its rules and their number."""
    if "gol_darah" in heads[0] or "tanggal_perkawinan" in heads[1]:
        return "new"
    if len(rows) == 2:
        cost = {layout: _ill_fitting(layout, rows, ruling) for layout in ("new", "old")}
        if abs(cost["new"] - cost["old"]) > _CLEARLY:
            return min(cost, key=lambda layout: cost[layout])
    counts = [len(_uprights(part, ruling)) for part in rows[:2]]
    new = [len(table) + 1 for table in _tables()]
    if any(count == wanted for count, wanted in zip(counts, new, strict=False)):
        return "new"
    return (
        "old" if len(heads[0]) >= 4 or any(c == n - 1 for c, n in zip(counts, new, strict=False)) else "new"
    )


def _ill_fitting(layout: str, rows: Sequence[Rows], ruling: Ruling) -> float:
    """How ill the rules of both tables go with a layout."""
    parts = (
        _by_rules_down([c for c in table if c.only in ("", layout)], part, ruling)
        for table, part in zip(_tables(), rows, strict=False)
    )
    return sum(part.cost if part else _NOT_AT_ALL for part in parts)


def _by_rules_down(columns: Sequence[Column], rows: Rows, ruling: Ruling) -> Fitted | None:
    tall = rows.bottom - rows.top
    seen = [(rule.at, rule.within(rows.top, rows.bottom) / tall) for rule in ruling.uprights]
    rules = [(at, share > _CLEAR) for at, share in seen if share > _FAINT]
    return fitted([column.share for column in columns], rules, rows.left, rows.right)


def _uprights(rows: Rows, ruling: Ruling) -> list[float]:
    """The rules down a table: seen along a good part of its rows, and between the ends of its rules across."""
    tall = rows.bottom - rows.top
    return [
        rule.at
        for rule in ruling.uprights
        if rule.within(rows.top, rows.bottom) > _CLEAR * tall and rows.left - 12 < rule.at < rows.right + 12
    ]


def _edges(
    columns: Sequence[Column], heads: Mapping[str, Line], rows: Rows, ruling: Ruling, places: Sequence[Line]
) -> list[float] | None:
    """Where columns begin and end, `len(columns) + 1` places; None where too little is known."""
    rules = _uprights(rows, ruling)
    if len(rules) == len(columns) + 1:
        return rules
    by_rules_down = _by_rules_down(columns, rows, ruling)
    if by_rules_down is not None:
        return list(by_rules_down.edges)
    known = {i: heads[column.key].x for i, column in enumerate(columns) if column.key in heads}
    inside = [place for place in places if rows.row(place.y) is not None]
    if len(known) < 2 or not inside:
        return None
    left = rows.left if rows.ruled else min(place.left for place in inside) - 10
    right = rows.right if rows.ruled else max(place.right for place in inside) + 10
    centres = middles([column.share for column in columns], known, left, right)
    if any(b <= a for a, b in pairwise(centres)):
        return None
    edges = [left]
    for a, b in pairwise(centres):
        between = [at for at in rules if a < at < b]
        edges.append(min(between, key=lambda at: abs(at - (a + b) / 2)) if between else _start(inside, a, b))
    return [*edges, right]


def _wide_enough(columns: Sequence[Column], heads: Mapping[str, Line], rows: Rows) -> bool:
    """False where the table ends well before the place where its last column would, by the headings that were read and
    the columns' usual widths: it is cut off at the right."""
    known = [(i, heads[column.key].x) for i, column in enumerate(columns) if column.key in heads]
    if not known:
        return True
    last, x = known[-1]
    before = sum(column.share for column in columns[:last]) + columns[last].share / 2
    total = sum(column.share for column in columns)
    ends = rows.left + (x - rows.left) * total / before
    return ends < rows.right + 0.12 * (rows.right - rows.left)


def _start(inside: Sequence[Line], a: float, b: float) -> float:
    """Where the column with the middle `b` begins, `a` being the middle of the one before: a little left of where most of
    its pieces of text do; half way where it holds none."""
    lefts = sorted(
        place.left
        for place in inside
        if a < place.left < b and re.search(r"[A-Z]{2}|\d[\d/-]{3}", place.text.upper())
    )
    if not lefts:
        return (a + b) / 2
    tall = inside[0].height
    most = max(lefts, key=lambda left: (sum(abs(other - left) < tall for other in lefts), left))
    return min(left for left in lefts if abs(left - most) < tall) - 0.3 * tall


@cache
def _tables() -> tuple[tuple[Column, ...], ...]:
    return tuple(
        tuple(Column(c["key"], tuple(c["heads"]), float(c["share"]), c.get("only", "")) for c in table)
        for table in _layouts()["tables"]
    )


@cache
def _layouts() -> dict[str, list[list[dict[str, str]]]]:
    tables: dict[str, list[list[dict[str, str]]]] = layouts.load("kk_table")
    return tables
