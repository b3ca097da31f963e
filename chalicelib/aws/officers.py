"""Officers: who they are is Cognito's word, what office they hold is ours (so that a deactivation works at once)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt

from chalicelib.access.accounts import Challenge, Session
from chalicelib.access.actors import Kiosk, Officer, Role
from chalicelib.access.sealing import Digests
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.aws.sign_in import CognitoSignIn
from chalicelib.errors import BadInput, Forbidden, NotFound, NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices import own
from chalicelib.offices.changes import Change, described
from chalicelib.offices.days import day_in
from chalicelib.offices.kiosk import kiosk_of
from chalicelib.offices.person import Kind, Office, Person, officer_of
from chalicelib.offices.personnel import Personnel, Step
from chalicelib.offices.sessions import Signed
from chalicelib.ports import Clock
from chalicelib.usulan.case import NewEvent

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_ACCESS = "access"
_SKEW = timedelta(seconds=30)
"""How far Cognito's clock and ours may stand apart; a token is told at once, so it may seem issued in the future."""


class CognitoTokens:
    """Implements `access.accounts.Tokens`."""

    def __init__(self, jwks_url: str, issuer: str, client_id: str) -> None:
        self._keys = jwt.PyJWKClient(jwks_url, cache_keys=True)
        self._issuer = issuer
        self._client_id = client_id

    def session(self, token: str) -> Session:
        claims = self._claims(token)
        name = hashlib.sha256(str(claims["jti"]).encode()).hexdigest()[:24]
        return Session(token, name, str(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC))

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
                    "require": ["exp", "iat", "iss", "jti", "sub", "token_use", "client_id"],
                    "verify_aud": False,
                },
            )
        except jwt.PyJWKClientConnectionError:
            raise  # the pool's keys could not be asked for: our fault, and nobody is signed out for it
        except jwt.PyJWTError as problem:
            raise NotSignedIn("BELUM_MASUK") from problem
        if claims["token_use"] != _ACCESS or claims["client_id"] != self._client_id:
            raise NotSignedIn("BELUM_MASUK")
        return claims


class CognitoOfficers:
    """Implements `access.accounts.Officers` and `offices.personnel.OwnAccount`: accounts in the user pool, offices in the
    table."""

    def __init__(
        self,
        house: Personnel,
        digests: Digests,
        cognito: CognitoIdentityProviderClient,
        pool: str,
        client_id: str,
        now: Clock,
    ) -> None:
        self._house = house
        self._staff = house.staff
        self._now = now
        self._cognito = cognito
        self._accounts = CognitoAccounts(cognito, pool)
        self._sign_in = CognitoSignIn(
            cognito,
            client_id,
            self._accounts,
            digests,
            now,
            self._needs_factor,
            lambda subject: own.factor_set(self._house, subject),
            lambda subject: own.password_set(self._house, subject),
        )

    def sign_in(self, username: str, password: str) -> str | Challenge:
        return self._sign_in.begin(username, password)

    def go_on(self, handle: str, answer: str) -> str | Challenge:
        return self._sign_in.go_on(handle, answer)

    def account_of(self, handle: str) -> str:
        return self._sign_in.opened(handle)["username"]

    def opens(self, username: str, password: str) -> bool:
        return self._sign_in.opens(username, password)

    def set_password(self, username: str, password: str) -> None:
        try:
            self._accounts.set_password(username, password, lasting=True)
        except self._cognito.exceptions.InvalidPasswordException as problem:
            raise BadInput("ISIAN_SALAH", fields={"new": message("KATA_SANDI_LEMAH")}) from problem

    def begin_factor(self, username: str, password: str, code: str) -> Challenge:
        return self._sign_in.begin_factor(username, password, code)

    def confirm_factor(self, username: str, handle: str, code: str) -> None:
        self._sign_in.confirm_factor(username, handle, code)

    def officer(self, session: Session) -> Officer:
        person, signed = self._standing(session)
        if signed.counter is not None:
            raise Forbidden("LAYAR_KIOS")
        officer = officer_of(person, self._now())
        if officer is None:
            raise NotSignedIn("TIDAK_BERTUGAS")
        self._used(person, signed)
        return officer

    def kiosk(self, session: Session) -> Kiosk:
        person, signed = self._standing(session)
        if signed.counter is None:
            raise Forbidden("TIDAK_BERWENANG")
        kiosk = kiosk_of(person, signed, self._now())
        if kiosk is None:
            raise NotSignedIn("TIDAK_BERTUGAS")
        self._used(person, signed)
        return kiosk

    def _standing(self, session: Session) -> tuple[Person, Signed]:
        """Whose session it is and what the record says of it. NotSignedIn BELUM_MASUK: it does not stand."""
        try:
            person = self._staff.load(session.subject)
        except NotFound as problem:
            raise NotSignedIn("BELUM_MASUK") from problem
        signed = person.session(session.id, self._now())
        if not person.active or signed is None:
            raise NotSignedIn("BELUM_MASUK")
        return person, signed

    def _used(self, person: Person, signed: Signed) -> None:
        if signed.due(self._now()):
            self._staff.seen(person.id, signed.id, self._now())

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
            person = replace(before, name=name, offices=(*past, office), active=True, sessions=())
            self._staff.save(before, Step(person, [event]), at, None)
        return Officer(subject, name, role, tuple(regions))

    def _needs_factor(self, subject: str) -> bool:
        try:
            return self._staff.load(subject).second_factor
        except NotFound as problem:
            raise NotSignedIn("MASUK_DITOLAK") from problem
