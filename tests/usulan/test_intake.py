"""From the draft to the desk: each POST repeatable, the first photo wins, and a submission never waits for the reader."""

from __future__ import annotations

import pytest

from chalicelib.access.actors import Citizen, Stranger
from chalicelib.errors import BadInput, Conflict, Forbidden, TooLarge
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.case import Target, Todo
from chalicelib.usulan.documents import Slot, UploadState, original_key, parse_original_key
from chalicelib.usulan.events import verify
from chalicelib.usulan.propose import propose
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.start import knows_secret, start
from chalicelib.usulan.store import ClientRequest
from chalicelib.usulan.submit import submit
from tests.road import NAMA, NIK, NOMOR_KK, VILLAGE, Road, ktp_reading, request


def codes(road: Road, citizen: Citizen) -> set[str]:
    return {finding.code for finding in road.case(citizen).findings}


def test_a_repeated_start_gives_the_same_case_and_secret(road: Road) -> None:
    again = request()
    first = start(road.world, Stranger(), Target.SELF, again)
    assert start(road.world, Stranger(), Target.SELF, again) == first
    case = road.store.load(first["case_number"])
    assert knows_secret(road.world, case, first["secret"].lower().replace("-", " "))
    assert not knows_secret(road.world, case, "AAAA-AAAA")
    assert not knows_secret(road.world, case, "")


def test_the_same_request_id_with_another_body_is_refused(road: Road) -> None:
    start(road.world, Stranger(), Target.SELF, ClientRequest("x" * 20, "s", "one body"))
    with pytest.raises(Conflict, match="PERMINTAAN_BEDA"):
        start(road.world, Stranger(), Target.SELF, ClientRequest("x" * 20, "s", "another body"))


def test_a_repeated_photo_request_keeps_the_upload(road: Road) -> None:
    citizen, again = road.draft(), request()
    first, _ = add_photo(road.world, citizen, citizen.case_number, Slot.KTP, "image/png", 10, again)
    second, form = add_photo(road.world, citizen, citizen.case_number, Slot.KTP, "image/png", 10, again)
    assert first.upload_id == second.upload_id
    assert form.fields["key"] == original_key(citizen.case_number, first)


def test_other_files_and_too_large_ones_are_refused_before_sending(road: Road) -> None:
    citizen = road.draft()
    with pytest.raises(BadInput, match="JENIS_FILE_DITOLAK"):
        add_photo(road.world, citizen, citizen.case_number, Slot.KTP, "image/svg+xml", 10, request())
    with pytest.raises(TooLarge, match="FILE_TERLALU_BESAR"):
        add_photo(road.world, citizen, citizen.case_number, Slot.KTP, "image/jpeg", 11 * 2**20, request())


def test_the_secret_of_one_case_opens_no_other(road: Road) -> None:
    mine, theirs = road.draft(), road.draft()
    with pytest.raises(Forbidden):
        add_photo(road.world, mine, theirs.case_number, Slot.KTP, "image/jpeg", 10, request())


def test_readings_fill_the_form(road: Road) -> None:
    citizen = road.photographed()
    road.drain()
    proposals = propose(road.case(citizen))
    assert {name: proposal.field.value for name, proposal in proposals.items()} == {
        "nik": NIK,
        "nama": NAMA,
        "nomor_kk": NOMOR_KK,
        "alamat": "KORONG CONTOH LAMA",
        "rt": "003",
        "rw": "005",
        "kode_wilayah": VILLAGE,
    }
    assert proposals["nik"].slot is Slot.KTP
    assert proposals["alamat"].slot is Slot.KK


def test_the_first_version_that_is_read_wins(road: Road) -> None:
    citizen = road.draft()
    key = road.send(citizen, Slot.KTP, b"first")
    road.put(key, b"second, posted with the same form")
    road.drain()
    assert road.reader.asked == [b"first"]
    assert road.case(citizen).uploads[Slot.KTP].state is UploadState.READ


def test_a_repeated_or_late_notification_changes_nothing(road: Road) -> None:
    citizen = road.draft()
    key = road.send(citizen, Slot.KTP)
    road.drain()
    before = road.case(citizen)
    read_upload(road.world, road.reader, key, before.uploads[Slot.KTP].version or "")
    read_upload(road.world, road.reader, "karantina/7K3M-9QTD-2/ktp/none", "v")
    read_upload(road.world, road.reader, "somewhere/else", "v")
    assert road.case(citizen) == before
    assert len(road.reader.asked) == 1


def test_a_newer_photo_takes_the_slot_and_the_older_reading_is_dropped(road: Road) -> None:
    citizen = road.draft()
    road.send(citizen, Slot.KTP, b"old")
    newer = road.send(citizen, Slot.KTP, b"new")
    road.drain()
    upload = road.case(citizen).uploads[Slot.KTP]
    assert parse_original_key(newer) == (citizen.case_number, Slot.KTP, upload.upload_id)
    assert road.reader.asked == [b"new"]


def test_a_file_that_is_no_photo_ends_as_failed_with_its_reason(road: Road) -> None:
    citizen = road.draft()
    road.reader.refuse = "FOTO_RUSAK"
    road.send(citizen, Slot.KTP)
    road.drain()
    upload = road.case(citizen).uploads[Slot.KTP]
    assert (upload.state, upload.failure) == (UploadState.FAILED, "FOTO_RUSAK")


def test_a_submission_reaches_the_desk_and_can_be_repeated(road: Road) -> None:
    citizen, again = road.photographed(), request()
    road.drain()
    first = submit(road.world, citizen, citizen.case_number, road.form(), again)[1]
    assert submit(road.world, citizen, citizen.case_number, road.form(), again)[1] == first
    road.drain()
    case = road.case(citizen)
    assert (case.state, case.stage) == ("ANTREAN_DESA", "desa")
    assert case.must(Todo.LATE)
    assert case.findings == ()
    with pytest.raises(Conflict, match="SUDAH_DIKIRIM"):
        submit(road.world, citizen, citizen.case_number, road.form(), request())


def test_a_submission_does_not_wait_and_a_late_reading_makes_findings(road: Road) -> None:
    citizen = road.photographed()
    waiting = road.received("berkas-uploads")
    submit(road.world, citizen, citizen.case_number, road.form(nama="ORANG LAIN SEKALI"), request())
    road.drain()
    assert road.case(citizen).state == "ANTREAN_DESA"
    assert codes(road, citizen) == {"BELUM_DIBACA"}
    for body in waiting:
        road.sqs.send_message(QueueUrl=road.queues["berkas-uploads"], MessageBody=body)
    road.drain()
    assert codes(road, citizen) == {"NAMA_BEDA_KETIKAN"}


def test_each_wrong_field_is_told(road: Road) -> None:
    citizen = road.photographed()
    wrong = road.form(nik="123", nama=" ", nomor_kk="x", kode_wilayah="13.05", statement=False)
    with pytest.raises(BadInput) as refused:
        submit(road.world, citizen, citizen.case_number, wrong, request())
    assert set(refused.value.fields) == {"nik", "nama", "nomor_kk", "kode_wilayah", "statement"}
    assert road.case(citizen).is_draft


def test_a_missing_photo_is_named(road: Road) -> None:
    citizen = road.draft()
    road.send(citizen, Slot.KTP)
    add_photo(road.world, citizen, citizen.case_number, Slot.KK, "image/jpeg", 9, request())
    with pytest.raises(BadInput, match="FOTO_BELUM_ADA") as refused:
        submit(road.world, citizen, citizen.case_number, road.form(), request())
    assert "Kartu Keluarga" in refused.value.message


def test_the_same_person_twice_and_other_numbers_become_findings(road: Road) -> None:
    road.submitted()
    road.reader.by_kind[ktp_reading().kind] = ktp_reading(nik="1305026006879902")
    second = road.submitted()
    assert codes(road, second) == {"NIK_GANDA", "NIK_BEDA_KETIKAN"}
    assert len(road.case(second).twins) == 1


def test_the_chain_of_events_holds_and_shows_what_was_changed(road: Road) -> None:
    citizen = road.submitted()
    number = citizen.case_number
    head, seq = road.store.chain_head(number)
    events = list(road.store.events(number))
    assert len(events) == seq
    assert verify(number, events, head, seq) is None
    item = road.table.get(f"CASE#{number}", "EVENT#00000003")
    assert item is not None
    road.table.put({**item, "detail": {"slot": "kk"}})
    broken = verify(number, road.store.events(number), head, seq)
    assert broken is not None
    assert broken.seq == 3
