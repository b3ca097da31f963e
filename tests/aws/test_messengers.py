"""The ways to send: what a gateway is asked, what its answers mean, and that nothing personal is written down."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import urllib3
from botocore.exceptions import ClientError

from chalicelib.aws.messengers import HttpGateway, SesMail, Written, messengers
from chalicelib.ports import Unsent
from chalicelib.usulan.addresses import Channel

PHONE, TEXT, KEY = "+6281234509876", 'Usulan 7K3M-9QTD-2: "{key}" sudah kami terima.', "7K3M-9QTD-2.7"
CONFIG: Mapping[str, Any] = {
    "url": "https://gateway.contoh.example/v1/messages",
    "headers": {"Authorization": "Bearer {secret}"},
    "secret": "/berkas/notices/gateway",
    "body": {"to": ["{address}"], "message": {"text": "{text}"}, "ref": "{key}", "flash": False},
    "digits": True,
}


@dataclass
class Gateway:
    """Answers with one status after another, or fails to."""

    statuses: list[int | Exception]
    asked: list[dict[str, Any]] = field(default_factory=list)

    def request(self, method: str, url: str, **more: Any) -> Any:
        self.asked.append({"method": method, "url": url, **more})
        status = self.statuses.pop(0)
        if isinstance(status, Exception):
            raise status
        return urllib3.HTTPResponse(body=b"balasan rahasia", status=status)


@dataclass
class Parameters:
    values: list[str]
    asked: int = 0

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> Mapping[str, Any]:
        assert (Name, WithDecryption) == ("/berkas/notices/gateway", True)
        self.asked += 1
        return {"Parameter": {"Value": self.values.pop(0)}}


@dataclass
class Post:
    refuse: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)

    def send_email(self, **asked: Any) -> Mapping[str, Any]:
        self.asked.append(asked)
        if self.refuse:
            raise ClientError({"Error": {"Code": self.refuse, "Message": PHONE}}, "SendEmail")
        return {}


def test_a_gateway_is_asked_as_its_configuration_says() -> None:
    gateway, parameters = Gateway([202, 200]), Parameters(["kunci"])
    way = HttpGateway(CONFIG, gateway, parameters)
    way.send(PHONE, TEXT, KEY)
    way.send(PHONE, TEXT, KEY)
    asked = gateway.asked[0]
    assert (asked["method"], asked["url"], asked["redirect"]) == ("POST", CONFIG["url"], False)
    assert asked["headers"]["Authorization"] == "Bearer kunci"
    assert asked["headers"]["Idempotency-Key"] == KEY
    sent = json.loads(asked["body"])
    assert sent == {
        "to": ["6281234509876"],
        "message": {"text": TEXT},
        "ref": KEY,
        "flash": False,
    }
    assert parameters.asked == 1


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [
        (400, True),
        (404, True),
        (302, False),
        (408, False),
        (429, False),
        (500, False),
        (503, False),
        (urllib3.exceptions.ConnectTimeoutError(None, PHONE), False),
    ],
)
def test_what_a_refusal_means(answer: int | Exception, for_good: bool) -> None:
    way = HttpGateway(CONFIG, Gateway([answer]), Parameters(["kunci"]))
    with pytest.raises(Unsent) as told:
        way.send(PHONE, TEXT, KEY)
    assert told.value.for_good == for_good
    assert PHONE not in f"{told.value} {told.value.why} {told.value.__cause__}"
    assert "rahasia" not in told.value.why


def test_a_changed_secret_is_asked_for_anew() -> None:
    gateway, parameters = Gateway([401, 200]), Parameters(["lama", "baru"])
    way = HttpGateway(CONFIG, gateway, parameters)
    with pytest.raises(Unsent, match="401") as told:
        way.send(PHONE, TEXT, KEY)
    assert not told.value.for_good
    way.send(PHONE, TEXT, KEY)
    assert gateway.asked[1]["headers"]["Authorization"] == "Bearer baru"


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://gateway.contoh.example/"},
        {"url": "https://nama:sandi@gateway.contoh.example/"},
        {"url": "file:///etc/passwd"},
        {"body": {"to": "{address}"}},
        {"body": {"message": "{text}"}},
    ],
)
def test_a_configuration_that_cannot_be_meant_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="gateway"):
        HttpGateway({**CONFIG, **change}, Gateway([]), Parameters([]))


def test_mail_is_plain_and_its_subject_holds_the_number_alone() -> None:
    post = Post()
    SesMail({"sender": "kabar@contoh.example"}, post).send("warga@contoh.example", TEXT, KEY)
    (asked,) = post.asked
    assert asked["FromEmailAddress"] == "kabar@contoh.example"
    assert asked["Destination"] == {"ToAddresses": ["warga@contoh.example"]}
    simple = asked["Content"]["Simple"]
    assert simple["Subject"]["Data"] == "Kabar usulan 7K3M-9QTD-2"
    assert simple["Body"] == {"Text": {"Data": TEXT, "Charset": "UTF-8"}}


@pytest.mark.parametrize(
    ("code", "for_good"), [("MessageRejected", True), ("TooManyRequestsException", False)]
)
def test_what_ses_refuses(code: str, for_good: bool) -> None:
    with pytest.raises(Unsent, match=code) as told:
        SesMail({"sender": "kabar@contoh.example"}, Post(code)).send("warga@contoh.example", TEXT, KEY)
    assert told.value.for_good == for_good


def test_without_a_configuration_what_would_be_sent_is_written_without_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ways = messengers("", Gateway([]), Parameters([]), Post())
    assert {type(way) for way in ways.values()} == {Written}
    with caplog.at_level(logging.INFO, logger="berkas"):
        ways[Channel.PHONE].send(PHONE, TEXT, KEY)
    (line,) = [vars(record) for record in caplog.records if record.getMessage() == "notice"]
    assert (line["channel"], line["key"], line["text"]) == ("hp", KEY, TEXT)
    assert "81234509876" not in str(line)


def test_each_channel_goes_its_configured_way() -> None:
    given = json.dumps({"hp": CONFIG, "surel": {"sender": "kabar@contoh.example"}})
    ways = messengers(given, Gateway([]), Parameters([]), Post())
    assert (type(ways[Channel.PHONE]), type(ways[Channel.MAIL])) == (HttpGateway, SesMail)
    with pytest.raises(ValueError, match="Expecting"):
        messengers("{", Gateway([]), Parameters([]), Post())
