"""What spreadsheets do to a NIK, told apart, and what can be put right without asking.

A spreadsheet keeps fifteen digits of a number (Excel; IEEE 754 binary64 holds little more), writes long ones as
1,30502E+15 and drops what looks like decoration. What is lost cannot be guessed; what was only added is taken away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from chalicelib.identity import digits as sixteen

EXACT_TO = 2**53
"""Up to here a spreadsheet's number is whole and exact; NIKs of Papua lie above."""
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}")
_LETTERS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1"})
_ADDED = re.compile(r"[\s.,\-'`´’‘\"]+")
_ROWS_TO_JUDGE = 5


def bare(text: str) -> str:
    """`text` without what people and programs put around digits: apostrophes, blanks of all kinds, dots, hyphens."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc"))
    return _ADDED.sub("", unicodedata.normalize("NFKC", visible))


def is_scientific(text: str) -> bool:
    """`1,30502E+15`: most digits are gone."""
    return bool(_SCIENTIFIC.fullmatch(text.strip()))


def is_rounded(digits: str, *, number: bool) -> bool:
    """Whether the last digits were turned to 0. `number`: the cell held a number, not text."""
    if len(digits) != sixteen.LENGTH:
        return False
    return digits.endswith("0000") or (number and (digits.endswith("0") or int(digits) > EXACT_TO))


def all_end_in_zero(numbers: Sequence[str]) -> bool:
    """Whether a column of numbers ends in 0 throughout, which one list in ten thousand does by chance (five rows)."""
    whole = [one for one in numbers if len(one) == sixteen.LENGTH]
    return len(whole) >= _ROWS_TO_JUDGE and all(one.endswith("0") for one in whole)


def without_letters(text: str) -> str | None:
    """Sixteen digits where letters stand for digits that look like them (`13O5`); None: it is something else."""
    mended = bare(text).translate(_LETTERS)
    return mended if sixteen.is_digits(mended) and len(mended) == sixteen.LENGTH else None
