"""What an administrator is shown of people and their offices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from chalicelib.access.actors import Officer
from chalicelib.access.denials import Denial
from chalicelib.access.policy import Action, Subject, allow
from chalicelib.api.views.pieces import on_day
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.messages import known, message
from chalicelib.offices.changes import Change
from chalicelib.offices.days import day_in
from chalicelib.offices.look import Rattled, Record
from chalicelib.offices.person import Office, Person
from chalicelib.usulan.events import Event

_COMINGS = frozenset({Change.SIGNED_IN, Change.SIGNED_OUT, Change.SESSION_ENDED})
"""Whoever administers somebody sees changes, not each coming and going; the chain holds both."""


def place_view(code: RegionCode) -> dict[str, str]:
    return {"code": str(code), "name": regions.name(code)}


def office_view(actor: Officer, office: Office, at: datetime) -> dict[str, Any]:
    state = "berlaku" if office.in_force(at) else "berakhir" if office.ended(at) else "nanti"
    return {
        "office_id": office.id,
        "role": office.role.value,
        "role_label": message(f"PERAN_{office.role.value}"),
        "regions": [place_view(code) for code in office.regions],
        "kind": office.kind.value,
        "kind_label": message(f"JENIS_{office.kind.value}"),
        "begins": office.begins.isoformat(),
        "last_day": office.last_day.isoformat() if office.last_day else None,
        "state": state,
        "state_label": message(f"JABATAN_{state}"),
        "mine": state != "berakhir" and _all_mine(actor, Action.APPOINT, office.regions),
    }


def row_view(actor: Officer, region: RegionCode, person: Person, at: datetime) -> dict[str, Any]:
    """One person as the list shows them for one region: the offices there that have not ended."""
    here = [office for office in person.offices if region in office.regions]
    standing = [office for office in here if not office.ended(at)] or here[-1:]
    return {
        "officer_id": person.id,
        "name": person.name,
        "region": place_view(region),
        "offices": [office_view(actor, office, at) for office in standing],
        **_duty(person, at),
    }


def person_view(actor: Officer, record: Record, at: datetime) -> dict[str, Any]:
    person = record.person
    offices = sorted(person.offices, key=lambda office: (office.ended(at), office.begins, office.id))
    today = day_in(person.places(at)[0], at)
    whole = actor.id != person.id
    can = {
        "appoint": whole,
        "leave": whole and _all_mine(actor, Action.SET_LEAVE, person.places(at)),
        "activate": whole and _all_mine(actor, Action.SET_ACTIVE, person.places(at)),
        "reset_sign_in": whole and _all_mine(actor, Action.RESET_SIGN_IN, person.places(at)),
    }
    return {
        "officer_id": person.id,
        "name": person.name,
        "username": person.username,
        "active": person.active,
        "second_factor": person.second_factor,
        **_duty(person, at),
        "powers": [office_view(actor, office, at) for office in person.counting(at)],
        "offices": [office_view(actor, office, at) for office in offices],
        "leaves": [
            {
                "leave_id": leave.id,
                "begins": leave.begins.isoformat(),
                "last_day": leave.last_day.isoformat(),
                "over": leave.last_day < today,
            }
            for leave in person.leaves
        ],
        "history": [
            _change_view(event, record) for event in reversed(record.events) if event.action not in _COMINGS
        ],
        "can": [name for name, may in can.items() if may],
    }


def denial_view(rattled: Rattled) -> dict[str, Any]:
    denial = rattled.denial
    return {
        "at": denial.at.isoformat(),
        "action": denial.action,
        "action_label": _action_label(denial),
        "case_number": denial.case or None,
        "about": _about(rattled),
        "officer_id": rattled.person.id,
        "name": rattled.person.name,
    }


def _about(rattled: Rattled) -> str | None:
    if rattled.about is not None:
        return rattled.about.name
    return message("AKUN_DI_LUAR_WILAYAH") if rattled.denial.account else None


def _action_label(denial: Denial) -> str:
    """What was asked for, and why it was refused where that is not just a missing right: `Masuk (kata sandi salah)`. An
    action whose words are still missing is told by its name."""
    action, why = f"TINDAKAN_{denial.action}", f"SEBAB_{denial.why}"
    label = message(action) if known(action) else denial.action
    return f"{label} ({message(why)})" if known(why) else label


def _all_mine(actor: Officer, action: Action, places: Iterable[RegionCode]) -> bool:
    return all(allow(actor, action, Subject(region=place)) for place in places)


def _duty(person: Person, at: datetime) -> dict[str, str]:
    if not person.active:
        duty = "nonaktif"
    elif person.counting(at):
        duty = "menjabat"
    else:
        away = any(office.in_force(at) and person.on_leave(office.day(at)) for office in person.offices)
        duty = "cuti" if away else "tanpa"
    return {"duty": duty, "duty_label": message(f"TUGAS_{duty}")}


def _change_view(event: Event, record: Record) -> dict[str, Any]:
    change = Change(event.action)
    own = event.actor == record.person.id
    return {
        "at": event.at.isoformat(),
        "action": event.action,
        "label": message(f"PERUBAHAN_{change.name}"),
        "by": record.person.name if own else record.names.get(event.actor) or message("OLEH_SISTEM"),
        "reason": _reason(event),
        "detail": _detail(event),
    }


def _reason(event: Event) -> str:
    """In the words of who gave it; the system gives a code."""
    reason = str(event.private.get("reason", ""))
    return message(reason) if event.actor.startswith("system:") and known(reason) else reason


def _detail(event: Event) -> str | None:
    """`Operator desa/kelurahan, Katapiang, Tetap, 22 November 2026 – 31 Desember 2026`; of leave its days."""
    told = {**event.detail, **event.private}
    if "begins" not in told:
        return None
    days = on_day(date.fromisoformat(told["begins"]))
    if told["last_day"]:
        days += " – " + on_day(date.fromisoformat(told["last_day"]))
    else:
        days = message("MULAI", tanggal=days)
    if "role" not in told:
        return days
    places = ", ".join(regions.name(code) for code in told["regions"].split())
    return f"{message('PERAN_' + told['role'])}, {places}, {message('JENIS_' + told['kind'])}, {days}"
