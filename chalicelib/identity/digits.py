"""What NIK and family card number have in common: sixteen digits, `PPKKCC DDMMYY SSSS`."""

from __future__ import annotations

import re
from datetime import date

LENGTH = 16
_SEPARATORS = re.compile(r"[\s.\-]+")


def compact(text: str) -> str:
    """`text` without the blanks, dots and hyphens people put between groups of digits."""
    return _SEPARATORS.sub("", text.strip())


def count(text: str) -> int:
    return sum(ch.isascii() and ch.isdigit() for ch in text)


def is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def is_filler(digits: str) -> bool:
    """True for what people type to get past a form: one digit repeated, or counting up."""
    return len(set(digits)) == 1 or digits in ("1234567890123456", "0123456789012345")


def calendar_dates(day: int, month: int, year: int) -> tuple[date, ...]:
    """The dates a two-digit `year` can mean, oldest first; empty where the calendar knows none."""
    found = []
    for century in (1900, 2000):
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)
