"""The routes. Each asks the world for one use case and turns the answer into JSON; no rule lives here."""

from __future__ import annotations

from typing import Any

from chalicelib.api import (
    console,
    contact,
    desk,
    health,
    pages,
    requests,
    rights,
    search,
    session,
    status,
    unmasking,
    usulan,
    wilayah,
)
from chalicelib.api.http import Joined, Router


def routers(joined: Joined, authorizer: Any) -> list[Router]:
    """All that the API offers; the routes of officers stand behind `authorizer`."""
    return [
        usulan.routes(joined),
        contact.routes(joined),
        rights.routes(joined),
        wilayah.routes(joined),
        session.routes(joined, authorizer),
        desk.routes(joined, authorizer),
        console.routes(joined, authorizer),
        unmasking.routes(joined, authorizer),
        search.routes(joined, authorizer),
        requests.routes(joined, authorizer),
        pages.routes(joined),
        status.routes(joined),
        health.routes(joined),
    ]
