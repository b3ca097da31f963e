"""Walk the whole road, then search everything that was stored or sent for what nobody may find there."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.access.actors import Officer, Role
from chalicelib.access.denials import Denial
from chalicelib.desk.claim import claim
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.errors import NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices.absence import set_leave
from chalicelib.offices.appoint import new_office
from chalicelib.offices.invite import invite
from chalicelib.offices.person import Kind
from chalicelib.usulan.documents import Slot
from tests.road import ALAMAT, BUCKET, NAMA, NIK, NOMOR_KK, OPERATOR, VILLAGE, Road, request

MENDED = "RATNA CONTOH DEWI SARI"
NOTE = "tetangga bilang rumahnya kosong"
SECRETS = (NIK, NAMA, NOMOR_KK, ALAMAT, MENDED, NOTE, "Operator Rahasia")


def stored(road: Road) -> Iterator[str]:
    """Every item as text, binary values as they are and as base64."""

    def plain(value: Any) -> Any:
        return (
            value.decode("latin-1") + base64.b64encode(value).decode() if isinstance(value, bytes) else value
        )

    for page in road.dynamodb.get_paginator("scan").paginate(TableName="berkas"):
        for item in page["Items"]:
            yield json.dumps(item, default=plain, ensure_ascii=False)


def test_stored_items_messages_and_keys_hold_nothing_personal(road: Road) -> None:
    number = road.submitted().case_number
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    correct(road.world, OPERATOR, number, "desa", fence, "nama", MENDED, request())
    ruling = Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP], NOTE)
    decide(road.world, OPERATOR, number, "desa", fence, ruling, request())
    keys = [item["Key"] for item in road.s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    texts = [*stored(road), *road.bodies, *keys]
    assert len(texts) > 20
    for secret in SECRETS:
        assert not [text for text in texts if secret.lower() in text.lower()]
    assert road.store.load(number).value("nama") == MENDED


def test_officers_names_are_sealed_too_and_a_deactivation_works_at_once(road: Road) -> None:
    officers = road.officers
    here = [RegionCode(VILLAGE)]
    made = officers.appoint("operator", "Contoh-2026-aman", "Operator Rahasia", Role.VILLAGE_OPERATOR, here)
    again = officers.appoint("operator", "Contoh-2027-aman", "Operator Rahasia", Role.VILLAGE_HEAD, here)
    assert made.id == again.id
    session = road.signed_in(made.id)
    assert officers.officer(session).role is Role.VILLAGE_HEAD
    assert not [text for text in stored(road) if "Rahasia" in text]
    item = road.table.get(f"OFFICER#{made.id}", "META")
    assert item is not None
    road.table.put({**item, "active": False})
    with pytest.raises(NotSignedIn):
        officers.officer(session)
    with pytest.raises(NotSignedIn, match="MASUK_DITOLAK"):
        officers.sign_in("operator", "salah")
    with pytest.raises(NotSignedIn, match="MASUK_DITOLAK"):
        officers.sign_in("tidak ada", "salah")


def test_a_session_and_a_refused_sign_in_name_nobody(road: Road) -> None:
    here = [RegionCode(VILLAGE)]
    username = "dewi.sangat.rahasia"
    made = road.officers.appoint(username, "Contoh-2026-aman", "Dewi", Role.VILLAGE_OPERATOR, here)
    road.signed_in(made.id)
    who = road.staff.holder(username)
    assert who == made.id
    for offices in ((), tuple(here)):
        road.world.denials.record(Denial(road.clock(), who, "session.start", offices, why="MASUK_DITOLAK"))
    texts = list(stored(road))
    assert len([text for text in texts if "SESSION#" in text or "DENIED#" in text or "NO#" in text]) == 3
    assert not [text for text in texts if "rahasia" in text]


def test_of_an_invited_officer_only_the_offices_can_be_read(road: Road) -> None:
    admin = Officer("sub-admin", "Admin Contoh", Role.ADMINISTRATOR, (RegionCode("13"),))
    begins = road.clock().date()
    office = new_office(Role.VILLAGE_HEAD, [RegionCode(VILLAGE)], Kind.TETAP, begins, None)
    name, username, why = "Ratih Sangat Rahasia", "ratih.rahasia", "alasan yang rahasia"
    made, password = invite(road.personnel, admin, username, name, office, why, request())
    away = begins + timedelta(days=40)
    set_leave(road.personnel, admin, made.id, away, away, why, request())
    texts = list(stored(road))
    assert len([text for text in texts if VILLAGE in text]) >= 3
    for secret in (name, username, "rahasia", password, away.isoformat()):
        assert not [text for text in texts if secret.lower() in text.lower()]
    kept = road.staff.load(made.id)
    assert (kept.name, kept.username, kept.leaves[0].begins) == (name, username, away)
