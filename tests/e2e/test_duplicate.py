"""The same KTP twice: the citizen is led to the first case, the officer sees the finding, its place and the twin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, drafted, eventually, form_of, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def submitted_elsewhere(client: Client, number_of: int, village: str) -> str:
    """The case number of the same people, proposed in another village."""
    family = families()[number_of]
    sent = drafted(client)
    for slot in ("ktp", "kk", "rumah_depan"):
        assert sent.phone.send_photo(sent.number, slot, family.rumah_depan.path.read_bytes()) == 204
    answer = sent.phone.post(f"usulan/{sent.number}/submission", {**form_of(family), "kode_wilayah": village})
    assert answer.status == 200, answer.json
    return sent.number


@pytest.mark.cheap_phone
def test_the_same_ktp_again(window: Window, stack: RunningStack, tmp_path: Path) -> None:
    family, client = families()[3], Client(stack.base_url)
    first = submitted(client, family)
    far = submitted_elsewhere(
        client, 3, next(one.village for one in families() if one.village != family.village)
    )

    phone = window(steps.PHONE)
    steps.say_who(phone)
    steps.send_photos(phone, family)
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    receipt = steps.send(phone, tmp_path)
    owner = client.with_headers(Berkas_Secret=receipt.secret)
    eventually(lambda: owner.get(f"usulan/{receipt.number}").json["notice"])
    phone.get_by_role("link", name="Lihat status").click()
    expect(phone.locator("#result-notice")).to_have_text(message("SUDAH_DIUSULKAN"))
    assert steps.fits(phone)

    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, receipt.number)
    desk.get_by_role("tab", name="Kartu Keluarga").click()
    found = desk.get_by_role("button", name=message("NIK_GANDA"))
    found.click()
    expect(found).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("tab", name="KTP")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#viewer polygon")).to_have_count(1)

    twins = desk.locator("#twins")
    twins.get_by_role("link", name=far).click()
    expect(twins).to_contain_text(message("TIDAK_BERWENANG"))
    expect(desk.get_by_role("heading", name=f"Usulan {receipt.number}")).to_be_visible()
    twins.get_by_role("link", name=first.number).click()
    expect(desk.get_by_role("heading", name=f"Usulan {first.number}")).to_be_visible()
    expect(desk.get_by_role("button", name="Ambil usulan ini")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_role("heading", name=f"Usulan {receipt.number}")).to_be_visible()


def test_a_finding_about_two_documents_shows_both_values(window: Window, stack: RunningStack) -> None:
    """The answer is given a finding with places on both cards, as the API describes it: the pages draw what it names."""
    family = families()[4]
    sent = submitted(Client(stack.base_url), family)
    eventually(lambda: read_slots(sent))
    desk = window(steps.DESK)

    def with_places(route: Route) -> None:
        answer = route.fetch()
        case = answer.json()
        box = [[100, 100], [500, 100], [500, 160], [100, 160]]
        boxes = [{"slot": slot, "field": "nama", "box": box} for slot in ("ktp", "kk")]
        finding = {
            "code": "NAMA_BEDA_KK",
            "severity": "warning",
            "message": "Nama berbeda.",
            "fields": ["nama"],
        }
        case["findings"].append({**finding, "boxes": boxes})
        route.fulfill(response=answer, body=json.dumps(case))

    desk.route("**/api/v1/cases/*", with_places)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, sent.number)
    finding = desk.locator("#findings li", has_text="Nama berbeda.")
    pieces = finding.locator(".piece")
    expect(pieces).to_have_text(["KTP", "Kartu Keluarga"])
    drawn = "(pieces) => pieces.every((piece) => piece.querySelector('canvas').width > 300)"
    eventually(lambda: pieces.evaluate_all(drawn))  # the pictures come after the words
    pieces.nth(1).click()
    expect(desk.get_by_role("tab", name="Kartu Keluarga")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#viewer polygon")).to_have_attribute("points", "100,100 500,100 500,160 100,160")
