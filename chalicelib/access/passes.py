"""A pass: what a page without scripts carries from one form to the next, so that its reader types the secret once.

It stands in hidden fields of pages that nobody keeps (`no-store`), never in an address: `UNTIL.CODE`, the code an HMAC
over the case's number and the time. It opens what the secret opens, for half an hour, and for this case alone.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

from chalicelib.access.sealing import Digests

LIFE = timedelta(minutes=30)
_SHAPE = re.compile(r"(?P<until>[0-9]{1,12})\.(?P<code>[0-9a-f]{32})")


def given(digests: Digests, number: str, now: datetime) -> str:
    """A pass for the case `number`, whose secret was just shown."""
    until = int((now + LIFE).timestamp())
    return f"{until}.{_code(digests, number, until)}"


def holds(digests: Digests, token: str, number: str, now: datetime) -> bool:
    """Whether `token` is a pass for this case that still stands."""
    read = _SHAPE.fullmatch(token)
    if read is None or int(read["until"]) <= now.timestamp():
        return False
    return hmac.compare_digest(read["code"], _code(digests, number, int(read["until"])))


def _code(digests: Digests, number: str, until: int) -> str:
    return digests.of("pass", f"{number}|{until}")[:32]
