"""Truth against answer, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.reading.scoring.alignment import aligned
from chalicelib.reading.scoring.normal import normal
from chalicelib.reading.scoring.truth import WEAK, Answer, Row, Said, Truth

NUMBERS = frozenset({"nik", "nomor_kk"})
KTP, HEAD, CELL, NEGATIVE, SCENE = "ktp", "kk head", "kk cell", "negative", "other"


@dataclass(frozen=True)
class Item:
    """One value that the truth has: whether it was `offered`, is `right`, is `empty` on the document or in the answer.

    `part` is where it stands: a KTP, the head or a cell of a family card, a photo that is to be refused; `seen`: false
    where the truth says that light or a finger took the value's print away.
    """

    part: str
    field: str
    grade: str
    right: bool
    empty: bool
    silent: bool
    offered: bool
    confidence: float
    seen: bool = True

    @property
    def missing(self) -> bool:
        """On the document, but not in the answer."""
        return not self.empty and self.silent

    @property
    def wrong(self) -> bool:
        """Another value than the document's stands in the answer."""
        return not self.right and not self.silent

    @property
    def is_nik(self) -> bool:
        return self.field == "nik"


def items(truth: Truth, answer: Answer) -> Iterator[Item]:
    """An item for each value that the truth has, and one for each hidden value that was offered all the same."""
    part = NEGATIVE if truth.negative else {"ktp": KTP, "kk": HEAD}.get(truth.kind, SCENE)
    for name, value in truth.fields.items():
        seen = f"{WEAK}{name}" not in truth.flags
        yield replace(_item(part, name, truth.grade, value, answer.fields), seen=seen)
    for row, place in zip(truth.members, _places(truth.members, answer), strict=True):
        said = {} if place is None else answer.members[place]
        for name, value in row.items():
            yield _item(NEGATIVE if truth.negative else CELL, name, truth.grade, value, said)
    for name in truth.hidden:
        one = answer.fields.get(name)
        if one is not None and name not in truth.fields:
            yield Item(NEGATIVE, name, truth.grade, False, True, False, True, one.confidence)


def invented_rows(truth: Truth, answer: Answer) -> int:
    """Rows in the answer that stand for no row of the card."""
    return len(answer.members) - sum(place is not None for place in _places(truth.members, answer))


def _places(rows: Sequence[Row], answer: Answer) -> list[int | None]:
    read = [{name: normal(one.value) for name, one in row.items()} for row in answer.members]
    return aligned([{name: normal(value) for name, value in row.items()} for row in rows], read)


def _item(part: str, name: str, grade: str, value: str, said: Mapping[str, Said]) -> Item:
    one = said.get(name)
    wanted, read = normal(value), normal(one.value) if one else ""
    return Item(
        part,
        name,
        grade,
        read == wanted,
        not wanted,
        not read,
        one is not None,
        one.confidence if one else 0.0,
    )
