"""Headers of every answer, refusals too, whoever gives it: a route, the gateway, the one-machine stack."""

from __future__ import annotations

from collections.abc import Mapping

STRICT: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing may be loaded or framed, types are not guessed, TLS for a year to come; a page says for itself what it may do
more (`pages.py`)."""
