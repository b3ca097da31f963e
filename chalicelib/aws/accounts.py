"""Accounts in the user pool, as an administrator changes them. Nothing is ever deleted there: a user name stays taken."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
"""Without what is mistaken for something else when it is read out or written down."""


class CognitoAccounts:
    """Implements `offices.personnel.Accounts`."""

    def __init__(self, cognito: CognitoIdentityProviderClient, pool: str) -> None:
        self._cognito = cognito
        self._pool = pool

    def create(self, username: str) -> str:
        # The caller has asked whether somebody has the name on record: an account that is there is left over.
        with suppress(self._cognito.exceptions.UsernameExistsException):
            self._cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=username,
                MessageAction="SUPPRESS",
                TemporaryPassword=_password(),
            )
        return self.known(username)[0]

    def temporary_password(self, username: str) -> str:
        password = _password()
        self.set_password(username, password, lasting=False)
        return password

    def set_password(self, username: str, password: str, *, lasting: bool) -> None:
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=username, Password=password, Permanent=lasting
        )

    def known(self, username: str) -> tuple[str, bool]:
        """(subject, whether a second factor is set up)."""
        user = self._cognito.admin_get_user(UserPoolId=self._pool, Username=username)
        subject = next(a["Value"] for a in user["UserAttributes"] if a["Name"] == "sub")
        return subject, "SOFTWARE_TOKEN_MFA" in user.get("UserMFASettingList", [])

    def use_second_factor(self, username: str) -> None:
        self._cognito.admin_set_user_mfa_preference(
            UserPoolId=self._pool,
            Username=username,
            SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
        )

    def forget_second_factor(self, username: str) -> None:
        """The token is deleted. A preference would not do: a pool whose MFA is ON takes "off" and goes on asking
        (API reference, SoftwareTokenMfaSettingsType)."""
        with suppress(self._cognito.exceptions.SoftwareTokenMFANotFoundException):
            self._cognito.admin_delete_software_token(UserPoolId=self._pool, Username=username)
        self.sign_out(username)

    def shut(self, username: str) -> None:
        self._cognito.admin_disable_user(UserPoolId=self._pool, Username=username)
        self.sign_out(username)

    def open(self, username: str) -> None:
        self._cognito.admin_enable_user(UserPoolId=self._pool, Username=username)

    def sign_out(self, username: str) -> None:
        self._cognito.admin_user_global_sign_out(UserPoolId=self._pool, Username=username)


def _password() -> str:
    """Three groups of four and a letter with two digits, about 70 bits: `kvtw-8n3m-qzry-k47`. Handed over in person, good
    once and for seven days."""
    groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3)]
    return "-".join([*groups, secrets.choice(_LETTERS) + "".join(secrets.choice(_DIGITS) for _ in range(2))])
