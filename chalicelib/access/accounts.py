"""Who an officer is, as the domain asks it: accounts belong to the user pool, offices are ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chalicelib.access.actors import Kiosk, Officer


@dataclass(frozen=True)
class Session:
    """What a verified access token says: the account's opaque subject and until when it is good. `id` follows from the
    token's own id; it names the session on our record and opens nothing."""

    token: str
    id: str
    subject: str
    expires_at: datetime


class Tokens(Protocol):
    """Verifies access tokens against the user pool's published keys."""

    def session(self, token: str) -> Session:
        """NotSignedIn BELUM_MASUK: signature, issuer, use, client or expiry is not right."""


class Wanted(StrEnum):
    """What a sign-in asks next."""

    NEW_PASSWORD = "new_password"  # noqa: S105  the name of a step
    ENROL = "enrol"
    CODE = "code"


@dataclass(frozen=True)
class Challenge:
    """A sign-in that goes on: `handle` brings the answer back to where it was left (sealed, good for some minutes).
    `secret` (base32) is what an authenticator app is to be told, at `ENROL` alone; `account` names it there."""

    wanted: Wanted
    handle: str
    secret: str = ""
    account: str = ""


class Officers(Protocol):
    def sign_in(self, username: str, password: str) -> str | Challenge:
        """An access token, or what is asked next. NotSignedIn MASUK_DITOLAK: whichever of the two was wrong."""

    def go_on(self, handle: str, answer: str) -> str | Challenge:
        """The answer to a challenge: a new password or a code. NotSignedIn MASUK_LAMA: the handle is not good (any more);
        KODE_SALAH: another code is asked for; BadInput ISIAN_SALAH: the password is too weak."""

    def account_of(self, handle: str) -> str:
        """Whose sign-in a handle continues, for limits. NotSignedIn MASUK_LAMA."""

    def officer(self, session: Session) -> Officer:
        """Who is signed in. NotSignedIn BELUM_MASUK: the session does not stand on the record (any more), or was left
        alone for too long; TIDAK_BERTUGAS: no office counts today. Forbidden LAYAR_KIOS: nobody, it is a kiosk's."""

    def kiosk(self, session: Session) -> Kiosk:
        """Which kiosk this is. NotSignedIn as above, TIDAK_BERTUGAS also where who opened it may do so no more; Forbidden
        TIDAK_BERWENANG: it is none."""
