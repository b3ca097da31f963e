"""How two spellings of one name are compared: what the eye and the reader confuse is folded away first."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_NOT_WORD = re.compile(r"[^A-Z0-9]+")
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "L": "I", "2": "Z", "4": "A", "5": "S", "6": "G", "8": "B"})


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Upper case ASCII letters and digits, words parted by single blanks: `Sa'dan` → `SA DAN`."""
    ascii_text = unicodedata.normalize("NFKD", text.upper()).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub(" ", ascii_text).strip()


def squeezed(text: str) -> str:
    """`plain` without blanks, for readers that swallow or invent them."""
    return plain(text).replace(" ", "")


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """`squeezed`, with characters that look alike made equal: `PONOR0GO` and `PONOROGO` fold to the same."""
    return squeezed(text).translate(_LOOKALIKES)


def likeness(a: str, b: str) -> float:
    """How alike two spellings are, in [0, 1]: 1 only for the same letters, a little less for mere
    look-alikes."""
    left, right = squeezed(a), squeezed(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    seen = Levenshtein.normalized_similarity(folded(a), folded(b))
    return 0.9 * float(seen) + 0.1 * float(Levenshtein.normalized_similarity(left, right))
