"""Which row of a rectified KTP is which, where its small grey labels were too blurred to read.

On a card that lies flat the values stand in one column, in a fixed order and at even steps. So each row is told by three
things together: what is left of its label, what stands in it (a date, RT/RW, a word of a closed list), and how many
steps it lies below the row before. The cheapest way to give the rows to the labels in their order is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from chalicelib.identity import spelling, vocabularies
from chalicelib.reading.lines import Line
from chalicelib.reading.text import labels, wording
from chalicelib.reading.text.labels import Hit, Label
from chalicelib.reading.text.rows import Rows, strip_colon
from chalicelib.reading.text.tilt import Tilt

_VALUES_LEFT = (0.19, 0.34)
"""Where the column of values may begin, in parts of the card's width; the usual place is 0.26."""
_VALUES_RIGHT = 0.72
"""The portrait begins here."""
_LABELS_RIGHT = 0.15
_HEAD_BOTTOM = 0.16
_LEAST_KNOWN, _LEAST_OF_NAMED = 5, 2
"""Rows that must speak for themselves, by label or content, before the others are placed between them; the same on a card
whose NIK names the region in its head."""
_SPEAKS = 0.9
_LABEL_END = re.compile(r"^.{0,2}[:;]\s*")
_NIK = re.compile(r"\d{11,}")


@dataclass(frozen=True)
class _Row:
    """A level row: its middle, the remains of its label, and the pieces of its value from left to right."""

    y: float
    label: str
    pieces: tuple[Line, ...]

    @property
    def text(self) -> str:
        return strip_colon(" ".join(line.text for line in self.pieces))


@dataclass(frozen=True)
class _Way:
    """One way to give the rows so far to keys: `at` is the place of the last key given, `given` row → key or None."""

    cost: float
    at: int
    given: tuple[str | None, ...]
    y: float


def take_apart(
    lines: Sequence[Line], layout: labels.Layout, width: int, height: int, *, named: bool = False
) -> Rows | None:
    """The rows of a flat card of `width` × `height` pixels; None where too few of them can be told. `named`: it is surely
    a KTP, for its NIK stands below the name of its region; then its number and head are told where no row is."""
    least = _LEAST_OF_NAMED if named else _LEAST_KNOWN
    return _by_column(lines, layout, width, height, least) or (
        _number_alone(lines, height) if named else None
    )


def _by_column(
    lines: Sequence[Line], layout: labels.Layout, width: int, height: int, least: int
) -> Rows | None:
    column = _column(lines, width, height)
    if column is None:
        return None
    pieces, label_lines = _columns(lines, column, width)
    found = _as_rows(pieces, label_lines, 0.022 * width)
    top = next((row for row in found if row.y < 0.36 * height and _is_nik(row.text)), None)
    if top is None:
        return None
    below = [row for row in found if row.y > top.y + 0.5 * top.pieces[0].height]
    pitch = _pitch([row.y for row in below], height)
    given = _given(below, layout.labels[1:], top.y, pitch, least)
    if given is None:
        return None
    values: dict[str, list[Line]] = {"nik": list(top.pieces)}
    hits = {"nik": _hit("nik", top, column)}
    for row, key in zip(below, given, strict=True):
        if key is not None:
            hits.setdefault(key, _hit(key, row, column))
            values.setdefault(key, []).extend(row.pieces)
    above = tuple(line for line in lines if line.y < top.y - 0.6 * pitch)
    return Rows({key: tuple(found) for key, found in values.items()}, above, (), pitch, Tilt(), hits)


def _number_alone(lines: Sequence[Line], height: int) -> Rows | None:
    number = next((line for line in lines if line.y < 0.36 * height and _is_nik(line.text)), None)
    if number is None:
        return None
    pitch = _pitch((), height)
    above = tuple(line for line in lines if line.y < number.y - 0.6 * pitch)
    return Rows({"nik": (number,)}, above, (), pitch, Tilt(), {})


def _column(lines: Sequence[Line], width: int, height: int) -> float | None:
    """The left edge of the column of values, by the lines that begin where it may lie."""
    low, high = _VALUES_LEFT
    starts = [
        line.left for line in lines if low < line.left / width < high and line.y > _HEAD_BOTTOM * height
    ]
    return median(starts) if len(starts) >= 5 else None


def _columns(lines: Sequence[Line], column: float, width: int) -> tuple[list[Line], list[Line]]:
    """Pieces of values and of labels. Where both were read as one line it is parted at the column."""
    values, left = [], []
    slack = 0.03 * width
    for line in lines:
        if line.left > _VALUES_LEFT[0] * width:
            if line.left < _VALUES_RIGHT * width:
                values.append(line)
        elif line.right < column + slack:
            left.append(line)
        elif line.left < _LABELS_RIGHT * width:
            at = round(len(line.text) * (column - line.left) / line.width)
            left.append(replace(line, text=line.text[:at], right=column))
            values.append(replace(line, text=_LABEL_END.sub("", line.text[at:]), left=column))
    return values, left


def _as_rows(values: Sequence[Line], left: Sequence[Line], near: float) -> list[_Row]:
    rows: list[list[Line]] = []
    for line in sorted(values, key=lambda line: line.y):
        if rows and line.y - median(piece.y for piece in rows[-1]) < 0.8 * near:
            rows[-1].append(line)
        else:
            rows.append([line])
    made = []
    for row in rows:
        y = median(line.y for line in row)
        beside = [line for line in left if abs(line.y - y) < near]
        label = min(beside, key=lambda line: abs(line.y - y)).text if beside else ""
        made.append(_Row(y, label, tuple(sorted(row, key=lambda line: line.left))))
    return made


def _is_nik(text: str) -> bool:
    return bool(_NIK.search(wording.as_digits(re.sub(r"\W", "", text))))


def _pitch(levels: Sequence[float], height: int) -> float:
    """Pixels from row to row: 0.054 of the card's height usually."""
    usual = 0.054 * height
    steps = [b - a for a, b in pairwise(levels) if 0.7 * usual < b - a < 1.35 * usual]
    return median(steps) if len(steps) >= 3 else usual


def _hit(key: str, row: _Row, column: float) -> Hit:
    first = row.pieces[0]
    return Hit(key, Line("", 0.0, 0.14 * column, first.top, 0.9 * column, first.bottom), "", 0.0)


def _given(
    rows: Sequence[_Row], wanted: Sequence[Label], top: float, pitch: float, least: int
) -> tuple[str | None, ...] | None:
    """For each row the key of its label, None for dirt. None where fewer than `least` rows speak for themselves."""
    ways = {(0, top): _Way(0.0, -1, (), top)}
    for row in rows:
        further: dict[tuple[int, float], _Way] = {}
        for way in ways.values():
            _keep(further, replace(way, cost=way.cost + 1.2, given=(*way.given, None)))
            steps = (row.y - way.y) / pitch
            if (
                way.at >= 0
                and wanted[way.at].lines > 1
                and way.given.count(wanted[way.at].key) < wanted[way.at].lines
            ):
                off = abs(steps - 1) + 2.0 * _label_speaks_at_all(row.label)
                _keep(
                    further,
                    _Way(
                        way.cost + 0.4 + off - _says_more(wanted[way.at].key, row),
                        way.at,
                        (*way.given, wanted[way.at].key),
                        row.y,
                    ),
                )
            for at in range(way.at + 1, len(wanted)):
                skipped = at - way.at - 1
                off = 1.2 * abs(steps - (at - way.at)) if way.at >= 0 else 0.8 * abs(steps - 1.3 - skipped)
                cost = way.cost + off + 0.7 * skipped - _speaks(wanted[at], row)
                _keep(further, _Way(cost, at, (*way.given, wanted[at].key), row.y))
        ways = further
    if not ways:
        return None
    best = min(ways.values(), key=lambda way: way.cost + 0.7 * (len(wanted) - 1 - way.at))
    by_key = {label.key: label for label in wanted}
    clear = {
        key for row, key in zip(rows, best.given, strict=True) if key and _speaks(by_key[key], row) >= _SPEAKS
    }
    return best.given if len(clear) >= least else None


def _keep(ways: dict[tuple[int, float], _Way], way: _Way) -> None:
    key = (way.at, way.y)
    if key not in ways or way.cost < ways[key].cost:
        ways[key] = way


def _label_speaks_at_all(text: str) -> bool:
    return sum(ch.isalpha() for ch in text) >= 4


def _says_more(key: str, row: _Row) -> float:
    """What a second row of a value may hold: a date below a long place of birth."""
    return 2.0 if key == "lahir" and wording.find_date(row.text) else 0.0


def _speaks(label: Label, row: _Row) -> float:
    """How much a row's own label and content say that it is this one."""
    return _label(label, row.label) + _content(label.key, row.text)


def _label(label: Label, text: str) -> float:
    if not _label_speaks_at_all(text) and len(label.texts[0]) > 4:
        return 0.0
    like = max(spelling.likeness(text, printed) for printed in label.texts)
    return 2.0 * max(0.0, like - 0.4) / 0.6


def _content(key: str, text: str) -> float:
    digits = sum(ch.isdigit() for ch in text)
    letters = sum(ch.isalpha() for ch in text)
    if key == "lahir":
        return 2.5 if wording.find_date(text) else 1.0 if digits >= 5 and letters >= 3 else 0.0
    if key == "rt_rw":
        return 2.5 if 5 <= digits <= 8 and letters <= 2 else -0.5
    if key == "jenis_kelamin":
        text = text.partition(" ")[0]
    if key in vocabularies.names():
        found = vocabularies.match(key, text)
        return 5.0 * (found.score - 0.5) if found and found.score > 0.5 else -0.3
    if key == "berlaku_hingga" and wording.find_date(text):
        return 2.0
    if key == "alamat":
        return 0.5 if re.match(r"(JL|JLN|GG|DK|DSN|KP|PERUM|BLOK|LINGK)\b", text) else 0.0
    return -1.0 if digits > letters else 0.0
