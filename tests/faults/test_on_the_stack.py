"""Faults on the served stack: a reader that is killed, a message that cannot be handled, a phone with a wrong clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from chalicelib.aws.photos import S3Photos
from chalicelib.local.events import WAIT_SECONDS
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import ROOT, RunningStack
from tests.client import Client, Sent, drafted, eventually, form_of, submitted
from tests.local.test_sockets import family as processes

pytestmark = pytest.mark.stack


def client(stack: RunningStack, service: Any) -> Any:
    e = stack.environment
    return boto3.client(
        service,
        endpoint_url=e["AWS_ENDPOINT_URL"],
        region_name=e["AWS_REGION"],
        aws_access_key_id=e["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=e["AWS_SECRET_ACCESS_KEY"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}) if service == "s3" else None,
    )


@contextmanager
def soon_visible(stack: RunningStack, queue: str) -> Iterator[None]:
    """Failed messages come again after a second, not after minutes. Entered when the long polls are over that began
    before and still hide what they receive for long."""
    sqs, url = client(stack, "sqs"), stack.environment[queue]
    kept = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    over = time.monotonic() + WAIT_SECONDS + 0.3
    eventually(lambda: time.monotonic() > over)
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=kept)


def events(stack: RunningStack, number: str) -> list[str]:
    found = client(stack, "dynamodb").query(
        TableName=stack.environment["BERKAS_TABLE"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"CASE#{number}"}, ":sk": {"S": "EVENT#"}},
    )
    return [item["action"]["S"] for item in found["Items"]]


def command(stack: RunningStack, *words: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", "chalicelib", *words],
        cwd=ROOT,
        env=os.environ | stack.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def readers(stack: RunningStack) -> list[int]:
    found = []
    for pid in processes(stack.process.pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"chalicelib.local.reader_process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


def state(sent: Sent, slot: str) -> str:
    return str(sent.slots()[slot]["state"])


def test_a_reader_killed_amid_a_photo_reads_it_once_when_it_comes_again(stack: RunningStack) -> None:
    sent = drafted(Client(stack.base_url))
    eventually(lambda: readers(stack))
    with soon_visible(stack, "BERKAS_QUEUE_UPLOADS"):
        assert sent.phone.send_photo(sent.number, "ktp", families()[0].ktp.path.read_bytes()) == 204
        eventually(lambda: state(sent, "ktp") == "reading")
        killed = readers(stack)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        assert "system:photo:read" not in events(stack, sent.number)
        eventually(lambda: state(sent, "ktp") == "read", 120)
    assert not set(killed) & set(readers(stack))
    assert events(stack, sent.number).count("system:photo:read") == 1
    assert events(stack, sent.number).count("system:photo:arrive") == 1
    assert command(stack, "audit", "verify", sent.number) == (0, "1 chains hold, 0 broken\n")


def test_a_poison_message_is_laid_aside_seen_and_put_back(stack: RunningStack) -> None:
    """Beside it lies one whose cause is gone by then: it has its effect, and the poison comes to lie there again."""
    sqs, e = client(stack, "sqs"), stack.environment
    sent = submitted(Client(stack.base_url), families()[1])
    dead_url = sqs.get_queue_url(QueueName="berkas-verification-dlq")["QueueUrl"]
    poison = f"not JSON {uuid.uuid4()}"
    with soon_visible(stack, "BERKAS_QUEUE_VERIFICATION"):
        sqs.send_message(QueueUrl=e["BERKAS_QUEUE_VERIFICATION"], MessageBody=poison)
        eventually(lambda: "dead 1" in command(stack, "queue", "status", "verification")[1], 60)
        late = f'{{"case_number": "{sent.number}", "stage": "desa"}}'
        sqs.send_message(QueueUrl=dead_url, MessageBody=late)
        code, said = command(stack, "queue", "status")
        assert code == 1
        assert [line.split()[-1] for line in said.splitlines()] == ["0", "0", "2", "0"]
        assert command(stack, "queue", "redrive", "verification") == (0, "verification: 2 put back\n")
        eventually(lambda: "dead 1" in command(stack, "queue", "status", "verification")[1], 60)
    (left,) = sqs.receive_message(QueueUrl=dead_url)["Messages"]
    assert left["Body"] == poison
    sqs.delete_message(QueueUrl=dead_url, ReceiptHandle=left["ReceiptHandle"])
    eventually(lambda: "system:desk:offer" in events(stack, sent.number))
    assert events(stack, sent.number).count("system:desk:offer") == 1
    assert command(stack, "queue", "status")[0] == 0


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_phone_with_a_wrong_clock_is_served_by_the_servers_time(stack: RunningStack, hours: int) -> None:
    wrong = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    family, began = families()[2], datetime.now(UTC)
    sent = drafted(Client(stack.base_url).with_headers(Date=wrong, If_Modified_Since=wrong))
    for slot in ("ktp", "kk", "rumah_depan"):
        assert sent.phone.send_photo(sent.number, slot, getattr(family, slot).path.read_bytes()) == 204
    sent.phone.post(f"usulan/{sent.number}/submission", form_of(family)).expect(200)
    case = sent.phone.get(f"usulan/{sent.number}").expect(200)
    told = [case["submitted_at"], *(event["at"] for event in case["timeline"])]
    assert all(began <= datetime.fromisoformat(at) <= datetime.now(UTC) for at in told)
    operator = Client(stack.base_url).with_headers(Date=wrong).signed_in("operator.1")
    assert operator.get("me").status == 200


def test_a_form_is_judged_by_the_servers_clock_alone(stack: RunningStack) -> None:
    """A form that has run out stays shut, whatever the phone believes."""
    e = stack.environment
    sent = drafted(Client(stack.base_url))
    asked = sent.phone.post(f"usulan/{sent.number}/photos/ktp", {"content_type": "image/jpeg", "size": 5})
    photos = S3Photos(client(stack, "s3"), client(stack, "s3"), e["BERKAS_BUCKET"])
    key = asked.expect(201)["post"]["fields"]["key"]
    over = photos.upload_form(key, "image/jpeg", 10, -60)
    early = sent.phone.with_headers(Date=format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True))
    form = {"url": over.url, "fields": over.fields}
    assert early.post_form(form, "ktp", b"photo", "image/jpeg") == 403
    assert early.post_form(asked.json["post"], "ktp", b"photo", "image/jpeg") == 204
