"""`GET /healthz`: whether this process reaches its table."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint

from chalicelib.api.http import Asked, Joined, Router


def routes(joined: Joined) -> Blueprint:
    router = Router(__name__, joined)

    @router.get("/healthz")
    def healthz(asked: Asked) -> dict[str, Any]:
        asked.world.store.ping()
        return {"status": "ok"}

    return router.blueprint
