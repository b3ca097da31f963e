"""The digit reader: rows out of scores, a NIK out of rows, and what becomes of it on a card and in a member's row."""

from __future__ import annotations

from datetime import date

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from chalicelib.identity.nik import Sex
from chalicelib.identity.region import RegionCode
from chalicelib.local.specimens import fonts
from chalicelib.reading.card import ktp, number
from chalicelib.reading.digits import beam, reader, strip
from chalicelib.reading.model import Field
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.values import nik_chance
from chalicelib.reading.values.nik_window import Evidence
from tests.reading import paper

NIK = "1311041110639924"
HOME = RegionCode("13.11.04")
TOLD = Evidence(date(1963, 10, 11), Sex.MALE, HOME)


def scores(*steps: dict[str, float]) -> np.ndarray:
    """Logarithms of chances by step; `_` is no sign, what is not named has next to none."""
    table = np.full((1 + len(beam.SIGNS), len(steps)), -30.0, dtype=np.float32)
    for at, step in enumerate(steps):
        for sign, chance in step.items():
            table[beam.BLANK if sign == "_" else beam.SIGNS.index(sign) + 1, at] = np.log(chance)
    return table


def test_a_sign_that_lasts_is_one_and_two_with_nothing_between_are_one() -> None:
    (best, *_) = beam.rows(scores({"7": 1}, {"7": 1}, {"_": 1}, {"7": 1}, {"3": 1}))
    assert best.text == "773"
    assert best.chance == pytest.approx(0, abs=1e-6)


def test_the_ways_to_one_row_are_summed() -> None:
    found = {
        row.text: np.exp(row.chance) for row in beam.rows(scores({"1": 0.6, "_": 0.4}, {"1": 0.6, "_": 0.4}))
    }
    assert found == {"1": pytest.approx(0.84, abs=1e-6), "": pytest.approx(0.16, abs=1e-6)}


def test_the_chance_of_a_row_is_what_the_beam_finds() -> None:
    seen = scores({"1": 0.6, "_": 0.4}, {"1": 0.5, "7": 0.2, "_": 0.3}, {"1": 0.1, "7": 0.7, "_": 0.2})
    for row in beam.rows(seen):
        assert beam.chance(seen, row.text) == pytest.approx(row.chance, abs=1e-5)


def look(**rows: float) -> reader.Look:
    """What a look saw, rows with an `n` before them; any other row has next to no chance."""
    nothing = np.zeros((1 + len(beam.SIGNS), 40), dtype=np.float32)
    return reader.Look({row[1:]: chance for row, chance in rows.items()}, nothing)


def test_what_the_card_tells_decides_between_likely_rows() -> None:
    seen = look(n1371041110639924=0.5, **{f"n{NIK}": 0.4})
    found = nik_chance.likeliest(seen, TOLD)
    alone = nik_chance.likeliest(seen, Evidence())
    assert found is not None
    assert alone is not None
    assert str(found.nik) == NIK
    assert alone.chance < found.chance


def test_a_serial_number_is_not_helped_by_the_rest_of_the_card() -> None:
    found = nik_chance.likeliest(look(**{f"n{NIK}": 0.3, f"n{NIK[:12]}4299": 0.2}), TOLD)
    assert found is not None
    assert found.chance <= 0.6 + 1e-9


@pytest.mark.parametrize(
    "row",
    ["13110411106399??", NIK[:15], "1311041113639924", "1311041110630000"],
    ids=["hidden", "too short", "a month that is none", "no serial number"],
)
def test_what_is_no_whole_nik_is_none(row: str) -> None:
    assert nik_chance.likeliest(look(**{f"n{row}": 0.99}), TOLD) is None


def test_a_digit_that_cannot_be_seen_is_not_filled_in_from_the_card() -> None:
    hidden = NIK[:8] + "??" + NIK[10:]
    found = nik_chance.likeliest(look(**{f"n{hidden}": 0.98, f"n{NIK}": 0.00001}), TOLD)
    assert found is None


def test_a_row_that_was_glimpsed_is_taken_where_all_else_speaks_for_it() -> None:
    """The strip says 4 or, less likely, 1 at the third place; the card says 1."""
    steps = [step for digit in NIK for step in ({digit: 1.0}, {"_": 1.0})]
    steps[4] = {"4": 0.97, NIK[2]: 0.03}
    seen = scores(*steps)
    other = f"{NIK[:2]}4{NIK[3:]}"
    found = nik_chance.likeliest(reader.Look({other: 0.97}, seen), TOLD)
    assert found is not None
    assert str(found.nik) == NIK


def card(nik: str, cover: tuple[int, int] | None = None) -> Flat:
    """A card's ground with its number where it usually stands; `cover`: columns under a white blot."""
    ground = Image.new("RGB", (1280, 808), (176, 208, 232))
    draw = ImageDraw.Draw(ground)
    draw.text((275, 140), nik, font=fonts.font(fonts.DIGITS, 52), fill=(40, 44, 52))
    if cover:
        draw.rectangle((cover[0], 120, cover[1], 210), fill=(255, 255, 255))
    return Flat(np.asarray(ground), np.eye(3), None, True)


def parsed() -> ktp.Card:
    found = ktp.parse(paper.ktp({**paper.KTP, "nik": ""}), "ppocr")
    assert found is not None
    return found


FIELDS = {
    "tanggal_lahir": Field("1963-10-11", 0.95),
    "jenis_kelamin": Field("LAKI-LAKI", 0.95),
}


def test_a_number_that_no_engine_saw_is_found_in_its_usual_place() -> None:
    found = number.settled(FIELDS, card(NIK), [parsed()])
    assert found["nik"].value == NIK
    assert found["nik"].source == "digits"


def test_an_engines_number_that_is_plainly_another_gives_way() -> None:
    wrong = {**FIELDS, "nik": Field(NIK.replace("1311", "1371", 1), 0.9, None, "ppocr")}
    assert number.settled(wrong, card(NIK), [parsed()])["nik"].value == NIK


def test_where_readers_differ_in_the_serial_number_neither_is_sure() -> None:
    other = {**FIELDS, "nik": Field(f"{NIK[:12]}9824", 0.9, None, "ppocr")}
    found = number.settled(other, card(NIK), [parsed()])["nik"]
    assert found.confidence < 0.85


def test_two_readers_that_agree_are_surer_than_one() -> None:
    engine = {**FIELDS, "nik": Field(NIK, 0.9, None, "ppocr+window")}
    found = number.settled(engine, card(NIK), [parsed()])["nik"]
    assert found.confidence > 0.9
    assert found.source == "ppocr+window+digits"


def test_covered_digits_are_not_made_up() -> None:
    assert "nik" not in number.settled(FIELDS, card(NIK, cover=(600, 720)), [parsed()])


@pytest.mark.parametrize(
    "face", [fonts.DIGITS, fonts.DIGITS_BOLD, fonts.OCR_B, fonts.SANS], ids=lambda face: face[0]
)
def test_rows_of_many_faces_are_read(face: fonts.Face) -> None:
    rng = np.random.default_rng(5)
    right = 0
    for _ in range(5):
        text = "".join(str(digit) for digit in rng.integers(0, 10, 16))
        picture = Image.new("RGB", (900, 90), (235, 235, 235))
        ImageDraw.Draw(picture).text((40, 20), text, font=fonts.font(face, 46), fill=(60, 60, 60))
        pixels = cv2.GaussianBlur(np.asarray(picture), (0, 0), 2.0)
        ink = np.argwhere(np.asarray(picture)[..., 0] < 150)
        (top, left), (bottom, end) = ink.min(axis=0), ink.max(axis=0)
        place = strip.Place(float(left), float(end), (top + bottom) / 2, float(bottom - top))
        rows = reader.look(strip.cut(pixels, place)).rows
        right += max(rows, key=lambda row: rows[row]) == text
    assert right == 5
