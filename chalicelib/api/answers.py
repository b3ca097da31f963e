"""How an answer and an error look, and what a fault leaves in the log. The one JSON error shape:

{"error": {"code", "message", "hint", "request_id", "fields"}}
"""

from __future__ import annotations

import traceback
from math import ceil

from aws_lambda_powertools import Logger
from chalice.app import Response

from chalicelib.errors import BerkasError, MustProve, TooMany

logger = Logger(service="berkas")
PRIVATE = {"Cache-Control": "private, no-store", "Content-Type": "application/json"}


def refusal(problem: BerkasError, request_id: str) -> Response:
    """The one error shape."""
    error = {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "request_id": request_id,
        "fields": problem.fields,
    }
    headers: dict[str, str | list[str]] = dict(PRIVATE)
    if isinstance(problem, MustProve):
        headers["Berkas-Challenge"] = problem.challenge
    if isinstance(problem, TooMany):
        headers["Retry-After"] = str(ceil(problem.wait.total_seconds()))
    return Response({"error": error}, headers, problem.status)


def log_fault(problem: Exception, request_id: str) -> None:
    """Where it broke, without what it broke on: messages of exceptions may quote personal data."""
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)]
    logger.error(
        "fault", extra={"fault": type(problem).__name__, "request": request_id, "frames": frames[-12:]}
    )
