"""Headers of every answer, whoever gives it: a route, the gateway, the one-machine stack.

`ON_ALL`: browsers must not guess types, must come by TLS for a year to come (ASVS 3.4.1), must tell no other site where
they came from, and must let no other site embed what they got. `ON_DATA`: for answers that are neither page nor part of
one, where nothing at all may be loaded or framed. Pages have a policy of their own (`pages.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

ON_ALL: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ON_DATA: Mapping[str, str] = {
    **ON_ALL,
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}
