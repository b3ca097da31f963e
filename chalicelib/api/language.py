"""Which language a person reads: Indonesian, or English once they have asked for it.

What the browser says of itself (`Accept-Language`) counts for nothing: many telephones here are set to English by
accident. The choice is one word in a cookie of its own: it says nothing of the person, opens nothing, and goes in a year.
"""

from __future__ import annotations

from chalice.app import Response

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router
from chalicelib.api.pages import NAMES
from chalicelib.api.spoken import kept
from chalicelib.errors import NotFound
from chalicelib.messages import Language


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    @router.get("/bahasa/{language}", action=Action.LOOK_UP, query=("ke",))
    def choose_language(asked: Asked, language: str) -> Response:
        """Keeps the choice and goes back to the page it was made on: one of ours by its name, else the first."""
        if language not in set(Language):
            raise NotFound("TIDAK_DITEMUKAN")
        page = asked.query("ke") or ""
        target = page if page in NAMES else ""
        headers: dict[str, str | list[str]] = {
            "Location": f"../{target}",
            "Set-Cookie": kept(Language(language)),
            "Cache-Control": "no-store",
        }
        return Response("", headers, 303)

    return router
