"""Oversight: an administrator goes through the days of the officers below, and sees which requests wait too long."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.access.policy import Action, Subject, require
from chalicelib.api.console import day_asked
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.oversight import LateRows, OpenedDay, WatchedDay, WatchedDays, WentThrough
from chalicelib.api.views.oversight import day_view, late_view, opened_view
from chalicelib.errors import BadInput
from chalicelib.identity.region import RegionCode
from chalicelib.offices import look, oversight


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")

    @router.get(
        "/console/oversight",
        action=Action.LIST_LOOKS,
        gives=WatchedDays,
        who=Who.OFFICER,
        refuses=(400,),
        query=("day", "cursor"),
    )
    def list_watched(asked: Asked) -> dict[str, Any]:
        """What officers below looked at, searched for and were refused on a day (without one: today), in numbers."""
        officer, house = asked.officer(), joined.personnel()
        day = day_asked(asked.query("day")) or look.today(house, officer)
        found, following = oversight.list_days(house, officer, day, asked.query("cursor"))
        return {
            "day": day.isoformat(),
            "items": [day_view(officer, one) for one in found],
            "next": following,
        }

    @router.get(
        "/console/oversight/{officer_id}",
        action=Action.VIEW_LOOKS,
        gives=OpenedDay,
        who=Who.OFFICER,
        refuses=(400, 404),
        query=("office", "day", "cursor"),
    )
    def view_watched(asked: Asked, officer_id: str) -> dict[str, Any]:
        """One officer's day in one office: each look with its reason, each search with how much it found."""
        officer, house = asked.officer(), joined.personnel()
        require(officer, Action.VIEW_LOOKS, Subject())
        office, day = RegionCode.parse(asked.query("office") or ""), _day(asked.query("day"))
        opened = oversight.open_day(
            house, asked.world.store, officer, officer_id, office, day, asked.query("cursor")
        )
        return opened_view(officer, opened)

    @router.post(
        "/console/oversight/{officer_id}/seen",
        action=Action.MARK_SEEN,
        takes=WentThrough,
        gives=WatchedDay,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def mark_watched(asked: Asked, sent: WentThrough, officer_id: str) -> dict[str, Any]:
        """The administrator went through that day; who, when and what they made of it stands in the officer's chain."""
        officer, office = asked.officer(), RegionCode.parse(sent.office)
        request = asked.client_request(f"{officer.id}:{officer_id}")
        seen = oversight.mark_seen(
            joined.personnel(), officer, officer_id, office, sent.day, sent.up_to, sent.reason, request
        )
        return day_view(officer, seen)

    @router.get("/console/late", action=Action.LIST_LATE, gives=LateRows, who=Who.OFFICER, query=("cursor",))
    def list_late(asked: Asked) -> dict[str, Any]:
        """Requests about data in the villages below that nobody answered within 72 hours."""
        officer, house = asked.officer(), joined.personnel()
        late, following = oversight.list_late(house, asked.world.store, officer, asked.query("cursor"))
        return {"items": [late_view(one, house.now()) for one in late], "next": following}

    return router


def _day(text: str | None) -> date:
    """BadInput TANGGAL_SALAH, also for none."""
    day = day_asked(text)
    if day is None:
        raise BadInput("TANGGAL_SALAH")
    return day
