"""What the API gateway itself refuses, in our one error shape: the same table for AWS and for the one-machine stack."""

from __future__ import annotations

from typing import Any

from chalicelib.api.headers import STRICT
from chalicelib.messages import hint, message

REFUSALS = {
    "MISSING_AUTHENTICATION_TOKEN": (404, "TIDAK_DITEMUKAN"),
    "UNAUTHORIZED": (401, "BELUM_MASUK"),
    "ACCESS_DENIED": (401, "BELUM_MASUK"),
    "REQUEST_TOO_LARGE": (413, "ISIAN_SALAH"),
    "DEFAULT_4XX": (400, "ISIAN_SALAH"),
    "DEFAULT_5XX": (500, "GANGGUAN_KAMI"),
}
"""API Gateway's response type → (status, code of our catalogue). An unknown route is what AWS calls a missing
token; nobody but API Gateway itself answers 401 or 403 there, to requests that are signed or barred: "sign in again"."""

SMALLEST_COMPRESSED = 1024
"""Bytes from which an answer is compressed for a browser that takes gzip; below, the packing weighs what it saves."""

HEADERS = {"Cache-Control": "no-store", **STRICT}
"""With each of them."""


def error_body(code: str, request_id: str = "") -> dict[str, Any]:
    """`{"error": {"code", "message", "hint", "request_id", "fields"}}` for a code without gaps in its message."""
    return {
        "error": {
            "code": code,
            "message": message(code),
            "hint": hint(code),
            "request_id": request_id,
            "fields": {},
        }
    }
