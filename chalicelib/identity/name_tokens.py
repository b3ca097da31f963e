"""By what a name is found: the beginnings of its words, old and new spellings alike.

A word stands in the index by its first three, four and five letters; a search looks up the longest of these and then
compares the whole beginning. Spelling before the reform of 1972 (EYD: oe → u, dj → j, tj → c, sj → sy, nj → ny,
ch → kh) and doubled consonants are folded away, on both sides: `DJOENAEDDI` is found by `junaedi`.
"""

from __future__ import annotations

import re

from chalicelib.identity.names import normalised

SHORTEST, LONGEST = 3, 5
"""Letters of a word's indexed beginnings."""
_MOST_WORDS = 8
_SPELLINGS = (
    ("OE", "U"),
    ("DJ", "J"),
    ("TJ", "C"),
    ("SJ", "SY"),
    ("NJ", "NY"),
    ("CH", "KH"),
    ("PH", "F"),
    ("V", "F"),
    ("DH", "D"),
    ("TH", "T"),
)
_DOUBLED = re.compile(r"([^AEIOU])\1+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name that can be looked for, spelled alike, those too short left out; eight at most."""
    found = dict.fromkeys(_spelled(word) for word in normalised(name).split())
    return tuple(word for word in found if len(word) >= SHORTEST)[:_MOST_WORDS]


def tokens(name: str) -> frozenset[str]:
    """What a name is indexed by; at most three for each of its words."""
    return frozenset(
        word[:length] for word in words(name) for length in range(SHORTEST, min(LONGEST, len(word)) + 1)
    )


def token(word: str) -> str:
    """What to look up for one of `words`."""
    return word[:LONGEST]


def answers(name: str, wanted: tuple[str, ...]) -> bool:
    """Whether each wanted word (of `words`) begins some word of `name`."""
    own = words(name)
    return all(any(word.startswith(one) for word in own) for one in wanted)


def _spelled(word: str) -> str:
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)
