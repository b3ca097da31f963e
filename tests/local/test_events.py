"""Queues and schedules, driven from a Chalice app's own declarations."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.app import Chalice, Cron, Rate

from chalicelib.local.events import Dispatcher, QueueSource, Schedule, rate_seconds, sources
from chalicelib.local.functions import Context, limits, schedule_event, sqs_event, unfinished
from chalicelib.local.problems import CannotServe
from tests.local.conftest import eventually


class FakeQueue:
    """The calls of SQS that the dispatcher makes, on a list. Received messages stay hidden until deleted."""

    def __init__(self, bodies: list[str]) -> None:
        self.waiting = [{"MessageId": body, "ReceiptHandle": f"r-{body}", "Body": body} for body in bodies]
        self.hidden: dict[str, dict[str, Any]] = {}
        self.deleted: list[str] = []
        self.lock = threading.Lock()
        self.polled = threading.Event()

    def get_queue_url(self, *, QueueName: str) -> dict[str, str]:
        return {"QueueUrl": f"http://queue/{QueueName}"}

    def receive_message(self, *, MaxNumberOfMessages: int, WaitTimeSeconds: int, **_: Any) -> dict[str, Any]:
        with self.lock:
            taken, self.waiting = self.waiting[:MaxNumberOfMessages], self.waiting[MaxNumberOfMessages:]
            self.hidden |= {message["ReceiptHandle"]: message for message in taken}
        if not taken:
            self.polled.set()
            threading.Event().wait(0.01)
        return {"Messages": taken} if taken else {}

    def delete_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> None:
        with self.lock:
            for entry in Entries:
                self.deleted.append(self.hidden.pop(entry["ReceiptHandle"])["Body"])


@pytest.fixture
def running() -> Iterator[list[Dispatcher]]:
    started: list[Dispatcher] = []
    yield started
    for dispatcher in started:
        dispatcher.stop()


def run(queue: FakeQueue, invoke: Any, running: list[Dispatcher], batch_size: int = 10) -> None:
    source = QueueSource("work", "berkas-work", batch_size)
    dispatcher = Dispatcher(queue, [source], [], lambda _: [invoke])  # type: ignore[arg-type]
    running.append(dispatcher)
    dispatcher.start()
    assert queue.polled.wait(10)


def test_only_what_did_not_fail_is_deleted(running: list[Dispatcher]) -> None:
    queue = FakeQueue(["a", "bad", "c"])

    def work(event: dict[str, Any]) -> dict[str, Any]:
        return {
            "batchItemFailures": [
                {"itemIdentifier": record["messageId"]}
                for record in event["Records"]
                if record["body"] == "bad"
            ]
        }

    run(queue, work, running)
    assert queue.deleted == ["a", "c"]
    assert [message["Body"] for message in queue.hidden.values()] == ["bad"]


def test_a_handler_that_raises_keeps_its_batch_and_its_poller(running: list[Dispatcher]) -> None:
    queue = FakeQueue(["a", "b"])

    def work(event: dict[str, Any]) -> None:
        if event["Records"][0]["body"] == "a":
            raise ValueError("as asked")

    run(queue, work, running, batch_size=1)
    assert queue.deleted == ["b"]


def test_a_schedule_runs_at_once(running: list[Dispatcher]) -> None:
    seen: list[dict[str, Any]] = []
    dispatcher = Dispatcher(
        FakeQueue([]),  # type: ignore[arg-type]
        [],
        [Schedule("sweep", 3600.0)],
        lambda _: [seen.append],
    )
    running.append(dispatcher)
    dispatcher.start()
    assert eventually(lambda: seen)[0]["detail-type"] == "Scheduled Event"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (None, set()),
        ({}, set()),
        ({"batchItemFailures": []}, set()),
        ({"batchItemFailures": None}, set()),
        ({"batchItemFailures": [{"itemIdentifier": "a"}]}, {"a"}),
        ({"batchItemFailures": [{"itemIdentifier": "unknown"}]}, {"a", "b"}),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, {"a", "b"}),
        ({"batchItemFailures": [{"id": "a"}]}, {"a", "b"}),
        ({"batchItemFailures": "a"}, {"a", "b"}),
    ],
)
def test_answers_are_understood_as_lambda_does(answer: object, kept: set[str]) -> None:
    assert unfinished(["a", "b"], answer) == kept


def test_sources_are_what_the_app_declares() -> None:
    app = Chalice(app_name="declares")

    @app.on_sqs_message(queue="berkas-work", batch_size=3)
    def work(event: Any) -> None: ...

    @app.schedule(Rate(5, unit=Rate.MINUTES))
    def tick(event: Any) -> None: ...

    assert sources(app.event_sources) == ([QueueSource("work", "berkas-work", 3)], [Schedule("tick", 300.0)])


def test_what_cannot_run_here_is_told() -> None:
    app = Chalice(app_name="asks-too-much")

    @app.on_s3_event(bucket="photos")
    def seen(event: Any) -> None: ...

    with pytest.raises(CannotServe, match="seen"):
        sources(app.event_sources)
    with pytest.raises(CannotServe, match="cron"):
        rate_seconds(Cron(0, 1, "*", "*", "?", "*"))


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [("rate(1 minute)", 60.0), ("rate(2 hours)", 7200.0), (Rate(1, unit=Rate.DAYS), 86400.0)],
)
def test_rates_are_seconds(expression: Any, seconds: float) -> None:
    assert rate_seconds(expression) == seconds


def test_an_event_has_what_chalice_and_powertools_read() -> None:
    message = {
        "MessageId": "m",
        "ReceiptHandle": "r",
        "Body": "{}",
        "Attributes": {"ApproximateReceiveCount": "2"},
    }
    (record,) = sqs_event("berkas-uploads", [message])["Records"]
    assert (record["messageId"], record["body"], record["eventSource"]) == ("m", "{}", "aws:sqs")
    assert record["eventSourceARN"].endswith(":berkas-uploads")
    assert record["attributes"]["ApproximateReceiveCount"] == "2"
    assert schedule_event("sweep", "2026-11-22T00:00:00Z")["time"] == "2026-11-22T00:00:00Z"
    assert 0 < Context("sweep", 3.0, 128).get_remaining_time_in_millis() <= 3000


def test_limits_are_those_that_aws_is_told() -> None:
    told = limits()
    assert told.time_of("read_uploads") == 45
    assert told.memory_of("read_uploads") == 3008
    assert told.time_of("not configured") == 29
