"""What gets lost is found again, and nothing stays "sedang dibaca" for ever."""

from __future__ import annotations

import pytest

from chalicelib.errors import Erased
from chalicelib.usulan.case import Todo
from chalicelib.usulan.documents import Slot, UploadState
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.road import Road, request


def test_lost_messages_are_sent_again(road: Road) -> None:
    citizen = road.photographed()
    assert len(road.received("berkas-uploads")) == 3
    road.clock.pass_(minutes=2)
    assert sweep(road.world).resent == 3
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    assert len(road.received("berkas-submissions")) == 1
    road.clock.pass_(minutes=2)
    assert sweep(road.world).resent == 1
    road.drain()
    assert road.case(citizen).works["desa"].offered_at == road.clock()


def test_a_lost_offer_is_made_again(road: Road) -> None:
    citizen = road.photographed()
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    for body in road.received("berkas-submissions"):
        assert citizen.case_number in body
    road.clock.pass_(minutes=2)
    sweep(road.world)
    road.drain()
    assert road.case(citizen).stage == "desa"
    assert road.case(citizen).must(Todo.LATE)


def test_what_is_fresh_is_left_alone(road: Road) -> None:
    road.photographed()
    road.received("berkas-uploads")
    road.clock.pass_(seconds=30)
    assert sweep(road.world).resent == 0


def test_a_photo_unread_for_fifteen_minutes_is_closed(road: Road) -> None:
    citizen = road.photographed()
    road.received("berkas-uploads")
    road.clock.pass_(minutes=16)
    assert sweep(road.world).closed == 3
    upload = road.case(citizen).uploads[Slot.KTP]
    assert (upload.state, upload.failure) == (UploadState.FAILED, "BELUM_TERBACA")
    assert sweep(road.world).closed == 0


def test_a_reading_that_comes_after_the_closing_is_not_taken_in(road: Road) -> None:
    citizen = road.photographed()
    late = road.received("berkas-uploads")
    road.clock.pass_(minutes=16)
    sweep(road.world)
    for body in late:
        road.sqs.send_message(QueueUrl=road.queues["berkas-uploads"], MessageBody=body)
    road.drain()
    assert road.case(citizen).uploads[Slot.KTP].state is UploadState.FAILED
    assert road.reader.asked == []


def test_a_case_that_cannot_be_swept_keeps_no_other_waiting(road: Road) -> None:
    erased = road.photographed()
    road.clock.pass_(seconds=1)
    other = road.photographed()
    road.received("berkas-uploads")
    road.table.write([road.table.removed(f"CASE#{erased.case_number}", "KEY")])
    road.clock.pass_(minutes=16)
    with pytest.raises(ExceptionGroup) as caught:
        sweep(road.world)
    assert {type(fault) for fault in caught.value.exceptions} == {Erased}
    assert {upload.state for upload in road.case(other).uploads.values()} == {UploadState.FAILED}
