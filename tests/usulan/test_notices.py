"""Notices: one for an event, in words a small phone shows, at hours people wake, to who asked for it and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Citizen
from chalicelib.access.limits import CONTACTS
from chalicelib.aws.failpoints import Died, installed
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.errors import BadInput, TooMany
from chalicelib.identity.region import RegionCode
from chalicelib.identity.zones import local
from chalicelib.messages import message
from chalicelib.ports import Unsent
from chalicelib.usulan.addresses import Channel, contact_of
from chalicelib.usulan.contact import set_contact
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.export import export_of
from chalicelib.usulan.forget import GRACE, erase
from chalicelib.usulan.mend import mend
from chalicelib.usulan.notices import MORNING, NIGHT, PAUSES, Standing, waking
from chalicelib.usulan.numbers import new_case_number
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from chalicelib.usulan.tell import tell
from tests.aws.test_nothing_personal_in_clear import stored
from tests.road import OPERATOR, VERIFIER, Road, request

PHONE = "+6281234509876"
CODES = (
    "KABAR_DITERIMA",
    "KABAR_PERBAIKI",
    "KABAR_INGATKAN",
    "KABAR_DITERUSKAN",
    "KABAR_DITERIMA_DINSOS",
    "KABAR_BELUM_DISETUJUI",
    "KABAR_KEDALUWARSA",
    "KABAR_TERLAMBAT",
)
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""3GPP TS 23.038, the basic table: seven bits each, 160 to a message."""
VILLAGES = ("13.05.02.2001", "51.71.01.1001", "91.71.01.1001")


def wanted(road: Road, who: Citizen, typed: str = "0812-3450-9876") -> Citizen:
    set_contact(road.world, who, who.case_number, typed, request())
    return who


def sent_in(road: Road) -> Citizen:
    """A case with a telephone, sent and on its desk."""
    who = wanted(road, road.photographed())
    road.drain()
    submit(road.world, who, who.case_number, road.form(), request())
    road.drain()
    return who


def ruled(road: Road, who: Citizen, stage: str, ruling: Ruling) -> None:
    officer = OPERATOR if stage == "desa" else VERIFIER
    fence = claim(road.world, officer, who.case_number, stage, request())["fence"]
    decide(road.world, officer, who.case_number, stage, fence, ruling, request())
    road.drain()


def texts(road: Road) -> list[str]:
    return [text for _, text, _ in road.messenger.sent]


def said(who: Citizen, *codes: str) -> list[str]:
    return [message(code, nomor=who.case_number) for code in codes]


@pytest.mark.parametrize("code", CODES)
def test_a_notice_fits_one_message_and_holds_no_link(code: str) -> None:
    text = message(code, nomor=new_case_number())
    assert len(text) <= 160
    assert set(text) <= GSM
    assert "http" not in text
    assert "www" not in text


def test_the_whole_road_is_told_each_step_once(road: Road) -> None:
    who = sent_in(road)
    ruled(road, who, "desa", Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP]))
    road.clock.pass_(days=3, hours=1)
    sweep(road.world)
    road.drain()
    road.send(who, Slot.KTP, b"sharper")
    mend(road.world, who, who.case_number, request())
    road.drain()
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    ruled(road, who, "dinsos", Ruling(Verdict.LULUS))
    for _ in range(2):
        sweep(road.world)
        tell(road.world, who.case_number)
        road.drain()
    codes = (
        "KABAR_DITERIMA",
        "KABAR_PERBAIKI",
        "KABAR_INGATKAN",
        "KABAR_DITERUSKAN",
        "KABAR_DITERIMA_DINSOS",
    )
    assert texts(road) == said(who, *codes)
    assert {address for address, _, _ in road.messenger.sent} == {PHONE}
    assert len({key for _, _, key in road.messenger.sent}) == len(codes)


def test_a_no_and_an_end_are_told_too(road: Road) -> None:
    refused, forgotten = sent_in(road), sent_in(road)
    road.messenger.sent.clear()
    ruled(road, refused, "desa", Ruling(Verdict.TOLAK, "SUDAH_MAMPU"))
    ruled(road, forgotten, "desa", Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP]))
    for _ in range(5):
        road.clock.pass_(days=5)
        sweep(road.world)
        road.drain()
    assert said(refused, "KABAR_BELUM_DISETUJUI") == [texts(road)[0]]
    assert said(forgotten, "KABAR_KEDALUWARSA") == [texts(road)[-1]]


def test_an_office_that_lets_its_day_pass_is_told_once(road: Road) -> None:
    who = sent_in(road)
    road.clock.pass_(days=2)
    sweep(road.world)
    road.drain()
    assert texts(road) == said(who, "KABAR_DITERIMA")
    for _ in range(3):
        road.clock.pass_(days=2)
        sweep(road.world)
        road.drain()
    assert texts(road) == said(who, "KABAR_DITERIMA", "KABAR_TERLAMBAT")
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    assert road.case(who).state == "VERIFIKASI_DINSOS"


def test_who_asked_for_nothing_is_told_nothing(road: Road) -> None:
    who = road.submitted()
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    assert road.messenger.sent == []
    assert list(road.world.outbox.all_waiting()) == []


def test_who_takes_it_back_is_not_told_what_waits_already(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    wanted(road, who, "")
    road.messenger.refuse = None
    road.clock.pass_(hours=1)
    sweep(road.world)
    road.drain()
    assert road.messenger.sent == []
    assert list(road.world.outbox.all_waiting()) == []
    assert [event.action for event in road.store.events(who.case_number)].count("citizen:contact:remove") == 1


def test_a_changed_number_holds_for_what_waits(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    wanted(road, who, "Warga@Contoh.Example")
    road.messenger.refuse = None
    road.clock.pass_(hours=1)
    sweep(road.world)
    road.drain()
    assert road.messenger.sent == [("warga@contoh.example", *said(who, "KABAR_DITERIMA"), _key(road, who))]


def _key(road: Road, who: Citizen) -> str:
    seq = next(e.seq for e in road.store.events(who.case_number) if e.action == "citizen:case:submit")
    return f"{who.case_number}.{seq}"


@pytest.mark.parametrize("tries", [1, 3, len(PAUSES)])
def test_what_was_not_taken_is_tried_again_with_longer_pauses(road: Road, tries: int) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    for pause in PAUSES[: tries - 1]:
        road.clock.pass_(seconds=pause.total_seconds())
        tell(road.world, who.case_number)
    (waits,) = road.world.outbox.all_waiting()
    assert (waits.tries, waits.fault) == (tries, "HTTP 503")
    assert waits.due_at >= road.clock() + PAUSES[tries - 1]
    road.messenger.refuse = None
    tell(road.world, who.case_number)
    assert road.messenger.sent == [], "not before its hour"
    road.clock.pass_(seconds=(waits.due_at - road.clock()).total_seconds())
    tell(road.world, who.case_number)
    assert texts(road) == said(who, "KABAR_DITERIMA")


def test_what_is_never_taken_is_dead_seen_and_can_begin_anew(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    for pause in PAUSES:
        road.clock.pass_(seconds=pause.total_seconds())
        tell(road.world, who.case_number)
    (dead,) = road.world.outbox.dead()
    assert (dead.standing, dead.tries, dead.fault) == (Standing.DEAD, len(PAUSES) + 1, "HTTP 503")
    assert list(road.world.outbox.all_waiting()) == []
    road.messenger.refuse = None
    road.clock.pass_(hours=14)
    sweep(road.world)
    road.drain()
    assert road.messenger.sent == []
    road.world.outbox.revive(dead, road.clock())
    road.clock.pass_(minutes=2)
    sweep(road.world)
    road.drain()
    assert texts(road) == said(who, "KABAR_DITERIMA")
    assert list(road.world.outbox.dead()) == []


def test_a_refusal_for_good_is_not_repeated(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 400", for_good=True)
    sent_in(road)
    assert [one.tries for one in road.world.outbox.dead()] == [1]


def test_at_night_nobody_is_woken(road: Road) -> None:
    road.clock.at = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # 22.00 WIB
    who = wanted(road, road.photographed())
    road.drain()
    submit(road.world, who, who.case_number, road.form(), request())
    assert road.received("berkas-notices") == []
    assert [waits.event for waits in road.world.outbox.all_waiting()] == [road.case(who).seq]
    road.clock.at = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    sweep(road.world)
    road.drain()
    assert road.messenger.sent == []
    road.clock.at = datetime(2026, 11, 23, 0, 2, tzinfo=UTC)
    sweep(road.world)
    road.drain()
    assert texts(road) == said(who, "KABAR_DITERIMA")


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  (the strategy's bounds are naive)
    village=st.sampled_from(VILLAGES),
)
def test_the_morning_is_the_villages_and_the_next_one(at: datetime, village: str) -> None:
    region = RegionCode(village)
    woken = waking(region, at)
    assert MORNING <= local(region, woken).hour < NIGHT
    assert timedelta() <= woken - at <= timedelta(hours=24 - NIGHT + MORNING)
    if woken != at:
        there = local(region, woken)
        assert (there.hour, there.minute, there.second) == (MORNING, 0, 0)
        assert not MORNING <= local(region, at).hour < NIGHT


def test_two_at_once_send_one(road: Road) -> None:
    who = sent_in(road)
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    road.messenger.sent.clear()
    road.messenger.refuse = Unsent("HTTP 503")
    ruled(road, who, "dinsos", Ruling(Verdict.LULUS))
    road.messenger.refuse = None
    (waits,) = road.world.outbox.all_waiting()
    until = road.clock() + timedelta(minutes=5)
    assert road.world.outbox.begin(waits, until) is not None
    assert road.world.outbox.begin(waits, until) is None


def test_a_death_after_the_gateway_took_it_repeats_the_same_key(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    road.messenger.refuse = None
    road.clock.pass_(hours=1)
    puts = 0

    def dies(point: str) -> None:
        nonlocal puts
        if point == "dynamodb.put:before":
            puts += 1
            if puts == 2:  # the first counts the try, the second would say that it was sent
                raise Died

    with installed(dies), pytest.raises(Died):
        tell(road.world, who.case_number)
    tell(road.world, who.case_number)
    assert len(road.messenger.sent) == 1, "it is still in somebody's hands"
    road.clock.pass_(minutes=7)
    sweep(road.world)
    road.drain()
    first, second = road.messenger.sent
    assert first == second


def test_an_erased_case_tells_nothing_and_keeps_no_number(road: Road) -> None:
    road.messenger.refuse = Unsent("HTTP 503")
    who = sent_in(road)
    erase(road.world, who.case_number)
    assert road.case(who).contact is None
    road.messenger.refuse = None
    road.clock.pass_(seconds=GRACE.total_seconds() + 60)
    sweep(road.world)
    road.clock.pass_(hours=1)
    sweep(road.world)
    tell(road.world, who.case_number)
    assert road.messenger.sent == []
    assert list(road.world.outbox.all_waiting()) == []


def test_the_number_stands_nowhere_in_the_clear_and_comes_with_the_copy(road: Road) -> None:
    who = sent_in(road)
    ruled(road, who, "desa", Ruling(Verdict.LULUS))
    everything = [*stored(road), *road.bodies, str(road.case(who).contact)]
    assert not [text for text in everything if "81234509876" in text]
    assert not [body for body in road.bodies if "Usulan" in body]
    copy = export_of(road.case(who), road.store.events(who.case_number), "")
    assert copy["contact"] == {"channel": "hp", "address": PHONE}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234509876", PHONE),
        ("+62 812-3450-9876", PHONE),
        ("62812 3450 9876", PHONE),
        ("Warga.Satu@contoh.example", "warga.satu@contoh.example"),
    ],
)
def test_addresses_as_people_write_them(typed: str, kept: str) -> None:
    assert contact_of(typed).address == kept


@pytest.mark.parametrize(
    "typed",
    ["12345", "0751123456", "08", "+1 202 555 0100", "a@b", "a@b.c\nBcc: x@y.zz", "a b@c.id", "@c.id"],
)
def test_what_is_no_address_is_not_kept(typed: str) -> None:
    with pytest.raises(BadInput, match="KONTAK_SALAH"):
        contact_of(typed)


@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    try:
        contact = contact_of(typed)
    except BadInput:
        return
    assert contact.channel in Channel
    assert "\n" not in contact.address
    assert contact.address not in repr(contact)


def test_nobodys_telephone_is_filled_by_turns(road: Road) -> None:
    who = road.draft()
    for place in range(CONTACTS.burst):
        wanted(road, who, f"08123450987{place}")
    with pytest.raises(TooMany):
        wanted(road, who, "081234509879")
    wanted(road, who, "")
    assert road.case(who).contact is None
