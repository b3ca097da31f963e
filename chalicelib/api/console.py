"""The administrator's console: who holds which office, and every change of that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from chalicelib.access.actors import Officer, Role
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.shapes.console import (
    Choices,
    Days,
    Denied,
    Invited,
    LastDay,
    Move,
    NewOffice,
    NewOfficer,
    PersonView,
    Reasoned,
    StaffPage,
)
from chalicelib.api.views.console import denial_view, person_view, place_view, row_view
from chalicelib.errors import BadInput
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices import appoint, look, sign_in
from chalicelib.offices.absence import end_leave, set_leave
from chalicelib.offices.invite import invite
from chalicelib.offices.person import LEVELS, LONGEST_ACTING, Person
from chalicelib.offices.personnel import Personnel


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined, prefix="/api/v1")
    _looking(router, joined.personnel)
    _offices(router, joined.personnel)
    _persons(router, joined.personnel)
    return router


def _shown(house: Personnel, officer: Officer, person: Person) -> dict[str, Any]:
    return person_view(officer, look.look_at(house, officer, person.id), house.now())


def _looking(router: Router, personnel: Callable[[], Personnel]) -> None:
    """What an administrator sees."""

    @router.get("/console/choices", action=Action.LIST_STAFF, gives=Choices, who=Who.OFFICER)
    def list_choices(asked: Asked) -> dict[str, Any]:
        """What the console's forms offer."""
        officer = asked.officer()
        require(officer, Action.LIST_STAFF, Subject())
        mine = [one for held in officer.mandates if held.role is Role.ADMINISTRATOR for one in held.regions]
        return {
            "regions": [place_view(code) for code in mine],
            "roles": [
                {"role": role.value, "label": message(f"PERAN_{role.value}"), "levels": list(levels)}
                for role, levels in LEVELS.items()
            ],
            "longest_acting": LONGEST_ACTING.days,
        }

    @router.get(
        "/console/staff", action=Action.LIST_STAFF, gives=StaffPage, who=Who.OFFICER, query=("cursor",)
    )
    def list_staff(asked: Asked) -> dict[str, Any]:
        """People with offices in the regions under the administrator's, by region."""
        officer = asked.officer()
        rows, cursor = look.list_staff(personnel(), officer, asked.query("cursor"))
        at = personnel().now()
        return {"items": [row_view(officer, region, person, at) for region, person in rows], "next": cursor}

    @router.get(
        "/console/staff/{officer_id}",
        action=Action.VIEW_STAFF,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404,),
    )
    def view_staff(asked: Asked, officer_id: str) -> dict[str, Any]:
        """One person: what they may do, since when, and every change of it."""
        officer = asked.officer()
        return person_view(officer, look.look_at(personnel(), officer, officer_id), personnel().now())

    @router.get(
        "/console/denials",
        action=Action.LIST_DENIALS,
        gives=Denied,
        who=Who.OFFICER,
        refuses=(400,),
        query=("day", "cursor"),
    )
    def list_denials(asked: Asked) -> dict[str, Any]:
        """What people in offices below were refused on a day (the office's own; without one: today)."""
        officer = asked.officer()
        day = day_asked(asked.query("day")) or look.today(personnel(), officer)
        found, following = look.list_denials(personnel(), officer, day, asked.query("cursor"))
        return {"day": day.isoformat(), "items": [denial_view(one) for one in found], "next": following}


def _offices(router: Router, personnel: Callable[[], Personnel]) -> None:
    """Who holds which office."""

    @router.post(
        "/console/staff",
        action=Action.INVITE,
        takes=NewOfficer,
        gives=Invited,
        who=Who.OFFICER,
        status=201,
        refuses=(409,),
    )
    def invite_officer(asked: Asked, sent: NewOfficer) -> dict[str, Any]:
        """An account for one person, with their first office and a password to hand over."""
        officer = asked.officer()
        person, password = invite(
            personnel(),
            officer,
            sent.username.strip().lower(),
            sent.name,
            sent.office(),
            sent.reason,
            asked.client_request(officer.id),
        )
        return {"officer": _shown(personnel(), officer, person), "temporary_password": password}

    @router.post(
        "/console/staff/{officer_id}/offices",
        action=Action.APPOINT,
        takes=NewOffice,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def give_office(asked: Asked, sent: NewOffice, officer_id: str) -> dict[str, Any]:
        """One office more, also an acting one (Plt)."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        return _shown(
            personnel(),
            officer,
            appoint.give(personnel(), officer, officer_id, sent.office(), sent.reason, request),
        )

    @router.post(
        "/console/staff/{officer_id}/offices/{office_id}/end",
        action=Action.APPOINT,
        takes=LastDay,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def end_office(asked: Asked, sent: LastDay, officer_id: str, office_id: str) -> dict[str, Any]:
        """An office's last day; without one it ends at once."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}:{office_id}")
        return _shown(
            personnel(),
            officer,
            appoint.end(personnel(), officer, officer_id, office_id, sent.last_day, sent.reason, request),
        )

    @router.post(
        "/console/staff/{officer_id}/offices/{office_id}/move",
        action=Action.APPOINT,
        takes=Move,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def move_office(asked: Asked, sent: Move, officer_id: str, office_id: str) -> dict[str, Any]:
        """The same office in other regions from a day on; the old one ends the day before."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}:{office_id}")
        places = [RegionCode.parse(code) for code in sent.regions]
        return _shown(
            personnel(),
            officer,
            appoint.move(
                personnel(), officer, officer_id, office_id, places, sent.begins, sent.reason, request
            ),
        )


def _persons(router: Router, personnel: Callable[[], Personnel]) -> None:
    """What touches the person and not one office: leave, the account, the sign-in."""

    @router.post(
        "/console/staff/{officer_id}/leaves",
        action=Action.SET_LEAVE,
        takes=Days,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def give_leave(asked: Asked, sent: Days, officer_id: str) -> dict[str, Any]:
        """Days away, during which no office counts."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        return _shown(
            personnel(),
            officer,
            set_leave(personnel(), officer, officer_id, sent.begins, sent.last_day, sent.reason, request),
        )

    @router.post(
        "/console/staff/{officer_id}/leaves/{leave_id}/end",
        action=Action.SET_LEAVE,
        takes=Reasoned,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def stop_leave(asked: Asked, sent: Reasoned, officer_id: str, leave_id: str) -> dict[str, Any]:
        """Back at work from today on."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}:{leave_id}")
        return _shown(
            personnel(), officer, end_leave(personnel(), officer, officer_id, leave_id, sent.reason, request)
        )

    @router.post(
        "/console/staff/{officer_id}/deactivation",
        action=Action.SET_ACTIVE,
        takes=Reasoned,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def deactivate_officer(asked: Asked, sent: Reasoned, officer_id: str) -> dict[str, Any]:
        """The account is shut at once; running sessions end."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        return _shown(
            personnel(), officer, sign_in.deactivate(personnel(), officer, officer_id, sent.reason, request)
        )

    @router.post(
        "/console/staff/{officer_id}/reactivation",
        action=Action.SET_ACTIVE,
        takes=Reasoned,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def reactivate_officer(asked: Asked, sent: Reasoned, officer_id: str) -> dict[str, Any]:
        """The account can be used again; sessions from before stay ended."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        return _shown(
            personnel(), officer, sign_in.reactivate(personnel(), officer, officer_id, sent.reason, request)
        )

    @router.post(
        "/console/staff/{officer_id}/second-factor/reset",
        action=Action.RESET_SIGN_IN,
        takes=Reasoned,
        gives=PersonView,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def reset_second_factor(asked: Asked, sent: Reasoned, officer_id: str) -> dict[str, Any]:
        """For a lost telephone: the next sign-in sets up the second factor anew."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        return _shown(
            personnel(),
            officer,
            sign_in.reset_second_factor(personnel(), officer, officer_id, sent.reason, request),
        )

    @router.post(
        "/console/staff/{officer_id}/password/reset",
        action=Action.RESET_SIGN_IN,
        takes=Reasoned,
        gives=Invited,
        who=Who.OFFICER,
        refuses=(404, 409),
    )
    def reset_password(asked: Asked, sent: Reasoned, officer_id: str) -> dict[str, Any]:
        """A password for one sign-in, to be handed over in person."""
        officer = asked.officer()
        request = asked.client_request(f"{officer.id}:{officer_id}")
        person, password = sign_in.reset_password(personnel(), officer, officer_id, sent.reason, request)
        return {"officer": _shown(personnel(), officer, person), "temporary_password": password}


def day_asked(text: str | None) -> date | None:
    """BadInput TANGGAL_SALAH."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("TANGGAL_SALAH") from None
