"""How easily a password is guessed: its length and what it is made of; no sign must be in it (ASVS 6.2.4, 6.2.5, 6.2.11).

A guesser tries words, runs of keys, years and their joints before letters. So a password is counted in pieces: a common
password is one piece however long, so is a run (`12345`, `qwerty`, `aaaa`) and a year; a word of this work, or of the
person's own names, counts for nothing; any other letter or digit is one. Digits that stand for letters (`p4ssw0rd`) are
read both ways, and what is only said again (`abc1abc1abc1`) is counted once. Four pieces are asked for:
`petugas-desa-2026` has one, four unrelated words have four or more.

`common_passwords.txt.gz`: 30,000 of the most common, from leaked lists (docs/dependencies.md).
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 12
LONGEST = 256
PIECES = 4
_FOLDER = Path(__file__).parent
_STANDS_FOR = str.maketrans("0134578", "oieastb")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_ORDERED = (*_ROWS, *(row[::-1] for row in _ROWS))
_AGAIN, _WHOLE = re.compile(r"(.+?)\1{2,}"), re.compile(r"^(.+?)\1+$")
_YEAR = re.compile(r"(19|20)\d\d")
_OWN = 4
"""How long a part of the own names is at least to count as one."""


@cache
def common() -> frozenset[str]:
    """Common passwords of four signs and more, in small letters."""
    packed = (_FOLDER / "common_passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


@cache
def _of_this_work() -> frozenset[str]:
    return frozenset(json.loads((_FOLDER / "password_words.json").read_text(encoding="utf-8"))["words"])


def weakness(password: str, own_names: Iterable[str] = ()) -> str | None:
    """The message that tells what is wrong with a password; None: it can be taken."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "KATA_SANDI_LEMAH"
    parts = frozenset(
        part for name in own_names for part in re.split(r"[\W_]+", _folded(name)) if len(part) >= _OWN
    )
    typed = _folded(password)
    plain = re.sub(r"[\W_]+", "", typed)
    forms = {plain, plain.translate(_STANDS_FOR)}
    said = forms | {again.sub(r"\1", text) for again in (_AGAIN, _WHOLE) for text in forms}
    if re.sub(r"\W+$", "", typed) in common() or min(_pieces(text, parts) for text in said) < PIECES:
        return "KATA_SANDI_MUDAH"
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pieces(text: str, own: frozenset[str]) -> int:
    """The fewest pieces that make up `text`."""
    free = own | _of_this_work()
    longest = max(map(len, free | common()))
    fewest = [0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        fewest[end] = fewest[end - 1] + 1
        for start in range(max(0, end - longest), end - 2):
            piece = text[start:end]
            if piece in free:
                fewest[end] = min(fewest[end], fewest[start])
            elif piece in common() or _YEAR.fullmatch(piece) or _run(piece):
                fewest[end] = min(fewest[end], fewest[start] + 1)
    return fewest[-1]


def _run(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in row for row in _ORDERED)
