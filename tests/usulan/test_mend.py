"""A return for mending: only the named photo comes back, it goes back to the same desk, and nobody waits for ever."""

from __future__ import annotations

import pytest

from chalicelib.access.actors import Citizen
from chalicelib.api.views.citizen import case_view
from chalicelib.api.views.officer import officer_case_view
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.errors import BadInput, Conflict
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.case import Todo
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.mend import mend
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.road import COLLEAGUE, OPERATOR, Road, request


def sent_back(road: Road, *slots: Slot) -> Citizen:
    citizen = road.submitted()
    number = citizen.case_number
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    ruling = Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", list(slots))
    decide(road.world, OPERATOR, number, "desa", fence, ruling, request())
    return citizen


def test_only_the_named_photo_comes_back(road: Road) -> None:
    citizen = sent_back(road, Slot.KTP)
    number = citizen.case_number
    with pytest.raises(Conflict, match="SUDAH_DIKIRIM"):
        add_photo(road.world, citizen, number, Slot.KK, "image/jpeg", 5, request())
    with pytest.raises(Conflict, match="SUDAH_DIKIRIM"):
        submit(road.world, citizen, number, road.form(), request())
    with pytest.raises(BadInput, match="FOTO_BELUM_ADA"):
        mend(road.world, citizen, number, request())
    view = case_view(road.world, road.case(citizen))
    assert [(need["slot"], need["sent"]) for need in view["needs"]] == [("ktp", False)]
    assert view["holder"] == "Anda"


def test_what_is_sent_again_returns_to_the_same_desk_with_old_and_new_side_by_side(road: Road) -> None:
    citizen, again = sent_back(road, Slot.KTP), request()
    number = citizen.case_number
    old = road.case(citizen).uploads[Slot.KTP].upload_id
    road.send(citizen, Slot.KTP, b"sharper")
    mend(road.world, citizen, number, again)
    mend(road.world, citizen, number, again)
    road.drain()
    case = road.case(citizen)
    assert (case.state, case.stage) == ("ANTREAN_DESA", "desa")
    assert case.must(Todo.LATE)
    assert case.previous[Slot.KTP].upload_id == old
    fence = claim(road.world, COLLEAGUE, number, "desa", request())["fence"]
    assert fence == 2
    view = officer_case_view(road.world, COLLEAGUE, road.case(citizen), True)
    ktp, kk = view["documents"][0], view["documents"][1]
    assert old in ktp["previous"]["url"]
    assert ktp["picture"]["url"] != ktp["previous"]["url"]
    assert kk["previous"] is None


def test_reminders_come_and_the_last_day_ends_it(road: Road) -> None:
    citizen = sent_back(road, Slot.KTP)
    road.clock.pass_(minutes=5)
    told = []
    for day in range(1, 16):
        road.clock.pass_(days=1)
        sweep(road.world)
        sweep(road.world)
        told.append((day, road.case(citizen).reminders, str(road.case(citizen).state)))
    assert next(day for day, reminders, _ in told if reminders == 1) == 3
    assert next(day for day, reminders, _ in told if reminders == 2) == 7
    assert next(day for day, reminders, _ in told if reminders == 3) == 12
    assert next(day for day, _, state in told if state == "KEDALUWARSA") == 14
    events = [event.action for event in road.store.events(citizen.case_number)]
    assert events.count("system:citizen:remind") == 3
    assert events[-1] == "system:case:expire"


def test_a_draft_nobody_sends_expires_after_thirty_days(road: Road) -> None:
    citizen = road.draft()
    road.clock.pass_(days=29)
    sweep(road.world)
    assert road.case(citizen).is_draft
    road.clock.pass_(days=2)
    sweep(road.world)
    assert road.case(citizen).state == "KEDALUWARSA"
    with pytest.raises(Conflict):
        add_photo(road.world, citizen, citizen.case_number, Slot.KTP, "image/jpeg", 5, request())
