"""Sign-in step by step, as Cognito asks for it: password, a new password at the first time, then the second factor.

Between two steps everything lies in a handle that the page carries and cannot open: Cognito's session and the user name,
sealed under a key derived from the index key. So no step can be answered for another account, whatever the pool checks.

A token that Cognito gives without having asked for a second factor (its pool would have to be set so) is not handed out
to somebody who needs one: it only serves to set the factor up.

No session is ever renewed: the refresh token is voided as soon as it is given. With it Cognito refuses the access token
at its own doors (`EnableTokenRevocation`), so that a stolen one changes no password and no factor there; ours still
verify it, and let it in while the session stands on our record.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidTag

from chalicelib.access.accounts import Challenge, Wanted
from chalicelib.access.sealing import Digests, seal, unseal
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.errors import BadInput, BerkasError, NotSignedIn
from chalicelib.messages import message
from chalicelib.offices.passwords import weakness
from chalicelib.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

VALID = timedelta(minutes=10)
"""How long a step may take; the client's AuthSessionValidity in infra/resources.json is the same."""
_PLACE = "SIGN_IN"
_TOKEN, _SESSION, _RENEWAL = "token", "session", "renewal"
_REFUSED = frozenset(
    {
        "NotAuthorizedException",
        "UserNotFoundException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
    }
)
_WRONG_CODE = frozenset({"CodeMismatchException", "EnableSoftwareTokenMFAException", "ExpiredCodeException"})


class CognitoSignIn:
    """`needs_factor` says of a subject whether no session is given without a second factor; `enrolled` hears of one that
    was set up, `renewed` of a password that was replaced, in the course of a sign-in."""

    def __init__(
        self,
        cognito: CognitoIdentityProviderClient,
        client_id: str,
        accounts: CognitoAccounts,
        digests: Digests,
        now: Clock,
        needs_factor: Callable[[str], bool],
        enrolled: Callable[[str], None],
        renewed: Callable[[str], None],
    ) -> None:
        self._cognito = cognito
        self._client_id = client_id
        self._accounts = accounts
        self._digests = digests
        self._key = bytes.fromhex(digests.of("sealing", "sign-in"))
        self._now = now
        self._needs_factor = needs_factor
        self._enrolled = enrolled
        self._renewed = renewed

    def begin(self, username: str, password: str) -> str | Challenge:
        """NotSignedIn MASUK_DITOLAK: whichever of the two was wrong."""
        answer = self._password(username, password, "MASUK_DITOLAK")
        result = answer.get("AuthenticationResult")
        if result:
            return self._token(username, result)
        return self._next(username, answer, self._digests.of("password", password))

    def opens(self, username: str, password: str) -> bool:
        """Whether this is the password; what the pool gives for it is thrown away."""
        try:
            answer = self._password(username, password, "KATA_SANDI_LAMA_SALAH")
        except NotSignedIn:
            return False
        if result := answer.get("AuthenticationResult"):
            self._alone(result)
        return True

    def begin_factor(self, username: str, password: str, code: str) -> Challenge:
        """A new device for who signs in anew, with the old one where there is one. NotSignedIn KATA_SANDI_LAMA_SALAH,
        KODE_SALAH."""
        answer = self._password(username, password, "KATA_SANDI_LAMA_SALAH")
        if answer.get("ChallengeName") == "SOFTWARE_TOKEN_MFA":
            code = "".join(code.split())
            answer = self._respond(
                "SOFTWARE_TOKEN_MFA", answer["Session"], username, SOFTWARE_TOKEN_MFA_CODE=code
            )
        if "AuthenticationResult" not in answer:
            raise NotSignedIn("MASUK_LAMA")
        token = answer["AuthenticationResult"]["AccessToken"]
        made = self._cognito.associate_software_token(AccessToken=token)
        return self._challenge(Wanted.ENROL, username, token, _RENEWAL, made["SecretCode"])

    def confirm_factor(self, username: str, handle: str, code: str) -> None:
        """The new device's first code. NotSignedIn MASUK_LAMA: another account's handle, or a sign-in's; KODE_SALAH."""
        left = self.opened(handle)
        if left["with"] != _RENEWAL or left["username"] != username:
            raise NotSignedIn("MASUK_LAMA")
        self._verified({"AccessToken": left["kept"]}, "".join(code.split()))
        self._accounts.use_second_factor(username)
        self._accounts.sign_out(username)  # the token that has served

    def _password(self, username: str, password: str, refused: str) -> Mapping[str, Any]:
        return self._asked(
            lambda: self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            ),
            NotSignedIn(refused),
        )

    def _alone(self, result: Mapping[str, Any]) -> str:
        """The access token, without what would renew it."""
        self._cognito.revoke_token(Token=result["RefreshToken"], ClientId=self._client_id)
        return str(result["AccessToken"])

    def go_on(self, handle: str, answer: str) -> str | Challenge:
        """NotSignedIn MASUK_LAMA, KODE_SALAH; BadInput ISIAN_SALAH: a weak password."""
        left = self.opened(handle)
        username, kept = left["username"], left["kept"]
        if left["wanted"] == Wanted.NEW_PASSWORD:
            told = weakness(answer, (username,))
            if told is None and self._digests.matches("password", answer, left["old"]):
                told = "KATA_SANDI_SAMA"
            if told is not None:
                raise BadInput("ISIAN_SALAH", fields={"answer": message(told)})
            self._respond("NEW_PASSWORD_REQUIRED", kept, username, NEW_PASSWORD=answer)
            self._renewed(self._accounts.known(username)[0])
            return self.begin(
                username, answer
            )  # the pool asks for the second factor where it asked for a password
        code = "".join(answer.split())
        if left["wanted"] == Wanted.CODE:
            made = self._respond("SOFTWARE_TOKEN_MFA", kept, username, SOFTWARE_TOKEN_MFA_CODE=code)
            return self._alone(made["AuthenticationResult"])
        if left["with"] == _RENEWAL:
            raise NotSignedIn("MASUK_LAMA")
        return self._enrol(username, left["with"], kept, code)

    def opened(self, handle: str) -> Mapping[str, str]:
        """What a handle holds. NotSignedIn MASUK_LAMA: not ours, changed, or too old."""
        try:
            left = unseal(self._key, _PLACE, urlsafe_b64decode(handle.encode()))
        except (InvalidTag, ValueError, binascii.Error) as problem:
            raise NotSignedIn("MASUK_LAMA") from problem
        if datetime.fromisoformat(left["until"]) < self._now():
            raise NotSignedIn("MASUK_LAMA")
        return left

    def _token(self, username: str, result: Mapping[str, Any]) -> str | Challenge:
        subject, has_factor = self._accounts.known(username)
        if not self._needs_factor(subject):
            return self._alone(result)
        token = result["AccessToken"]
        if has_factor:
            raise LookupError("the user pool did not ask for the second factor that the account has")
        made = self._cognito.associate_software_token(AccessToken=token)
        return self._challenge(Wanted.ENROL, username, token, _TOKEN, made["SecretCode"])

    def _next(self, username: str, answer: Mapping[str, Any], old: str) -> Challenge:
        session = answer["Session"]
        match answer["ChallengeName"]:
            case "NEW_PASSWORD_REQUIRED":
                return self._challenge(Wanted.NEW_PASSWORD, username, session, old=old)
            case "SOFTWARE_TOKEN_MFA":
                return self._challenge(Wanted.CODE, username, session)
            case "MFA_SETUP":
                made = self._cognito.associate_software_token(Session=session)
                return self._challenge(Wanted.ENROL, username, made["Session"], _SESSION, made["SecretCode"])
            case other:
                raise LookupError(f"the user pool asks for {other}, which nobody here sets up")

    def _enrol(self, username: str, by: str, kept: str, code: str) -> str:
        """The first code of an app that was just told the secret. The pool is told to ask for it from now on."""
        proof: Any = {"AccessToken": kept} if by == _TOKEN else {"Session": kept}
        verified = self._verified(proof, code)
        token = kept
        if by == _SESSION:
            made = self._respond("MFA_SETUP", verified["Session"], username)
            token = self._alone(made["AuthenticationResult"])
        self._accounts.use_second_factor(username)
        if by == _TOKEN:
            self._accounts.sign_out(
                username
            )  # at the pool: as `_alone`, whose refresh token is no longer known
        subject, _ = self._accounts.known(username)
        self._enrolled(subject)
        return token

    def _verified(self, proof: Any, code: str) -> Mapping[str, Any]:
        """NotSignedIn KODE_SALAH; MASUK_LAMA: the pool no longer knows the sign-in."""
        verified = self._asked(
            lambda: self._cognito.verify_software_token(UserCode=code, **proof), NotSignedIn("MASUK_LAMA")
        )
        if verified["Status"] != "SUCCESS":
            raise NotSignedIn("KODE_SALAH")
        return verified

    def _respond(self, name: Any, session: str, username: str, **answers: str) -> Mapping[str, Any]:
        return self._asked(
            lambda: self._cognito.respond_to_auth_challenge(
                ClientId=self._client_id,
                ChallengeName=name,
                Session=session,
                ChallengeResponses={"USERNAME": username, **answers},
            ),
            NotSignedIn("MASUK_LAMA"),
        )

    def _challenge(
        self,
        wanted: Wanted,
        username: str,
        kept: str,
        by: str = _SESSION,
        secret: str = "",
        old: str = "",
    ) -> Challenge:
        until = (self._now() + VALID).isoformat()
        left = {"wanted": wanted.value, "username": username, "kept": kept, "with": by, "until": until}
        left |= {"old": old} if old else {}
        handle = urlsafe_b64encode(seal(self._key, _PLACE, left)).decode()
        return Challenge(wanted, handle, secret, username if secret else "")

    def _asked(self, call: Callable[[], Any], refused: BerkasError) -> Mapping[str, Any]:
        """The pool's answer, its refusals in our words."""
        try:
            answer: Mapping[str, Any] = call()
        except ClientError as problem:
            code = problem.response["Error"]["Code"]
            if code in _WRONG_CODE:
                raise NotSignedIn("KODE_SALAH") from problem
            if code == "InvalidPasswordException":
                raise BadInput("ISIAN_SALAH", fields={"answer": message("KATA_SANDI_LEMAH")}) from problem
            if code in _REFUSED:
                raise refused from problem
            raise
        return answer
