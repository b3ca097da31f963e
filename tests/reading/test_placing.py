"""Rows of a flat card told without their labels, and what a closer look may and may not do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chalicelib.reading.card import far_card, ktp
from chalicelib.reading.card import reader as card
from chalicelib.reading.card.flatten import laid_flat
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.picture.decode import Pixels, turn
from chalicelib.reading.text import dirt, labels
from chalicelib.reading.values import blood_type
from tests.reading import paper
from tests.reading.test_ktp import WHOLE

FLAT: Pixels = np.full((807, 1280, 3), 230, dtype=np.uint8)
ALL = tuple(label.key for label in labels.layout("ktp").labels)
FIELDS_OF = {
    "lahir": {"tempat_lahir", "tanggal_lahir"},
    "rt_rw": {"rt", "rw"},
    "jenis_kelamin": {"jenis_kelamin", "gol_darah"},
}


def placed(lines: list[Line]) -> dict[str, str] | None:
    found = ktp.parse_placed(lines, "test", FLAT)
    return {name: field.value for name, field in found.fields.items()} if found else None


def test_without_any_label_all_is_read() -> None:
    assert placed(paper.ktp(hidden=ALL)) == WHOLE


def test_labels_read_as_rubbish_do_not_disturb() -> None:
    rubbish = {"Nama": "Mama", "Alamat": "Adamut", "Kel/Desa": "Kas Drsa", "Kewarganegaraan": "kowwpwwp"}
    lines = [
        paper.text_line(rubbish.get(line.text, "ke"), line.left, line.y) if line.left < 100 else line
        for line in paper.ktp()
    ]
    assert placed(lines) == WHOLE


@pytest.mark.parametrize("covered", [key for key in ALL if key != "nik"])
def test_a_covered_row_is_absent_and_moves_no_other(covered: str) -> None:
    values = {**paper.KTP, covered: ""}
    hidden = FIELDS_OF.get(covered, {covered})
    lines = [
        line
        for line in paper.ktp(values, hidden=ALL)
        if "Darah" not in line.text or covered != "jenis_kelamin"
    ]
    found = placed(lines)
    assert found is not None
    missing = set(WHOLE) - set(found)
    assert hidden <= missing
    assert missing - hidden <= {"nik", "kel_desa", "kecamatan"}  # what the covered row was the evidence for
    assert found == {name: value for name, value in WHOLE.items() if name not in missing}


def test_a_second_line_belongs_to_the_value_above() -> None:
    values = {**paper.KTP, "alamat": "JR. TANGAH SAWAH\nBLOK C NO. 4", "nama": "AFRIZAL\nCONTOH"}
    assert placed(paper.ktp(values, hidden=ALL)) == {**WHOLE, "alamat": "JR. TANGAH SAWAH BLOK C NO. 4"}


def test_rows_that_say_nothing_are_no_card() -> None:
    lines = [paper.text_line("KAMPUNG TENGAH", 360, 235 + 40 * row) for row in range(12)]
    lines.append(paper.text_line("1311041110639924", 360, 195))
    assert placed(lines) is None


def named(lines: list[Line]) -> set[str]:
    found = ktp.parse_placed(lines, "test", FLAT, named=True)
    return set(found.fields) if found else set()


def test_a_card_that_names_its_region_keeps_its_number_where_no_row_is_told() -> None:
    few = [line for line in paper.ktp(hidden=ALL) if line.y < 210]
    assert placed(few) is None
    assert {"nik", "provinsi", "kabupaten_kota"} <= named(few)


def test_a_card_that_names_its_region_is_told_by_two_rows() -> None:
    kept = {"status_perkawinan", "pekerjaan"}
    blurred = {key: "XRQ WVZ" for key in ALL if key != "nik"} | {key: paper.KTP[key] for key in kept}
    lines = paper.ktp({**paper.KTP, **blurred}, hidden=ALL)
    assert placed(lines) is None
    assert {*kept, "nik"} <= named(lines)


def test_without_a_number_nothing_is_placed() -> None:
    assert placed(paper.ktp({**paper.KTP, "nik": ""}, hidden=ALL)) is None


@pytest.mark.parametrize(
    ("label", "cut"),
    [
        ("Berlaku Hingga", "aku Hingga"),
        ("Kewarganegaraan", "arganegaraan"),
        ("Tempat/Tgl Lahir", "pat/Tgl Lahir"),
    ],
)
def test_a_label_whose_beginning_is_covered_is_still_one(label: str, cut: str) -> None:
    lines = [
        paper.text_line(cut, line.left + 50, line.y) if line.text == label else line for line in paper.ktp()
    ]
    found = ktp.parse(lines, "test")
    assert found is not None
    assert {name: field.value for name, field in found.fields.items()} == WHOLE


@pytest.mark.parametrize(
    ("read", "pair"),
    [
        ("006/003", ("006", "003")),
        (": 006 / 003", ("006", "003")),
        ("0061003", ("006", "003")),
        ("006I003", ("006", "003")),
        ("0067003", ("006", "003")),
        ("006003", ("006", "003")),
        ("0064003", None),
        ("00 003", None),
    ],
)
def test_rt_and_rw_when_the_slash_is_read_as_a_digit(read: str, pair: tuple[str, str] | None) -> None:
    assert ktp.rt_rw(read) == pair


def test_scraps_and_stamps_are_dirt() -> None:
    lines = paper.ktp()
    scrap, stamp = paper.text_line("Q", 350, 600, 0.3), Line("CONTOH", 0.99, 700, 300, 900, 520)
    assert dirt.cleared([*lines, scrap, stamp], ("CONTOH",)) == lines


def test_only_cards_with_a_missing_field_are_looked_at_closer() -> None:
    fields = {name: Field("X", 0.9) for name in ktp.FIELDS}
    assert not card.in_doubt(fields)
    assert not card.in_doubt({name: field for name, field in fields.items() if name != "gol_darah"})
    assert card.in_doubt({name: field for name, field in fields.items() if name != "berlaku_hingga"})


def test_what_one_way_of_reading_lacks_the_other_gives() -> None:
    lines = [line for line in paper.ktp() if line.text not in ("Berlaku Hingga", "Kewarganegaraan")]
    flat = laid_flat(FLAT, np.array([[0, 0], [1280, 0], [1280, 807], [0, 807]], dtype=np.float32))
    found = card.told(card.Seen(flat, tuple(lines)), "test")
    assert found is not None
    assert {name: field.value for name, field in found.fields.items()} == WHOLE
    assert all("small" in field.source.split("+") for field in found.fields.values())


@pytest.mark.parametrize("at", ["left", "right"])
def test_the_portrait_tells_the_right_way_up(at: str) -> None:
    flat = FLAT.copy()
    left = 950 if at == "right" else 90
    flat[250:560, left : left + 220] = (40, 30, 160)
    assert (far_card.portrait_side(flat) > 0) is (at == "right")


class NoLarger:
    """An engine without a larger sister."""

    name = "test"

    def read(self, pixels: Pixels) -> list[Line]:
        raise AssertionError("nothing is to be read")


def test_without_a_larger_engine_there_is_no_closer_look() -> None:
    flat = laid_flat(FLAT, np.array([[0, 0], [1280, 0], [1280, 807], [0, 807]], dtype=np.float32))
    assert card.look_closer(flat, NoLarger()) is None


class Blurred:
    """Sees the text of a card that lies right, its corner dark, once the photo is small enough; of one upside down it
    makes rubbish, of one on its side nothing."""

    name = "small"

    def read(self, pixels: Pixels) -> list[Line]:
        height, width = pixels.shape[:2]
        if height > width or width > far_card.ROUGH:
            return []
        lines = [line.scaled(width / 1280) for line in paper.ktp()]
        upside_down = pixels[0, 0].mean() > 60
        return [replace(line, text="wuyx xne", confidence=0.4) for line in lines] if upside_down else lines


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_blurred_card_is_found_by_a_rough_look_whichever_way_it_lies(degrees: int) -> None:
    scene = np.full((1440, 1920, 3), 200, dtype=np.uint8)
    scene[:200, :200] = 0
    found = far_card.find(turn(scene, degrees), Blurred(), 4)
    assert found is not None
    photo, seen = found
    assert (photo.turned, seen) == ((360 - degrees) % 360, None)
    assert (photo.pixels == scene).all()
    top = min(photo.lines, key=lambda line: line.y)
    assert top.text == "PROVINSI SUMATERA BARAT"
    assert top.y == pytest.approx(70 * 1920 / 1280, abs=3)


def test_text_that_is_no_card_is_not_taken_for_one() -> None:
    class Letter(Blurred):
        def read(self, pixels: Pixels) -> list[Line]:
            return [paper.text_line("iuran warga sampah ronda", 40, 40.0 * row) for row in range(8)]

    assert far_card.find(np.full((960, 1280, 3), 200, dtype=np.uint8), Letter(), 4) is None


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("PEREMPUAN Gol. Darah : O", ("PEREMPUAN", "O")),
        ("PEREMPUANGcL Darah:O", ("PEREMPUAN", "O")),
        ("LAKI-LAKI Gu Dargh B-", ("LAKI-LAKI", "B-")),
        ("LAKLAKI Gol.DarahAB", ("LAKI-LAKI", "AB")),
        ("PEREMPUAN", None),
        ("LAKI-LAKI 0", None),
    ],
)
def test_sex_and_blood_group_read_as_one(read: str, told: tuple[str, str] | None) -> None:
    found = blood_type.glued(read)
    assert (found and (found[0], blood_type.group(found[1]))) == told
