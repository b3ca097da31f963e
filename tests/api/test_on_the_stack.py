"""The API as phones and desks meet it: real HTTP, real tokens, real presigned forms."""

from __future__ import annotations

import uuid

import pytest

from chalicelib.local.demo import PASSWORD
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.usulan.numbers import new_case_number
from tests.client import Client, drafted, eventually, read_slots, submitted

pytestmark = pytest.mark.stack

SHAPE = {"code", "message", "hint", "request_id", "fields"}


@pytest.fixture
def client(stack: RunningStack) -> Client:
    return Client(stack.base_url)


def test_every_refusal_has_the_one_shape(client: Client) -> None:
    stranger = client.with_headers(Authorization="Bearer not.a.token")
    number = drafted(client).number
    refusals = {
        "no token": (401, "BELUM_MASUK", client.get("desk")),
        "bad token": (401, "BELUM_MASUK", stranger.get("desk")),
        "no route": (404, "TIDAK_DITEMUKAN", client.get("nowhere")),
        "no secret": (404, "USULAN_TIDAK_DITEMUKAN", client.get(f"usulan/{number}")),
        "no case": (404, "USULAN_TIDAK_DITEMUKAN", client.get("usulan/0000-0000-0")),
        "wrong field": (400, "ISIAN_SALAH", client.post("usulan", {"target": "nobody"})),
        "unknown field": (400, "ISIAN_SALAH", client.post("usulan", {"target": "self", "x": 1})),
        "not an object": (400, "ISIAN_SALAH", client.post("usulan", [1])),
        "no request id": (400, "KUNCI_PERMINTAAN_KURANG", client.post("usulan", {"target": "self"}, " ")),
        "wrong password": (
            401,
            "MASUK_DITOLAK",
            client.post("session", {"username": "dinsos", "password": "x"}),
        ),
        "no region": (404, "TIDAK_DITEMUKAN", client.get("wilayah?parent=99")),
        "odd region": (400, "WILAYAH_SALAH", client.get("wilayah?parent=satu")),
    }
    seen = {name: (answer.status, answer.code) for name, (_, _, answer) in refusals.items()}
    assert seen == {name: (status, code) for name, (status, code, _) in refusals.items()}
    for _, _, answer in refusals.values():
        assert set(answer.json["error"]) == SHAPE
        assert answer.json["error"]["message"]
    odd = client.raw("TRACE", "healthz")
    assert (odd.status, odd.json()["error"]["code"]) == (404, "TIDAK_DITEMUKAN")
    text = client.raw("POST", "api/v1/usulan", body=b"a=b", headers={"Content-Type": "text/plain"})
    assert (text.status, text.json()["error"]["code"]) == (400, "ISIAN_SALAH")


def test_five_wrong_secrets_and_then_a_wait(client: Client) -> None:
    """For this case, from this address: the right secret waits too, other cases do not."""
    mine, other = drafted(client), drafted(client)
    for _ in range(5):
        assert (
            client.with_headers(**{"Berkas-Secret": "0000-0000"}).get(f"usulan/{mine.number}").status == 404
        )
    refused = mine.phone.get(f"usulan/{mine.number}")
    assert (refused.status, refused.code) == (429, "TERLALU_SERING")
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "10 menit" in refused.json["error"]["message"]
    assert other.phone.get(f"usulan/{other.number}").status == 200


def test_a_number_nobody_has_waits_like_one_that_somebody_has(client: Client) -> None:
    stranger = client.with_headers(**{"Berkas-Secret": "0000-0000"})
    known, unknown = drafted(client).number, new_case_number()
    answers = [[stranger.get(f"usulan/{number}").status for _ in range(7)] for number in (known, unknown)]
    assert answers == [[404] * 5 + [429] * 2] * 2


def test_five_wrong_passwords_and_then_a_wait(client: Client) -> None:
    wrong = {"username": "nobody.at.all", "password": "x"}
    assert [client.post("session", wrong).status for _ in range(6)] == [401] * 5 + [429]
    assert client.post("session", {"username": "operator.1", "password": PASSWORD}).status == 200


def test_health_and_the_picker(client: Client) -> None:
    assert client.raw("GET", "healthz").json() == {"status": "ok"}
    provinces = client.get("wilayah").json["items"]
    assert len(provinces) == 38
    villages = client.get("wilayah?parent=13.05.02").json
    assert villages["parent"]["path"] == ["Batang Anai", "Kabupaten Padang Pariaman", "Sumatera Barat"]
    assert {"code": "13.05.02.2001", "name": "Katapiang"} in villages["items"]


def test_a_post_repeated_over_a_bad_line_has_one_effect(client: Client) -> None:
    name = str(uuid.uuid4())
    first, second = (client.post("usulan", {"target": "self"}, name) for _ in range(2))
    assert first.json["case_number"] == second.json["case_number"]
    assert first.json["secret"] == second.json["secret"]
    assert client.post("usulan", {"target": "family"}, name).code == "PERMINTAAN_BEDA"


def test_a_form_takes_one_photo_of_its_type_and_size(client: Client) -> None:
    sent = drafted(client)
    asked = {"content_type": "image/jpeg", "size": 100}
    form = sent.phone.post(f"usulan/{sent.number}/photos/ktp", asked).json["post"]
    other_key = {**form, "fields": {**form["fields"], "key": "karantina/other/ktp/x"}}
    assert client.post_form(other_key, "ktp", b"x" * 10, "image/jpeg") == 403
    other_type = {**form, "fields": {**form["fields"], "Content-Type": "text/html"}}
    assert client.post_form(other_type, "ktp", b"x" * 10, "text/html") == 403
    assert client.post_form(form, "ktp", b"x" * (10 * 2**20 + 1), "image/jpeg") == 400
    assert client.post_form(form, "ktp", b"not a photo", "image/jpeg") == 204
    slot = eventually(
        lambda: next((s for s in slots(sent.phone, sent.number) if s["state"] == "failed"), None)
    )
    assert "bukan foto" in slot["message"]


def slots(phone: Client, number: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = phone.get(f"usulan/{number}").json["slots"]
    return found


def test_photos_are_read_into_the_form_and_the_picture_carries_no_metadata(client: Client) -> None:
    family = families()[3]
    sent = drafted(client)
    for slot in ("ktp", "kk", "rumah_depan"):
        assert sent.phone.send_photo(sent.number, slot, getattr(family, slot).path.read_bytes()) == 204
    read = eventually(lambda: read_slots(sent))
    assert {slot["state"] for slot in read.values()} == {"read"}
    case = sent.phone.get(f"usulan/{sent.number}").json
    assert case["proposed"]["nik"]["value"] == family.ktp.fields["nik"]
    assert case["proposed"]["nomor_kk"]["value"] == family.kk.fields["nomor_kk"]
    assert case["proposed"]["kode_wilayah"]["value"] == family.village
    for slot in read.values():
        picture = client._http.request("GET", slot["picture"]["url"])
        assert picture.status == 200
        assert picture.data[:3] == b"\xff\xd8\xff"
        assert b"Exif" not in picture.data[:4096]
        assert picture.headers["Content-Type"] == "image/jpeg"
        assert picture.headers["Content-Disposition"] == 'inline; filename="foto.jpg"'
        assert picture.headers["Cache-Control"] == "private, no-store"
    link = slot["picture"]["url"]
    for other in (link.partition("?")[0], link.replace("image%2Fjpeg", "text%2Fhtml")):
        assert other != link
        assert client._http.request("GET", other).status == 403


def test_officers_see_their_village_and_no_other(client: Client) -> None:
    sent = submitted(client, families()[0])
    here, there, office = (client.signed_in(name) for name in ("operator.1", "operator.2", "dinsos"))
    work = f"{sent.number}.desa"
    eventually(lambda: [item for item in here.get("desk").json["items"] if item["work_id"] == work])
    assert here.get("me").json["regions"] == [{"code": "13.05.02.2001", "name": "Katapiang"}]
    assert work not in [item["work_id"] for item in there.get("desk").json["items"]]
    assert there.get(f"cases/{sent.number}").code == "TIDAK_BERWENANG"
    assert there.post(f"desk/{work}/claim", {}).code == "TIDAK_BERWENANG"
    assert there.post("barkot/resolve", {"text": sent.number}).code == "BARKOT_TIDAK_DIKENAL"
    assert office.get(f"cases/{sent.number}").status == 200
    assert office.post(f"desk/{work}/claim", {}).code == "TIDAK_BERWENANG"
    masked = here.get(f"cases/{sent.number}").json
    assert all(field["masked"] for field in masked["fields"])
    assert all(document["picture"] is None for document in masked["documents"])
    nik = families()[0].ktp.fields["nik"]
    assert nik not in str(masked)
    claim = here.post(f"desk/{work}/claim", {}).json
    opened = here.get(f"cases/{sent.number}").json
    assert next(field for field in opened["fields"] if field["name"] == "nik")["value"] == nik
    assert opened["work"]["fence"] == claim["fence"]
    again = client.signed_in("operator.1").post(f"desk/{work}/claim", {}).json
    assert again["fence"] == claim["fence"]


def test_a_barkot_leads_a_camera_to_the_status_page(client: Client) -> None:
    sent = submitted(client, families()[1])
    text = sent.phone.get(f"usulan/{sent.number}/receipt").json["barkot"]["text"]
    token = text.rpartition("/B/")[2]
    answer = client.raw("GET", f"B/{token}")
    assert (answer.status, answer.headers["Location"]) == (303, f"../status?n={sent.number}")
    assert client.raw("GET", "B/" + "0" * 26).headers["Location"] == "../status"


def test_pages_are_strict_and_say_that_this_is_a_sample(client: Client) -> None:
    for page in ("", "usulan", "status", "petugas", "meja"):
        answer = client.raw("GET", page)
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "DATA CONTOH" in answer.data.decode()
        again = client.raw("GET", page, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304
    assert client.raw("GET", "aset/..%2f..%2fapp.py").status == 404
