"""The policy against an oracle written the other way round: from people and what they are for, not from rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.access.actors import Actor, Citizen, Kiosk, Officer, Role, Stranger, System
from chalicelib.access.fields import CLASS_OF, FieldClass
from chalicelib.access.policy import POLICY, Action, Subject, allow, require, stages_of
from chalicelib.errors import Forbidden, NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import FIELDS

REGIONS = [
    RegionCode(code)
    for code in ("13", "13.05", "13.05.02", "13.05.02.2001", "13.05.02.2002", "32.05.10.2002")
]
VILLAGES = [code for code in REGIONS if code.level == 4]
NUMBERS = ["7K3M-9QTD-2", "AAAA-AAAA-A"]
OFFICES = [role for role in Role if role not in (Role.CITIZEN, Role.KIOSK, Role.SYSTEM)]

actors: st.SearchStrategy[Actor] = st.one_of(
    st.just(Stranger()),
    st.builds(Citizen, st.sampled_from(NUMBERS)),
    st.builds(System, st.just("sweep")),
    st.builds(Kiosk, st.just("session"), st.sampled_from(VILLAGES), st.just("sub")),
    st.builds(
        Officer,
        st.just("sub"),
        st.just("Petugas Contoh"),
        st.sampled_from(OFFICES),
        st.lists(st.sampled_from(REGIONS), max_size=2).map(tuple),
    ),
)
subjects = st.builds(
    Subject,
    st.sampled_from([None, *NUMBERS]),
    st.sampled_from([None, *REGIONS]),
    st.sampled_from([None, "desa", "dinsos", "camat"]),
    st.sampled_from([None, *FieldClass]),
)


OFFICES_OF = {
    "desa": {Role.VILLAGE_OPERATOR, Role.VILLAGE_HEAD},
    "dinsos": {Role.DINSOS_VERIFIER, Role.DINSOS_HEAD},
}
REVIEWERS = OFFICES_OF["desa"] | OFFICES_OF["dinsos"]
OF_THEIR_OWN_CASE = {
    Action.VIEW_OWN,
    Action.ADD_PHOTO,
    Action.SAVE_ANSWERS,
    Action.SUBMIT,
    Action.SET_CONTACT,
    Action.USE_RIGHTS,
}


def expected(actor: Actor, action: Action, subject: Subject) -> bool:
    if isinstance(actor, System):
        return action is Action.PROCESS
    if isinstance(actor, Kiosk):  # the one thing it is for, at its own counter; and nothing that names a case
        return action is Action.SERVE_SELF and subject.region in (
            {actor.counter} if subject.case_number else {actor.counter, None}
        )
    if isinstance(actor, (Stranger, Citizen)):
        own = isinstance(actor, Citizen) and actor.case_number == subject.case_number
        return action in (Action.LOOK_UP, Action.SIGN_IN, Action.START) or (
            own and action in OF_THEIR_OWN_CASE
        )
    if action.startswith(("staff.", "oversight.")):  # people are looked after from the region above
        above = bool(actor.regions) and subject.case_number is None
        if subject.region is not None:
            above = any(subject.region.value.startswith(f"{region.value}.") for region in actor.regions)
        return above and actor.role is Role.ADMINISTRATOR
    if subject.region is not None:
        near = any(subject.region.value.startswith(region.value) for region in actor.regions)
    else:
        near = bool(actor.regions) and subject.case_number is None
    return near and actor.role in meant_for(action, subject.stage, subject.field)


def meant_for(action: Action, stage: str | None, field: FieldClass | None) -> set[Role]:
    """The offices that an action is for, at a stage and for a class of personal fields."""
    at_the_stage = OFFICES_OF.get(stage or "", set())
    to_a_door = {Role.FIELD_OFFICER} if field in (FieldClass.NAME, FieldClass.ADDRESS) else set()
    anybody = REVIEWERS | {Role.FIELD_OFFICER}
    meant: dict[Action, set[Role]] = {
        Action.VIEW_SELF: set(OFFICES),
        Action.MANAGE_SELF: set(OFFICES),
        Action.VIEW_CASE: anybody,
        Action.RESOLVE_BARKOT: anybody,
        Action.LIST_DESK: REVIEWERS,
        Action.SEARCH: REVIEWERS,
        Action.CLAIM: at_the_stage,
        Action.VIEW_PERSONAL: at_the_stage,
        Action.CORRECT: at_the_stage,
        Action.DECIDE: at_the_stage,
        Action.UNMASK: REVIEWERS | to_a_door if field else set(),
        Action.RECORD_RIGHTS: anybody,
        Action.LIST_RIGHTS: OFFICES_OF["dinsos"],
        Action.DECIDE_RIGHTS: OFFICES_OF["dinsos"],
        Action.DECIDE_ERASURE: {Role.DINSOS_HEAD},
        Action.ASSIST: {Role.FIELD_OFFICER, Role.VILLAGE_OPERATOR},
        Action.ENTER_LIST: {Role.VILLAGE_OPERATOR},
        Action.OPEN_KIOSK: {Role.VILLAGE_OPERATOR},
    }
    return meant.get(action, set())


@settings(max_examples=3000, deadline=None)
@given(actors, st.sampled_from(list(Action)), subjects)
def test_the_table_says_what_people_are_for(actor: Actor, action: Action, subject: Subject) -> None:
    assert allow(actor, action, subject) is expected(actor, action, subject)


def test_what_no_row_grants_is_denied_and_the_stranger_is_asked_to_sign_in() -> None:
    granted = {(grant.role, grant.action) for grant in POLICY}
    assert (Role.ADMINISTRATOR, Action.VIEW_CASE) not in granted
    with pytest.raises(NotSignedIn):
        require(Stranger(), Action.DECIDE, Subject())
    with pytest.raises(Forbidden):
        require(Citizen(NUMBERS[0]), Action.VIEW_OWN, Subject(NUMBERS[1]))


def test_every_action_is_granted_to_somebody() -> None:
    assert {grant.action for grant in POLICY} == set(Action)


def test_every_field_of_a_case_has_its_class() -> None:
    assert set(CLASS_OF) == set(FIELDS)


def test_officers_work_at_the_desks_of_their_stages() -> None:
    operator = Officer("sub", "Operator Contoh", Role.VILLAGE_OPERATOR, (VILLAGES[0],))
    assert stages_of(operator.mandates[0]) == {"desa"}
