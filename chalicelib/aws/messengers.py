"""The ways to reach somebody: a gateway for SMS or WhatsApp by HTTP, mail by SES, and one that only writes down what it
would send. Which is used, and how a gateway wants to be asked, is configuration (`BERKAS_NOTICES`, JSON):

    {"hp": {"url": "https://…", "headers": {"Authorization": "Bearer {secret}"}, "secret": "/berkas/notices/gateway",
            "body": {"to": "{address}", "message": "{text}", "ref": "{key}"}, "digits": true},
     "surel": {"sender": "kabar@…"}}

Absent: nothing is sent, and what would be is logged (without the address). `secret` is the name of a SecureString of the
Parameter Store; `digits`: the number without its plus sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import urllib3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.logger import logger
from chalicelib.messages import message
from chalicelib.ports import Messenger, Unsent
from chalicelib.usulan.addresses import Channel

_SECONDS = 10.0
_LATER = frozenset({408, 425, 429})
"""Refusals that another try may overcome, beside all of 500 and above."""
_OF_THE_LETTER = frozenset({"MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"})
_GAP = re.compile(r"\{(address|text|key)\}")


class Pool(Protocol):
    """What is asked of urllib3."""

    def request(self, method: str, url: str, **more: Any) -> Any: ...


class Secrets(Protocol):
    """What is asked of the Parameter Store's client."""

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> Mapping[str, Any]: ...


class Post(Protocol):
    """What is asked of SES's client."""

    def send_email(self, **asked: Any) -> Mapping[str, Any]: ...


class Written:
    """Sends nothing: a line of the log says what would be sent. For the one machine, and for a dry run anywhere."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def send(self, address: str, text: str, key: str) -> None:  # noqa: ARG002  (it is not to be written)
        logger.info("notice", extra={"channel": self._channel.value, "key": key, "text": text})


class HttpGateway:
    """Implements `ports.Messenger` over whichever gateway the configuration describes. ValueError: it asks for an address
    without TLS, or for a header or body that has no place for the words."""

    def __init__(self, config: Mapping[str, Any], pool: Pool, secrets: Secrets) -> None:
        address = urlsplit(config["url"])
        if address.scheme != "https" or not address.hostname or address.username:
            raise ValueError("a gateway is reached by https, without a password in its address")
        if "{text}" not in json.dumps(config["body"]) or "{address}" not in json.dumps(config["body"]):
            raise ValueError("the gateway's body has no place for {address} and {text}")
        self._config = config
        self._pool = pool
        self._secrets = secrets
        self._secret: str | None = None

    def send(self, address: str, text: str, key: str) -> None:
        number = address.removeprefix("+") if self._config.get("digits") else address
        gaps = {"address": number, "text": text, "key": key}
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        secret = self._known_secret()
        headers |= {name: value.replace("{secret}", secret) for name, value in self._headers().items()}
        body = json.dumps(_filled(self._config["body"], gaps)).encode()
        try:
            answer = self._pool.request(
                "POST",
                self._config["url"],
                body=body,
                headers=headers,
                timeout=_SECONDS,
                retries=False,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as problem:
            raise Unsent(type(problem).__name__) from None
        if 200 <= answer.status < 300:
            return
        if answer.status in (401, 403):
            self._secret = None  # it may have been changed; asked for anew at the next try
            raise Unsent(f"HTTP {answer.status}")
        for_good = 400 <= answer.status < 500 and answer.status not in _LATER
        raise Unsent(f"HTTP {answer.status}", for_good=for_good)

    def _headers(self) -> Mapping[str, str]:
        headers: Mapping[str, str] = self._config.get("headers", {})
        return headers

    def _known_secret(self) -> str:
        name = self._config.get("secret")
        if name and self._secret is None:
            try:
                found = self._secrets.get_parameter(Name=name, WithDecryption=True)
            except (ClientError, BotoCoreError) as problem:
                raise Unsent(type(problem).__name__) from None
            self._secret = str(found["Parameter"]["Value"])
        return self._secret or ""


class SesMail:
    """Implements `ports.Messenger` by SES (version 2 of its API)."""

    def __init__(self, config: Mapping[str, Any], client: Post) -> None:
        self._sender = config["sender"]
        self._client = client

    def send(self, address: str, text: str, key: str) -> None:
        subject = message("KABAR_JUDUL", nomor=key.partition(".")[0])
        simple = {"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}}
        try:
            self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [address]},
                Content={"Simple": simple},
            )
        except ClientError as problem:
            code = problem.response["Error"]["Code"]
            raise Unsent(code, for_good=code in _OF_THE_LETTER) from None
        except BotoCoreError as problem:
            raise Unsent(type(problem).__name__) from None


def messengers(config: str, pool: Pool, secrets: Secrets, post: Post) -> Mapping[Channel, Messenger]:
    """The way for each channel, by the configuration as text. ValueError: it cannot be understood."""
    given: Mapping[str, Any] = json.loads(config) if config else {}
    found: dict[Channel, Messenger] = {channel: Written(channel) for channel in Channel}
    if Channel.PHONE in given:
        found[Channel.PHONE] = HttpGateway(given[Channel.PHONE], pool, secrets)
    if Channel.MAIL in given:
        found[Channel.MAIL] = SesMail(given[Channel.MAIL], post)
    return found


def _filled(part: Any, gaps: Mapping[str, str]) -> Any:
    """The body with its gaps filled inside its values, so that no word can break out of one."""
    if isinstance(part, dict):
        return {name: _filled(value, gaps) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, gaps) for value in part]
    if isinstance(part, str):
        return _GAP.sub(lambda found: gaps[found[1]], part)
    return part


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
