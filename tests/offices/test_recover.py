"""The last administrator is gone: two operators put another one in, and nothing less will do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.aws.recoveries import DynamoRecoveries
from chalicelib.errors import BadInput, Conflict, Forbidden, NotFound, NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices.changes import Change, chain_name
from chalicelib.offices.invite import invite_first
from chalicelib.offices.person import Person
from chalicelib.offices.recover import GOOD_FOR, ask, confirm
from chalicelib.usulan.events import verify
from tests.aws.test_nothing_personal_in_clear import stored
from tests.road import Road

PROVINCE, KABUPATEN = RegionCode("13"), RegionCode("13.05")
ONE = "arn:aws:sts::111122223333:assumed-role/Operator/sari@contoh.example.id"
OTHER = "arn:aws:sts::111122223333:assumed-role/Operator/bayu@contoh.example.id"
NEW, NAME, WHY = "admin.baru", "Admin Contoh Baru", "Surat kepala dinas nomor 4"


@pytest.fixture
def gone(road: Road) -> Person:
    """The administrator whom nobody reaches any more."""
    return invite_first(road.personnel, "admin.lama", "Admin Contoh Lama", PROVINCE)[0]


def kept(road: Road) -> DynamoRecoveries:
    return DynamoRecoveries(road.table, road.keys)


def asked(road: Road, region: RegionCode = PROVINCE, username: str = NEW) -> None:
    ask(road.personnel, kept(road), region, username, NAME, WHY, ONE)


def confirmed(road: Road, by: str = OTHER, username: str = NEW) -> tuple[Person, str]:
    return confirm(road.personnel, kept(road), PROVINCE, username, by)


def test_two_operators_replace_an_administrator_who_is_shut_out(road: Road, gone: Person) -> None:
    standing = road.signed_in(gone.id)
    assert road.officers.officer(standing).id == gone.id
    asked(road)
    person, password = confirmed(road)
    assert road.officers.officer(road.signed_in(person.id)).regions == (PROVINCE,)
    assert road.officers.sign_in(NEW, password)
    with pytest.raises(NotSignedIn):
        road.officers.officer(standing)
    assert road.staff.load(gone.id).sessions == ()
    with pytest.raises(NotFound, match="PEMULIHAN_TIDAK_ADA"):
        confirmed(road)


def test_both_operators_stand_in_both_chains_and_nowhere_in_clear(road: Road, gone: Person) -> None:
    asked(road)
    for text in (NAME.lower(), NEW, "sari@contoh", WHY.lower()):
        assert not [one for one in stored(road) if text in one.lower()]
    person, _ = confirmed(road)
    for officer, change in ((gone.id, Change.DEACTIVATED), (person.id, Change.RECOVERED)):
        events = road.staff.events(officer)
        assert events[-1].action == change
        assert events[-1].private == {"reason": WHY, "asked_by": ONE, "confirmed_by": OTHER}
        assert verify(chain_name(officer), events, *road.staff.chain_head(officer)) is None
    assert not [one for one in stored(road) if "@contoh" in one]


def test_one_operator_alone_does_nothing(road: Road, gone: Person) -> None:
    asked(road)
    with pytest.raises(Forbidden, match="PEMULIHAN_DUA_ORANG"):
        confirmed(road, by=ONE)
    with pytest.raises(BadInput) as told:
        confirmed(road, username="admin.lain")
    assert set(told.value.fields) == {"username"}
    assert road.staff.load(gone.id).active
    road.clock.pass_(seconds=GOOD_FOR.total_seconds() + 1)
    with pytest.raises(NotFound, match="PEMULIHAN_TIDAK_ADA"):
        confirmed(road)
    assert road.staff.holder(NEW) is None


def test_where_somebody_above_can_do_it_it_is_done_there(road: Road, gone: Person) -> None:
    with pytest.raises(Conflict, match="BELUM_ADA_ADMIN"):
        asked(road, KABUPATEN)
    with pytest.raises(Conflict, match="SUDAH_ADA_ADMIN"):
        invite_first(road.personnel, "admin.kab", "Admin Contoh Kab", KABUPATEN)
    with pytest.raises(Conflict, match="NAMA_PENGGUNA_DIPAKAI"):
        asked(road, username=gone.username)


def test_the_first_administrator_is_invited_by_one_and_the_next_one_is_not(road: Road, gone: Person) -> None:
    """Else one operator alone could put anybody in."""
    with pytest.raises(Conflict, match="SUDAH_ADA_ADMIN"):
        invite_first(road.personnel, NEW, NAME, PROVINCE)
    road.clock.pass_(seconds=timedelta(days=400).total_seconds())
    with pytest.raises(Conflict, match="SUDAH_ADA_ADMIN"):
        invite_first(road.personnel, NEW, NAME, PROVINCE)
