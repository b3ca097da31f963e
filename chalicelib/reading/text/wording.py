"""Cleaning single values: digits read as letters, dates, lost blanks."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from chalicelib.identity import spelling

_AS_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "D": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "!": "1", "i": "1", "Z": "2", "z": "2",
     "A": "4", "S": "5", "s": "5", "G": "6", "b": "6", "T": "7", "?": "7", "B": "8", "g": "9", "q": "9"}
)  # fmt: skip
_AS_LETTERS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "6": "G", "2": "Z", "4": "A", "|": "I"})
_DATE = re.compile(r"(?<!\d)(\d{2})\W{0,3}(\d{2})\W{0,3}((?:19|20)\d{2})(?!\d)")
_EDGES = " .,:;_|'\"`~*-–—=+!/\\"
_SHORT = re.compile(
    r"\b(JL|JLN|GG|DK|DS|DSN|KP|BR|JR|NO|LK|LR|KOMP|PERUM|BLOK|RT|RW|TJ|PD|KEC|DR|IR|H|HJ|KH)\.(?=\w)"
)
_COMMA = re.compile(r"\b(JL|JLN|GG|DK|DS|DSN|KP|BR|JR|NO|LK|KOMP),(?=\s)|\b(NO),(?=\d)")
_NUMBER = re.compile(r"(?<=[A-Z])(NO\.? ?)(?=\d)")


def as_digits(text: str) -> str:
    """`text` with letters that look like digits made digits; for places where only digits can stand."""
    return text.translate(_AS_DIGITS)


def as_letters(text: str) -> str:
    """`text` with digits that look like letters made letters; for names."""
    return text.translate(_AS_LETTERS)


def trimmed(text: str) -> str:
    """Capitals, without dirt at both ends; a closing dot after a short word stays (`NO.`)."""
    return re.sub(r"\s+", " ", text.upper()).strip().lstrip(_EDGES).rstrip(" ,:;_|'\"`~*=+!/\\-–—")


def find_date(text: str) -> tuple[date, int] | None:
    """The last date in `text` (day, month, year in digits) and where it begins; None where there is none."""
    found = list(_DATE.finditer(_date_digits(text)))
    for match in reversed(found):
        day, month, year = (int(part) for part in match.groups())
        try:
            return date(year, month, day), match.start()
        except ValueError:
            continue
    return None


_MONTHS = {
    "JANUARI": 1, "FEBRUARI": 2, "PEBRUARI": 2, "MARET": 3, "APRIL": 4, "MEI": 5, "JUNI": 6, "JULI": 7, "AGUSTUS": 8,
    "AGUST": 8, "AGT": 8, "SEPTEMBER": 9, "OKTOBER": 10, "NOVEMBER": 11, "NOPEMBER": 11, "DESEMBER": 12,
}  # fmt: skip
_WRITTEN = re.compile(r"(\d{1,2})\s*([A-Z]{3,9})\s*((?:19|20)\d{2})")


def written_date(text: str) -> date | None:
    """A date in digits or with the month's name: `12-03-2021`, `12 MARET 2021`."""
    found = find_date(text)
    if found:
        return found[0]
    for day, name, year in _WRITTEN.findall(text.upper()):
        month = next(
            (number for word, number in _MONTHS.items() if spelling.likeness(name, word) >= 0.8), None
        )
        if month is not None:
            with suppress(ValueError):
                return date(int(year), month, int(day))
    return None


def _date_digits(text: str) -> str:
    """Letters made digits only in words that are mostly digits, so that names stay names."""
    parts = re.split(r"([\s,:]+)", text)
    return "".join(
        as_digits(part) if sum(ch.isdigit() for ch in part) * 2 >= len(part) > 0 else part for part in parts
    )


def spaced_address(text: str) -> str:
    """Blanks put back where short words ended with a dot and before a number: `JL.MAWARNO.5` → `JL. MAWAR NO. 5`."""
    text = re.sub(r"[^\x20-\x7E]+", " ", text)  # marks of another script, which specks are read as
    text = _COMMA.sub(r"\1\2.", text)
    text = re.sub(r"^(JL|GG)(?=[A-MO-Z]\w*\.? )", r"\1 ", text)  # no word begins so
    text = _SHORT.sub(r"\1. ", text)
    text = _NUMBER.sub(r" \1 ", text)
    return re.sub(r"\s+", " ", text).strip()


def iso(text: str) -> date:
    """The date in `YYYY-MM-DD`."""
    return date.fromisoformat(text)
