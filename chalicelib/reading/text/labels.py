"""Finding the printed labels of a form among lines of text; labels may be misread or glued to their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from chalicelib.identity import spelling
from chalicelib.reading import layouts
from chalicelib.reading.lines import Line

_LETTER = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Label:
    """A label of a form. `lines`: how many lines its value may take. `indented`: printed further in than the others."""

    key: str
    texts: tuple[str, ...]
    indented: bool = False
    lines: int = 1


@dataclass(frozen=True)
class Layout:
    """The labels of a form from top to bottom, and those that stand within a row (`inline`)."""

    labels: tuple[Label, ...]
    inline: tuple[Label, ...]
    marks: tuple[str, ...] = ()
    """Words stamped across a sample, which belong to no value."""

    def index(self, key: str) -> int:
        """The place of a label from the top. StopIteration: there is no such label."""
        return next(i for i, label in enumerate(self.labels) if label.key == key)


@dataclass(frozen=True)
class Hit:
    """A label found. `rest` is what follows it in the same line, `score` in [0, 1] how well it was spelled."""

    key: str
    line: Line
    rest: str
    score: float


@cache
def layout(name: str) -> Layout:
    """The layout of `layouts/<name>.json`."""
    raw = layouts.load(name)

    def label(entry: dict[str, object]) -> Label:
        texts = entry["texts"]
        if not isinstance(texts, list):
            raise TypeError("texts must be a list")
        lines = entry.get("lines", 1)
        return Label(
            str(entry["key"]),
            tuple(map(str, texts)),
            bool(entry.get("indented", False)),
            lines if isinstance(lines, int) else 1,
        )

    return Layout(
        tuple(map(label, raw["labels"])),
        tuple(map(label, raw.get("inline", []))),
        tuple(raw.get("marks", [])),
    )


def split_label(text: str, label: str) -> tuple[float, str]:
    """How well `text` begins with `label`, in [0, 1], and what follows it. Short labels must be spelled right."""
    wanted = spelling.folded(label)
    places = [m.start() for m in _LETTER.finditer(text)]
    best = (0.0, "")
    slack = 0 if len(wanted) <= 3 else 1 if len(wanted) <= 6 else 2
    for n in range(max(1, len(wanted) - slack), len(wanted) + slack + 1):
        if n > len(places):
            break
        end = places[n - 1] + 1
        score = float(Levenshtein.normalized_similarity(spelling.folded(text[:end]), wanted))
        following = text[end : end + 1]
        if following and following.isalpha() and not following.isupper():
            score -= 0.1  # within a word
        if score > best[0]:
            best = (score, text[end:])
    return best


def find(lines: Sequence[Line], wanted: Sequence[Label], *, at_least: float = 0.72) -> dict[str, Hit]:
    """The best line for each label found; no line serves two labels."""
    hits: list[Hit] = []
    for line in lines:
        for label in wanted:
            for text in label.texts:
                score, rest = split_label(line.text, text)
                need = 1.0 if len(spelling.squeezed(text)) <= 3 else at_least
                if score >= need:
                    hits.append(Hit(label.key, line, rest, score))
    chosen: dict[str, Hit] = {}
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-h.score, len(h.rest), h.line.left)):
        if hit.key not in chosen and id(hit.line) not in taken:
            chosen[hit.key] = hit
            taken.add(id(hit.line))
    return chosen
