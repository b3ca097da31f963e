"""The administrator's acts, on the real adapters (moto): who may, what is left on record, what a broken line leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.access.actors import Mandate, Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.errors import BadInput, Conflict, Forbidden, Hidden, NotFound, NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices import appoint, look, sign_in
from chalicelib.offices.absence import end_leave, set_leave
from chalicelib.offices.changes import Change, chain_name
from chalicelib.offices.invite import invite
from chalicelib.offices.person import Kind, Office, Person, powers
from chalicelib.usulan.events import verify
from tests.road import OTHER_VILLAGE, VILLAGE, Road, request

KABUPATEN = RegionCode("13.05")
ADMIN = Officer("sub-admin", "Admin Contoh", Role.ADMINISTRATOR, (KABUPATEN,))
ELSEWHERE = Officer("sub-far", "Admin Jauh", Role.ADMINISTRATOR, (RegionCode("32"),))
OPERATOR = Officer("sub-op", "Operator Contoh", Role.VILLAGE_OPERATOR, (KABUPATEN,))
TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
WHY = "Surat tugas nomor 12"


def desk(village: str = VILLAGE, **other: object) -> Office:
    values = {"kind": Kind.TETAP, "begins": TODAY, "last_day": None, "role": Role.VILLAGE_OPERATOR} | other
    return appoint.new_office(regions=[RegionCode(village)], **values)


def invited(road: Road, username: str = "ratih.contoh", office: Office | None = None) -> Person:
    return invite(road.personnel, ADMIN, username, "Ratih Contoh", office or desk(), WHY, request())[0]


def happened(road: Road, person: Person) -> list[str]:
    return [event.action for event in road.staff.events(person.id)]


def test_an_invited_person_may_do_what_the_office_says_from_its_first_day(road: Road) -> None:
    later = invited(road, office=desk(begins=TOMORROW))
    with pytest.raises(NotSignedIn, match="TIDAK_BERTUGAS"):
        road.officer_now(later.id)
    road.clock.pass_(days=1)
    made = road.officer_now(later.id)
    assert made.mandates == (Mandate(Role.VILLAGE_OPERATOR, (RegionCode(VILLAGE),)),)
    assert happened(road, later) == [Change.INVITED, Change.SIGNED_IN]
    assert road.staff.events(later.id)[0].private["reason"] == WHY


def test_an_invitation_repeated_over_a_bad_line_makes_one_account(road: Road) -> None:
    name = request()
    first, password = invite(road.personnel, ADMIN, "ratih", "Ratih Contoh", desk(), WHY, name)
    again, another = invite(road.personnel, ADMIN, "ratih", "Ratih Contoh", desk(), WHY, name)
    assert first == again
    assert password != another
    assert happened(road, first) == [Change.INVITED]
    assert road.officers.sign_in("ratih", another)
    with pytest.raises(NotSignedIn):
        road.officers.sign_in("ratih", password)


def test_a_user_name_is_somebodys_for_ever(road: Road) -> None:
    person = invited(road)
    sign_in.deactivate(road.personnel, ADMIN, person.id, WHY, request())
    with pytest.raises(Conflict, match="NAMA_PENGGUNA_DIPAKAI"):
        invited(road)


def test_an_account_that_a_broken_line_left_over_is_taken_up(road: Road) -> None:
    left_over = road.personnel.accounts.create("ratih.contoh")
    assert invited(road).id == left_over


@pytest.mark.parametrize("username", ["Ratih", "r", "ratih contoh", "1305026006879901", "ratih.", "a" * 41])
def test_a_user_name_is_small_and_no_number(road: Road, username: str) -> None:
    with pytest.raises(BadInput) as told:
        invite(road.personnel, ADMIN, username, "Ratih Contoh", desk(), WHY, request())
    assert set(told.value.fields) == {"username"}


Act = Callable[[Road, Officer, Person], object]
ACTS: dict[str, Act] = {
    "give": lambda road, who, one: appoint.give(
        road.personnel, who, one.id, desk(role=Role.VILLAGE_HEAD), WHY, request()
    ),
    "end": lambda road, who, one: appoint.end(
        road.personnel, who, one.id, one.offices[0].id, None, WHY, request()
    ),
    "move": lambda road, who, one: appoint.move(
        road.personnel,
        who,
        one.id,
        one.offices[0].id,
        [RegionCode(OTHER_VILLAGE)],
        TOMORROW,
        WHY,
        request(),
    ),
    "leave": lambda road, who, one: set_leave(road.personnel, who, one.id, TODAY, TOMORROW, WHY, request()),
    "deactivate": lambda road, who, one: sign_in.deactivate(road.personnel, who, one.id, WHY, request()),
    "reset factor": lambda road, who, one: sign_in.reset_second_factor(
        road.personnel, who, one.id, WHY, request()
    ),
    "reset password": lambda road, who, one: sign_in.reset_password(
        road.personnel, who, one.id, WHY, request()
    ),
    "look": lambda road, who, one: look.look_at(road.personnel, who, one.id),
}
CHANGES = sorted(set(ACTS) - {"look"})


@pytest.mark.parametrize("act", sorted(ACTS))
def test_only_an_administrator_of_a_region_above_does_anything(road: Road, act: str) -> None:
    person = invited(road)
    same_place = Officer("sub-same", "Admin Desa", Role.ADMINISTRATOR, (RegionCode(VILLAGE),))
    for stranger in (ELSEWHERE, OPERATOR, same_place):
        with pytest.raises((Forbidden, Hidden)):
            ACTS[act](road, stranger, person)
    assert road.staff.load(person.id) == person
    ACTS[act](road, ADMIN, person)


@pytest.mark.parametrize("act", CHANGES)
def test_nobody_is_their_own_administrator(road: Road, act: str) -> None:
    person = invited(road)
    self = Officer(person.id, person.name, Role.ADMINISTRATOR, (KABUPATEN,))
    with pytest.raises(Forbidden, match="BUKAN_DIRI_SENDIRI"):
        ACTS[act](road, self, person)
    shut = sign_in.deactivate(road.personnel, ADMIN, person.id, WHY, request())
    with pytest.raises(Forbidden, match="BUKAN_DIRI_SENDIRI"):
        sign_in.reactivate(road.personnel, self, person.id, WHY, request())
    assert road.staff.load(person.id) == shut


@pytest.mark.parametrize("act", CHANGES)
def test_each_change_is_one_link_with_its_reason_and_a_repeat_adds_none(road: Road, act: str) -> None:
    person = invited(road)
    before = len(road.staff.events(person.id))
    ACTS[act](road, ADMIN, person)
    events = road.staff.events(person.id)[before:]
    assert len(events) == (2 if act == "move" else 1)
    assert all(event.actor == ADMIN.id and event.private["reason"] == WHY for event in events)
    after = road.staff.load(person.id)
    assert verify(chain_name(person.id), road.staff.events(person.id), after.head, after.seq) is None


def test_no_change_without_a_reason(road: Road) -> None:
    person = invited(road)
    with pytest.raises(BadInput) as told:
        sign_in.deactivate(road.personnel, ADMIN, person.id, "  a  ", request())
    assert set(told.value.fields) == {"reason"}
    assert road.staff.load(person.id).active


def test_a_deactivation_works_at_once_and_old_sessions_stay_ended(road: Road) -> None:
    person = invited(road)
    before = road.signed_in(person.id)
    assert road.officers.officer(before)
    _, password = sign_in.reset_password(road.personnel, ADMIN, person.id, WHY, request())
    with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
        road.officers.officer(before)
    again = road.signed_in(person.id, "two")
    sign_in.deactivate(road.personnel, ADMIN, person.id, WHY, request())
    with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
        road.officers.officer(again)
    with pytest.raises(NotSignedIn, match="MASUK_DITOLAK"):
        road.signed_in(person.id, "three")
    with pytest.raises(NotSignedIn, match="MASUK_DITOLAK"):
        road.officers.sign_in("ratih.contoh", password)
    sign_in.reactivate(road.personnel, ADMIN, person.id, WHY, request())
    for old in (before, again):
        with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
            road.officers.officer(old)
    assert road.officers.officer(road.signed_in(person.id, "four"))
    with pytest.raises(Conflict, match="SUDAH_AKTIF"):
        sign_in.reactivate(road.personnel, ADMIN, person.id, WHY, request())


def test_a_move_leaves_nobody_without_an_office_or_in_two_places(road: Road) -> None:
    person = invited(road)
    ACTS["move"](road, ADMIN, person)
    moved = road.staff.load(person.id)
    for days, village in ((0, VILLAGE), (1, OTHER_VILLAGE), (9, OTHER_VILLAGE)):
        held = powers(moved, road.clock() + timedelta(days=days))
        assert held == (Mandate(Role.VILLAGE_OPERATOR, (RegionCode(village),)),)


def test_an_office_ends_now_or_on_a_day_to_come(road: Road) -> None:
    person = invited(road)
    office = person.offices[0].id
    appoint.end(road.personnel, ADMIN, person.id, office, TOMORROW, WHY, request())
    assert road.officer_now(person.id)
    with pytest.raises(BadInput):
        appoint.end(road.personnel, ADMIN, person.id, office, TOMORROW + timedelta(days=9), WHY, request())
    appoint.end(road.personnel, ADMIN, person.id, office, None, WHY, request())
    with pytest.raises(NotSignedIn, match="TIDAK_BERTUGAS"):
        road.officer_now(person.id)
    with pytest.raises(Conflict, match="JABATAN_SUDAH_BERAKHIR"):
        appoint.end(road.personnel, ADMIN, person.id, office, None, WHY, request())


def test_somebody_acts_while_somebody_is_away(road: Road) -> None:
    head = invited(road, "kepala", desk(role=Role.VILLAGE_HEAD))
    deputy = invited(road, "sekretaris", desk())
    last = TODAY + timedelta(days=3)
    set_leave(road.personnel, ADMIN, head.id, TODAY, last, WHY, request())
    acting = desk(role=Role.VILLAGE_HEAD, kind=Kind.PLT, last_day=last)
    appoint.give(road.personnel, ADMIN, deputy.id, acting, WHY, request())
    with pytest.raises(NotSignedIn, match="TIDAK_BERTUGAS"):
        road.officer_now(head.id)
    assert {one.role for one in road.officer_now(deputy.id).mandates} == {
        Role.VILLAGE_OPERATOR,
        Role.VILLAGE_HEAD,
    }
    with pytest.raises(Conflict, match="SUDAH_CUTI"):
        set_leave(road.personnel, ADMIN, head.id, last, last, WHY, request())
    leave = road.staff.load(head.id).leaves[0].id
    end_leave(road.personnel, ADMIN, head.id, leave, WHY, request())
    assert road.officer_now(head.id).role is Role.VILLAGE_HEAD
    road.clock.pass_(days=4)
    assert [one.role for one in road.officer_now(deputy.id).mandates] == [Role.VILLAGE_OPERATOR]


def test_the_list_holds_the_regions_below_page_by_page(road: Road) -> None:
    expected = {
        (village, invited(road, f"orang{n}", desk(village)).id)
        for n, village in enumerate([VILLAGE] * 15 + [OTHER_VILLAGE] * 15)
    }
    verifier = appoint.new_office(Role.DINSOS_VERIFIER, [KABUPATEN], Kind.TETAP, TODAY, None)
    above = Officer("sub-top", "Admin Provinsi", Role.ADMINISTRATOR, (RegionCode("13"), RegionCode("32")))
    invite(road.personnel, above, "verifikator", "Sari Contoh", verifier, WHY, request())
    seen, cursor, pages = set(), None, 0
    while pages == 0 or cursor:
        rows, cursor = look.list_staff(road.personnel, ADMIN, cursor)
        seen |= {(str(region), person.id) for region, person in rows}
        pages += 1
    assert seen == expected
    assert pages == 2
    everyone, _ = look.list_staff(road.personnel, above)
    assert {person.username for _, person in everyone} >= {"verifikator"}
    assert look.list_staff(road.personnel, ELSEWHERE) == ([], None)
    with pytest.raises(Forbidden):
        look.list_staff(road.personnel, OPERATOR)


def test_who_moved_away_is_no_longer_listed_or_seen(road: Road) -> None:
    near = Officer("sub-kec", "Admin Kecamatan", Role.ADMINISTRATOR, (RegionCode("13.05.02"),))
    person = invited(road)
    away = [RegionCode("13.05.03.2001")]
    appoint.move(road.personnel, ADMIN, person.id, person.offices[0].id, away, TOMORROW, WHY, request())
    assert look.list_staff(road.personnel, near)[0]
    road.clock.pass_(days=1)
    assert look.list_staff(road.personnel, near) == ([], None)
    with pytest.raises(NotFound, match="PETUGAS_TIDAK_DITEMUKAN"):
        look.look_at(road.personnel, near, person.id)


def test_refusals_are_shown_to_who_looks_after_the_person(road: Road) -> None:
    person = invited(road)
    at = road.clock()
    for actor in (person.id, "nobody-on-record"):
        road.world.denials.record(Denial(at, actor, "case.view", (RegionCode(VILLAGE),), "7K3M-9QTD-2"))
    found, _ = look.list_denials(road.personnel, ADMIN, at.date())
    assert [(one.person.id, one.denial.action) for one in found] == [(person.id, "case.view")]
    assert look.list_denials(road.personnel, ELSEWHERE, at.date()) == ([], None)


def test_a_refused_look_at_somebody_names_whom_it_was_about_where_that_may_be_known(road: Road) -> None:
    person = invited(road)
    here = invited(road, "mira.contoh")
    far = invite(road.personnel, ELSEWHERE, "far", "Orang Jauh", desk("32.05.10.2002"), WHY, request())[0]
    for about in (here.id, far.id, "not-on-record", ""):
        place = (RegionCode(VILLAGE),)
        road.world.denials.record(Denial(road.clock(), person.id, "staff.view", place, account=about))
    found, _ = look.list_denials(road.personnel, ADMIN, TODAY)
    told = {one.denial.account: one.about.name if one.about else None for one in found}
    assert told == {here.id: here.name, far.id: None, "not-on-record": None, "": None}


def test_the_people_of_a_page_are_read_together(road: Road) -> None:
    """A province's list and refusals cost as many reads as a village's."""
    for n in range(12):
        person = invited(road, f"orang{n}")
        road.world.denials.record(Denial(road.clock(), person.id, "case.view", (RegionCode(VILLAGE),)))
    province = Officer("sub-prov", "Admin Provinsi", Role.ADMINISTRATOR, (RegionCode("13"),))
    asked: list[str] = []
    road.dynamodb.meta.events.register(
        "before-call.dynamodb", lambda model, **_: asked.append(model.name), unique_id="counted"
    )
    assert len(look.list_staff(road.personnel, province)[0]) == 12
    assert asked == ["Query", "BatchGetItem"]
    asked.clear()
    assert len(look.list_denials(road.personnel, province, TODAY)[0]) == 12
    assert asked == ["Query", "BatchGetItem"]


def test_refusals_are_told_by_the_administrators_own_day(road: Road) -> None:
    """WIB begins seven hours before UTC does."""
    person = invited(road)
    for hours in (16, 17, 40, 41):
        at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=hours)
        road.world.denials.record(Denial(at, person.id, f"case.{hours}", (RegionCode(VILLAGE),)))
    told, _ = look.list_denials(road.personnel, ADMIN, date(2026, 11, 23))
    assert [one.denial.action for one in told] == ["case.17", "case.40"]
