"""What is kept no longer goes: drafts nobody sent, originals after a year, and whatever is to be erased."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.aws.failpoints import Died, installed
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.queue import desk
from chalicelib.desk.rights import Answer, Reply, answer
from chalicelib.errors import Erased, NotFound
from chalicelib.identity.region import RegionCode
from chalicelib.usulan import forget
from chalicelib.usulan.ask import Wish, ask, withdraw
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import verify
from chalicelib.usulan.forget import GRACE, erase, kept_until
from chalicelib.usulan.rights import Right
from chalicelib.usulan.roads import road_for
from chalicelib.usulan.sweep import sweep
from tests.road import BUCKET, NIK, OPERATOR, VERIFIER, Road, request


def photos(road: Road, number: str) -> list[str]:
    """Every version of every photo of the case."""
    found = road.s3.list_object_versions(Bucket=BUCKET)
    return sorted(one["Key"] for one in found.get("Versions", []) if f"/{number}/" in one["Key"])


def swept_after_the_grace(road: Road) -> None:
    road.clock.pass_(seconds=GRACE.total_seconds() + 60)
    sweep(road.world)


def chain_holds(road: Road, number: str) -> bool:
    head, seq = road.store.chain_head(number)
    return verify(number, road.store.events(number), head, seq) is None


def test_an_erased_case_is_gone_and_its_chain_still_holds(road: Road) -> None:
    number = road.submitted().case_number
    twin = road.submitted().case_number
    erase(road.world, number)
    assert photos(road, number) == []
    assert [offer.case.number for offer in desk(road.world, OPERATOR)[0]] == [twin]
    assert road.store.cases_with("nik", road.digests.of("nik", NIK)) == [twin]
    swept_after_the_grace(road)
    fresh = DynamoCaseStore(road.table, road.keys, road.digests)
    with pytest.raises(Erased):
        fresh.load(number)
    with pytest.raises(NotFound):
        erase(road.world, number)
    assert road.table.get(f"CASE#{number}", "KEY") is None
    assert chain_holds(road, number)
    assert chain_holds(road, twin)
    assert sweep(road.world).resent == 0
    assert photos(road, twin) != []


def test_a_photo_that_comes_after_the_erasure_does_not_stay(road: Road) -> None:
    citizen = road.draft()
    key = road.send(citizen, Slot.KTP)
    erase(road.world, citizen.case_number)
    road.put(key, b"late")
    road.drain()
    swept_after_the_grace(road)
    assert photos(road, citizen.case_number) == []
    road.world.queues.photo_arrived(key, "any")
    road.drain()


@pytest.mark.parametrize("point", ["dynamodb.write:after", "s3.delete:before", "s3.delete:after"])
def test_an_erasure_that_died_is_finished_by_the_sweeper(road: Road, point: str) -> None:
    number = road.submitted().case_number

    def die(crossed: str) -> None:
        if crossed == point:
            raise Died

    with installed(die), pytest.raises(Died):
        erase(road.world, number)
    swept_after_the_grace(road)
    with pytest.raises(Erased):
        road.store.load(number)
    assert photos(road, number) == []
    assert chain_holds(road, number)


def test_a_draft_nobody_sent_is_erased_when_it_expires(road: Road) -> None:
    number = road.photographed().case_number
    road.drain()
    road.clock.pass_(days=30, minutes=1)
    sweep(road.world)  # expires
    swept_after_the_grace(road)  # begins
    swept_after_the_grace(road)  # ends
    with pytest.raises(Erased):
        road.store.load(number)
    assert photos(road, number) == []


def test_originals_go_a_year_after_the_end_and_copies_stay(road: Road) -> None:
    number = road.submitted().case_number
    for officer, stage in ((OPERATOR, "desa"), (VERIFIER, "dinsos")):
        fence = claim(road.world, officer, number, stage, request())["fence"]
        decide(road.world, officer, number, stage, fence, Ruling(Verdict.LULUS), request())
        road.drain()
    road.clock.pass_(days=364)
    sweep(road.world)
    assert len(photos(road, number)) == 6
    road.clock.pass_(days=2)
    sweep(road.world)
    assert [key.partition("/")[0] for key in photos(road, number)] == ["olahan"] * 3
    assert road.store.load(number).value("nik") == NIK


def decided(road: Road, ruling: Ruling) -> str:
    number = road.submitted().case_number
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    decide(road.world, OPERATOR, number, "desa", fence, ruling, request())
    road.drain()
    return number


REFUSED = Ruling(Verdict.TOLAK, "SUDAH_MAMPU")


def test_a_case_that_ended_goes_when_its_classes_time_is_over(road: Road) -> None:
    number, at = decided(road, REFUSED), road.clock()
    case = road.store.load(number)
    assert case.ended_at == at
    assert kept_until(case) == at + timedelta(days=730)
    road.clock.pass_(days=366)
    sweep(road.world)  # originals
    road.clock.pass_(days=363)
    sweep(road.world)
    assert road.store.load(number).value("nik") == NIK
    road.clock.pass_(days=2)
    swept_after_the_grace(road)  # begins
    swept_after_the_grace(road)  # ends
    with pytest.raises(Erased):
        road.store.load(number)
    assert photos(road, number) == []
    assert chain_holds(road, number)


def test_what_is_restricted_does_not_go(road: Road) -> None:
    citizen = road.submitted()
    number = citizen.case_number
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    decide(road.world, OPERATOR, number, "desa", fence, REFUSED, request())
    ask(road.world, citizen, number, Wish(Right.RESTRICT), request())
    (asked,) = road.case(citizen).requests
    answer(road.world, VERIFIER, number, asked, Reply(Answer.KABULKAN), request())
    for _ in range(4):
        road.clock.pass_(days=700)
        sweep(road.world)
    assert road.store.load(number).value("nik") == NIK
    withdraw(road.world, citizen, number, asked, request())
    sweep(road.world)  # originals
    swept_after_the_grace(road)
    swept_after_the_grace(road)
    with pytest.raises(Erased):
        road.store.load(number)


def test_an_erasure_ends_also_where_the_case_was_restricted(road: Road) -> None:
    citizen = road.submitted()
    ask(road.world, citizen, citizen.case_number, Wish(Right.RESTRICT), request())
    (asked,) = road.case(citizen).requests
    answer(road.world, VERIFIER, citizen.case_number, asked, Reply(Answer.KABULKAN), request())
    erase(road.world, citizen.case_number)
    swept_after_the_grace(road)
    with pytest.raises(Erased):
        road.store.load(citizen.case_number)


def test_a_case_that_ended_before_there_were_end_dates_gets_one(road: Road) -> None:
    number, at = decided(road, REFUSED), road.clock()
    road.table.write([road.table.without(f"CASE#{number}", "META", "ended_at")])
    assert kept_until(road.store.load(number)) is None
    road.clock.pass_(days=366)
    sweep(road.world)
    assert kept_until(road.store.load(number)) == at + timedelta(days=730)


def test_every_state_in_which_a_road_ends_has_its_class() -> None:
    days = json.loads((Path(forget.__file__).with_name("retention.json")).read_text("utf-8"))
    road = road_for(RegionCode("13.05"), date(2026, 11, 22))
    assert set(days["cases_after_end_days"]) - {"*"} == {road.passed_state, "KEDALUWARSA"}
    assert all(kept > days["originals_after_end_days"] - 1 for kept in days["cases_after_end_days"].values())
