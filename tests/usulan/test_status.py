"""The status record says what case and chain say, after every step, and is made anew from nothing else."""

from __future__ import annotations

import pytest

from chalicelib.access.actors import Citizen
from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.errors import StaleWrite
from chalicelib.usulan.ask import Wish, ask
from chalicelib.usulan.case import Case
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import Happened
from chalicelib.usulan.forget import GRACE, erase
from chalicelib.usulan.mend import mend
from chalicelib.usulan.rights import Right
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.road import NAMA, NIK, OPERATOR, VERIFIER, Road, request


def right(road: Road, who: Citizen) -> bool:
    return road.store.status_put_right(who.case_number, apply=False)


def ruled(road: Road, who: Citizen, stage: str, ruling: Ruling) -> None:
    officer = OPERATOR if stage == "desa" else VERIFIER
    fence = claim(road.world, officer, who.case_number, stage, request())["fence"]
    decide(road.world, officer, who.case_number, stage, fence, ruling, request())
    road.drain()


def test_it_is_right_after_every_step_of_the_road(road: Road) -> None:
    who = road.draft()
    assert right(road, who)
    for slot in (Slot.KTP, Slot.KK, Slot.HOUSE_FRONT):
        road.send(who, slot)
    road.drain()
    assert right(road, who)
    submit(road.world, who, who.case_number, road.form(), request())
    assert right(road, who)
    road.drain()
    assert right(road, who)
    ruled(road, who, "desa", Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP]))
    assert right(road, who)
    road.clock.pass_(days=3, hours=1)
    sweep(road.world)
    road.send(who, Slot.KTP, b"sharper")
    assert right(road, who)
    road.drain()
    assert right(road, who)
    mend(road.world, who, who.case_number, request())
    road.drain()
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    ask(road.world, who, who.case_number, Wish(Right.EXPORT), request())
    ruled(road, who, "dinsos", Ruling(Verdict.LULUS))
    assert right(road, who)
    told = [line.action for line in road.case(who).told]
    assert told == [
        Happened.STARTED,
        Happened.SUBMITTED,
        Happened.CHECKED,
        Happened.OFFERED,
        Happened.CLAIMED,
        Happened.DECIDED,
        Happened.REMINDED,
        Happened.MENDED,
        Happened.CHECKED,
        Happened.OFFERED,
        Happened.CLAIMED,
        Happened.DECIDED,
        Happened.OFFERED,
        Happened.RIGHT_ASKED,
        Happened.CLAIMED,
        Happened.DECIDED,
    ]


def test_a_claim_renewed_is_told_once(road: Road) -> None:
    who = road.submitted()
    for _ in range(3):
        claim(road.world, OPERATOR, who.case_number, "desa", request())
    assert [line.action for line in road.case(who).told].count(Happened.CLAIMED) == 1
    assert right(road, who)


def test_it_holds_no_value_of_a_person(road: Road) -> None:
    who = road.submitted()
    item = road.table.get(f"CASE#{who.case_number}", "STATUS")
    assert item is not None
    assert "pribadi" not in item
    assert not [value for value in (NIK, NAMA, road.secrets[who.case_number]) if value in str(item)]


def test_a_damaged_one_and_one_that_is_missing_are_made_anew(road: Road) -> None:
    who = road.submitted()
    number = who.case_number
    whole = road.store.status(number)
    item = road.table.get(f"CASE#{number}", "STATUS")
    assert item is not None
    road.table.put({**item, "told": {**item["told"], "stage": "dinsos"}})
    assert not right(road, who)
    assert not road.store.status_put_right(number, apply=True)
    assert road.store.status(number) == whole
    road.table.write([road.table.removed(f"CASE#{number}", "STATUS")])
    assert road.store.status(number) is None
    assert not road.store.status_put_right(number, apply=True)
    assert road.store.status(number) == whole


def test_a_case_from_before_there_was_a_status_gets_its_whole_timeline_with_its_next_change(
    road: Road,
) -> None:
    who = road.submitted()
    road.table.write([road.table.removed(f"CASE#{who.case_number}", "STATUS")])
    claim(road.world, OPERATOR, who.case_number, "desa", request())
    assert right(road, who)


class Overtaken(DynamoCaseStore):
    """A store that an officer is quicker than."""

    def __init__(self, road: Road) -> None:
        super().__init__(road.table, road.keys, road.digests)
        self._road = road

    def load(self, number: str) -> Case:
        case = super().load(number)
        claim(self._road.world, OPERATOR, number, "desa", request())
        self._road.table.write([self._road.table.removed(f"CASE#{number}", "STATUS")])
        return case


def test_a_change_meanwhile_is_not_written_over(road: Road) -> None:
    number = road.submitted().case_number
    with pytest.raises(StaleWrite):
        Overtaken(road).status_put_right(number, apply=True)
    assert road.store.status(number) is None


def test_it_goes_with_the_key_of_an_erased_case(road: Road) -> None:
    who = road.submitted()
    erase(road.world, who.case_number)
    assert right(road, who)
    road.clock.pass_(seconds=GRACE.total_seconds() + 60)
    sweep(road.world)
    assert road.table.get(f"CASE#{who.case_number}", "STATUS") is None
    road.store.mark_guessed(who.case_number, road.clock())
    assert road.table.get(f"CASE#{who.case_number}", "STATUS") is None
