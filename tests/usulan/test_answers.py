"""What was typed into a draft is kept with it: sealed, speaking of nobody, gone once sent; the last saving counts."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access.actors import Citizen
from chalicelib.access.limits import ANSWERS
from chalicelib.errors import Conflict, Forbidden, NotFound, TooMany
from chalicelib.usulan.answers import Screen
from chalicelib.usulan.events import verify
from chalicelib.usulan.export import export_of
from chalicelib.usulan.forget import erase
from chalicelib.usulan.save_answers import save_answers
from chalicelib.usulan.store import Answer, ClientRequest
from chalicelib.usulan.submit import submit
from tests.road import NAMA, NIK, NOMOR_KK, VILLAGE, Road, request

TYPED = {"nik": NIK, "nama": NAMA, "kode_wilayah": VILLAGE}


def save(
    road: Road,
    who: Citizen,
    values: dict[str, str],
    seen: int,
    screen: Screen = Screen.IDENTITY,
    named: ClientRequest | None = None,
) -> Answer:
    return save_answers(road.world, who, who.case_number, screen, values, seen, named or request())


def test_another_phone_finds_what_was_typed_and_where(road: Road) -> None:
    who = road.draft()
    assert save(road, who, {**TYPED, "rt": "  "}, 0)["version"] == 1
    kept = road.case(who).answers
    assert kept is not None
    assert (kept.screen, kept.values, kept.saved_at) == (Screen.IDENTITY, TYPED, road.clock())


def test_it_is_sealed_and_speaks_of_nobody(road: Road) -> None:
    who = road.draft()
    save(road, who, {**TYPED, "nomor_kk": NOMOR_KK}, 0)
    stored = str(road.dynamodb.scan(TableName="berkas")["Items"])
    assert not [value for value in (NIK, NAMA, NOMOR_KK) if value in stored]
    assert road.case(who).marks == frozenset()
    assert road.store.cases_with("nik", road.digests.of("nik", NIK)) == []


def test_the_chain_says_that_it_was_saved_and_not_what(road: Road) -> None:
    who = road.draft()
    save(road, who, TYPED, 0)
    event = road.store.events(who.case_number, private=True)[-1]
    assert (event.action, event.detail, event.private) == ("citizen:answers:save", {"screen": "periksa"}, {})
    head, seq = road.store.chain_head(who.case_number)
    assert verify(who.case_number, road.store.events(who.case_number), head, seq) is None


def test_who_has_not_seen_the_last_saving_is_told_and_saves_over_it_knowingly(road: Road) -> None:
    who = road.draft()
    save(road, who, {"nama": "DARI HP PERTAMA"}, 0)
    save(road, who, {"nama": "DARI HP KEDUA"}, 1)
    with pytest.raises(Conflict) as told:
        save(road, who, {"nama": "LAGI DARI YANG PERTAMA"}, 1)
    assert told.value.code == "ISIAN_DI_HP_LAIN"
    kept = road.case(who).answers
    assert kept is not None
    assert kept.values == {"nama": "DARI HP KEDUA"}
    assert save(road, who, {"nama": "LAGI DARI YANG PERTAMA"}, 2)["version"] == 3


def test_the_same_words_are_no_conflict_and_no_new_saving(road: Road) -> None:
    who = road.draft()
    save(road, who, TYPED, 0)
    length = road.case(who).seq
    assert save(road, who, TYPED, 0)["version"] == 1
    assert road.case(who).seq == length
    assert save(road, who, TYPED, 0, Screen.ADDRESS)["version"] == 2


def test_a_repeated_request_is_answered_as_the_first_time(road: Road) -> None:
    who, named = road.draft(), request()
    first = save(road, who, TYPED, 0, named=named)
    assert save(road, who, TYPED, 0, named=named) == first
    assert road.case(who).seq == 2


def test_once_sent_or_erased_nothing_of_it_is_left(road: Road) -> None:
    sent = road.photographed()
    save(road, sent, {"nama": "SALAH KETIK"}, 0)
    submit(road.world, sent, sent.case_number, road.form(), request())
    assert road.case(sent).answers is None
    with pytest.raises(Conflict) as told:
        save(road, sent, TYPED, 1)
    assert told.value.code == "SUDAH_DIKIRIM"
    dropped = road.draft()
    save(road, dropped, TYPED, 0)
    erase(road.world, dropped.case_number)
    assert road.case(dropped).answers is None


def test_the_copy_of_a_draft_holds_what_was_typed(road: Road) -> None:
    who = road.draft()
    save(road, who, TYPED, 0)
    document: dict[str, Any] = export_of(road.case(who), [], "2026-11-22T02:00:00+00:00")
    typed = {field["name"]: field["typed"] for field in document["fields"]}
    assert (typed["nik"], typed["nama"]) == (NIK, NAMA)


def test_nobody_else_saves(road: Road) -> None:
    who, other = road.draft(), road.draft()
    with pytest.raises(Forbidden):
        save_answers(road.world, other, who.case_number, Screen.KTP, {}, 0, request())
    with pytest.raises(NotFound):
        save(road, Citizen("AAAA-AAAA-A"), {}, 0)


def test_nobody_saves_without_end(road: Road) -> None:
    who = road.draft()
    for count in range(ANSWERS.burst):
        save(road, who, {"nama": f"KE {count}"}, count)
    with pytest.raises(TooMany):
        save(road, who, {"nama": "SEKALI LAGI"}, ANSWERS.burst)
