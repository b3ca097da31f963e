"""The KTP parser on lines made by hand: tilt, lost labels, wrapped values, glued words, hidden numbers."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.identity.nik import Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading.card import ktp
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.values import blood_type, nik_window
from tests.reading import paper


def values(lines: list[Line]) -> dict[str, str]:
    card = ktp.parse(lines, "test")
    assert card is not None
    return {name: field.value for name, field in card.fields.items()}


WHOLE = {
    "nik": "1311041110639924",
    "nama": "AFRIZAL CONTOH",
    "tempat_lahir": "SOLOK SELATAN",
    "tanggal_lahir": "1963-10-11",
    "jenis_kelamin": "LAKI-LAKI",
    "gol_darah": "B",
    "alamat": "JR. TANGAH SAWAH",
    "rt": "014",
    "rw": "008",
    "kel_desa": "PADANG AIR DINGIN",
    "kecamatan": "SANGIR JUJUAN",
    "kabupaten_kota": "KABUPATEN SOLOK SELATAN",
    "provinsi": "SUMATERA BARAT",
    "agama": "ISLAM",
    "status_perkawinan": "KAWIN",
    "pekerjaan": "KARYAWAN SWASTA",
    "kewarganegaraan": "WNI",
    "berlaku_hingga": "SEUMUR HIDUP",
}


def test_a_whole_card_is_read() -> None:
    assert values(paper.ktp()) == WHOLE


def test_every_field_has_a_box_a_source_and_a_confidence() -> None:
    card = ktp.parse(paper.ktp(), "test")
    assert card is not None
    assert set(card.fields) == set(ktp.FIELDS)
    for field in card.fields.values():
        assert 0.0 < field.confidence <= 1.0
        assert field.box is not None
        assert field.source.startswith("test")
    assert card.region is not None
    assert RegionCode("13.11.04").covers(card.region)


@settings(deadline=None)
@given(st.floats(-0.15, 0.15), st.randoms(use_true_random=False))
def test_tilt_and_the_order_of_lines_do_not_matter(slope: float, order: random.Random) -> None:
    lines = paper.tilted(paper.ktp(), slope)
    order.shuffle(lines)
    assert values(lines) == WHOLE


@pytest.mark.parametrize(
    "label", ["agama", "kecamatan", "pekerjaan", "rt_rw", "status_perkawinan", "nama", "lahir"]
)
def test_a_lost_label_loses_no_value_and_moves_none(label: str) -> None:
    assert values(paper.ktp(hidden=[label])) == WHOLE


def test_values_on_two_lines() -> None:
    wrapped = {**paper.KTP, "nama": "AFRIZAL ASRUL\nCONTOH", "alamat": "PERUM TAMAN SARI BLOK E10\nNO. 14"}
    read = values(paper.ktp(wrapped))
    assert read["nama"] == "AFRIZAL ASRUL CONTOH"
    assert read["alamat"] == "PERUM TAMAN SARI BLOK E10 NO. 14"
    assert {**read, "nama": WHOLE["nama"], "alamat": WHOLE["alamat"]} == WHOLE


def test_blood_group_glued_to_the_sex() -> None:
    lines = [line for line in paper.ktp() if "Darah" not in line.text and "LAKI" not in line.text]
    sex = next(line for line in lines if line.text.startswith("Jenis"))
    lines.append(paper.text_line(": LAKI-LAKI Gol Darah:AB", 360, sex.y))
    read = values(lines)
    assert (read["jenis_kelamin"], read["gol_darah"]) == ("LAKI-LAKI", "AB")


def test_labels_glued_to_values() -> None:
    lines = [line for line in paper.ktp() if line.text not in ("Status Perkawinan", ": KAWIN", "NIK")]
    lines = [line for line in lines if paper.KTP["nik"] not in line.text]
    agama = next(line for line in lines if line.text == "Agama")
    lines += [
        paper.text_line("Status Perkawinan : KAWIN", 46, agama.y + paper.PITCH),
        paper.text_line(f"NIK:{paper.KTP['nik']}", 46, 195),
    ]
    assert values(lines) == WHOLE


def test_the_column_below_the_portrait_is_no_value() -> None:
    stamped = [*paper.ktp(), paper.text_line("CONTOH", 940, 360), paper.text_line("CONTOH", 990, 700)]
    assert values(stamped) == WHOLE


def test_misread_closed_values_are_put_right_or_left_out() -> None:
    read = values(
        paper.ktp({**paper.KTP, "pekerjaan": "KARYAWANSWASTA", "agama": "lSLAM", "status_perkawinan": "QZXW"})
    )
    assert read["pekerjaan"] == "KARYAWAN SWASTA"
    assert read["agama"] == "ISLAM"
    assert "status_perkawinan" not in read


def test_a_region_is_looked_for_inside_its_parent_only() -> None:
    read = values(paper.ktp({**paper.KTP, "kecamatan": "SANG1R JUJUAM", "kel_desa": "PADANGAIRDINGIN"}))
    assert read["kecamatan"] == "SANGIR JUJUAN"
    assert read["kel_desa"] == "PADANG AIR DINGIN"


@pytest.mark.parametrize(
    ("seen", "nik"),
    [
        ("1311041110639924", "1311041110639924"),
        ("11311041110639924", "1311041110639924"),  # the colon read as 1
        ("13110411106399241", "1311041110639924"),
        ("I31104111O639924", "1311041110639924"),
        ("131104111063992", None),
        ("1311041", None),
        ("", None),
        ("XXXXXXXXXXXXXXXX", None),
    ],
)
def test_the_number_is_found_in_the_run_or_not_at_all(seen: str, nik: str | None) -> None:
    read = values(paper.ktp({**paper.KTP, "nik": seen}))
    assert read.get("nik") == nik


@settings(deadline=None)
@given(st.text("0123456789OIlSB: ", max_size=40))
def test_no_window_is_invented(text: str) -> None:
    found = nik_window.find([paper.text_line(text, 0, 0)], nik_window.Evidence())
    if found is not None:
        digits = "".join(ch for ch in nik_window.as_digits(text) if ch.isdigit())
        assert str(found.nik) in digits


@settings(deadline=None)
@given(st.integers(0, 9), st.integers(1, 9999))
def test_of_two_windows_the_one_with_evidence_wins(stray: int, serial: int) -> None:
    nik = f"131104111063{serial:04d}"
    evidence = nik_window.Evidence(date(1963, 10, 11), Sex.MALE, RegionCode("13.11.04"))
    found = nik_window.find([paper.text_line(f"{stray}{nik}", 0, 0)], evidence)
    assert found is not None
    assert str(found.nik) == nik


def test_a_number_that_little_speaks_for_is_left_out() -> None:
    sure, unsure = Field("1311041110639924", 0.99), Field("1311041110639924", nik_window.TRUSTED - 0.01)
    assert nik_window.trusted({"nik": sure, "nama": unsure}) == {"nik": sure, "nama": unsure}
    assert nik_window.trusted({"nik": unsure, "nama": sure}) == {"nama": sure}


def test_a_moved_person_keeps_an_old_number() -> None:
    """The region in the number may differ from the address for lawful reasons."""
    read = values(paper.ktp({**paper.KTP, "nik": "7415021110639924"}))
    assert read["nik"] == "7415021110639924"
    assert Nik.parse(read["nik"]).doubts() == ()


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (": -", "-"),
        ("AB", "AB"),
        (": O+", "O+"),
        ("0", "O"),
        ("A-", "A-"),
        ("", ""),
        ("8X", ""),
        ("ISLAM", ""),
    ],
)
def test_blood_groups(text: str, group: str) -> None:
    assert blood_type.group(text) == group


def test_too_few_labels_make_no_card() -> None:
    assert ktp.parse([paper.text_line("Nama", 0, 0), paper.text_line("SITI", 200, 0)], "test") is None
    assert ktp.parse([], "test") is None


def test_two_cards_in_one_photo_are_known_by_their_two_numbers() -> None:
    other = paper.KTP | {"nik": "1311045204689927", "nama": "YUSNIAR CONTOH"}
    second = [line.moved(0, 900) for line in paper.ktp(other)]
    assert nik_window.several([*paper.ktp(), *second])
    assert not nik_window.several(paper.ktp())
    again = [line.moved(3, 2) for line in paper.ktp()]
    assert not nik_window.several([*paper.ktp(), *again])
