"""Photos nobody asked for, through the whole reader with its real engine: two cards at once, a card from behind, on
its head, on a screen, in odd files. Each is answered by what is on it or by a reason; no two people are made one."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.local.specimens.catalogue import PICTURES
from chalicelib.reading.model import Kind, Reading, Severity
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture.decode import Pixels

FIRST, SECOND = "family-01-ktp", "family-02-ktp"
HTML = "<html><script>alert('CONTOH')</script></html>"
TRANSPOSED = 4242
"""No orientation that EXIF knows."""


def truth(name: str) -> Mapping[str, str]:
    fields: dict[str, str] = json.loads((PICTURES / f"{name}.json").read_text(encoding="utf-8"))["fields"]
    return fields


@cache
def card(name: str, width: int = 780) -> Pixels:
    """The card of a picture cut out and laid flat."""
    wanted = json.loads((PICTURES / f"{name}.json").read_text(encoding="utf-8"))
    height = round(width / 1.586)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    forth = cv2.getPerspectiveTransform(np.array(wanted["quad_oriented"], np.float32), target)
    photo = cv2.imread(str(PICTURES / f"{name}.jpg"))
    assert photo is not None
    return np.asarray(cv2.warpPerspective(photo, forth, (width, height)), dtype=np.uint8)


def on_a_table(*cards: Pixels) -> Pixels:
    """Cards beside each other on brown wood."""
    wide, high = sum(one.shape[1] + 80 for one in cards) + 80, cards[0].shape[0] + 200
    grain = np.random.default_rng(1).normal((60, 80, 110), 10, (high, wide, 3))
    wood = np.asarray(cv2.GaussianBlur(np.clip(grain, 0, 255).astype(np.uint8), (0, 0), 1), dtype=np.uint8)
    left = 80
    for one in cards:
        wood[100 : 100 + one.shape[0], left : left + one.shape[1]] = one
        left += one.shape[1] + 80
    return wood


def saved(pixels: Pixels, kind: str = "JPEG", mode: str = "RGB", **how: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., ::-1]).convert(mode).save(buffer, kind, quality=90, **how)
    return buffer.getvalue()


def values(reading: Reading) -> dict[str, str]:
    return {name: field.value for name, field in reading.fields.items()}


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def test_of_two_cards_in_one_photo_one_is_read_and_a_person_is_asked_whose_it_is() -> None:
    reading = read_photo(saved(on_a_table(card(FIRST), card(SECOND))), Kind.KTP).reading
    people = [set(truth(name).items()) for name in (FIRST, SECOND)]
    assert any(set(values(reading).items()) <= person for person in people), "two people were made one"
    assert "NIK_RAGU" in codes(reading)


def test_the_back_of_a_card_is_no_card() -> None:
    """Emblem, waves, words and a serial number, as on the back of a KTP."""
    back = Image.new("RGB", (780, 492), (178, 205, 226))
    draw, font = ImageDraw.Draw(back), ImageFont.truetype("DejaVuSans-Bold.ttf", 30)
    for x, y, far in np.random.default_rng(2).integers(20, 700, (40, 3)):
        draw.arc((x - far, y - far, x + far, y + far), 0, 360, fill=(150, 185, 215), width=3)
    draw.ellipse((335, 90, 445, 200), fill=(190, 150, 60))
    for y, text in ((300, "REPUBLIK INDONESIA"), (345, "KARTU TANDA PENDUDUK"), (440, "8 0 7 1 2 2 4 1 9 0")):
        draw.text((390, y), text, font=font, fill=(40, 40, 60), anchor="mm")
    pixels = np.asarray(back, dtype=np.uint8)[..., ::-1]
    reading = read_photo(saved(on_a_table(np.ascontiguousarray(pixels))), Kind.KTP).reading
    assert (reading.kind, values(reading)) == (Kind.OTHER, {})
    assert "BUKAN_DOKUMEN" in codes(reading)


def test_a_card_upside_down_is_read_like_any_other() -> None:
    photo = cv2.imread(str(PICTURES / f"{FIRST}.jpg"))
    assert photo is not None
    reading = read_photo(saved(np.asarray(cv2.rotate(photo, cv2.ROTATE_180))), Kind.KTP).reading
    assert reading.quality.turned == 180
    assert values(reading) == truth(FIRST)
    assert not [finding for finding in reading.findings if finding.severity is Severity.ERROR]


def test_a_card_on_a_screen_is_read_and_only_the_officer_is_told() -> None:
    photo = cv2.imread(str(PICTURES / f"{FIRST}.jpg"))
    assert photo is not None
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    grid = 14 * (np.sin(x * 2.1) + np.sin(y * 1.9))
    fringes = np.stack([8 * np.sin(0.9 * x + 0.7 * y + third) for third in (0.0, 2.1, 4.2)], axis=2)
    shown = np.clip(photo + grid[..., None] + fringes, 0, 255).astype(np.uint8)
    reading = read_photo(saved(shown), Kind.KTP).reading
    assert values(reading)["nik"] == truth(FIRST)["nik"]
    assert {f.severity for f in reading.findings if f.code == "FOTO_LAYAR"} == {Severity.INFO}


def _with_nonsense(pixels: Pixels) -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112], exif[0x0132] = HTML, TRANSPOSED, "99:99:99 kemarin"
    return saved(pixels, exif=exif)


def _deep(pixels: Pixels) -> bytes:
    done, data = cv2.imencode(".png", pixels.astype(np.uint16) * 257)
    assert done
    return data.tobytes()


def _moving(pixels: Pixels) -> bytes:
    other = Image.fromarray(np.ascontiguousarray(card(SECOND)[..., ::-1])).resize(pixels.shape[1::-1])
    return saved(pixels, "WEBP", save_all=True, append_images=[other])


ODD = {
    "four inks": lambda pixels: saved(pixels, mode="CMYK"),
    "sixteen bits": _deep,
    "an animation": _moving,
    "nonsense in its EXIF": _with_nonsense,
    "a PDF behind it": lambda pixels: saved(pixels) + b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj",
    "a web page behind it": lambda pixels: saved(pixels) + HTML.encode(),
}


@pytest.mark.parametrize("way", ODD)
def test_a_card_in_an_odd_file_is_read_and_nothing_but_its_picture_is_kept(way: str) -> None:
    found = read_photo(ODD[way](on_a_table(card(FIRST))), Kind.KTP)
    wanted = truth(FIRST)
    read = values(found.reading)
    assert read["nik"] == wanted["nik"]
    assert set(read.items()) <= set(wanted.items())
    assert found.reading.taken is None
    for foreign in (b"script", b"%PDF", b"Exif"):
        assert foreign not in found.working_copy
