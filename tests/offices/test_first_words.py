"""A reason that the system gives is kept as a code and told in the reader's language; what people write stays theirs."""

from __future__ import annotations

from chalicelib.access.actors import Officer, Role
from chalicelib.api.views.console import person_view
from chalicelib.identity.region import RegionCode
from chalicelib.messages import Language, speaking
from chalicelib.offices.invite import invite_first
from chalicelib.offices.look import look_at
from tests.road import Road

ABOVE = Officer("sub-above", "Admin Provinsi Contoh", Role.ADMINISTRATOR, (RegionCode("13"),))


def test_the_first_administrators_reason_is_told_in_the_language_of_who_reads(road: Road) -> None:
    first, _ = invite_first(road.personnel, "admin.kab", "Admin Contoh Kab", RegionCode("13.05"))
    record = look_at(road.personnel, ABOVE, first.id)
    told = {}
    for language in Language:
        with speaking(language):
            told[language] = person_view(ABOVE, record, road.personnel.now())["history"][-1]
    assert told[Language.INDONESIAN]["reason"] == "Admin pertama wilayah"
    assert told[Language.ENGLISH]["reason"] == "First administrator of the area"
    assert told[Language.ENGLISH]["detail"].endswith("from 22 November 2026")
