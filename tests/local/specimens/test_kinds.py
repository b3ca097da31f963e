"""Every kind of picture can be made and decoded, and its truth says what is in it."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageOps

import chalicelib.local.specimens as room
from chalicelib.local.specimens import fonts
from chalicelib.local.specimens.barkot import SLIPS
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.kk import draw_kk
from chalicelib.local.specimens.kk_foot import nip
from chalicelib.local.specimens.ktp import draw_ktp
from chalicelib.local.specimens.negatives.all import NEGATIVES
from chalicelib.local.specimens.plans import KINDS
from chalicelib.local.specimens.prints import Print, Wish, made
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.truth import KTP_KEYS, kk_members
from chalicelib.reading.model import Kind

pytestmark = pytest.mark.skipif(
    not all((fonts.FOLDER / name).is_file() for name, _ in fonts.EVERY), reason="printing needs its fonts"
)
SEED = 41


@cache
def some(kind: str, grade: Grade = Grade.EASY) -> Print:
    return made(Wish(f"{kind}-0001", kind, 1 if kind in ("barkot", "negative") else 9, SEED, grade))[0]


def shown(piece: Print) -> Image.Image:
    with Image.open(io.BytesIO(piece.data)) as stored:
        return ImageOps.exif_transpose(stored).convert("RGB")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_jpeg_with_its_truth(kind: str) -> None:
    piece = some(kind)
    picture, record = shown(piece), piece.truth
    assert Kind(record["kind"])
    assert record["flags"][0] == "CONTOH"
    assert record["grade"] in [*Grade]
    assert picture.size == tuple(record["params"]["size"])
    corners = np.array(record["quad_oriented"])
    assert ((corners >= 0) & (corners <= np.array(picture.size))).all()
    assert cv2.isContourConvex(np.array(corners, np.float32))


def test_the_same_wish_gives_the_same_bytes() -> None:
    wish = Wish("ktp-0001", "ktp", 9, SEED, Grade.EASY)
    again = made(wish)[0]
    assert (again.data, again.truth) == (some("ktp").data, some("ktp").truth)


def test_the_cards_number_stands_where_the_corners_say() -> None:
    piece = some("ktp")
    home = family(9, SEED)
    sheet = draw_ktp(home, home.holder, draws(SEED, "ktp-0001"))
    width, height = sheet.image.size
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(piece.truth["quad_oriented"], np.float32), flat)
    grey = np.asarray(shown(piece).convert("L"), np.float32)
    back = cv2.warpPerspective(grey, matrix, (width, height))
    x0, y0, x1, y1 = (round(value) for value in sheet.boxes["nik"])
    printed = np.asarray(sheet.image.convert("L"), np.float32)[y0:y1, x0:x1]
    assert np.corrcoef(printed.ravel(), back[y0:y1, x0:x1].ravel())[0, 1] > 0.7
    assert piece.truth["fields"]["nik"] == home.holder.nik


def test_grades_are_ordered_by_legibility() -> None:
    easy, hard = some("ktp").truth, some("ktp", Grade.HARD).truth
    assert (easy["grade"], hard["grade"]) == ("easy", "hard")
    assert easy["params"]["legibility"] > hard["params"]["legibility"]
    assert easy["params"]["axes"] == []
    assert not [flag for flag in easy["flags"] if flag.startswith("weak_")]


@pytest.mark.parametrize("index", [11, 14, 30])
def test_a_card_notes_where_each_value_is_printed(index: int) -> None:
    home = family(index, SEED)
    sheet = draw_ktp(home, home.holder, draws(index, "boxes"))
    assert set(sheet.boxes) == set(KTP_KEYS)
    for x0, y0, x1, y1 in sheet.boxes.values():
        assert 0 <= x0 < x1 <= sheet.image.width
        assert 0 <= y0 < y1 <= sheet.image.height


@pytest.mark.parametrize("index", range(9, 14))
def test_a_page_prints_every_cell_of_every_member(index: int) -> None:
    home = family(index, SEED)
    sheet = draw_kk(home, draws(index, "boxes"))
    wanted = {
        f"member_{row}_{key}"
        for row, member in enumerate(kk_members(home), 1)
        for key, value in member.items()
        if value != "-"
    }
    assert wanted == {key for key in sheet.boxes if key.startswith("member_")}
    assert {"nomor_kk", "kepala_keluarga", "rt", "rw", "kode_pos", "provinsi"} <= set(sheet.boxes)
    found = {code.text for code in zxingcpp.read_barcodes(sheet.image)}
    assert any(home.nomor_kk in text for text in found) == home.new_layout


def test_the_officials_number_has_eighteen_digits_that_nobody_bears() -> None:
    for seed in range(30):
        digits = nip(random.Random(seed)).replace(" ", "")
        assert len(digits) == 18
        assert digits[15] == "9"


@pytest.mark.parametrize("number", range(1, 7))
def test_a_slips_code_is_in_the_picture(number: int) -> None:
    what, draw = SLIPS[(number - 1) % len(SLIPS)]
    slip = draw(draws(number, what))
    (code,) = zxingcpp.read_barcodes(slip.sheet.image)
    assert (code.text, code.format.name) == (slip.text, slip.format)
    if slip.format == "QRCode":
        assert (slip.modules - 17) // 4 in range(1, 10), "QR version"


@pytest.mark.parametrize(("name", "draw"), NEGATIVES, ids=[name for name, _ in NEGATIVES])
def test_a_negative_says_why_and_hides_what_it_hides(name: str, draw) -> None:  # type: ignore[no-untyped-def]
    home = family(20, SEED)
    made_up = draw(home, draws(SEED, name))
    assert made_up.what
    assert made_up.expected
    assert Kind(made_up.kind)
    assert not set(made_up.hidden) & set(made_up.fields)
    assert all(key in made_up.sheet.boxes for key in made_up.aimed)
    read = {code.text for code in zxingcpp.read_barcodes(made_up.sheet.image.convert("RGB"))}
    assert not any(value in text for text in read for value in made_up.hidden.values())


def test_a_house_comes_again_in_six_ways() -> None:
    pieces = made(Wish("house-0006", "house", 14, SEED, Grade.EASY, series=True))
    assert [piece.truth.get("change") for piece in pieces[1:]] == [
        "resaved", "resized", "brighter", "darker", "crop95", "crop80",
    ]  # fmt: skip
    first = np.asarray(shown(pieces[0]).resize((64, 48)).convert("L"), np.float32)
    for piece in pieces[1:]:
        assert piece.truth["same_as"] == "house-0006.jpg"
        corners = np.array(piece.truth["quad_oriented"])
        assert (corners <= np.array(shown(piece).size)).all()
        if "crop" not in piece.truth["change"]:
            now = np.asarray(shown(piece).resize((64, 48)).convert("L"), np.float32)
            assert np.corrcoef(first.ravel(), now.ravel())[0, 1] > 0.97


def test_files_stay_small_enough_to_be_read() -> None:
    folder = Path(room.__file__).parent
    long = {path.name: len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert max(long.values()) <= 400, long
