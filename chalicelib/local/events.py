"""Queues and schedules: calls the handlers of a Chalice app as Lambda's event source mappings and EventBridge do.

Driven by `app.event_sources` alone, so a handler that is declared in app.py runs here without being named again.
A message is deleted when its handler finished it; otherwise it comes back after the queue's visibility timeout, and to
its dead letters after `maxReceiveCount`: that is the queue's work, here as on AWS.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.local.functions import Event, schedule_event, sqs_event, unfinished
from chalicelib.local.problems import CannotServe

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

log = logging.getLogger("berkas.local.events")

WAIT_SECONDS = 1
"""One long poll; also how long a clean stop may wait for an idle poller."""
AGAIN_SECONDS = 1.0

Invoke = Callable[[Event], Any]
"""Runs one function on one event and gives its answer; raises when it failed or was stopped."""


@dataclass(frozen=True)
class QueueSource:
    function: str
    queue: str
    batch_size: int


@dataclass(frozen=True)
class Schedule:
    function: str
    seconds: float


def sources(event_sources: Iterable[Any]) -> tuple[list[QueueSource], list[Schedule]]:
    """Chalice's `app.event_sources` → what is polled and what is timed. Raises CannotServe for what is neither."""
    queues: list[QueueSource] = []
    schedules: list[Schedule] = []
    for source in event_sources:
        function = str(source.handler_string).rpartition(".")[2]
        if getattr(source, "queue", None):
            queues.append(QueueSource(function, source.queue, source.batch_size))
        elif hasattr(source, "schedule_expression"):
            schedules.append(Schedule(function, rate_seconds(source.schedule_expression)))
        else:
            raise CannotServe(
                f"The local stack runs queues and schedules only: mend the event source of {function}."
            )
    return queues, schedules


def rate_seconds(expression: Any) -> float:
    """`rate(5 minutes)`, or Chalice's Rate, → seconds. Raises CannotServe for cron expressions."""
    text = expression if isinstance(expression, str) else expression.to_string()
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", text)
    if match is None:
        raise CannotServe(f"The local stack understands rate(…) only: mend the schedule {text}.")
    return int(match[1]) * {"minute": 60.0, "hour": 3600.0, "day": 86400.0}[match[2]]


class Dispatcher:
    """Threads that poll and time. `invokers` gives, per function, one callable a thread: so many run at a time."""

    def __init__(
        self,
        sqs: SQSClient,
        queues: Iterable[QueueSource],
        schedules: Iterable[Schedule],
        invokers: Callable[[str], list[Invoke]],
    ) -> None:
        self._sqs = sqs
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        for queue in queues:
            url = sqs.get_queue_url(QueueName=queue.queue)["QueueUrl"]
            for invoke in invokers(queue.function):
                self._threads.append(self._thread(queue.function, self._poll, queue, url, invoke))
        for schedule in schedules:
            for invoke in invokers(schedule.function)[:1]:
                self._threads.append(self._thread(schedule.function, self._tick, schedule, invoke))

    @staticmethod
    def _thread(function: str, target: Callable[..., None], *args: object) -> threading.Thread:
        return threading.Thread(target=target, args=args, name=f"events-{function}", daemon=True)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 8.0) -> None:
        """Lets running handlers finish, for at most `seconds` in all; a message cut short comes again."""
        self._stopped.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _poll(self, source: QueueSource, url: str, invoke: Invoke) -> None:
        if (warm := getattr(invoke, "warm", None)) is not None:
            warm()
        while not self._stopped.is_set():
            try:
                received = self._sqs.receive_message(
                    QueueUrl=url,
                    MaxNumberOfMessages=min(source.batch_size, 10),
                    WaitTimeSeconds=WAIT_SECONDS,
                    MessageSystemAttributeNames=["All"],
                )
                if messages := received.get("Messages", []):
                    self._work(source, url, invoke, messages)
            except (BotoCoreError, ClientError) as error:
                if not self._stopped.is_set():
                    log.warning("queue %s: %s", source.queue, type(error).__name__)
                    self._stopped.wait(AGAIN_SECONDS)

    def _work(self, source: QueueSource, url: str, invoke: Invoke, messages: list[MessageTypeDef]) -> None:
        answer = _attempt(source.function, invoke, sqs_event(source.queue, messages))
        if answer is FAILED:
            return
        kept = unfinished([message["MessageId"] for message in messages], answer)
        done = [message for message in messages if message["MessageId"] not in kept]
        if done:
            self._sqs.delete_message_batch(
                QueueUrl=url,
                Entries=[{"Id": str(n), "ReceiptHandle": m["ReceiptHandle"]} for n, m in enumerate(done)],
            )

    def _tick(self, schedule: Schedule, invoke: Invoke) -> None:
        while not self._stopped.is_set():
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            _attempt(schedule.function, invoke, schedule_event(schedule.function, now))
            self._stopped.wait(schedule.seconds)


FAILED = object()
"""Stands for the answer of a function that raised or was stopped at its time limit."""


def _attempt(function: str, invoke: Invoke, event: Event) -> Any:
    try:
        return invoke(event)
    except Exception as error:  # whatever a handler raises, its poller lives on, as on Lambda
        log.warning("function %s failed: %s", function, type(error).__name__, exc_info=error)
        return FAILED
