"""What a citizen keeps: the receipt as a picture and as a PDF, each with the barkot that leads to the case."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, Sent, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def receipt_page(phone: Page, sent: Sent) -> None:
    """The page of a receipt that this phone has kept."""
    receipt = sent.phone.get(f"usulan/{sent.number}/receipt").json
    phone.goto("./")
    kept = json.dumps([{"secret": sent.secret, "receipt": receipt}])
    phone.evaluate("kept => localStorage.setItem('berkas.bukti', kept)", kept)
    phone.goto(f"usulan#bukti/{sent.number}")
    expect(phone.locator("#receipt-number")).to_have_text(sent.number)


def saved(phone: Page, button: str, folder: Path) -> Path:
    with phone.expect_download() as download:
        phone.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_picture_and_a_pdf_hold_number_secret_and_the_same_barkot(
    window: Window, stack: RunningStack, tmp_path: Path
) -> None:
    family = families()[5]
    sent = submitted(Client(stack.base_url), family)
    phone = window(steps.PHONE)
    receipt_page(phone, sent)
    picture = saved(phone, "Simpan gambar", tmp_path)
    paper = saved(phone, "Simpan PDF", tmp_path)
    assert (picture.name, paper.name) == tuple(
        f"bukti-usulan-{sent.number}.{kind}" for kind in ("png", "pdf")
    )
    assert paper.stat().st_size < 40_000

    (page,) = pypdfium2.PdfDocument(paper)
    text = page.get_textpage().get_text_range()
    assert sent.number in text
    assert sent.secret in text
    assert not any(value in text for value in family.ktp.fields.values() if len(value) > 3)
    drawn = np.asarray(page.render(scale=4).to_pil().convert("L"))
    with Image.open(picture) as shown:
        codes = [zxingcpp.read_barcodes(pixels) for pixels in (drawn, np.asarray(shown.convert("L")))]
    on_paper, in_picture = ([code.text for code in found] for found in codes)
    assert on_paper == in_picture
    assert "/B/" in on_paper[0]


def test_a_phone_that_can_pass_files_on_offers_it(window: Window, stack: RunningStack) -> None:
    """Sharing itself is the phone's; what it is handed is looked at in its place."""
    sent = submitted(Client(stack.base_url), families()[6])
    phone = window(steps.PHONE)
    phone.add_init_script(
        "navigator.canShare = () => true;"
        "navigator.share = async ({ files }) => { window.passed = files.map(({ name, type }) => [name, type]); };"
    )
    receipt_page(phone, sent)
    phone.get_by_role("button", name="Bagikan").click()
    expect(phone.locator("#receipt-share")).not_to_have_attribute("aria-busy", "true")
    assert phone.evaluate("window.passed") == [[f"bukti-usulan-{sent.number}.png", "image/png"]]


def test_a_phone_that_cannot_does_not(window: Window, stack: RunningStack) -> None:
    sent = submitted(Client(stack.base_url), families()[7])
    phone = window(steps.PHONE)
    phone.add_init_script("navigator.canShare = undefined;")
    receipt_page(phone, sent)
    expect(phone.get_by_role("button", name="Simpan PDF")).to_be_visible()
    expect(phone.get_by_role("button", name="Bagikan")).to_be_hidden()


def test_number_and_secret_stand_there_when_the_rest_cannot_come(window: Window, stack: RunningStack) -> None:
    sent, phone = submitted(Client(stack.base_url), families()[2]), window(steps.PHONE)
    phone.add_init_script("delete Navigator.prototype.serviceWorker")  # it would bring what it keeps
    phone.route("**/aset/receipt.js*", lambda route: route.abort())
    receipt_page(phone, sent)
    expect(phone.locator("#receipt-secret")).to_have_text(sent.secret)
    expect(phone.locator("#receipt-notice")).to_contain_text(message("SINYAL_PUTUS"))
