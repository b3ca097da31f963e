"""Tokens of the user pool: Cognito's clock and ours may stand a little apart, and nothing else is forgiven."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.aws.officers import CognitoTokens
from chalicelib.errors import NotSignedIn

pytestmark = pytest.mark.stack

ISSUER, CLIENT = "https://cognito-idp.ap-southeast-3.amazonaws.com/pool", "pages"
ASKED: list[str] = []
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def tokens() -> Iterator[CognitoTokens]:
    """Tokens of a pool whose keys are published on the loopback."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "use": "sig"}

    class Published(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ASKED.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"keys": [public]}).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the tests' output stays clean."""

    with HTTPServer(("127.0.0.1", 0), Published) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield CognitoTokens(f"http://127.0.0.1:{server.server_port}/", ISSUER, CLIENT)
        server.shutdown()
        serving.join()


def token(issued: timedelta = timedelta(0), **other: Any) -> str:
    """A token issued `issued` from now by Cognito's clock, good for an hour."""
    at = datetime.now(UTC) + issued
    claims = {"sub": "s", "iss": ISSUER, "client_id": CLIENT, "token_use": "access", "jti": "j"}
    claims |= {"iat": at, "exp": at + timedelta(hours=1)} | other
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})


@pytest.mark.parametrize("seconds", [-20, 0, 20])
def test_clocks_that_differ_by_seconds_let_an_officer_in(tokens: CognitoTokens, seconds: int) -> None:
    assert tokens.session(token(timedelta(seconds=seconds))).subject == "s"


@pytest.mark.parametrize(
    ("issued", "other"),
    [
        (timedelta(minutes=5), {}),
        (timedelta(hours=-2), {}),
        (timedelta(0), {"iss": "https://elsewhere.example"}),
        (timedelta(0), {"client_id": "other"}),
        (timedelta(0), {"token_use": "id"}),
        (timedelta(0), {"jti": None}),
    ],
)
def test_everything_else_is_refused(tokens: CognitoTokens, issued: timedelta, other: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
        tokens.session(token(issued, **other))


def test_who_is_signed_in_is_not_signed_out_when_the_keys_cannot_be_asked_for() -> None:
    nowhere = CognitoTokens("http://127.0.0.1:1/", ISSUER, CLIENT)
    with pytest.raises(jwt.PyJWKClientConnectionError):
        nowhere.session(token())


def test_strangers_who_name_unknown_keys_do_not_make_us_ask_the_pool_each_time(tokens: CognitoTokens) -> None:
    assert tokens.session(token()).subject == "s"
    before = len(ASKED)
    for name in range(20):
        forged = jwt.encode({"sub": "s"}, KEY, algorithm="RS256", headers={"kid": f"x{name}"})
        with pytest.raises(NotSignedIn):
            tokens.session(forged)
    assert len(ASKED) - before <= 1
    assert tokens.session(token()).subject == "s"


def test_what_is_no_token_is_refused(tokens: CognitoTokens) -> None:
    with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
        tokens.session("no token")
