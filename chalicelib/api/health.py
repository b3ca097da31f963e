"""`GET /healthz`: whether this process reaches its table."""

from __future__ import annotations

from typing import Any

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router
from chalicelib.api.shapes.shared import Health


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    @router.get("/healthz", action=Action.LOOK_UP, gives=Health)
    def healthz(asked: Asked) -> dict[str, Any]:
        """Whether this process reaches its table."""
        asked.world.store.ping()
        return {"status": "ok"}

    return router
