"""The kiosk's routes: opened by the village's operator, and from then on good for the next citizen's case alone."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.access import kiosk_pass
from chalicelib.access.actors import Kiosk
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api import own_page
from chalicelib.api.counter import Begun
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.citizen import DraftMade
from chalicelib.api.shapes.counter import KioskOpen
from chalicelib.api.views.citizen import case_view
from chalicelib.counter.assist import counter_of
from chalicelib.counter.kiosk import begin_alone
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.offices.kiosk import LIFE, open_kiosk
from chalicelib.offices.sessions import device_of


class Chosen(BaseModel):
    model_config = ConfigDict(extra="forbid")
    village: str = Field(max_length=20)


def _open_view(counter: RegionCode) -> dict[str, Any]:
    return {"village": {"code": str(counter), "name": regions.name(counter)}}


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.post(
        "/counter/kiosk", action=Action.OPEN_KIOSK, takes=Chosen, gives=KioskOpen, who=Who.OFFICER, status=201
    )
    def open_for_all(asked: Asked, chosen: Chosen) -> dict[str, Any]:
        """This browser becomes the kiosk of a village's counter: its officer's session ends, a kiosk's begins."""
        officer, present = asked.officer(), asked.session()
        counter = counter_of(officer, Action.OPEN_KIOSK, chosen.village)
        house = joined.personnel()
        made = kiosk_pass.given(asked.world.digests, officer.id, house.now() + LIFE)
        open_kiosk(house, officer, present, made, counter, device_of(asked.header("user-agent")))
        asked.tells["Set-Cookie"] = own_page.given(made.token)
        return _open_view(counter)

    @router.get("/counter/kiosk", action=Action.SERVE_SELF, gives=KioskOpen, who=Who.KIOSK)
    def view_kiosk(asked: Asked) -> dict[str, Any]:
        """Whose counter this kiosk is; nothing of who opened it."""
        kiosk = asked.kiosk()
        require(kiosk, Action.SERVE_SELF, Subject(region=kiosk.counter))
        return _open_view(kiosk.counter)

    @router.post(
        "/counter/kiosk/cases",
        action=Action.SERVE_SELF,
        takes=Begun,
        gives=DraftMade,
        who=Who.KIOSK,
        status=201,
        refuses=(409, 429),
    )
    def begin_at_kiosk(asked: Asked, begun: Begun) -> dict[str, Any]:
        """Begin a draft at the kiosk, by a citizen whom nobody helps."""
        kiosk: Kiosk = asked.kiosk()
        request = asked.client_request(kiosk.id)
        made = begin_alone(asked.world, kiosk, begun.target, begun.village, request)
        return {**made, "case": case_view(asked.world, asked.world.store.load(made["case_number"]))}

    return router
