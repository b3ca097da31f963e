"""The one log of what is deployed: a JSON line on standard output.

Chalice logs under its app's name, which is ours too, and keeps that silent below errors unless it finds a handler for the
very standard output of that moment (the one-machine stack has another one). So app.py declines its `configure_logs`, and
what Chalice has to say goes the same way.
"""

from __future__ import annotations

import logging
import sys
import traceback

from aws_lambda_powertools import Logger


def places(problem: BaseException) -> list[str]:
    """Where in the code it broke, the innermost twelve calls, as `file:line function`."""
    calls = traceback.extract_tb(problem.__traceback__)[-12:]
    return [f"{call.filename}:{call.lineno} {call.name}" for call in calls]


class _WithoutWords(logging.Filter):
    """Of an exception only its kind and the places in the code: its message may quote personal data."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            problem = record.exc_info[1]
            record.fault = type(problem).__name__
            record.frames = places(problem)
            record.exc_info = None
        return True


handler = logging.StreamHandler(sys.stdout)
"""Where it goes; the one-machine stack gives it a file."""
logger = Logger(service="berkas", logger_handler=handler)
logger.addFilter(_WithoutWords())


def log_fault(problem: Exception, request_id: str) -> None:
    """A fault of ours, by the number that whoever met it was told."""
    logger.error("fault", exc_info=problem, extra={"request": request_id})
