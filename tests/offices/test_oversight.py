"""Officers' days as the region above goes through them, on the real adapters (moto)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.access.actors import Mandate, Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.access.oversight import Look, Mark
from chalicelib.access.policy import Action, Subject, office_for
from chalicelib.access.searches import Search
from chalicelib.desk.claim import claim
from chalicelib.desk.find import find
from chalicelib.desk.rights import Answer, Reply, answer
from chalicelib.desk.unmask import Purpose, unmask
from chalicelib.errors import BadInput, Forbidden, NotFound
from chalicelib.identity.region import RegionCode
from chalicelib.offices import appoint
from chalicelib.offices.changes import Change, chain_name
from chalicelib.offices.invite import invite
from chalicelib.offices.oversight import Opened, Watched, list_days, list_late, mark_seen, open_day
from chalicelib.offices.person import Kind, officer_of
from chalicelib.usulan.ask import Wish, ask
from chalicelib.usulan.events import verify
from chalicelib.usulan.forget import GRACE, erase, erase_due
from chalicelib.usulan.rights import Right
from tests.road import FIELD_OFFICER, NAMA, NIK, OTHER_VILLAGE, VERIFIER, VILLAGE, Road, request

HERE, THERE = RegionCode(VILLAGE), RegionCode(OTHER_VILLAGE)
PROVINCE = Officer("sub-prov", "Admin Provinsi", Role.ADMINISTRATOR, (RegionCode("13"),))
KABUPATEN = Officer("sub-kab", "Admin Kabupaten", Role.ADMINISTRATOR, (RegionCode("13.05"),))
ELSEWHERE = Officer("sub-far", "Admin Jauh", Role.ADMINISTRATOR, (RegionCode("32"),))
TODAY = date(2026, 11, 22)
WHY = "Sesuai tugasnya"


def operator(road: Road, village: str = VILLAGE, username: str = "ratih.contoh") -> Officer:
    """An operator with an account, as an actor of today."""
    office = appoint.new_office(Role.VILLAGE_OPERATOR, [RegionCode(village)], Kind.TETAP, TODAY, None)
    person, _ = invite(road.personnel, KABUPATEN, username, "Ratih Contoh", office, "Surat tugas", request())
    return acting(road, person.id)


def acting(road: Road, officer_id: str) -> Officer:
    made = officer_of(road.staff.load(officer_id), road.clock())
    assert made is not None
    return made


def looked(
    road: Road, officer: Officer, number: str, purpose: Purpose = Purpose.PERTANYAAN_WARGA, note: str = ""
) -> None:
    road.clock.pass_(minutes=2)
    unmask(road.world, officer, number, "nik", purpose, note, request())


def days(road: Road, by: Officer = KABUPATEN) -> list[Watched]:
    return list(list_days(road.personnel, by, TODAY)[0])


def opened(road: Road, officer: Officer, by: Officer = KABUPATEN, office: RegionCode = HERE) -> Opened:
    return open_day(road.personnel, road.store, by, officer.id, office, TODAY)


def marked(road: Road) -> dict[Mark, int]:
    (day,) = days(road)
    return dict(day.marked)


def test_a_look_is_shown_above_with_its_reason_and_nothing_of_the_person(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number, Purpose.LAINNYA, "diminta camat lewat surat")
    looked(road, ratih, number)
    day = opened(road, ratih)
    told = [(row.case, row.field, row.reason) for row in day.rows if isinstance(row, Look)]
    assert told == [(number, "nik", "BUKA_LAINNYA"), (number, "nik", "BUKA_PERTANYAAN_WARGA")]
    assert list(day.said.values()) == ["diminta camat lewat surat"]
    assert (day.watched.tally.looks, day.watched.people[ratih.id].name) == (2, "Ratih Contoh")
    assert NIK not in repr(day)
    assert NAMA not in repr(day)


def test_only_regions_above_the_office_see_it(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number)
    same = Officer("sub-same", "Admin Desa", Role.ADMINISTRATOR, (HERE,))
    kecamatan = Officer("sub-kec", "Admin Kecamatan", Role.ADMINISTRATOR, (RegionCode("13.05.02"),))
    for above in (PROVINCE, KABUPATEN, kecamatan):
        assert [one.tally.officer for one in days(road, above)] == [ratih.id]
        assert opened(road, ratih, above).rows
    for other in (same, ELSEWHERE):
        assert days(road, other) == []
        with pytest.raises(Forbidden):
            opened(road, ratih, other)


def test_the_social_offices_looks_lie_with_the_province(road: Road) -> None:
    number = road.submitted().case_number
    unmask(road.world, VERIFIER, number, "nik", Purpose.DUGAAN_GANDA, "", request())
    assert days(road, KABUPATEN) == []
    assert [str(one.tally.office) for one in days(road, PROVINCE)] == ["13.05"]


def test_words_of_an_erased_case_are_gone_and_the_look_stays(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number, Purpose.LAINNYA, "diminta camat lewat surat")
    erase(road.world, number)
    road.clock.pass_(seconds=GRACE.total_seconds() + 1)
    erase_due(road.world, number)
    day = opened(road, ratih)
    assert len(day.rows) == 1
    assert day.said == {}


def test_a_look_that_no_work_follows_is_told_from_one_that_work_follows(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number)
    assert [row.acted for row in opened(road, ratih).rows if isinstance(row, Look)] == [False]
    road.clock.pass_(minutes=1)
    claim(road.world, ratih, number, "desa", request())
    looked(road, ratih, number)
    assert [row.acted for row in opened(road, ratih).rows if isinstance(row, Look)] == [True, False]


def test_many_looks_within_an_hour_are_marked(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    for _ in range(14):
        looked(road, ratih, number)
    assert marked(road) == {}
    looked(road, ratih, number)
    assert marked(road) == {Mark.MANY_LOOKS: 15}


def test_looks_by_an_acting_office_elsewhere_are_marked(road: Road) -> None:
    number, sri = road.submitted().case_number, operator(road, OTHER_VILLAGE, "sri.contoh")
    plt = appoint.new_office(Role.VILLAGE_HEAD, [HERE], Kind.PLT, TODAY, TODAY + timedelta(days=30))
    appoint.give(road.personnel, KABUPATEN, sri.id, plt, "Plt sementara", request())
    looked(road, acting(road, sri.id), number)
    (day,) = days(road)
    assert (day.tally.office, list(day.marked)) == (HERE, [(Mark.OTHER_REGION, 1)])


def test_searches_that_find_nothing_and_refusals_are_counted_and_marked(road: Road) -> None:
    ratih = operator(road)
    for _ in range(5):
        road.clock.pass_(minutes=1)
        find(road.world, ratih, HERE, "tidakada")
    road.world.denials.record(Denial(road.clock(), ratih.id, "case.view", (HERE,)))
    assert marked(road) == {Mark.EMPTY_SEARCHES: 5, Mark.DENIED: 1}
    rows = opened(road, ratih).rows
    assert all(isinstance(row, Search) for row in rows)
    assert len(rows) == 5


def test_that_somebody_went_through_a_day_stands_in_the_officers_chain(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number)
    (before,) = days(road)
    assert before.tally.seen is None
    args = (ratih.id, HERE, TODAY, before.tally.last_at, WHY)
    name = request()
    mark_seen(road.personnel, KABUPATEN, *args, name)
    mark_seen(road.personnel, KABUPATEN, *args, name)  # repeated over a bad line
    *_, event = road.staff.events(ratih.id)
    assert (event.action, event.actor, event.private) == (Change.LOOKS_SEEN, KABUPATEN.id, {"reason": WHY})
    assert len(road.staff.events(ratih.id)) == 2
    chain = chain_name(ratih.id)
    assert verify(chain, road.staff.events(ratih.id), *road.staff.chain_head(ratih.id)) is None
    (after,) = days(road)
    assert after.tally.seen is not None
    assert (after.tally.seen.by, after.tally.is_seen) == (KABUPATEN.id, True)
    looked(road, ratih, number)
    assert not days(road)[0].tally.is_seen, "what came later is new"


def test_nobody_goes_through_their_own_day_or_beyond_what_was_shown(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    looked(road, ratih, number)
    last = days(road)[0].tally.last_at
    himself = Officer(ratih.id, "Ratih Contoh", Role.ADMINISTRATOR, (RegionCode("13.05"),))
    with pytest.raises(Forbidden, match="BUKAN_DIRI_SENDIRI"):
        mark_seen(road.personnel, himself, ratih.id, HERE, TODAY, last, WHY, request())
    later = last + timedelta(seconds=1)
    with pytest.raises(BadInput, match="WAKTU_SALAH"):
        mark_seen(road.personnel, KABUPATEN, ratih.id, HERE, TODAY, later, WHY, request())
    with pytest.raises(NotFound, match="TIDAK_ADA_CATATAN"):
        mark_seen(road.personnel, KABUPATEN, ratih.id, THERE, TODAY, last, WHY, request())
    with pytest.raises(BadInput, match="ISIAN_SALAH"):
        mark_seen(road.personnel, KABUPATEN, ratih.id, HERE, TODAY, last, "", request())


def test_a_request_that_waits_beyond_72_hours_is_told_above_until_it_is_answered(road: Road) -> None:
    citizen = road.submitted()
    ask(road.world, citizen, citizen.case_number, Wish(Right.EXPORT), request())
    road.clock.pass_(hours=71)
    assert list_late(road.personnel, road.store, PROVINCE)[0] == []
    road.clock.pass_(hours=2)
    for above in (PROVINCE, KABUPATEN):
        (late,), _ = list_late(road.personnel, road.store, above)
        assert (late.case_number, late.right, late.village) == (citizen.case_number, Right.EXPORT, HERE)
    assert list_late(road.personnel, road.store, ELSEWHERE)[0] == []
    answer(road.world, VERIFIER, citizen.case_number, late.request_id, Reply(Answer.KABULKAN), request())
    assert list_late(road.personnel, road.store, PROVINCE)[0] == []


def test_late_requests_are_paged_by_the_hour_at_which_they_were_due(road: Road) -> None:
    numbers = []
    for _ in range(3):
        citizen = road.submitted()
        ask(road.world, citizen, citizen.case_number, Wish(Right.EXPORT), request())
        numbers.append(citizen.case_number)
        road.clock.pass_(hours=1)
    road.clock.pass_(hours=70.5)
    office, cursor, told = RegionCode("13.05"), None, []
    while True:
        page, cursor = road.store.overdue(office, road.clock(), 1, cursor)
        told += [one.case_number for one in page]
        if cursor is None:
            break
    assert told == numbers[:2], "the third has an hour left"


def test_one_page_of_a_province_costs_two_reads_and_one_day_five(road: Road) -> None:
    number, ratih = road.submitted().case_number, operator(road)
    for _ in range(3):
        looked(road, ratih, number, Purpose.LAINNYA, "diminta camat lewat surat")
    asked: list[str] = []
    road.dynamodb.meta.events.register(
        "before-call.dynamodb", lambda model, **_: asked.append(model.name), unique_id="counted"
    )
    days(road, PROVINCE)
    assert asked == ["Query", "BatchGetItem"]
    asked.clear()
    opened(road, ratih)
    assert asked == ["GetItem", "BatchGetItem", "Query", "BatchGetItem", "BatchGetItem"]


def test_the_office_that_allows_is_the_narrowest_that_does() -> None:
    head = Mandate(Role.VILLAGE_HEAD, (HERE,))
    both = Officer(FIELD_OFFICER.id, "Petugas", Role.FIELD_OFFICER, FIELD_OFFICER.regions, (head,))
    here = Subject("7K3M-9QTD-2", HERE, "desa")
    assert office_for(both, Action.VIEW_CASE, here) == head
    assert office_for(both, Action.VIEW_CASE, Subject("7K3M-9QTD-2", THERE, "desa")) == Mandate(
        Role.FIELD_OFFICER, FIELD_OFFICER.regions
    )
    with pytest.raises(Forbidden):
        office_for(both, Action.CLAIM, Subject("7K3M-9QTD-2", THERE, "desa"))
