"""What of a reading is stored: fields that some rule uses, and of a family card the person's own row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import chalicelib
from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.aws.queues import arrivals
from chalicelib.desk.claim import claim
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.local.specimens.truth import KK_KEYS, KTP_KEYS, MEMBER_KEYS
from chalicelib.reading.model import Field, Kind, Reading, ReadPhoto
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import Happened
from chalicelib.usulan.keeping import needed, rules
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.submit import submit
from tests.road import NAMA, NIK, OPERATOR, Road, kk_reading, ktp_reading, request

CHILD = "1305024506159905"
UNNEEDED = {"agama": "ISLAM", "gol_darah": "O", "status_perkawinan": "KAWIN", "nama_ibu": "SITI CONTOH"}


def row(nik: str, nama: str) -> dict[str, Field]:
    values = {"nik": nik, "nama": nama, "pekerjaan": "PETANI/PEKEBUN", **UNNEEDED}
    return {name: Field(value, 0.95) for name, value in values.items()}


@pytest.fixture
def wide(road: Road) -> Road:
    """A reader that reads all that is printed, two rows of the family card among it."""
    extra = {name: Field(value, 0.9) for name, value in UNNEEDED.items()}
    card, sheet = ktp_reading(), kk_reading()
    road.reader.by_kind[Kind.KTP] = replace(card, fields={**card.fields, **extra})
    rows = (row(NIK, NAMA), row(CHILD, "ANAK CONTOH"))
    road.reader.by_kind[Kind.KK] = replace(sheet, fields={**sheet.fields, **extra}, members=rows)
    return road


def kept(road: Road, number: str) -> dict[Slot, Reading]:
    """The readings as they lie in the table."""
    case = DynamoCaseStore(road.table, road.keys, road.digests).load(number)
    return {slot: upload.reading for slot, upload in case.uploads.items() if upload.reading}


def niks(road: Road, number: str) -> list[str | None]:
    return [row["nik"].value if "nik" in row else None for row in kept(road, number)[Slot.KK].members]


def test_what_no_rule_uses_is_never_stored(wide: Road) -> None:
    citizen = wide.photographed()
    wide.drain()
    readings = kept(wide, citizen.case_number)
    assert readings[Slot.KTP].fields["nik"].value == NIK
    told = repr(readings)
    assert not [name for name, value in UNNEEDED.items() if name in told or repr(value) in told]


def test_rows_of_others_go_once_the_own_one_is_known(wide: Road) -> None:
    citizen = wide.photographed()
    wide.drain()
    assert niks(wide, citizen.case_number) == [NIK, CHILD], "nobody knows yet whose case it is"
    submit(wide.world, citizen, citizen.case_number, wide.form(), request())
    wide.drain()
    assert niks(wide, citizen.case_number) == [NIK, None]
    assert "NIK_TIDAK_DI_KK" not in {one.code for one in wide.case(citizen).findings}


def test_a_reading_that_comes_after_the_submission_keeps_the_own_row_alone(wide: Road) -> None:
    citizen = wide.photographed()
    submit(wide.world, citizen, citizen.case_number, wide.form(), request())
    wide.drain()
    assert niks(wide, citizen.case_number) == [NIK, None]


def test_rows_stay_while_a_correction_may_still_find_the_own_one(wide: Road) -> None:
    citizen = wide.photographed()
    wide.drain()
    number = citizen.case_number
    submit(wide.world, citizen, number, wide.form(nik="1305026006879904"), request())
    wide.drain()
    assert niks(wide, number) == [NIK, CHILD]
    assert "NIK_TIDAK_DI_KK" in {one.code for one in wide.case(citizen).findings}
    fence = claim(wide.world, OPERATOR, number, "desa", request())["fence"]
    correct(wide.world, OPERATOR, number, "desa", fence, "nik", NIK, request())
    assert niks(wide, number) == [NIK, None]
    assert "NIK_TIDAK_DI_KK" not in {one.code for one in wide.case(citizen).findings}


def test_at_the_end_no_row_of_others_is_left(wide: Road) -> None:
    citizen = wide.photographed()
    wide.drain()
    number = citizen.case_number
    submit(wide.world, citizen, number, wide.form(nik="1305026006879904"), request())
    wide.drain()
    fence = claim(wide.world, OPERATOR, number, "desa", request())["fence"]
    decide(wide.world, OPERATOR, number, "desa", fence, Ruling(Verdict.TOLAK, "SUDAH_MAMPU"), request())
    assert niks(wide, number) == [None, None]


def test_every_field_that_is_kept_is_printed_and_named_by_a_rule() -> None:
    printed = {"ktp": KTP_KEYS, "kk": (*KK_KEYS, "tanggal_dikeluarkan"), "row": MEMBER_KEYS}
    root = Path(chalicelib.__file__).parent
    source = (root / "usulan" / "crosscheck.py").read_text("utf-8")
    assert set(rules()) == set(printed)
    for document, fields in rules().items():
        assert set(fields) <= set(printed[document])
        for rule in fields.values():
            assert all(
                code in source for code in re.findall(r"[A-Z]+(?:_[A-Z]+)+", rule) if code != "SOURCES"
            ), rule


def test_a_house_and_a_slip_keep_what_is_no_field() -> None:
    house = Reading(Kind.HOUSE, fingerprint="ab12", size=(800, 600))
    assert needed(house) == house


def test_the_record_of_a_document_says_whether_its_signature_can_be_seen(road: Road) -> None:
    """Whoever wants to know in how many copies it can: the chain of each case tells."""
    place = ((1.0, 1.0), (9.0, 1.0), (9.0, 5.0), (1.0, 5.0))

    def read(data: bytes, expected: Kind) -> ReadPhoto:
        veiled = (place,) if expected is Kind.KTP else ()
        return ReadPhoto(road.reader.by_kind[expected], b"copy", veiled=veiled)

    citizen = road.photographed()
    for body in road.received("berkas-uploads"):
        for key, version in arrivals(body):
            read_upload(road.world, read, key, version)
    told = {
        event.detail["slot"]: event.detail.get("signature")
        for event in road.store.events(citizen.case_number)
        if event.action == Happened.PHOTO_READ
    }
    assert told == {"ktp": "veiled", "kk": "shown", "rumah_depan": None}
