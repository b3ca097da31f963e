"""An administrator invites somebody: an account, its first office, and a password to hand over in person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chalicelib.access.actors import Officer, Role
from chalicelib.access.policy import Action
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices.appoint import new_office
from chalicelib.offices.changes import Change, described
from chalicelib.offices.days import day_in
from chalicelib.offices.person import Kind, Office, Person, checked
from chalicelib.offices.personnel import Personnel, Step, done_before, reason_given, require_regions
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.store import ClientRequest

_USERNAME = re.compile(r"[a-z][a-z0-9]*([._-][a-z0-9]+)*")
_MANY_DIGITS = re.compile(r"\d{6}")


def invite(
    house: Personnel,
    actor: Officer,
    username: str,
    name: str,
    office: Office,
    reason: str,
    request: ClientRequest,
) -> tuple[Person, str]:
    """(the person on record, a password for the first sign-in). Repeating the request gives the same person and a new
    password, for the first may have been lost on the line. Conflict NAMA_PENGGUNA_DIPAKAI: a user name is somebody's for
    ever. BadInput ISIAN_SALAH names what does not fit."""
    require_regions(actor, Action.INVITE, office.regions)
    known = done_before(house, request)
    if known is not None:
        return house.staff.load(known), house.accounts.temporary_password(username)
    return _invited(house, actor.id, username, name, office, reason, request)


def invite_first(house: Personnel, username: str, name: str, region: RegionCode) -> tuple[Person, str]:
    """The first administrator of a region, from the command line of whoever runs the system. As `invite`, but nobody on
    record stands behind it: the chain says `system:command`. Conflict SUDAH_ADA_ADMIN: the region, or one above it, has
    or had one; a gone one is replaced by two people (`recover.py`), for one alone could put anybody in."""
    office = new_office(Role.ADMINISTRATOR, [region], Kind.TETAP, day_in(region, house.now()), None)
    checked_name(username, name)
    checked(office, office.begins)
    places = [region.at(level) for level in range(1, region.level + 1)]
    if house.staff.holder(username) is None and any(administrators(house, place) for place in places):
        raise Conflict("SUDAH_ADA_ADMIN")
    return _invited(house, "system:command", username, name, office, "ADMIN_PERTAMA", None)


def administrators(house: Personnel, region: RegionCode) -> Sequence[Person]:
    """Everybody who ever was administrator of exactly this region."""
    people = house.staff.people(house.staff.at(region))
    return [
        person
        for person in people.values()
        if any(office.role is Role.ADMINISTRATOR and region in office.regions for office in person.offices)
    ]


def _invited(
    house: Personnel,
    by: str,
    username: str,
    name: str,
    office: Office,
    reason: str,
    request: ClientRequest | None,
) -> tuple[Person, str]:
    at = house.now()
    checked_name(username, name)
    checked(office, office.day(at))
    why = reason_given(reason)
    if house.staff.holder(username) is not None:
        raise Conflict("NAMA_PENGGUNA_DIPAKAI")
    subject = house.accounts.create(username)
    invited = Person(subject, username, " ".join(name.split()), (office,))
    event = NewEvent(Change.INVITED, by, described(office), {"reason": why})
    person = house.staff.create(Step(invited, [event]), at, request)
    return person, house.accounts.temporary_password(username)


def checked_name(username: str, name: str) -> None:
    """BadInput ISIAN_SALAH: a user name of 3 to 40 small letters, digits, dots and dashes; no number of a document in it;
    a name of 3 to 80 signs."""
    wrong = {}
    if not (3 <= len(username) <= 40 and _USERNAME.fullmatch(username)) or _MANY_DIGITS.search(username):
        wrong["username"] = message("NAMA_PENGGUNA_SALAH")
    if not 3 <= len(" ".join(name.split())) <= 80 or re.search(r"\d", name):
        wrong["name"] = message("NAMA_PETUGAS_SALAH")
    if wrong:
        raise BadInput("ISIAN_SALAH", fields=wrong)
