"""The field officer's three ways to a case: camera, picture, typed number."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def film(text: str) -> bytes:
    """Ten frames of a wall with a barkot on it."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8, border=4)
    frame = Image.new("RGB", (1280, 720), (120, 116, 108))
    frame.paste(Image.open(drawn).convert("RGB"), (420, 160))
    jpeg = io.BytesIO()
    frame.save(jpeg, "JPEG", quality=90)
    return jpeg.getvalue() * 10


def test_the_camera_sees_the_barkot_and_the_case_opens(
    window: Window, stack: RunningStack, camera_film: Path
) -> None:
    sent = submitted(Client(stack.base_url), families()[0])
    receipt = sent.phone.get(f"usulan/{sent.number}/receipt").json
    camera_film.write_bytes(film(receipt["barkot"]["text"]))
    phone = window(steps.PHONE)
    phone.context.grant_permissions(["camera"])
    steps.sign_in(phone, "petugas", "petugas")
    phone.get_by_role("button", name="Pindai dengan kamera").click()
    expect(phone.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()


def test_without_a_camera_the_typed_number_opens_the_case(window: Window, stack: RunningStack) -> None:
    sent = submitted(Client(stack.base_url), families()[0])
    phone = window(steps.PHONE)
    steps.sign_in(phone, "petugas", "petugas")
    phone.get_by_role("button", name="Pindai dengan kamera").click()
    expect(phone.locator("#scan-notice")).to_contain_text("Pilih gambar barkot, atau ketik nomor usulannya.")
    phone.get_by_label("Atau ketik nomor usulan").fill("0000-0000-0")
    phone.get_by_role("button", name="Buka berkas").click()
    expect(phone.locator("#number-notice")).to_contain_text(message("BARKOT_TIDAK_DIKENAL"))
    phone.get_by_label("Atau ketik nomor usulan").fill(sent.number.lower())
    phone.get_by_role("button", name="Buka berkas").click()
    expect(phone.get_by_role("heading", name=f"Usulan {sent.number}")).to_be_visible()


def test_a_picture_without_a_code_is_told(window: Window) -> None:
    phone = window(steps.PHONE)
    steps.sign_in(phone, "petugas", "petugas")
    steps.scan_picture(phone, families()[0].rumah_depan.path)
    expect(phone.locator("#scan-notice")).to_contain_text("Barkot belum terlihat di gambar ini.")
