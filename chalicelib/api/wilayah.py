"""The picker's regions, one level at a time (never all 83,762 villages)."""

from __future__ import annotations

from typing import Any

from chalice.app import Response

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router
from chalicelib.api.shapes.wilayah import Regions
from chalicelib.errors import NotFound
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.get("/wilayah", action=Action.LOOK_UP, gives=Regions, query=("parent",), refuses=(400, 404))
    def list_regions(asked: Asked) -> Response:
        """Children of `?parent=`; without it the provinces. The table changes by decree: a day in caches is fine."""
        wanted = asked.query("parent")
        parent = None
        if wanted:
            code = RegionCode.parse(wanted)
            if not regions.exists(code):
                raise NotFound("TIDAK_DITEMUKAN")
            parent = {"code": str(code), "name": regions.name(code), "path": list(regions.path(code))}
        items = [{"code": code, "name": name} for code, name in regions.children(wanted)]
        body: dict[str, Any] = {"parent": parent, "items": items}
        kept: dict[str, str | list[str]] = {
            "Cache-Control": "public, max-age=86400",
            "Content-Type": "application/json",
        }
        return Response(body, kept)

    return router
