"""Officers: who they are is Cognito's word, what office they hold is ours (so that a deactivation works at once)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt

from chalicelib.access.accounts import Challenge, Session
from chalicelib.access.actors import Officer, Role
from chalicelib.access.sealing import Digests
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.aws.sign_in import CognitoSignIn
from chalicelib.aws.staff import DynamoStaff
from chalicelib.errors import NotFound, NotSignedIn, StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.offices.changes import Change, described
from chalicelib.offices.days import day_in
from chalicelib.offices.person import Kind, Office, Person, officer_of
from chalicelib.offices.personnel import Step
from chalicelib.ports import Clock
from chalicelib.usulan.case import NewEvent

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_ACCESS = "access"
_SKEW = timedelta(seconds=30)
"""How far Cognito's clock and ours may stand apart; a token is told at once, so it may seem issued in the future."""
_TRIES = 8


class CognitoTokens:
    """Implements `access.accounts.Tokens`."""

    def __init__(self, jwks_url: str, issuer: str, client_id: str) -> None:
        self._keys = jwt.PyJWKClient(jwks_url, cache_keys=True)
        self._issuer = issuer
        self._client_id = client_id

    def session(self, token: str) -> Session:
        claims = self._claims(token)
        issued, expires = (datetime.fromtimestamp(claims[name], UTC) for name in ("iat", "exp"))
        return Session(token, expires, str(claims["sub"]), issued)

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                issuer=self._issuer,
                leeway=_SKEW,
                options={
                    "require": ["exp", "iat", "iss", "sub", "token_use", "client_id"],
                    "verify_aud": False,
                },
            )
        except jwt.PyJWTError as problem:
            raise NotSignedIn("BELUM_MASUK") from problem
        if claims["token_use"] != _ACCESS or claims["client_id"] != self._client_id:
            raise NotSignedIn("BELUM_MASUK")
        return claims


class CognitoOfficers:
    """Implements `access.accounts.Officers`: accounts in the user pool, offices in the table."""

    def __init__(
        self,
        staff: DynamoStaff,
        digests: Digests,
        cognito: CognitoIdentityProviderClient,
        pool: str,
        client_id: str,
        now: Clock,
    ) -> None:
        self._staff = staff
        self._now = now
        self._accounts = CognitoAccounts(cognito, pool)
        self._sign_in = CognitoSignIn(
            cognito, client_id, self._accounts, digests, now, self._needs_factor, self._enrolled
        )

    def sign_in(self, username: str, password: str) -> str | Challenge:
        return self._sign_in.begin(username, password)

    def go_on(self, handle: str, answer: str) -> str | Challenge:
        return self._sign_in.go_on(handle, answer)

    def account_of(self, handle: str) -> str:
        return self._sign_in.opened(handle)["username"]

    def officer(self, subject: str, issued_at: datetime | None) -> Officer:
        try:
            person = self._staff.load(subject)
        except NotFound as problem:
            raise NotSignedIn("BELUM_MASUK") from problem
        ended = person.sessions_from
        if not person.active or (ended and (issued_at is None or issued_at <= ended)):
            raise NotSignedIn("BELUM_MASUK")
        officer = officer_of(person, self._now())
        if officer is None:
            raise NotSignedIn("TIDAK_BERTUGAS")
        return officer

    def appoint(
        self, username: str, password: str, name: str, role: Role, regions: Sequence[RegionCode]
    ) -> Officer:
        """From the command line, for the first administrator and for the demo: an account with a lasting password and no
        second factor of our asking, and one office. Appointing again renews both."""
        subject = self._accounts.create(username)
        self._accounts.set_password(username, password, lasting=True)
        at = self._now()
        today = day_in(regions[0], at)
        office = Office(secrets.token_hex(4), role, tuple(regions), Kind.TETAP, today)
        event = NewEvent(Change.INVITED, "system:appoint", described(office))
        try:
            before = self._staff.load(subject)
        except NotFound:
            person = Person(subject, username, name, (office,), second_factor=False)
            self._staff.create(Step(person, [event]), at, None)
        else:
            yesterday = today - timedelta(days=1)
            past = [one if one.ended(at) else replace(one, last_day=yesterday) for one in before.offices]
            person = replace(before, name=name, offices=(*past, office), active=True)
            self._staff.save(before, Step(person, [event]), at, None)
        return Officer(subject, name, role, tuple(regions))

    def _needs_factor(self, subject: str) -> bool:
        try:
            return self._staff.load(subject).second_factor
        except NotFound as problem:
            raise NotSignedIn("MASUK_DITOLAK") from problem

    def _enrolled(self, subject: str) -> None:
        """On record, so that an administrator sees since when the account has its second factor."""
        for _ in range(_TRIES):
            before = self._staff.load(subject)
            with suppress(StaleWrite):
                self._staff.save(
                    before, Step(before, [NewEvent(Change.FACTOR_SET, subject)]), self._now(), None
                )
                return
        raise StaleWrite
