"""The functions of app.py as the one-machine stack runs them: names, time limits, context, and the shape of an event."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.local.emulator import REGION

ACCOUNT = "000000000000"
CONFIG = Path(__file__).parents[2] / ".chalice" / "config.json"

Event = dict[str, Any]
Function = Callable[[Event, Any], Any]


@dataclass(frozen=True)
class Limits:
    """Time limit in seconds and memory in MB of each function, as AWS is told in `.chalice/config.json`."""

    seconds: Mapping[str, int]
    memory: Mapping[str, int]
    default_seconds: int = 60
    default_memory: int = 512

    def time_of(self, function: str) -> int:
        return self.seconds.get(function, self.default_seconds)

    def memory_of(self, function: str) -> int:
        return self.memory.get(function, self.default_memory)


def limits(path: Path = CONFIG, stage: str = "prod") -> Limits:
    whole = json.loads(path.read_text(encoding="utf-8"))["stages"][stage]
    functions: dict[str, dict[str, Any]] = whole.get("lambda_functions", {})
    return Limits(
        {name: one["lambda_timeout"] for name, one in functions.items() if "lambda_timeout" in one},
        {name: one["lambda_memory_size"] for name, one in functions.items() if "lambda_memory_size" in one},
        whole.get("lambda_timeout", 60),
        whole.get("lambda_memory_size", 512),
    )


class Context:
    """What Lambda hands a function beside its event; only what is documented."""

    function_version = "$LATEST"

    def __init__(self, function: str, seconds: float, memory: int) -> None:
        self.function_name = function
        self.memory_limit_in_mb = memory
        self.aws_request_id = str(uuid.uuid4())
        self.invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"
        self.log_group_name = f"/aws/lambda/{function}"
        self.log_stream_name = "local"
        self._until = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._until - time.monotonic()) * 1000))


def sqs_event(queue: str, messages: Sequence[Mapping[str, Any]]) -> Event:
    """Messages as boto3 receives them → the event Lambda gets for `queue` (a name)."""
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": dict(message.get("Attributes", {})),
                "messageAttributes": {},
                "md5OfBody": message.get("MD5OfBody", ""),
                "eventSource": "aws:sqs",
                "eventSourceARN": arn,
                "awsRegion": REGION,
            }
            for message in messages
        ]
    }


def schedule_event(function: str, at: str) -> Event:
    """The event of a schedule; `at` is ISO 8601 UTC."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": at,
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{function}"],
        "detail": {},
    }


def unfinished(message_ids: Sequence[str], answer: object) -> frozenset[str]:
    """Which messages stay on the queue after a function answered, by the rules of ReportBatchItemFailures.

    None, an empty answer, or one without failures: all are done. Failures that cannot be understood: none is done.
    """
    if not isinstance(answer, Mapping):
        return frozenset()
    failures = answer.get("batchItemFailures") or []
    try:
        failed = frozenset(str(failure["itemIdentifier"]) for failure in failures)
    except (TypeError, KeyError):
        return frozenset(message_ids)
    return failed if failed <= frozenset(message_ids) else frozenset(message_ids)
