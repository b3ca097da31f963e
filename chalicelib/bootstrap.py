"""Joins ports and adapters from the environment, once a process: the same for Lambda, the one machine and the tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import urllib3
from botocore.config import Config

from chalicelib.access.challenge import Work
from chalicelib.access.sealing import DataKeys, Digests
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.aws.dead_letters import DeadLetters
from chalicelib.aws.denials import DynamoDenials
from chalicelib.aws.messengers import messengers
from chalicelib.aws.meter import DynamoMeter
from chalicelib.aws.officers import CognitoOfficers, CognitoTokens
from chalicelib.aws.outbox import DynamoOutbox
from chalicelib.aws.photos import S3Photos
from chalicelib.aws.queues import SqsQueues
from chalicelib.aws.recoveries import DynamoRecoveries
from chalicelib.aws.rotation import Rotation
from chalicelib.aws.searches import DynamoSearches
from chalicelib.aws.staff import DynamoStaff
from chalicelib.aws.table import Table
from chalicelib.aws.vault import KmsVault, index_key
from chalicelib.aws.watch import DynamoWatch
from chalicelib.offices.personnel import Personnel
from chalicelib.ports import Messenger, PhotoReader
from chalicelib.usulan.addresses import Channel
from chalicelib.usulan.store import World

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class Settings:
    """The environment as read (docs/architecture.md, "Configuration")."""

    table: str
    bucket: str
    queue_uploads: str
    queue_submissions: str
    queue_verification: str
    queue_notices: str
    sealing_key: str
    user_pool: str
    user_pool_client: str
    issuer: str
    jwks_url: str
    public_url: str
    s3_public_endpoint: str = ""
    banner: str = ""
    former_sealing_key: str = ""
    notices: str = ""
    worker: str = ""
    """`lepas`: phones are to keep no pages any more (decision 0020)."""

    @property
    def photo_origin(self) -> str:
        """Where browsers post and see photos, for the pages' content security policy."""
        if self.s3_public_endpoint:
            return self.s3_public_endpoint.rstrip("/")
        return f"https://{self.bucket}.s3.{os.environ['AWS_REGION']}.amazonaws.com"

    @property
    def keeps_pages(self) -> bool:
        return self.worker != "lepas"

    @property
    def page_origin(self) -> str:
        """Where the pages stand, scheme and host: what browsers call our own origin."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


@cache
def settings() -> Settings:
    """KeyError names the variable that is missing."""
    env = os.environ
    return Settings(
        table=env["BERKAS_TABLE"],
        bucket=env["BERKAS_BUCKET"],
        queue_uploads=env["BERKAS_QUEUE_UPLOADS"],
        queue_submissions=env["BERKAS_QUEUE_SUBMISSIONS"],
        queue_verification=env["BERKAS_QUEUE_VERIFICATION"],
        queue_notices=env["BERKAS_QUEUE_NOTICES"],
        sealing_key=env["BERKAS_SEALING_KEY"],
        user_pool=env["BERKAS_USER_POOL"],
        user_pool_client=env["BERKAS_USER_POOL_CLIENT"],
        issuer=env["BERKAS_ISSUER"],
        jwks_url=env["BERKAS_JWKS_URL"],
        public_url=env["BERKAS_PUBLIC_URL"],
        s3_public_endpoint=env.get("BERKAS_S3_PUBLIC_ENDPOINT", ""),
        banner=env.get("BERKAS_BANNER", ""),
        former_sealing_key=env.get("BERKAS_FORMER_SEALING_KEY", ""),
        notices=env.get("BERKAS_NOTICES", ""),
        worker=env.get("BERKAS_WORKER", ""),
    )


def utc_now() -> datetime:
    return datetime.now(UTC)


_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 4},
    connect_timeout=3,
    read_timeout=20,
    max_pool_connections=32,
)
_S3_AT_A_PATH: Config = _CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "path"}))
_S3_BY_NAME: Config = _CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))


def _client(service: Any) -> Any:
    return boto3.client(service, config=_CONFIG)


def _s3(endpoint: str = "") -> S3Client:
    if endpoint:
        at_a_path: S3Client = boto3.client("s3", endpoint_url=endpoint, config=_S3_AT_A_PATH)
        return at_a_path
    by_name: S3Client = boto3.client("s3", config=_S3_BY_NAME)
    return by_name


@cache
def table() -> Table:
    return Table(_client("dynamodb"), settings().table)


@cache
def _vault() -> KmsVault:
    return KmsVault(_client("kms"), settings().sealing_key, settings().former_sealing_key)


def rotation() -> Rotation:
    """For the command that wraps all data keys anew."""
    return Rotation(table(), _vault(), utc_now)


@cache
def data_keys() -> DataKeys:
    return DataKeys(_vault())


@cache
def store() -> DynamoCaseStore:
    return DynamoCaseStore(table(), data_keys(), digests())


@cache
def digests() -> Digests:
    return Digests(index_key(table(), _vault()))


@cache
def world() -> World:
    """The world as use cases see it."""
    config = settings()
    inside = _s3(os.environ.get("AWS_ENDPOINT_URL", ""))
    outside = _s3(config.s3_public_endpoint) if config.s3_public_endpoint else inside
    queues = SqsQueues(
        _client("sqs"),
        config.queue_uploads,
        config.queue_submissions,
        config.queue_verification,
        config.queue_notices,
    )
    meter = DynamoMeter(table(), digests())
    return World(
        store=store(),
        photos=S3Photos(inside, outside, config.bucket),
        queues=queues,
        digests=digests(),
        meter=meter,
        challenge=Work(digests(), meter),
        denials=DynamoDenials(table()),
        searches=DynamoSearches(table()),
        outbox=outbox(),
        messenger=_messenger,
        now=utc_now,
        public_url=config.public_url,
    )


def outbox() -> DynamoOutbox:
    return DynamoOutbox(table())


def _messenger(channel: Channel) -> Messenger:
    return _messengers()[channel]


@cache
def _messengers() -> Mapping[Channel, Messenger]:
    """Made when the first notice is sent, so that a wrong configuration of theirs stops nothing else."""
    pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")
    return messengers(settings().notices, pool, _client("ssm"), _client("sesv2"))


QUEUES = ("uploads", "submissions", "verification", "notices")
"""The queues as their commands name them."""


def dead_letters(queue: str) -> DeadLetters:
    """One of `QUEUES` and what lies aside of it."""
    config = settings()
    urls = (
        config.queue_uploads,
        config.queue_submissions,
        config.queue_verification,
        config.queue_notices,
    )
    return DeadLetters(_client("sqs"), urls[QUEUES.index(queue)])


@cache
def officers() -> CognitoOfficers:
    config = settings()
    return CognitoOfficers(
        personnel(), digests(), _cognito(), config.user_pool, config.user_pool_client, utc_now
    )


def own_account() -> CognitoOfficers:
    """The same, as officers change their own sign-in."""
    return officers()


@cache
def _cognito() -> CognitoIdentityProviderClient:
    client: CognitoIdentityProviderClient = _client("cognito-idp")
    return client


@cache
def staff() -> DynamoStaff:
    return DynamoStaff(table(), data_keys(), digests())


@cache
def personnel() -> Personnel:
    """The officers' records and accounts, as an administrator changes them."""
    accounts = CognitoAccounts(_cognito(), settings().user_pool)
    return Personnel(staff(), accounts, DynamoDenials(table()), DynamoWatch(table()), utc_now)


@cache
def recoveries() -> DynamoRecoveries:
    """For the command that replaces a region's last administrator."""
    return DynamoRecoveries(table(), data_keys())


def operator() -> str:
    """Who runs a command, as AWS knows them."""
    return str(_client("sts").get_caller_identity()["Arn"])


@cache
def tokens() -> CognitoTokens:
    config = settings()
    return CognitoTokens(config.jwks_url, config.issuer, config.user_pool_client)


def reader() -> PhotoReader:
    """The reader. Imported only here: its packages are not in the API functions."""
    from chalicelib.reading.photo import read_photo  # noqa: PLC0415

    return read_photo
