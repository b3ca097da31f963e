"""Names of people: told alike across documents, and masked for eyes that need not see them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from chalicelib.identity import spelling

_PARTS = re.compile(r"[,\s]+")


def normalised(name: str) -> str:
    """Capitals, single blanks, no titles, common short forms written out (`MOH. RIZKI, S.PD` → `MUHAMMAD
    RIZKI`)."""
    table = _table()
    words: list[str] = []
    for part in _PARTS.split(name.upper()):
        bare = spelling.plain(part)
        if not bare or bare.replace(" ", "") in table["titles"]:
            continue
        words.extend(table["short_forms"].get(word, word) for word in bare.split())
    return " ".join(words)


def similar(a: str, b: str) -> float:
    """How alike two names of a person are, in [0, 1]. Titles, spacing, the order of words and look-alike
    characters cost little or nothing; 0 where one of them is empty."""
    left, right = normalised(a), normalised(b)
    if not left or not right:
        return 0.0
    in_order = spelling.likeness(left, right)
    sorted_words = 0.98 * spelling.likeness(" ".join(sorted(left.split())), " ".join(sorted(right.split())))
    return max(in_order, sorted_words, 0.95 * _with_initials(left.split(), right.split()))


def mask(name: str) -> str:
    """First letters and stars: `SITI AMINAH` → `S*** A*****`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def _with_initials(left: list[str], right: list[str]) -> float:
    """Likeness where one side writes words as initials; 0 where the number of words differs or no word is
    an initial."""
    if len(left) != len(right) or all(len(word) > 1 for word in left + right):
        return 0.0
    scores = []
    for a, b in zip(left, right, strict=True):
        if min(len(a), len(b)) == 1:
            scores.append(1.0 if a[0] == b[0] else 0.0)
        else:
            scores.append(float(Levenshtein.normalized_similarity(a, b)))
    written_out = any(len(a) > 1 and len(b) > 1 for a, b in zip(left, right, strict=True))
    return sum(scores) / len(scores) if written_out and min(scores) > 0.5 else 0.0


@cache
def _table() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("names.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    return {"titles": dict.fromkeys(raw["titles"], ""), "short_forms": raw["short_forms"]}
