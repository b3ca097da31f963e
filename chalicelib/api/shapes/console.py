"""The shapes of the administrator's console: what it sends, then what it is shown."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.access.actors import Role
from chalicelib.api.shapes.shared import Region, Shape, Time
from chalicelib.identity.region import RegionCode
from chalicelib.offices.appoint import new_office
from chalicelib.offices.person import MOST_REGIONS, Kind, Office

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
"""A date in the office's region; the last day is included."""
Codes = Annotated[list[Annotated[str, Field(max_length=13)]], Field(min_length=1, max_length=MOST_REGIONS)]
Duty = Literal["menjabat", "cuti", "nonaktif", "tanpa"]


class Reasoned(Shape):
    reason: str = Field(max_length=400)


class NewOffice(Reasoned):
    role: Role
    regions: Codes
    kind: Kind
    begins: date
    last_day: date | None = None

    def office(self) -> Office:
        """BadInput WILAYAH_SALAH."""
        places = tuple(RegionCode.parse(code) for code in self.regions)
        return new_office(self.role, places, self.kind, self.begins, self.last_day)


class NewOfficer(NewOffice):
    username: str = Field(max_length=60)
    name: str = Field(max_length=120)


class LastDay(Reasoned):
    last_day: date | None = None


class Move(Reasoned):
    regions: Codes
    begins: date


class Days(Reasoned):
    begins: date
    last_day: date


class OfficeView(Shape):
    office_id: str
    role: str
    role_label: str
    regions: list[Region]
    kind: Literal["tetap", "plt"]
    kind_label: str
    begins: Day
    last_day: Day | None
    state: Literal["berlaku", "nanti", "berakhir"]
    state_label: str
    mine: bool
    """Whether this administrator may end or move it."""


class StaffRow(Shape):
    officer_id: str
    name: str
    region: Region
    offices: list[OfficeView]
    duty: Duty
    duty_label: str


class StaffPage(Shape):
    items: list[StaffRow]
    next: str | None


class LeaveView(Shape):
    leave_id: str
    begins: Day
    last_day: Day
    over: bool


class ChangeView(Shape):
    at: Time
    action: str
    label: str
    by: str
    reason: str
    detail: str | None


class PersonView(Shape):
    """`powers` is what the person may act as now, and since when; `history` is newest first."""

    officer_id: str
    name: str
    username: str
    active: bool
    second_factor: bool
    duty: Duty
    duty_label: str
    powers: list[OfficeView]
    offices: list[OfficeView]
    leaves: list[LeaveView]
    history: list[ChangeView]
    can: list[Literal["appoint", "leave", "activate", "reset_sign_in"]]


class Invited(Shape):
    """The password is shown once, to be handed over in person; it is good for one sign-in within seven days."""

    officer: PersonView
    temporary_password: str


class RoleChoice(Shape):
    role: str
    label: str
    levels: list[int]


class Choices(Shape):
    """What the forms offer: the administrator's own regions, and the roles with the levels of their regions."""

    regions: list[Region]
    roles: list[RoleChoice]
    longest_acting: int


class DenialView(Shape):
    at: Time
    action: str
    action_label: str
    case_number: str | None
    about: str | None
    """The officer whom it was about, where the request named one: by name, or that he is not of these regions."""
    officer_id: str
    name: str


class Denied(Shape):
    day: Day
    items: list[DenialView]
    next: str | None
