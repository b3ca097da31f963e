"""What keeps the one-machine stack from starting, told in one sentence that says what to do."""

from __future__ import annotations


class CannotServe(Exception):
    """`str(error)` is the sentence. Developers read it, so it is English."""
