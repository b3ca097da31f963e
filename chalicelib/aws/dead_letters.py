"""Messages that failed too often: how many lie aside, and how they are put back once their cause is mended.

Redriving receives, sends and deletes one by one, in this order, so that a death in between gives a message twice and
never loses one (every handler bears that). It needs no permission and no service beyond the queues' own; the console's
redrive (StartMessageMoveTask) does the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.aws.failpoints import around

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

_WAITING: QueueAttributeNameType = "ApproximateNumberOfMessages"
_IN_WORK: QueueAttributeNameType = "ApproximateNumberOfMessagesNotVisible"
_POLICY: QueueAttributeNameType = "RedrivePolicy"
_HOLD_SECONDS = 60
"""How long a message that is being put back is hidden from a second redrive."""


@dataclass(frozen=True)
class Standing:
    """About how many messages wait, are being worked on, and lie dead (SQS counts approximately)."""

    waiting: int
    in_work: int
    dead: int


class DeadLetters:
    """One queue and its dead letters, found by the queue's own redrive policy."""

    def __init__(self, client: SQSClient, queue_url: str) -> None:
        self._client = client
        self._queue = queue_url

    def standing(self) -> Standing:
        here = self._client.get_queue_attributes(QueueUrl=self._queue, AttributeNames=[_WAITING, _IN_WORK])
        there = self._client.get_queue_attributes(
            QueueUrl=self._dead_url(), AttributeNames=[_WAITING, _IN_WORK]
        )
        dead = int(there["Attributes"][_WAITING]) + int(there["Attributes"][_IN_WORK])
        return Standing(int(here["Attributes"][_WAITING]), int(here["Attributes"][_IN_WORK]), dead)

    def redrive(self) -> int:
        """Put every dead message back on its queue; how many. What fails again comes here again by itself."""
        dead_url, moved = self._dead_url(), 0
        while messages := self._client.receive_message(
            QueueUrl=dead_url, MaxNumberOfMessages=10, VisibilityTimeout=_HOLD_SECONDS, WaitTimeSeconds=1
        ).get("Messages"):
            for message in messages:
                with around("sqs.send"):
                    self._client.send_message(QueueUrl=self._queue, MessageBody=message["Body"])
                with around("sqs.delete"):
                    self._client.delete_message(QueueUrl=dead_url, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
        return moved

    def _dead_url(self) -> str:
        """LookupError: the queue keeps no dead letters."""
        found = self._client.get_queue_attributes(QueueUrl=self._queue, AttributeNames=[_POLICY])
        policy = found.get("Attributes", {}).get(_POLICY)
        if policy is None:
            raise LookupError("the queue has no redrive policy")
        name = str(json.loads(policy)["deadLetterTargetArn"]).rpartition(":")[2]
        return self._client.get_queue_url(QueueName=name)["QueueUrl"]
