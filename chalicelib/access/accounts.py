"""Who an officer is, as the domain asks it: accounts belong to the user pool, offices are ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.access.actors import Officer


@dataclass(frozen=True)
class Session:
    """A signed-in officer: the access token, good until `expires_at`, and the account's opaque subject."""

    token: str
    expires_at: datetime
    subject: str


class Tokens(Protocol):
    """Verifies access tokens against the user pool's published keys."""

    def session(self, token: str) -> Session:
        """NotSignedIn BELUM_MASUK: signature, issuer, use, client or expiry is not right."""


class Officers(Protocol):
    def sign_in(self, username: str, password: str) -> str:
        """An access token. NotSignedIn MASUK_DITOLAK: whichever of the two was wrong."""

    def officer(self, subject: str) -> Officer:
        """The officer behind a token's subject. NotSignedIn BELUM_MASUK: no office, or deactivated."""
