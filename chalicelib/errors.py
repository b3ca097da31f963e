"""The one tree of errors.

    BerkasError
    ├── BadInput          400  what was sent cannot be taken
    ├── NotSignedIn       401  who asks is not known
    ├── Forbidden         403  known, but not for this
    ├── NotFound          404  no such thing, or not to be told
    │   ├── Erased        404  it was there, and its key is destroyed
    │   └── Hidden        404  it is there, and not for who asks: told like what is not
    ├── Conflict          409  the world has moved on
    │   └── StaleWrite    409  the record changed between reading and writing; the caller reads again
    ├── TooLarge          413  a file or body above its limit
    ├── MustProve         428  the doors are pressed: `challenge` is to be met first
    └── TooMany           429  too often; `wait` says how long to leave it

Each error carries a stable `code` whose text stands in `messages/`, told in the language of the moment; HTTP status and
the JSON shape are made in one place, `api/answers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

from chalicelib.messages import hint, message


class BerkasError(Exception):
    """Base of all that is told to a person. `values` fill the message's `{gaps}`; never personal data."""

    status = 500

    def __init__(self, code: str, *, fields: Mapping[str, str] | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = dict(fields or {})
        self.values = values

    @property
    def message(self) -> str:
        return message(self.code, **self.values)

    @property
    def hint(self) -> str:
        return hint(self.code, **self.values)


class BadInput(BerkasError):
    status = 400


class NotSignedIn(BerkasError):
    status = 401


class Forbidden(BerkasError):
    status = 403


class NotFound(BerkasError):
    status = 404


class Erased(NotFound):
    """Told in the words of NotFound; a late message about it is no fault."""


class Hidden(NotFound):
    """Told in the words of NotFound; the refusal is on record."""


class Conflict(BerkasError):
    status = 409


class StaleWrite(Conflict):
    """Someone else wrote in between; read again and try once more."""

    def __init__(self) -> None:
        super().__init__("DATA_BERUBAH")


class TooLarge(BerkasError):
    status = 413


class TooMany(BerkasError):
    """`wait` in whole minutes fills the message's `{menit}`."""

    status = 429

    def __init__(self, code: str, wait: timedelta) -> None:
        super().__init__(code, menit=max(1, ceil(wait.total_seconds() / 60)))
        self.wait = wait


class MustProve(BerkasError):
    """`challenge`: the token of `access.challenge`, for the request to be sent again with its proof."""

    status = 428

    def __init__(self, challenge: str) -> None:
        super().__init__("LAYANAN_RAMAI")
        self.challenge = challenge
