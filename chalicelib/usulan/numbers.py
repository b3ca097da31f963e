"""Case numbers and secrets: random, short enough to read over a phone, with a character that catches slips of the pen.

Alphabet: Crockford's base 32 (no I, L, O, U). A case number is 40 random bits in eight characters and one check
character, printed `7K3M-9QTD-2`: the sum of each value times an odd weight, modulo 32, so that one wrong character
always shows. A secret is 40 random bits, printed `K7QM-2XPD`.
"""

from __future__ import annotations

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_WRITTEN = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_LENGTH = 8


def _check(body: str) -> str:
    total = sum((2 * place + 1) * _ALPHABET.index(character) for place, character in enumerate(body))
    return _ALPHABET[total % 32]


def _clean(text: str) -> str:
    return "".join(character for character in text.upper().translate(_AS_WRITTEN) if character in _ALPHABET)


def new_case_number() -> str:
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{body[:4]}-{body[4:]}-{_check(body)}"


def parse_case_number(text: str) -> str | None:
    """The case number as we print it, from what a person typed (blanks, dashes, case, O for 0); None: cannot be one."""
    cleaned = _clean(text)
    if len(cleaned) != _LENGTH + 1 or _check(cleaned[:_LENGTH]) != cleaned[_LENGTH]:
        return None
    return f"{cleaned[:4]}-{cleaned[4:8]}-{cleaned[8]}"


def new_secret() -> str:
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{body[:4]}-{body[4:]}"


def clean_secret(text: str) -> str:
    """A typed secret in the form that is compared."""
    return _clean(text)


def new_token() -> str:
    """128 random bits in 26 characters, for a receipt's barkot."""
    number = secrets.randbits(128)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
