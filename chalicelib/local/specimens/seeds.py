"""Chance that repeats itself: one stream of draws for each seed and name, the same on every machine."""

from __future__ import annotations

import hashlib
import random

import numpy as np


def draws(seed: int, name: str) -> random.Random:
    """The draws for the thing called `name`; adding a picture does not change the others."""
    return random.Random(f"{seed}/{name}")  # noqa: S311 - invented people, no secret


def grain(rng: random.Random) -> np.random.Generator:
    """A generator for whole arrays of chance, led by `rng`."""
    digest = hashlib.sha256(str(rng.getrandbits(64)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))
