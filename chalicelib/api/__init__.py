"""The routes. Each asks the world for one use case and turns the answer into JSON; no rule lives here."""

from __future__ import annotations

from chalicelib.api import (
    account,
    console,
    contact,
    counter,
    counter_list,
    desk,
    draft,
    health,
    kiosk,
    language,
    oversight,
    pages,
    plain,
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


def routers(joined: Joined) -> list[Router]:
    """All that the API offers."""
    return [
        usulan.routes(joined),
        draft.routes(joined),
        contact.routes(joined),
        rights.routes(joined),
        wilayah.routes(joined),
        session.routes(joined),
        account.routes(joined),
        desk.routes(joined),
        counter.routes(joined),
        counter_list.routes(joined),
        kiosk.routes(joined),
        console.routes(joined),
        oversight.routes(joined),
        unmasking.routes(joined),
        search.routes(joined),
        requests.routes(joined),
        pages.routes(joined),
        status.routes(joined),
        plain.routes(joined),
        language.routes(joined),
        health.routes(joined),
    ]
