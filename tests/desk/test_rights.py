"""The rights of the people in a case, from the request to what it does; each step on record."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.access.actors import Citizen, Officer, Role
from chalicelib.access.limits import REQUESTS
from chalicelib.api.views.requests import export_view
from chalicelib.desk.claim import claim
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.queue import desk
from chalicelib.desk.rights import Answer, Reply, answer, answers_open, open_request, waiting
from chalicelib.desk.unmask import Purpose, unmask
from chalicelib.errors import BadInput, Conflict, Erased, Forbidden, NotFound, TooMany
from chalicelib.usulan.ask import Wish, ask, withdraw
from chalicelib.usulan.case import Case
from chalicelib.usulan.events import verify
from chalicelib.usulan.export import fetch_export
from chalicelib.usulan.forget import GRACE
from chalicelib.usulan.rights import Proof, Right
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.aws.test_nothing_personal_in_clear import stored
from tests.road import (
    COLLEAGUE,
    FIELD_OFFICER,
    NAMA,
    NIK,
    OPERATOR,
    VERIFIER,
    Road,
    request,
)

HEAD = Officer("sub-head", "Kepala Contoh", Role.DINSOS_HEAD, VERIFIER.regions)
YES, NO = Answer.KABULKAN, Answer.TOLAK
MENDED = "RATNA CONTOH DEWITA"
NOTE = "nama di akta berbeda satu huruf"


@pytest.fixture
def who(road: Road) -> Citizen:
    return road.submitted()


def asked(road: Road, who: Citizen, right: Right, **more: object) -> str:
    """The id of a new request."""
    before = set(road.case(who).requests)
    ask(road.world, who, who.case_number, Wish(right, **more), request())  # type: ignore[arg-type]
    (made,) = set(road.case(who).requests) - before
    return made


def answered(
    road: Road,
    who: Citizen,
    made: str,
    reply: Answer = YES,
    reason: str | None = None,
    by: Officer = VERIFIER,
) -> Case:
    return answer(road.world, by, who.case_number, made, Reply(reply, reason, "jawaban kami"), request())


def actions(road: Road, who: Citizen) -> list[str]:
    return [event.action for event in road.store.events(who.case_number)]


def chain_holds(road: Road, who: Citizen) -> bool:
    head, seq = road.store.chain_head(who.case_number)
    return verify(who.case_number, road.store.events(who.case_number), head, seq) is None


def test_a_copy_is_asked_for_granted_and_fetched(road: Road, who: Citizen) -> None:
    with pytest.raises(Conflict, match="SALINAN_BELUM_ADA"):
        fetch_export(road.world, who, who.case_number)
    made = asked(road, who, Right.EXPORT)
    assert [(one.id, case.number) for one, case in waiting(road.world, VERIFIER)[0]] == [
        (made, who.case_number)
    ]
    answered(road, who, made)
    assert waiting(road.world, VERIFIER)[0] == []
    document = export_view(road.case(who), fetch_export(road.world, who, who.case_number))
    fields = {one["name"]: one["value"] for one in document["fields"]}
    assert (fields["nik"], fields["nama"]) == (NIK, NAMA)
    assert [one["label"] for one in document["processing"]][-1] == "Salinan data diambil"
    assert VERIFIER.id not in json.dumps(document)
    assert [one["slot"] for one in document["photos"]] == ["ktp", "kk", "rumah_depan"]
    for one in document["photos"]:
        link = urlsplit(one["url"])
        assert f"olahan/{who.case_number}/{one['slot']}/" in link.path
        assert parse_qs(link.query)["X-Amz-Expires"] == ["300"]
    assert "karantina" not in json.dumps(document)
    road.clock.pass_(days=14)
    with pytest.raises(Conflict, match="SALINAN_BELUM_ADA"):
        fetch_export(road.world, who, who.case_number)
    assert actions(road, who)[-3:] == ["citizen:right:ask", "officer:right:decide", "citizen:right:export"]
    assert chain_holds(road, who)


def test_a_correction_is_proved_granted_and_stands_at_once(road: Road, who: Citizen) -> None:
    with pytest.raises(BadInput, match="ISIAN_SALAH"):
        asked(road, who, Right.CORRECT, wanted={"nik": "12"})
    with pytest.raises(BadInput, match="KOREKSI_KOSONG"):
        asked(road, who, Right.CORRECT)
    made = asked(road, who, Right.CORRECT, wanted={"nama": MENDED.title()}, note=NOTE)
    one, case = open_request(road.world, VERIFIER, who.case_number, made)
    assert (one.wanted, one.note, case.value("nama")) == ({"nama": MENDED}, NOTE, NAMA)
    answered(road, who, made)
    assert road.case(who).value("nama") == MENDED
    assert actions(road, who)[-3:] == ["officer:right:open", "officer:right:decide", "officer:field:correct"]
    for secret in (MENDED, NOTE, "jawaban kami"):
        assert not [text for text in stored(road) if secret.lower() in text.lower()]


def test_a_restricted_case_is_left_alone_until_the_restriction_is_lifted(road: Road, who: Citizen) -> None:
    number = who.case_number
    fence = claim(road.world, OPERATOR, number, "desa", request())["fence"]
    made = asked(road, who, Right.RESTRICT)
    answered(road, who, made)
    attempts = (
        lambda: claim(road.world, COLLEAGUE, number, "desa", request()),
        lambda: correct(road.world, OPERATOR, number, "desa", fence, "nama", MENDED, request()),
        lambda: decide(road.world, OPERATOR, number, "desa", fence, Ruling(Verdict.LULUS), request()),
        lambda: unmask(road.world, OPERATOR, number, "nik", Purpose.DUGAAN_GANDA, "", request()),
    )
    for attempt in attempts:
        with pytest.raises(Conflict, match="DIBATASI"):
            attempt()
    with pytest.raises(Conflict, match="SUDAH_DIMINTA"):
        asked(road, who, Right.RESTRICT)
    withdraw(road.world, who, number, made, request())
    fence = claim(road.world, COLLEAGUE, number, "desa", request())["fence"]
    decide(road.world, COLLEAGUE, number, "desa", fence, Ruling(Verdict.LULUS), request())
    assert road.case(who).state == "VERIFIKASI_DINSOS"


def test_a_returned_case_does_not_expire_while_it_is_restricted(road: Road, who: Citizen) -> None:
    fence = claim(road.world, OPERATOR, who.case_number, "desa", request())["fence"]
    returned = Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", list(road.case(who).uploads)[:1])
    decide(road.world, OPERATOR, who.case_number, "desa", fence, returned, request())
    made = asked(road, who, Right.RESTRICT)
    answered(road, who, made)
    for _ in range(6):
        road.clock.pass_(days=5)
        sweep(road.world)
    assert road.case(who).state == "PERLU_PERBAIKAN"
    withdraw(road.world, who, who.case_number, made, request())
    sweep(road.world)
    assert "system:citizen:remind" in actions(road, who)


def test_the_automatic_check_rests_while_a_case_is_restricted(road: Road) -> None:
    who = road.photographed()
    road.drain()
    submit(road.world, who, who.case_number, road.form(), request())
    made = asked(road, who, Right.RESTRICT)
    answered(road, who, made)
    road.drain()
    road.clock.pass_(minutes=5)
    assert sweep(road.world).resent == 0
    assert road.case(who).state == "DIKIRIM"
    with pytest.raises(BadInput, match="BUKTI_KURANG"):
        withdraw(road.world, OPERATOR, who.case_number, made, request())
    withdraw(road.world, OPERATOR, who.case_number, made, request(), Proof.SURAT_KUASA)
    assert road.store.events(who.case_number)[-1].detail["proof"] == "SURAT_KUASA"
    sweep(road.world)
    road.drain()
    assert road.case(who).state == "ANTREAN_DESA"


def test_an_erasure_is_the_heads_to_grant_and_takes_all_away(road: Road, who: Citizen) -> None:
    made = asked(road, who, Right.ERASE)
    other = asked(road, who, Right.CORRECT, wanted={"nama": MENDED}, note=NOTE)
    one, case = open_request(road.world, VERIFIER, who.case_number, made)
    assert answers_open(VERIFIER, case, one) == ()
    with pytest.raises(Forbidden):
        answered(road, who, made)
    assert answers_open(HEAD, case, one) == (YES, NO)
    answered(road, who, made, by=HEAD)
    assert [offer.case.number for offer in desk(road.world, OPERATOR)[0]] == []
    assert waiting(road.world, HEAD)[0] == []
    assert (road.case(who).requests[other].note, road.case(who).requests[other].waits) == ("", False)
    with pytest.raises(Conflict):
        asked(road, who, Right.EXPORT)
    road.clock.pass_(seconds=GRACE.total_seconds() + 60)
    sweep(road.world)
    road.clock.pass_(days=5)
    sweep(road.world)
    with pytest.raises(Erased):
        type(road.store)(road.table, road.keys, road.digests).load(who.case_number)
    kept = road.s3.list_object_versions(Bucket="berkas-photos-test").get("Versions", [])
    assert not [one for one in kept if who.case_number in one["Key"]]
    assert chain_holds(road, who)


def test_what_the_law_keeps_is_not_erased_and_the_reason_is_told(road: Road, who: Citizen) -> None:
    for officer, stage in ((OPERATOR, "desa"), (VERIFIER, "dinsos")):
        fence = claim(road.world, officer, who.case_number, stage, request())["fence"]
        decide(road.world, officer, who.case_number, stage, fence, Ruling(Verdict.LULUS), request())
        road.drain()
    made = asked(road, who, Right.ERASE)
    assert answers_open(HEAD, *reversed(open_request(road.world, HEAD, who.case_number, made))) == (NO,)
    with pytest.raises(Conflict, match="HAPUS_TERIKAT_HUKUM"):
        answered(road, who, made, by=HEAD)
    with pytest.raises(BadInput, match="ALASAN_KURANG"):
        answered(road, who, made, NO, "DATA_ORANG_LAIN", HEAD)
    answered(road, who, made, NO, "KEWAJIBAN_HUKUM", HEAD)
    told = road.case(who).requests[made]
    assert (told.reason, told.answer) == ("KEWAJIBAN_HUKUM", "jawaban kami")
    assert road.case(who).value("nik") == NIK
    with pytest.raises(Conflict, match="PERMINTAAN_SELESAI"):
        answered(road, who, made, NO, "SENGKETA", HEAD)


def test_nobody_answers_what_he_wrote_down_himself(road: Road, who: Citizen) -> None:
    number, wish = who.case_number, Wish(Right.EXPORT)
    with pytest.raises(BadInput, match="BUKTI_KURANG"):
        ask(road.world, FIELD_OFFICER, number, wish, request())
    shown = Wish(Right.EXPORT, proof=Proof.KTP_ASLI)
    ask(road.world, VERIFIER, number, shown, request())
    (made,) = road.case(who).requests
    with pytest.raises(Conflict, match="PENCATAT_MEMUTUS"):
        answered(road, who, made)
    answered(road, who, made, by=HEAD)
    recorded = road.store.events(number)[-2]
    assert (recorded.action, recorded.actor, recorded.detail["proof"]) == (
        "officer:right:record",
        VERIFIER.id,
        "KTP_ASLI",
    )
    with pytest.raises(Forbidden):
        answered(road, who, made, by=OPERATOR)
    with pytest.raises(NotFound, match="PERMINTAAN_TIDAK_ADA"):
        open_request(road.world, HEAD, number, "none")


def test_a_draft_is_its_owners_alone(road: Road) -> None:
    who = road.photographed()
    road.drain()
    with pytest.raises(Conflict, match="MASIH_DRAF"):
        asked(road, who, Right.RESTRICT)
    asked(road, who, Right.EXPORT)
    assert fetch_export(road.world, who, who.case_number)["documents"]
    ask(road.world, who, who.case_number, Wish(Right.ERASE), request())
    assert road.case(who).state == "DIHAPUS"
    assert chain_holds(road, who)


def test_the_sweeper_reminds_until_there_is_an_answer(road: Road, who: Citizen) -> None:
    made = asked(road, who, Right.EXPORT)
    due = road.case(who).requests[made].due_at
    assert due - road.clock() == timedelta(hours=72)
    for _ in range(100):
        road.clock.pass_(hours=1)
        sweep(road.world)
    reminders = [
        event for event in road.store.events(who.case_number) if event.action == "system:right:remind"
    ]
    assert [event.detail["late"] for event in reminders] == ["no", "yes", "yes"]
    (row,) = waiting(road.world, HEAD)[0]
    assert row[0].overdue(road.clock())
    answered(road, who, made)
    road.clock.pass_(days=3)
    before = len(actions(road, who))
    sweep(road.world)
    assert len(actions(road, who)) == before


def test_the_soonest_due_lies_on_top_and_pages_follow(road: Road) -> None:
    made = []
    for _ in range(3):
        who = road.submitted()
        made.append((asked(road, who, Right.EXPORT), who.case_number))
        road.clock.pass_(minutes=1)
    office = VERIFIER.regions[0]
    first, cursor = road.store.requests(office, 2, None)
    rest, end = road.store.requests(office, 2, cursor)
    assert [(one, case.number) for one, case in (*first, *rest)] == made
    assert end is None


def test_a_repeated_request_is_one_and_too_many_have_to_wait(road: Road, who: Citizen) -> None:
    again = request()
    for _ in range(2):
        ask(road.world, who, who.case_number, Wish(Right.EXPORT), again)
    assert len(road.case(who).requests) == 1
    for _ in range(REQUESTS.burst):
        road.world.meter.take(REQUESTS, who.case_number, road.clock())
    with pytest.raises(TooMany):
        asked(road, who, Right.RESTRICT)
