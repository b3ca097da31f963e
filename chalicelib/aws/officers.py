"""Officers: who they are is Cognito's word, what office they hold is ours (so that a deactivation works at once)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
from botocore.exceptions import ClientError

from chalicelib.access.accounts import Session
from chalicelib.access.actors import Officer, Role
from chalicelib.access.sealing import DataKeys, seal, unseal
from chalicelib.aws.table import Table
from chalicelib.errors import NotSignedIn
from chalicelib.identity.region import RegionCode

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_ACCESS = "access"
_SKEW = timedelta(seconds=30)
"""How far Cognito's clock and ours may stand apart; a token is told at once, so it may seem issued in the future."""
_REFUSED = (
    "NotAuthorizedException",
    "UserNotFoundException",
    "PasswordResetRequiredException",
    "UserNotConfirmedException",
)


class CognitoTokens:
    """Implements `access.accounts.Tokens`."""

    def __init__(self, jwks_url: str, issuer: str, client_id: str) -> None:
        self._keys = jwt.PyJWKClient(jwks_url, cache_keys=True)
        self._issuer = issuer
        self._client_id = client_id

    def session(self, token: str) -> Session:
        claims = self._claims(token)
        return Session(token, datetime.fromtimestamp(claims["exp"], UTC), str(claims["sub"]))

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                issuer=self._issuer,
                leeway=_SKEW,
                options={"require": ["exp", "iss", "sub", "token_use", "client_id"], "verify_aud": False},
            )
        except jwt.PyJWTError as problem:
            raise NotSignedIn("BELUM_MASUK") from problem
        if claims["token_use"] != _ACCESS or claims["client_id"] != self._client_id:
            raise NotSignedIn("BELUM_MASUK")
        return claims


class CognitoOfficers:
    """Implements `access.accounts.Officers`: accounts in the user pool, offices in the table."""

    def __init__(
        self, table: Table, keys: DataKeys, cognito: CognitoIdentityProviderClient, pool: str, client_id: str
    ) -> None:
        self._table = table
        self._keys = keys
        self._cognito = cognito
        self._pool = pool
        self._client_id = client_id

    def sign_in(self, username: str, password: str) -> str:
        """An access token. NotSignedIn MASUK_DITOLAK: whichever of the two was wrong."""
        try:
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            )
        except ClientError as problem:
            if problem.response["Error"]["Code"] in _REFUSED:
                raise NotSignedIn("MASUK_DITOLAK") from problem
            raise
        result = answer.get("AuthenticationResult")
        if result is None:
            raise NotSignedIn("MASUK_DITOLAK")
        return result["AccessToken"]

    def officer(self, subject: str) -> Officer:
        """The officer behind a token's subject. NotSignedIn: no office, or deactivated."""
        pk = f"OFFICER#{subject}"
        found = {item["sk"]: item for item in self._table.query(pk)}
        if "META" not in found or not found["META"]["active"]:
            raise NotSignedIn("BELUM_MASUK")
        meta = found["META"]
        data_key = self._keys.unwrap(pk, bytes(found["KEY"]["wrapped"]))
        name = unseal(data_key, f"{self._table.name}/{pk}/META", bytes(meta["pribadi"]))["name"]
        return Officer(subject, name, Role(meta["role"]), tuple(RegionCode(code) for code in meta["regions"]))

    def appoint(
        self, username: str, password: str, name: str, role: Role, regions: Sequence[RegionCode]
    ) -> Officer:
        """Create an account with a lasting password and give it an office; appointing again renews both."""
        with suppress(self._cognito.exceptions.UsernameExistsException):
            self._cognito.admin_create_user(
                UserPoolId=self._pool, Username=username, MessageAction="SUPPRESS"
            )
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=username, Password=password, Permanent=True
        )
        user = self._cognito.admin_get_user(UserPoolId=self._pool, Username=username)
        subject = next(a["Value"] for a in user["UserAttributes"] if a["Name"] == "sub")
        pk = f"OFFICER#{subject}"
        kept = self._table.get(pk, "KEY")
        if kept is None:
            data_key, wrapped = self._keys.new(pk)
            self._table.put({"pk": pk, "sk": "KEY", "wrapped": wrapped})
        else:
            data_key = self._keys.unwrap(pk, bytes(kept["wrapped"]))
        self._table.put(
            {
                "pk": pk,
                "sk": "META",
                "role": role.value,
                "regions": [str(region) for region in regions],
                "active": True,
                "pribadi": seal(data_key, f"{self._table.name}/{pk}/META", {"name": name}),
            }
        )
        return Officer(subject, name, role, tuple(regions))
