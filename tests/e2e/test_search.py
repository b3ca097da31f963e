"""Finding a case by a name on the desk: a village's own, and one village chosen below a wider office."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chalicelib.identity import regions
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def test_a_case_is_found_by_the_beginning_of_a_name(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[3], Auditor()
    sent = submitted(Client(stack.base_url), family)
    name = family.ktp.fields["nama"]
    desk = window(steps.PHONE)
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.find_in_queue(desk, sent.number)
    desk.get_by_text("Cari nama", exact=True).click()
    box = desk.get_by_role("search", name="Cari nama")
    box.get_by_role("button", name="Cari").click()
    expect(box.get_by_role("alert")).to_contain_text(message("NAMA_TERLALU_PENDEK"))
    auditor.look(desk, "search, with errors")
    box.get_by_label("Nama atau awal nama").fill(name.split()[0][:4].lower())
    desk.keyboard.press("Enter")
    row = box.get_by_role("listitem").filter(has_text=sent.number)
    expect(row).to_be_visible()
    assert name not in box.inner_text()
    assert name.split()[0].lower() not in desk.url.lower()
    auditor.look(desk, "found")
    assert steps.fits(desk)
    row.get_by_role("link").click()
    expect(desk.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()
    assert auditor.problems == []


def test_a_wider_office_chooses_a_village_first(window: Window, stack: RunningStack) -> None:
    family = families()[3]
    sent = submitted(Client(stack.base_url), family)
    desk = window(steps.DESK)
    steps.sign_in(desk, "meja", "dinsos")
    desk.get_by_text("Cari nama", exact=True).click()
    box = desk.get_by_role("search", name="Cari nama")
    box.get_by_label("Nama atau awal nama").fill("xyz")
    desk.keyboard.press("Enter")
    expect(box.get_by_role("alert")).to_contain_text(message("meja.cari_pilih_desa"))
    district = family.village.rpartition(".")[0]
    box.get_by_label("Kecamatan").select_option(district)
    box.get_by_label("Desa/kelurahan").select_option(family.village)
    desk.get_by_label("Nama atau awal nama").focus()
    desk.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_have_text(
        message("meja.cari_kosong", desa=regions.name(family.village))
    )
    box.get_by_label("Nama atau awal nama").fill(family.ktp.fields["nama"])
    desk.keyboard.press("Enter")
    expect(box.get_by_role("listitem").filter(has_text=sent.number)).to_be_visible()
