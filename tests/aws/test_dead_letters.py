"""Dead letters are counted and put back; a death in between gives a message twice and loses none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.aws.dead_letters import DeadLetters, Standing
from chalicelib.aws.failpoints import Died, installed


class Queue:
    """A queue that lays a message aside when it was received once, and has `laid_aside` dead letters."""

    def __init__(self, laid_aside: int) -> None:
        self.sqs = boto3.client("sqs")
        self.dead_url = self.sqs.create_queue(QueueName="work-dlq")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.dead_url, AttributeNames=["QueueArn"])["Attributes"]
        policy = {"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": 1}
        self.url = self.sqs.create_queue(
            QueueName="work", Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "0"}
        )["QueueUrl"]
        for number in range(laid_aside):
            self.sqs.send_message(QueueUrl=self.url, MessageBody=str(number))
        while self.received(self.url):
            pass

    def received(self, url: str) -> list[str]:
        found = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [message["Body"] for message in found]


@pytest.fixture
def queue() -> Iterator[Queue]:
    with mock_aws():
        yield Queue(12)


def test_every_dead_letter_is_put_back_once(queue: Queue) -> None:
    letters = DeadLetters(queue.sqs, queue.url)
    assert letters.standing() == Standing(waiting=0, in_work=0, dead=12)
    assert [letters.redrive(), letters.redrive()] == [12, 0]
    assert letters.standing() == Standing(waiting=12, in_work=0, dead=0)
    assert sorted(queue.received(queue.url) + queue.received(queue.url), key=int) == [
        str(n) for n in range(12)
    ]


@pytest.mark.parametrize(
    "point", ["sqs.send:before", "sqs.send:after", "sqs.delete:before", "sqs.delete:after"]
)
def test_a_death_amid_a_redrive_loses_nothing(queue: Queue, point: str) -> None:
    letters = DeadLetters(queue.sqs, queue.url)

    def plan(crossed: str) -> None:
        if crossed == point:
            raise Died(point)

    with installed(plan), pytest.raises(Died):
        letters.redrive()
    standing = letters.standing()
    assert standing.waiting + standing.dead in (12, 13)


def test_a_queue_without_dead_letters_says_so(queue: Queue) -> None:
    with pytest.raises(LookupError, match="redrive policy"):
        DeadLetters(queue.sqs, queue.dead_url).standing()
