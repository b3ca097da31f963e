"""Two engines' spellings of one line made into one.

PP-OCR reads letters well but swallows blanks and narrow letters (`SUMARDIUTOMO`, `WJAYA`); Tesseract is weak on a
photo yet good at single lines of a rectified card, and sees blanks. So its blanks are taken, its letters only where the
two differ by letters PP-OCR is known to drop or confuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from chalicelib.identity import spelling
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.text import rows, wording

_NARROW = set("IJL1.,'- ")
_BLANK = " "
_USUAL = 9
"""Letters of a name's usual word."""
_BLANK_WIDE = 0.22
"""Widths of gaps between words, at least, in heights of a line's box."""
_SHORT_WORDS = frozenset(
    {
        "NI",
        "LA",
        "WA",
        "AL",
        "EL",
        "DE",
        "DA",
        "DI",
        "ST",
        "SY",
        "RR",
        "JL",
        "GG",
        "KP",
        "DK",
        "DS",
        "BR",
        "JR",
        "NO",
        "LK",
        "TJ",
        "PD",
        "RT",
        "RW",
        "KI",
        "II",
        "IV",
        "VI",
        "IX",
        "HJ",
        "DR",
        "IR",
        "IB",
    }
)
"""Words of two letters that stand alone in names and addresses; any other is a word torn apart."""


class LineReader(Protocol):
    """Reads pictures of single lines."""

    def read_lines(self, crops: Sequence[Pixels]) -> list[str]:
        """One text a picture, in their order."""
        ...


def crop(pixels: Pixels, line: Line) -> Pixels:
    """A line with a little air around it."""
    air = 0.2 * line.height
    top, bottom = max(0, int(line.top - air)), int(line.bottom + air)
    left, right = max(0, int(line.left - air)), int(line.right + 1.5 * air)
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def ask(reader: LineReader, pixels: Pixels, wanted: Mapping[str, Sequence[Line]]) -> dict[str, str]:
    """What `reader` sees in the lines of each value; lines that are too small are left out."""
    keys = [
        (key, line) for key, lines in wanted.items() for line in lines if line.width > 8 and line.height > 8
    ]
    if not keys:
        return {}
    texts = reader.read_lines([crop(pixels, line) for _, line in keys])
    seen: dict[str, list[str]] = {}
    for (key, _), text in zip(keys, texts, strict=True):
        seen.setdefault(key, []).append(rows.strip_colon(text))
    return {key: wording.trimmed(" ".join(parts)) for key, parts in seen.items()}


def words_apart(pixels: Pixels, line: Line) -> int:
    """How many words stand on a line of print on plain paper, by the gaps in its ink: a blank is about 0.39 of a
    capital's height wide in usual type, the way between letters 0.15 at most; a box is 1.4 capitals high."""
    air = 0.1 * line.height
    part = cv2.cvtColor(
        pixels[int(line.top + air) : int(line.bottom - air), max(0, int(line.left)) : int(line.right)],
        cv2.COLOR_BGR2GRAY,
    )
    if min(part.shape) < 4:
        return 1
    _, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    filled = np.flatnonzero(ink.any(axis=0))
    return 1 + int((np.diff(filled) > _BLANK_WIDE * line.height).sum())


def respelled(
    fields: Mapping[str, Field],
    pieces: Mapping[str, Sequence[Line]],
    pixels: Pixels,
    reader: LineReader | None,
) -> dict[str, Field]:
    """`fields`, those that `pieces` names spelled by a second engine too; as they are where there is none."""
    wanted = {name: lines for name, lines in pieces.items() if name in fields}
    seen = ask(reader, pixels, wanted) if reader else {}
    return {name: weigh(field, seen[name]) if name in seen else field for name, field in fields.items()}


def weigh(field: Field, other: str) -> Field:
    """`field` in the light of another engine's spelling: mended, made surer or less sure."""
    if not spelling.squeezed(other):
        return field
    value = combine(field.value, other, blanks="gaps" not in field.source)
    near = spelling.likeness(field.value, other)
    if spelling.squeezed(value) == spelling.squeezed(other):
        sure = 1 - (1 - field.confidence) * 0.3
        return replace(field, value=value, confidence=sure, source=field.source + "+tesseract")
    if near < 0.6:
        return replace(field, confidence=field.confidence * 0.9)
    return replace(field, value=value, confidence=field.confidence * 0.95)


def combine(ours: str, other: str, *, blanks: bool = True) -> str:
    """`ours` with the blanks, dots and dropped narrow letters that `other` has at the same place; without its blanks
    where ours are known already (not `blanks`)."""
    plain_ours, plain_other = ours.upper(), other.upper()
    if Levenshtein.normalized_similarity(plain_ours, plain_other) < 0.7:
        return ours
    out: list[str] = []
    for op in Levenshtein.opcodes(plain_ours, plain_other):
        a, b = plain_ours[op.src_start : op.src_end], plain_other[op.dest_start : op.dest_end]
        if op.tag == "equal" or (op.tag == "delete" and not (blanks and a == _BLANK)):
            out.append(a)
        elif op.tag == "insert" and (blanks or b != _BLANK):
            out.append(_inserted(b, op.dest_start, plain_other, alone=_BLANK not in plain_ours))
        elif op.tag == "replace":
            out.append(_replaced(a, b))
    return re.sub(r"\s+", " ", "".join(out)).strip()


def _inserted(new: str, at: int, text: str, *, alone: bool) -> str:
    """What of `new` is believed: narrow letters, and blanks that leave no odd scrap of a word. Not at the ends, where
    strokes of the card's pattern are read as letters. `alone`: our own text is one word; where it has blanks already, it
    has hardly lost one within a word of usual length."""
    if not at > 0 or at + len(new) >= len(text.rstrip()):
        return ""
    if new == _BLANK:
        before, after = text[:at].rpartition(_BLANK)[2], text[at + 1 :].partition(_BLANK)[0]
        usual = before.isalpha() and after.isalpha() and len(before) + len(after) <= _USUAL
        if usual and not alone and min(len(before), len(after)) > 1 and not {before, after} & _SHORT_WORDS:
            return ""
        if any(len(word) == 2 and word.isalpha() and word not in _SHORT_WORDS for word in (before, after)):
            return ""
    return "".join(ch for ch in new if ch in _NARROW)


def _replaced(ours: str, other: str) -> str:
    if set(ours) <= set(" .,") and set(other) <= set(" .,"):
        return other if len(other) > len(ours) else ours
    if len(ours) == 1 and other == "I" and ours in "L1|":
        return other
    return ours
