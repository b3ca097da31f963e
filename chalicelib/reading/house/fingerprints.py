"""Finding the picture of a scene again: after it was made smaller, saved anew, made brighter or cropped a little.

A fingerprint is `d1` and ten numbers of 119 bits in hexadecimal: of the whole picture and of nine parts of it, 95 % as
wide and high (`reading/house/scene.py` makes it). A cropped copy's whole is like one of the original's parts. Plain
numbers: nothing heavy is imported here. Figures: docs/decisions/0005-kk-table.md and 0006-photo-quality.md.
"""

from __future__ import annotations

from functools import lru_cache

VERSION = "d1"
BITS = 119
PARTS = 10
_DIGITS = (BITS + 3) // 4
FAR = 13
"""Bits in which pictures of one scene differ at most. Of 499,500 pairs of different houses none came nearer than 17; of
as many pairs of a changed picture and another house one did, with 14."""
_BANDS, _WIDE = 8, 11
_INDEXED = (0, 5)
"""The whole and its middle part: bands of these suffice."""


def bands(fingerprint: str) -> tuple[str, ...]:
    """Short strings to look a picture up by, at most sixteen: two pictures of one scene share at least one in 98 of 100
    cases where one is cropped to 95 %, always where it is not. Of other pictures about one in fourteen shares one, so
    candidates are to be compared by `same`. Empty for an empty fingerprint."""
    numbers = _numbers(fingerprint)
    found: dict[str, None] = {}
    for part in _INDEXED if numbers else ():
        for band in range(_BANDS):
            found[f"{VERSION}-{band}-{numbers[part] >> (band * _WIDE) & ((1 << _WIDE) - 1):03x}"] = None
    return tuple(found)


def distance(a: str, b: str) -> int:
    """Bits in which the pictures differ, the whole of one held against the whole and the parts of the other; `BITS` where
    one of them has no fingerprint."""
    left, right = _numbers(a), _numbers(b)
    if not left or not right:
        return BITS
    held = [left[0] ^ part for part in right] + [right[0] ^ part for part in left]
    return min(bits.bit_count() for bits in held)


def same(a: str, b: str) -> bool:
    """True where both are of one picture; False where either is empty."""
    return distance(a, b) <= FAR


@lru_cache(maxsize=4096)
def _numbers(fingerprint: str) -> tuple[int, ...]:
    """The ten numbers, the first bit being the lowest frequency; none for a text that is no fingerprint."""
    digits = fingerprint.removeprefix(VERSION)
    if len(digits) != PARTS * _DIGITS or not fingerprint.startswith(VERSION):
        return ()
    try:
        return tuple(int(digits[i : i + _DIGITS], 16) for i in range(0, len(digits), _DIGITS))
    except ValueError:
        return ()
