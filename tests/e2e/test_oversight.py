"""The region above goes through an officer's day: what was opened, why, and that somebody looked after it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.test_accessibility import Auditor

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def test_an_officers_day_is_gone_through(window: Window, stack: RunningStack) -> None:
    family, auditor = families()[0], Auditor()
    sent = submitted(Client(stack.base_url), family)
    operator = Client(stack.base_url).signed_in(steps.operator_of(family))
    eventually(lambda: operator.get(f"cases/{sent.number}").json["work"])
    said = "diminta camat lewat surat"
    for body in ({"reason": "DUGAAN_GANDA"}, {"reason": "LAINNYA", "note": said}):
        operator.post(f"cases/{sent.number}/unmasking", {"field": "nik", **body})
    name = operator.get("me").json["name"]

    admin = window(steps.PHONE)
    steps.sign_in(admin, "admin", "admin")
    admin.get_by_role("link", name="Pengawasan").click()
    expect(admin.get_by_role("heading", name="Pengawasan", exact=True)).to_be_focused()
    expect(admin.locator("#late-empty")).to_be_visible()
    row = admin.locator("#watch-rows tr").filter(has_text=name)
    expect(row).to_contain_text("Belum diperiksa")
    auditor.look(admin, "the days")
    row.get_by_role("link", name="Periksa").click()
    things = admin.locator("#day-rows")
    expect(things).to_contain_text(sent.number)
    expect(things).to_contain_text(message("BUKA_DUGAAN_GANDA"))
    expect(things).to_contain_text(said)
    expect(things).to_contain_text(message("TANDA_TANPA_TINDAKAN"))
    assert family.ktp.fields["nik"] not in admin.content()
    admin.get_by_role("button", name="Catat pemeriksaan").click()
    expect(admin.get_by_role("alert")).to_be_visible()
    auditor.look(admin, "one day, with errors")
    admin.get_by_label("Hasil pemeriksaan").fill("Petugas sudah ditanya")
    admin.get_by_role("button", name="Catat pemeriksaan").click()
    expect(admin.locator("#day-notice")).to_contain_text(message("admin.sudah_periksa"))
    expect(admin.locator("#day-seen")).to_contain_text("Diperiksa")
    expect(admin.locator("#form-seen")).to_be_hidden()
    assert steps.fits(admin)
    admin.get_by_role("link", name="Ke pengawasan").click()
    expect(row).to_contain_text("Diperiksa")
    assert auditor.problems == []
