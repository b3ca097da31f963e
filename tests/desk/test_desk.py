"""The desk: what an officer sees, holds, mends and decides; and that nobody decides twice or too late."""

from __future__ import annotations

import pytest

from chalicelib.access.actors import Officer
from chalicelib.desk.claim import claim, release
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.open_case import open_case
from chalicelib.desk.queue import PAGE, desk
from chalicelib.errors import BadInput, Conflict, Forbidden
from chalicelib.usulan.case import Case
from chalicelib.usulan.documents import Slot
from tests.road import COLLEAGUE, FIELD_OFFICER, NEIGHBOUR, NIK, OPERATOR, VERIFIER, Road, request


def held(road: Road, number: str, officer: Officer = OPERATOR, stage: str = "desa") -> int:
    fence: int = claim(road.world, officer, number, stage, request())["fence"]
    return fence


def ruled(road: Road, number: str, ruling: Ruling, officer: Officer = OPERATOR, stage: str = "desa") -> Case:
    fence = held(road, number, officer, stage)
    case = decide(road.world, officer, number, stage, fence, ruling, request())
    road.drain()
    return case


def listed(road: Road, officer: Officer) -> list[str]:
    return [offer.case.number for offer in desk(road.world, officer)[0]]


def test_a_case_lies_on_the_desk_of_its_village_only(road: Road) -> None:
    number = road.submitted().case_number
    assert listed(road, OPERATOR) == [number]
    assert listed(road, NEIGHBOUR) == []
    assert listed(road, VERIFIER) == []
    with pytest.raises(Forbidden):
        desk(road.world, FIELD_OFFICER)


def test_the_oldest_lies_on_top_and_pages_follow(road: Road) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(road.submitted().case_number)
        road.clock.pass_(minutes=1)
    assert listed(road, OPERATOR) == numbers
    first, cursor = road.store.desk(OPERATOR.regions[0], "desa", 2, None)
    rest, end = road.store.desk(OPERATOR.regions[0], "desa", 2, cursor)
    assert [offer.case.number for offer in (*first, *rest)] == numbers
    assert end is None
    assert PAGE >= 2


@pytest.mark.parametrize("cursor", ["¹", "٣:", "7:", "-1:x", ":"])
def test_a_cursor_that_somebody_made_up_breaks_nothing(road: Road, cursor: str) -> None:
    road.submitted()
    offers, following = desk(road.world, OPERATOR, cursor)
    assert (len(offers) <= 1, following) == (True, None)


def test_lulus_goes_from_the_village_to_the_social_office_and_is_accepted(road: Road) -> None:
    number = road.submitted().case_number
    ruled(road, number, Ruling(Verdict.LULUS))
    assert road.store.load(number).state == "VERIFIKASI_DINSOS"
    assert listed(road, OPERATOR) == []
    assert listed(road, VERIFIER) == [number]
    ruled(road, number, Ruling(Verdict.LULUS), VERIFIER, "dinsos")
    case = road.store.load(number)
    assert (case.state, case.stage) == ("DITERIMA_DINSOS", None)
    assert listed(road, VERIFIER) == []


def test_a_no_needs_its_reason_and_a_return_its_documents(road: Road) -> None:
    number = road.submitted().case_number
    fence = held(road, number)

    def send(ruling: Ruling) -> Case:
        return decide(road.world, OPERATOR, number, "desa", fence, ruling, request())

    for ruling, code in (
        (Ruling(Verdict.TOLAK), "ALASAN_KURANG"),
        (Ruling(Verdict.TOLAK, "FOTO_BURAM"), "ALASAN_KURANG"),
        (Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM"), "DOKUMEN_KURANG"),
    ):
        with pytest.raises(BadInput, match=code):
            send(ruling)
    case = send(Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP], "tolong foto ulang"))
    assert (case.state, case.stage) == ("PERLU_PERBAIKAN", None)
    decision = road.store.load(number).last_decision
    assert decision is not None
    assert (decision.reason, decision.slots, decision.note) == (
        "FOTO_BURAM",
        (Slot.KTP,),
        "tolong foto ulang",
    )


def test_two_officers_never_hold_the_same_item(road: Road) -> None:
    number = road.submitted().case_number
    held(road, number)
    with pytest.raises(Conflict, match="SEDANG_DIPEGANG"):
        held(road, number, COLLEAGUE)


def test_renewing_keeps_the_fence_and_a_late_writer_is_refused(road: Road) -> None:
    number = road.submitted().case_number
    first = held(road, number)
    road.clock.pass_(minutes=10)
    assert held(road, number) == first
    road.clock.pass_(minutes=16)
    with pytest.raises(Conflict, match="KLAIM_BERAKHIR"):
        decide(road.world, OPERATOR, number, "desa", first, Ruling(Verdict.LULUS), request())
    second = held(road, number, COLLEAGUE)
    assert second == first + 1
    with pytest.raises(Conflict, match="KLAIM_BERAKHIR"):
        correct(road.world, OPERATOR, number, "desa", first, "nama", "SIAPA SAJA", request())
    decide(road.world, COLLEAGUE, number, "desa", second, Ruling(Verdict.LULUS), request())
    with pytest.raises((Conflict, Forbidden)):
        decide(road.world, COLLEAGUE, number, "desa", second, Ruling(Verdict.LULUS), request())


def test_a_repeated_decision_is_answered_as_the_first(road: Road) -> None:
    number, again = road.submitted().case_number, request()
    fence = held(road, number)
    ruling = Ruling(Verdict.LULUS)
    first = decide(road.world, OPERATOR, number, "desa", fence, ruling, again)
    assert decide(road.world, OPERATOR, number, "desa", fence, ruling, again).decisions == first.decisions
    assert len(road.store.load(number).decisions) == 1


def test_a_released_item_is_free_for_others(road: Road) -> None:
    number = road.submitted().case_number
    release(road.world, OPERATOR, number, "desa", held(road, number), request())
    assert held(road, number, COLLEAGUE) == 2


def test_who_decided_the_stage_before_may_not_decide_the_next(road: Road) -> None:
    number = road.submitted().case_number
    ruled(road, number, Ruling(Verdict.LULUS))
    promoted = Officer(OPERATOR.id, OPERATOR.name, VERIFIER.role, VERIFIER.regions)
    with pytest.raises(Conflict, match="DUA_ORANG"):
        held(road, number, promoted, "dinsos")


def test_a_mended_value_stands_beside_what_was_read_and_typed(road: Road) -> None:
    number = road.submitted().case_number
    fence = held(road, number)
    other = NIK[:-1] + "9"
    case = correct(road.world, OPERATOR, number, "desa", fence, "nik", other, request())
    assert case.value("nik") == other
    assert case.typed["nik"] == NIK
    read = case.read("nik")
    assert read is not None
    assert read[1].value == NIK
    assert {finding.code for finding in case.findings} == {"NIK_BEDA_KETIKAN"}
    assert road.store.cases_with("nik", road.digests.of("nik", NIK)) == []
    assert road.store.cases_with("nik", road.digests.of("nik", other)) == [number]
    for field, value, code in (
        ("nik", "12", "NIK_KURANG"),
        ("nama", " ", "NAMA_KOSONG"),
        ("x", "1", "ISIAN_TIDAK"),
    ):
        with pytest.raises(BadInput, match=code):
            correct(road.world, OPERATOR, number, "desa", fence, field, value, request())


def test_personal_values_show_to_who_holds_the_claim_and_each_look_is_on_record(road: Road) -> None:
    number = road.submitted().case_number
    assert open_case(road.world, OPERATOR, number)[1] is False
    held(road, number)
    assert open_case(road.world, OPERATOR, number)[1] is True
    assert open_case(road.world, COLLEAGUE, number)[1] is False
    assert open_case(road.world, FIELD_OFFICER, number)[1] is False
    with pytest.raises(Forbidden):
        open_case(road.world, NEIGHBOUR, number)
    looks = [event for event in road.store.events(number) if event.action == "officer:case:open"]
    assert [look.detail["personal"] for look in looks] == ["no", "yes", "no", "no"]
