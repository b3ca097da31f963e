"""`audit verify` on a served stack: chains hold, and a changed one is named."""

from __future__ import annotations

import subprocess
import sys

import boto3
import pytest

from chalicelib.local.demo import demo_officers
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import ROOT, RunningStack
from tests.client import Client, eventually, read_slots, submitted


def audit(*arguments: str, what: str = "verify") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chalicelib", "audit", what, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  (our own program)


@pytest.mark.stack
def test_a_changed_event_is_named_and_untouched_chains_hold(stack: RunningStack) -> None:
    whole, changed = (submitted(Client(stack.base_url), families()[1]).number for _ in range(2))
    data = str(stack.output.parent)
    first = audit("--data", data, whole)
    assert first.stderr == ""
    assert first.stdout == "1 chains hold, 0 broken\n"
    table = boto3.client(
        "dynamodb",
        endpoint_url=stack.environment["AWS_ENDPOINT_URL"],
        region_name="ap-southeast-3",
        aws_access_key_id=stack.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=stack.environment["AWS_SECRET_ACCESS_KEY"],
    )
    key = {"pk": {"S": f"CASE#{changed}"}, "sk": {"S": "EVENT#00000002"}}
    table.update_item(
        TableName=stack.environment["BERKAS_TABLE"],
        Key=key,
        UpdateExpression="SET actor = :a",
        ExpressionAttributeValues={":a": {"S": "nobody"}},
    )
    answer = audit("--data", data, whole, changed)
    assert answer.returncode == 1
    assert answer.stdout == f"{changed}: event 2: its content was changed\n1 chains hold, 1 broken\n"


@pytest.mark.stack
def test_a_lost_status_is_named_and_made_anew(stack: RunningStack) -> None:
    sent = submitted(Client(stack.base_url), families()[1])
    number = sent.number
    eventually(lambda: read_slots(sent) and sent.phone.get(f"usulan/{number}").expect(200)["next"]["by"])
    data = str(stack.output.parent)
    e = stack.environment
    table = boto3.client(
        "dynamodb",
        endpoint_url=e["AWS_ENDPOINT_URL"],
        region_name="ap-southeast-3",
        aws_access_key_id=e["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=e["AWS_SECRET_ACCESS_KEY"],
    )
    table.delete_item(TableName=e["BERKAS_TABLE"], Key={"pk": {"S": f"CASE#{number}"}, "sk": {"S": "STATUS"}})
    lost = audit("--data", data, number, what="status")
    assert (lost.returncode, lost.stdout.splitlines()[-1]) == (1, "0 statuses right, 1 wrong")
    made = audit("--data", data, "--apply", number, what="status")
    assert (made.returncode, made.stdout.splitlines()[-1]) == (0, "0 statuses right, 1 written anew")
    whole = audit("--data", data, number, what="status")
    assert (whole.stderr, whole.stdout) == ("", "1 statuses right, 0 wrong\n")


@pytest.mark.stack
def test_officers_have_chains_too(stack: RunningStack) -> None:
    walked = audit("--data", str(stack.output.parent))
    assert walked.stderr == ""
    assert int(walked.stdout.splitlines()[-1].split()[0]) >= len(demo_officers())


def test_without_a_stack_one_sentence_says_what_to_do(tmp_path: object) -> None:
    answer = audit("--data", str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "make run" in answer.stderr
