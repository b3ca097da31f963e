"""Names in the member table spelled with more evidence than one engine's: the gaps in their print, a second engine, and
where the two engines read other letters, a closer look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chalicelib.identity import spelling
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet.cell_values import NAMES, titled, understand
from chalicelib.reading.sheet.looks import Place
from chalicelib.reading.sheet.members import LookAgain
from chalicelib.reading.table.cells import Seen
from chalicelib.reading.table.grid import Cell, Grid
from chalicelib.reading.text import second_opinion, spacing

_DISPUTED = 0.85
"""What is left of the confidence of a name that a closer look saw differently."""
_SPACED = (*NAMES, "tempat_lahir")

_LONG = 11
"""Letters of a word from which a name may have lost a blank: 2 % of the words in names are that long."""

Cut = Callable[[Cell], Pixels | None]
"""A cell → the picture of its text, None where there is none."""


def respelled(
    rows: Sequence[Mapping[str, Field]],
    grid: Grid,
    pixels: Pixels,
    cut: Cut,
    reader: second_opinion.LineReader | None,
    again: LookAgain,
) -> list[dict[str, Field]]:
    """`rows` with their names respelled. `pixels`: the page their lines were read from; `reader`: the second engine, None
    where there is none; `again`: see `LookAgain`."""
    names = {
        (i, key): _spaced(row[key], cut(grid.all_rows[i][key]))
        for i, row in enumerate(rows)
        for key in _SPACED
        if key in row and key in grid.all_rows[i]
    }
    seen = _second_engine(names, grid, pixels, reader)
    settled = {place: second_opinion.weigh(names[place], text) for place, text in seen.items()}
    disputed = {
        place: grid.all_rows[place[0]][place[1]].box
        for place, field in names.items()
        if place[1] in NAMES and _disputed(field, seen.get(place, ""))
    }
    closer = again(disputed) if disputed else {}
    for place, look in closer.items():
        settled[place] = _decided(
            place, names[place], settled.get(place, names[place]), seen.get(place, ""), look
        )
    names |= {place: replace(field, value=titled(field.value)) for place, field in settled.items()}
    return [{key: names.get((i, key), field) for key, field in row.items()} for i, row in enumerate(rows)]


def _spaced(field: Field, picture: Pixels | None) -> Field:
    if picture is None:
        return field
    found = spacing.respaced(field.value, picture)
    scraps = {word for word in found.text.split() if len(word) <= 2} - set(field.value.split())
    if scraps and not found.sure:
        return field
    return replace(field, value=found.text, source=field.source + "+gaps" if found.sure else field.source)


def _second_engine(
    names: Mapping[Place, Field], grid: Grid, pixels: Pixels, reader: second_opinion.LineReader | None
) -> dict[Place, str]:
    """What the second engine reads where names stand on one line of their own; not where it tears words apart."""
    pieces = {}
    for i, key in names:
        cell: Cell = grid.all_rows[i][key]
        if key in NAMES and cell.lines and not cell.merged:
            pieces[f"{i} {key}"] = [_in_one(cell.lines)]
    seen = second_opinion.ask(reader, pixels, pieces) if reader else {}
    texts = {}
    for name, text in seen.items():
        row, key = name.split()
        place = (int(row), key)
        apart = second_opinion.words_apart(pixels, pieces[name][0])
        if text.count(" ") < apart or "gaps" in names[place].source:
            texts[place] = text
    return texts


def _disputed(field: Field, other: str) -> bool:
    """True where the second engine (`other`) read other letters, or a blank may have been lost."""
    if max(map(len, field.value.split())) >= _LONG:
        return True
    return bool(other) and "twice" not in field.source and _letters(other) != _letters(field.value)


def _decided(place: Place, ours: Field, weighed: Field, other: str, look: Seen) -> Field:
    """The name after a closer look at what two engines read differently."""
    value = understand(place[1], look.text, look.confidence)
    if value is None:
        return weighed
    letters = _letters(value.value)
    if letters == _letters(ours.value):
        spelled = max(value.value, weighed.value, key=lambda text: text.count(" ") + text.count("'"))
        spelled = spelled if letters == _letters(spelled) else ours.value
        sure = 1 - (1 - ours.confidence) * 0.3
        return replace(ours, value=spelled, confidence=sure, source=ours.source + "+twice")
    if other and letters == _letters(other):
        return replace(
            weighed,
            value=value.value,
            confidence=min(0.95, value.confidence),
            source=ours.source + "+tesseract",
        )
    return replace(weighed, confidence=weighed.confidence * _DISPUTED)


def _letters(text: str) -> str:
    return spelling.squeezed(text)


def _in_one(lines: Sequence[Line]) -> Line:
    """All pieces of a cell as one line, so that a word torn in two is seen whole."""
    first, last = lines[0], lines[-1]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return replace(first, top=top, bottom=bottom, right=max(first.right, last.right))
