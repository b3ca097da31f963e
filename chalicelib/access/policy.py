"""The one table of who may do what, and the one function that reads it. What no row grants is denied.

A row grants an *action* to a *role* within a *scope*, at the *stages* it names (empty: at any, and for cases at none).
Scopes: `any` (no case needed), `own` (the case whose secret the citizen proved), `region` (cases whose village lies under
one of the officer's region codes; without a case: the officer's own regions), `below` (offices and people whose region
lies under one of the officer's region codes and is not that region itself: who appoints stands one level up). A row that
names `fields` grants the action on personal fields of these classes only, one field at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.access.actors import Actor, Citizen, Kiosk, Mandate, Officer, Role, Stranger, System
from chalicelib.access.fields import FieldClass
from chalicelib.errors import Forbidden, NotSignedIn
from chalicelib.identity.region import RegionCode


class Action(StrEnum):
    LOOK_UP = "public.look_up"
    SIGN_IN = "session.start"
    VIEW_SELF = "session.view"
    MANAGE_SELF = "session.manage"
    START = "usulan.start"
    VIEW_OWN = "usulan.view"
    ADD_PHOTO = "usulan.photo"
    SUBMIT = "usulan.submit"
    SET_CONTACT = "usulan.contact"
    SAVE_ANSWERS = "usulan.answers"
    ASSIST = "counter.assist"
    ENTER_LIST = "counter.list"
    OPEN_KIOSK = "counter.kiosk"
    SERVE_SELF = "counter.self"
    PROCESS = "usulan.process"
    LIST_DESK = "desk.list"
    SEARCH = "case.search"
    CLAIM = "desk.claim"
    VIEW_CASE = "case.view"
    VIEW_PERSONAL = "case.view_personal"
    UNMASK = "case.unmask"
    CORRECT = "case.correct"
    DECIDE = "case.decide"
    RESOLVE_BARKOT = "barkot.resolve"
    LIST_STAFF = "staff.list"
    VIEW_STAFF = "staff.view"
    INVITE = "staff.invite"
    APPOINT = "staff.appoint"
    SET_LEAVE = "staff.leave"
    SET_ACTIVE = "staff.activate"
    RESET_SIGN_IN = "staff.reset_sign_in"
    LIST_DENIALS = "staff.denials"
    LIST_LOOKS = "oversight.list"
    VIEW_LOOKS = "oversight.view"
    MARK_SEEN = "oversight.seen"
    LIST_LATE = "oversight.late"
    USE_RIGHTS = "rights.use"
    RECORD_RIGHTS = "rights.record"
    LIST_RIGHTS = "rights.list"
    DECIDE_RIGHTS = "rights.decide"
    DECIDE_ERASURE = "rights.decide_erasure"


class Scope(StrEnum):
    ANY = "any"
    OWN = "own"
    REGION = "region"
    BELOW = "below"


@dataclass(frozen=True)
class Grant:
    role: Role
    action: Action
    scope: Scope
    stages: frozenset[str] = frozenset()
    fields: frozenset[FieldClass] = frozenset()


@dataclass(frozen=True)
class Subject:
    """What the action is done to. `region` is the village of the case; `stage` the stage it stands at; `field` the class
    of the one field that is asked for."""

    case_number: str | None = None
    region: RegionCode | None = None
    stage: str | None = None
    field: FieldClass | None = None


def _grants(
    role: Role,
    scope: Scope,
    *actions: Action,
    stages: frozenset[str] = frozenset(),
    fields: frozenset[FieldClass] = frozenset(),
) -> list[Grant]:
    return [Grant(role, action, scope, stages, fields) for action in actions]


_REVIEW = (Action.CLAIM, Action.VIEW_PERSONAL, Action.CORRECT, Action.DECIDE)
_DESK = (Action.LIST_DESK, Action.SEARCH, Action.VIEW_CASE, Action.RESOLVE_BARKOT)
_STAFF = (
    Action.LIST_STAFF,
    Action.VIEW_STAFF,
    Action.INVITE,
    Action.APPOINT,
    Action.SET_LEAVE,
    Action.SET_ACTIVE,
    Action.RESET_SIGN_IN,
    Action.LIST_DENIALS,
)
_OVERSIGHT = (Action.LIST_LOOKS, Action.VIEW_LOOKS, Action.MARK_SEEN, Action.LIST_LATE)
_VILLAGE = frozenset({"desa"})
_SOCIAL_OFFICE = frozenset({"dinsos"})

_ALL_FIELDS = frozenset(FieldClass)
_TO_FIND_A_HOUSE = frozenset({FieldClass.NAME, FieldClass.ADDRESS})
_REVIEWERS = (Role.VILLAGE_OPERATOR, Role.VILLAGE_HEAD, Role.DINSOS_VERIFIER, Role.DINSOS_HEAD)

_OFFICES = tuple(role for role in Role if role not in (Role.CITIZEN, Role.KIOSK, Role.SYSTEM))

POLICY: tuple[Grant, ...] = (
    *_grants(Role.CITIZEN, Scope.ANY, Action.LOOK_UP, Action.SIGN_IN, Action.START),
    *_grants(Role.CITIZEN, Scope.OWN, Action.VIEW_OWN, Action.ADD_PHOTO, Action.SUBMIT, Action.USE_RIGHTS),
    *_grants(Role.CITIZEN, Scope.OWN, Action.SET_CONTACT, Action.SAVE_ANSWERS),
    *(
        grant
        for role in _OFFICES
        for grant in _grants(role, Scope.REGION, Action.VIEW_SELF, Action.MANAGE_SELF)
    ),
    *_grants(Role.FIELD_OFFICER, Scope.REGION, Action.VIEW_CASE, Action.RESOLVE_BARKOT),
    # Agents act for who has no telephone: PKH, TKSK and others who visit, and the village operator (DOMAIN 1, AGENT;
    # 2.4). Who heads the village or works at the social office decides, and so does not help: four eyes.
    *_grants(Role.FIELD_OFFICER, Scope.REGION, Action.ASSIST),
    *_grants(Role.VILLAGE_OPERATOR, Scope.REGION, Action.ASSIST),
    # Lists of a village's people lie with its operator, who enters and mends them (DOMAIN 1: input, NIK ganda).
    *_grants(Role.VILLAGE_OPERATOR, Scope.REGION, Action.ENTER_LIST),
    # A screen that stands free in the office is the operator's to open; what it then is may begin cases at its counter,
    # and nothing else.
    *_grants(Role.VILLAGE_OPERATOR, Scope.REGION, Action.OPEN_KIOSK),
    *_grants(Role.KIOSK, Scope.REGION, Action.SERVE_SELF),
    *_grants(Role.VILLAGE_OPERATOR, Scope.REGION, *_DESK),
    *_grants(Role.VILLAGE_OPERATOR, Scope.REGION, *_REVIEW, stages=_VILLAGE),
    *_grants(Role.VILLAGE_HEAD, Scope.REGION, *_DESK),
    *_grants(Role.VILLAGE_HEAD, Scope.REGION, *_REVIEW, stages=_VILLAGE),
    *_grants(Role.DINSOS_VERIFIER, Scope.REGION, *_DESK),
    *_grants(Role.DINSOS_VERIFIER, Scope.REGION, *_REVIEW, stages=_SOCIAL_OFFICE),
    *_grants(Role.DINSOS_HEAD, Scope.REGION, *_DESK),
    *_grants(Role.DINSOS_HEAD, Scope.REGION, *_REVIEW, stages=_SOCIAL_OFFICE),
    *_grants(Role.ADMINISTRATOR, Scope.BELOW, *_STAFF, *_OVERSIGHT),
    *_grants(Role.FIELD_OFFICER, Scope.REGION, Action.UNMASK, fields=_TO_FIND_A_HOUSE),
    *(
        grant
        for role in _REVIEWERS
        for grant in _grants(role, Scope.REGION, Action.UNMASK, fields=_ALL_FIELDS)
    ),
    *(
        grant
        for role in (Role.FIELD_OFFICER, *_REVIEWERS)
        for grant in _grants(role, Scope.REGION, Action.RECORD_RIGHTS)
    ),
    *_grants(Role.DINSOS_VERIFIER, Scope.REGION, Action.LIST_RIGHTS, Action.DECIDE_RIGHTS),
    *_grants(Role.DINSOS_HEAD, Scope.REGION, Action.LIST_RIGHTS, Action.DECIDE_RIGHTS, Action.DECIDE_ERASURE),
    *_grants(Role.SYSTEM, Scope.ANY, Action.PROCESS),
)


def mandates_of(actor: Actor) -> tuple[Mandate, ...]:
    """What the actor may act as. Strangers may do what any citizen may: begin a case of their own."""
    match actor:
        case Stranger() | Citizen():
            return (Mandate(Role.CITIZEN, ()),)
        case Officer():
            return actor.mandates
        case Kiosk():
            return (Mandate(Role.KIOSK, (actor.counter,)),)
        case System():
            return (Mandate(Role.SYSTEM, ()),)


def _in_scope(actor: Actor, mandate: Mandate, scope: Scope, subject: Subject) -> bool:
    if scope is Scope.ANY:
        return True
    if scope is Scope.OWN:
        return isinstance(actor, Citizen) and actor.case_number == subject.case_number
    if subject.case_number is None and subject.region is None:
        return bool(mandate.regions)
    if subject.region is None:
        return False
    return mandate.above(subject.region) if scope is Scope.BELOW else mandate.covers(subject.region)


def allow(actor: Actor, action: Action, subject: Subject) -> bool:
    """Whether some row of the table grants `action` on `subject` to `actor`."""
    return any(
        grant.role is mandate.role
        and grant.action is action
        and (not grant.stages or subject.stage in grant.stages)
        and (not grant.fields or subject.field in grant.fields)
        and _in_scope(actor, mandate, grant.scope, subject)
        for mandate in mandates_of(actor)
        for grant in POLICY
    )


def office_for(officer: Officer, action: Action, subject: Subject) -> Mandate:
    """The office by which the table allows it, with the one region of it that covers the subject; of several the
    narrowest. Forbidden: none does."""
    single = [Mandate(held.role, (region,)) for held in officer.mandates for region in held.regions]
    fitting = [
        one
        for one in single
        if allow(replace(officer, role=one.role, regions=one.regions, also=()), action, subject)
    ]
    if not fitting:
        raise Forbidden("TIDAK_BERWENANG")
    return max(fitting, key=lambda one: one.regions[0].level)


def require(actor: Actor, action: Action, subject: Subject) -> None:
    """Raise `NotSignedIn` for a stranger and `Forbidden` for anyone else whom the table does not allow."""
    if allow(actor, action, subject):
        return
    if isinstance(actor, Stranger):
        raise NotSignedIn("BELUM_MASUK")
    raise Forbidden("TIDAK_BERWENANG")


def stages_of(mandate: Mandate) -> frozenset[str]:
    """The stages whose desks this office works at."""
    return frozenset().union(
        *(grant.stages for grant in POLICY if grant.role is mandate.role and grant.action is Action.CLAIM)
    )
