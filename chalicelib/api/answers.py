"""How an answer and an error look. The one JSON error shape:

{"error": {"code", "message", "hint", "request_id", "fields"}}
"""

from __future__ import annotations

from math import ceil

from chalice.app import Response

from chalicelib.errors import BerkasError, MustProve, TooMany

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
