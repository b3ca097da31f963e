"""Several misread spellings of one name made into the likeliest: letter by letter, by vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from chalicelib.identity import spelling

_BLANK_COUNTS = 2
"""Votes of a blank: engines swallow blanks, they hardly invent them."""


def elected(spellings: Sequence[tuple[str, float]]) -> str:
    """The spelling that most of `spellings` (text and weight each) speak for at each letter. They are laid beside the one
    that is most like all others; what it lacks is put in, and what it has too much left out, where most do so."""
    if len(spellings) < 3:
        return max(spellings, key=lambda one: one[1])[0]
    pivot = max(
        spellings, key=lambda one: sum(w * spelling.likeness(one[0], other) for other, w in spellings)
    )[0]
    at: list[dict[str, float]] = [defaultdict(float) for _ in pivot]
    before: list[dict[str, float]] = [defaultdict(float) for _ in range(len(pivot) + 1)]
    total = sum(weight for _, weight in spellings)
    for text, weight in spellings:
        for op in Levenshtein.opcodes(pivot, text):
            said = text[op.dest_start : op.dest_end]
            if op.tag == "insert":
                before[op.src_start][said] += weight
                continue
            for i in range(op.src_start, op.src_end):
                here = "" if op.tag == "delete" else said[i - op.src_start]
                at[i][here] += weight * (_BLANK_COUNTS if here == " " else 1)
    letters = []
    for i in range(len(pivot) + 1):
        put_in = max(before[i], key=lambda said: before[i][said], default="")
        needed = total / 2 / (_BLANK_COUNTS if put_in == " " else 1)
        letters.append(put_in if before[i][put_in] > needed else "")
        if i < len(pivot):
            letters.append(max(at[i], key=lambda said: at[i][said]))
    return " ".join("".join(letters).split())
