"""What somebody without an account is asked for when the doors are pressed: a little work of their phone, or patience.

Nothing is kept for a challenge that was given: its token carries when it was made, how much work it asks for, and a code
(HMAC) over both and the address it was given to. A proof is one of

    TOKEN;n0,n1,…   for each i the SHA-256 of "SEED:i:ni" begins with `BITS` zero bits; SEED: the first 32 hexadecimal
                    digits of the token's SHA-256
    TOKEN;tunggu    no work at all, two minutes later: for phones that cannot count, and for programs that help them

and is taken once. `PIECES` small pieces of work take an even time where one large one would not: 131,000 hashes, give or
take a quarter (`aset/tantangan.js`; measured: decision 0013).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chalicelib.access.limits import Limit, Meter
from chalicelib.access.sealing import Digests

BITS = 13
PIECES = 16
PATIENCE = timedelta(minutes=1)
"""After the end of the minute in which the token was made: it knows no more of its age."""
LIFE = timedelta(minutes=5)
"""From the minute in which the token was made; then it is worth nothing."""
ONCE = Limit("challenge_used", 1, 2 * LIFE)
"""By token: a proof is good for one request."""
WAITED = Limit("challenge_waited", 10, timedelta(seconds=30))
"""By address: how often patience stands for work."""
_TOKEN = re.compile(
    r"(?P<made>\d{1,12})\.(?P<bits>\d{1,2})\.(?P<pieces>\d{1,2})\.(?P<salt>[0-9a-f]{16})\.[0-9a-f]{32}"
)
_NUMBER = re.compile(r"\d{1,9}")


class Challenge(Protocol):
    """Another kind (a picture to look at, a service of the state) would stand behind the same two questions."""

    def given(self, address: str, now: datetime) -> str:
        """A new token for this address."""

    def met(self, proof: str, address: str, now: datetime) -> bool:
        """Whether `proof` answers a token that was given to this address; it is used up by that."""


class Work:
    """Implements `Challenge` by work or patience."""

    def __init__(self, digests: Digests, meter: Meter) -> None:
        self._digests = digests
        self._meter = meter

    def given(self, address: str, now: datetime) -> str:
        minute = int(now.timestamp()) // 60 * 60
        content = f"{minute}.{BITS}.{PIECES}.{secrets.token_hex(8)}"
        return f"{content}.{self._code(content, address)}"

    def met(self, proof: str, address: str, now: datetime) -> bool:
        token, _, answer = proof.partition(";")
        read = _TOKEN.fullmatch(token)
        if read is None:
            return False
        content, _, code = token.rpartition(".")
        if not secrets.compare_digest(code, self._code(content, address)):
            return False
        age = now - datetime.fromtimestamp(int(read["made"]), UTC)
        if not timedelta() <= age <= LIFE:
            return False
        if answer == "tunggu":
            patient = age >= PATIENCE + timedelta(minutes=1)
            return patient and self._first(token, now) and not self._meter.take(WAITED, address, now)
        return proves(token, answer) and self._first(token, now)

    def _first(self, token: str, now: datetime) -> bool:
        return self._meter.take(ONCE, token, now) == timedelta()

    def _code(self, content: str, address: str) -> str:
        return self._digests.of("challenge", f"{content}|{address}")[:32]


def proves(token: str, answer: str) -> bool:
    """Whether the numbers in `answer` are the work that `token` asks for."""
    read = _TOKEN.fullmatch(token)
    numbers = answer.split(",")
    if read is None or len(numbers) != int(read["pieces"]) or not all(map(_NUMBER.fullmatch, numbers)):
        return False
    seed, bits = _seed(token), int(read["bits"])
    return all(_zeros(seed, place, number, bits) for place, number in enumerate(numbers))


def solved(token: str) -> str:
    """The proof of `token`, by counting as a phone does; for the demo, the tests and the benches."""
    content = token.split(".")
    seed, bits, pieces = _seed(token), int(content[1]), int(content[2])
    found = []
    for place in range(pieces):
        number = 0
        while not _zeros(seed, place, str(number), bits):
            number += 1
        found.append(str(number))
    return f"{token};{','.join(found)}"


def _seed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def _zeros(seed: str, place: int, number: str, bits: int) -> bool:
    head = hashlib.sha256(f"{seed}:{place}:{number}".encode()).digest()[:4]
    return int.from_bytes(head, "big") >> (32 - bits) == 0
