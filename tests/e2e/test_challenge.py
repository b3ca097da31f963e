"""A phone that is asked to prove itself counts, and the form goes on by itself."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Request, Route, expect

from chalicelib.access.challenge import BITS, PIECES, proves
from chalicelib.messages import message
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]
SAID = """() => {
  window.said = [];
  const host = document.getElementById('signal');
  new MutationObserver(() => window.said.push(host.textContent)).observe(host, { childList: true });
}"""


def token(number: int) -> str:
    """As `Work.given` writes them; its code is not looked at while the doors are not pressed."""
    return f"1795312800.{BITS}.{PIECES}.{number:016x}.{'0' * 32}"


def test_under_pressure_the_phone_counts_and_the_draft_begins(window: Window) -> None:
    phone = window(steps.PHONE)
    sent: list[Request] = []

    def pressed(route: Route) -> None:
        sent.append(route.request)
        if len(sent) > 2:
            route.continue_()
            return
        error = {"code": "LAYANAN_RAMAI", "message": "…", "hint": "", "request_id": "", "fields": {}}
        headers = {"Berkas-Challenge": token(len(sent)), "Content-Type": "application/json"}
        route.fulfill(status=428, headers=headers, body=json.dumps({"error": error}))

    phone.route("**/api/v1/usulan", pressed)
    phone.goto("usulan")
    phone.evaluate(SAID)
    phone.get_by_label("Diri saya sendiri").check()
    with phone.expect_response(lambda answer: answer.status == 201, timeout=steps.READING):
        phone.get_by_role("button", name="Lanjut").click()
    expect(phone.get_by_role("heading", name="Foto KTP")).to_be_visible()
    proofs = [request.headers.get("berkas-proof", "") for request in sent]
    assert proofs[0] == ""
    for number, proof in enumerate(proofs[1:], 1):
        assert proof.partition(";")[0] == token(number)
        assert proves(*proof.split(";"))
    assert len({request.headers["idempotency-key"] for request in sent}) == 1
    assert message("umum.menghitung") in phone.evaluate("window.said")
    expect(phone.locator("#signal")).to_be_hidden()


def test_a_phone_that_cannot_count_is_told_to_wait(window: Window) -> None:
    phone = window(steps.PHONE)
    error = {"code": "LAYANAN_RAMAI", "message": "…", "hint": "", "request_id": "", "fields": {}}
    headers = {"Berkas-Challenge": token(1), "Content-Type": "application/json"}
    proofs: list[str] = []

    def pressed(route: Route) -> None:
        proofs.append(route.request.headers.get("berkas-proof", ""))
        if len(proofs) > 1:
            route.continue_()
            return
        route.fulfill(status=428, headers=headers, body=json.dumps({"error": error}))

    phone.add_init_script("delete Navigator.prototype.serviceWorker")  # the real one would be kept by it
    phone.clock.install()
    phone.route("**/api/v1/usulan", pressed)
    old = "throw new TypeError('too old a browser');"
    phone.route(
        "**/aset/tantangan.js*", lambda route: route.fulfill(content_type="text/javascript", body=old)
    )
    phone.goto("usulan")
    phone.get_by_label("Diri saya sendiri").check()
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.locator("#signal")).to_have_text(message("umum.menunggu"))
    with phone.expect_response(lambda answer: answer.status == 201, timeout=steps.READING):
        phone.clock.fast_forward(121_000)
    expect(phone.get_by_role("heading", name="Foto KTP")).to_be_visible()
    assert proofs == ["", f"{token(1)};tunggu"]
