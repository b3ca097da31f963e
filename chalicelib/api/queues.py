"""How a batch of queue messages is worked through: each for itself, and only the failed ones come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from chalice.app import SQSEvent

from chalicelib.errors import Erased
from chalicelib.logger import log_fault, logger


def each_message(event: SQSEvent, handle: Callable[[str], None]) -> dict[str, Any]:
    """Call `handle` with each body; answer `{"batchItemFailures": […]}` with those that raised. They come again, and
    after the queue's limit they lie in the dead-letter queue."""

    def work(record: SQSRecord) -> None:
        try:
            handle(record.body)
        except Erased:
            # late, and no fault: nothing is left to do
            logger.info("gone", extra={"request": record.message_id})
        except Exception as problem:
            log_fault(problem, record.message_id)
            raise

    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    answer: dict[str, Any] = process_partial_response(  # type: ignore[assignment]
        event=event.to_dict(), record_handler=work, processor=processor
    )
    return answer
