"""A kiosk's pass: what the browser of a screen that stands free carries in place of its officer's token.

    kios.SUBJECT.UNTIL.NONCE.CODE

SUBJECT: the account of who opened it; UNTIL: seconds since 1970; NONCE: 128 random bits; CODE: an HMAC over all of it. A
pass opens nothing by itself: its session must stand on the record, and the record says that it is a kiosk's. The user
pool knows nothing of it, so it cannot be made into a token again; only signing in anew gives one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime

from chalicelib.access.accounts import Session
from chalicelib.access.sealing import Digests
from chalicelib.errors import NotSignedIn

_PREFIX = "kios."
_SHAPE = re.compile(
    r"kios\.(?P<subject>[0-9A-Za-z-]{1,64})\.(?P<until>[0-9]{1,12})\.(?P<nonce>[0-9a-f]{32})\.(?P<code>[0-9a-f]{64})"
)


def given(digests: Digests, subject: str, until: datetime) -> Session:
    """A new pass of `subject`, good until `until` (whole seconds)."""
    seconds, nonce = int(until.timestamp()), secrets.token_hex(16)
    code = _code(digests, subject, seconds, nonce)
    return _session(f"{_PREFIX}{subject}.{seconds}.{nonce}.{code}", subject, seconds)


def is_pass(token: str) -> bool:
    """Whether `token` is to be read here: an access token of the pool begins otherwise."""
    return token.startswith(_PREFIX)


def session(digests: Digests, token: str, now: datetime) -> Session:
    """What a pass says. NotSignedIn BELUM_MASUK: it is not ours, was changed, or is over."""
    read = _SHAPE.fullmatch(token)
    if read is None:
        raise NotSignedIn("BELUM_MASUK")
    seconds = int(read["until"])
    code = _code(digests, read["subject"], seconds, read["nonce"])
    if not hmac.compare_digest(read["code"], code) or seconds <= now.timestamp():
        raise NotSignedIn("BELUM_MASUK")
    return _session(token, read["subject"], seconds)


def _code(digests: Digests, subject: str, seconds: int, nonce: str) -> str:
    return digests.of("kiosk", f"{subject}|{seconds}|{nonce}")


def _session(token: str, subject: str, seconds: int) -> Session:
    name = hashlib.sha256(token.encode()).hexdigest()[:24]
    return Session(token, name, subject, datetime.fromtimestamp(seconds, UTC))
