"""The four queues on SQS: how work is put on them and how a message is understood. Bodies hold nothing personal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, unquote_plus

from chalicelib.aws.failpoints import around

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsQueues:
    """Implements `ports.Queues`."""

    def __init__(
        self, client: SQSClient, uploads: str, submissions: str, verification: str, notices: str
    ) -> None:
        self._client = client
        self._uploads = uploads
        self._submissions = submissions
        self._verification = verification
        self._notices = notices

    def photo_arrived(self, key: str, version: str) -> None:
        place = {"object": {"key": quote_plus(key), "versionId": version}}
        self._send(self._uploads, {"Records": [{"eventName": "berkas:Sweep", "s3": place}]})

    def submitted(self, case_number: str) -> None:
        self._send(self._submissions, {"case_number": case_number})

    def to_verify(self, case_number: str, stage: str) -> None:
        self._send(self._verification, {"case_number": case_number, "stage": stage})

    def to_tell(self, case_number: str) -> None:
        self._send(self._notices, {"case_number": case_number})

    def _send(self, queue: str, body: Mapping[str, Any]) -> None:
        with around("sqs.send"):
            self._client.send_message(QueueUrl=queue, MessageBody=json.dumps(body))


def arrivals(body: str) -> list[tuple[str, str]]:
    """(key, version) of each object that an S3 notification speaks of; none for S3's test message."""
    records = json.loads(body).get("Records", [])
    return [
        (unquote_plus(record["s3"]["object"]["key"]), record["s3"]["object"].get("versionId", "null"))
        for record in records
        if "s3" in record
    ]
