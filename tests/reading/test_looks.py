"""Several looks at a cell: agreement, contradiction, and what the rest of the row and the family say."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field
from chalicelib.reading.sheet import head_again, kin, looks, respelling
from chalicelib.reading.sheet.cell_values import Value, understand
from chalicelib.reading.table.cells import Seen
from chalicelib.reading.table.grid import Cell, Grid
from chalicelib.reading.values import ballot, birthplaces

HOME = RegionCode("13.11.04")
NIK = "1311041110639924"


def look(**cells: str) -> dict[looks.Place, looks.Reading | None]:
    return {(0, key): looks.Reading(text, 0.9) for key, text in cells.items()}


def row(*seen: dict[looks.Place, looks.Reading | None], blurred: bool = False) -> dict[str, Value]:
    columns = [["nama", "nik", "jenis_kelamin", "tanggal_lahir", "gol_darah"]]
    values, niks = looks.understood(columns, seen, HOME, blurred=blurred)
    return {key: value for (_, key), value in values.items()} | ({"nik": niks[0]} if 0 in niks else {})


def test_two_looks_that_agree_outvote_one() -> None:
    found = row(look(nama="RAHMA"), look(nama="RAHMI"), look(nama="RAHMI"))["nama"]
    assert found.value == "RAHMI"
    assert "twice" in found.evidence
    assert found.confidence < row(look(nama="RAHMI"), look(nama="RAHMI"))["nama"].confidence


def test_on_a_blurred_table_two_looks_err_alike() -> None:
    twice = look(nama="RAHMI"), look(nama="RAHMI")
    assert row(*twice, blurred=True)["nama"].confidence <= 0.95 < row(*twice)["nama"].confidence


def test_a_nik_read_twice_alike_stands_against_its_birth_date() -> None:
    seen = look(nik=NIK, tanggal_lahir="12-10-1963", jenis_kelamin="LAKI-LAKI")
    once = row({**seen, (0, "nik"): looks.Reading("9999041110639924", 0.9)})
    found = row(seen, seen)
    assert found["nik"].value == NIK
    assert found["tanggal_lahir"].value == "1963-10-12"
    assert "nik" not in once


def test_of_two_dates_seen_the_one_in_the_nik_stands() -> None:
    found = row(look(nik=NIK, tanggal_lahir="11-10-1968"), look(nik=NIK, tanggal_lahir="11-10-1963"))
    assert found["tanggal_lahir"].value == "1963-10-11"


def test_on_a_blurred_table_a_date_that_differs_by_a_look_alike_follows_the_nik() -> None:
    seen = look(nik=NIK, tanggal_lahir="11-10-1967")
    assert row(seen, seen)["tanggal_lahir"].value == "1967-10-11"
    assert row(seen, seen, blurred=True)["tanggal_lahir"].value == "1967-10-11"
    seen = look(nik=NIK, tanggal_lahir="11-10-1983")
    found = row(seen, seen, blurred=True)["tanggal_lahir"]
    assert found.value == "1963-10-11"
    assert found.confidence <= 0.7


def test_digits_are_voted_upon() -> None:
    wrong = ("1311041110839924", "1311041110639324", "1317041110639924")
    found = row(*(look(nik=digits, tanggal_lahir="11-10-1963") for digits in wrong))
    assert found["nik"].value == NIK
    assert found["nik"].confidence < 0.85


def test_a_sign_of_a_blood_group_is_lost_not_invented() -> None:
    assert row(look(gol_darah="O"), look(gol_darah="O+"))["gol_darah"].value == "O+"
    assert row(look(gol_darah="O+"), look(gol_darah="O"))["gol_darah"].value == "O+"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CECEP·SOLIHIN", "CECEP SOLIHIN"),
        ("SÚKMANA", "SUKMANA"),
        ("KASMAN WIBOWO 1", "KASMAN WIBOWO"),
        ("| EUIS", "EUIS"),
        ("LENGKAI NGAU,'S.H, M.H", "LENGKAI NGAU,S.H., M.H"),
        ("HI. MASNA", "HJ. MASNA"),
        ("FAJAR NUR'AINI", "FAJAR NUR'AINI"),
    ],
)
def test_specks_and_rules_are_no_letters(text: str, name: str) -> None:
    found = understand("nama", text, 0.9)
    assert found is not None
    assert found.value == name


@given(st.lists(st.sampled_from("ABCDEFGHIKLMNORSTU"), min_size=8, max_size=14, unique=True), st.data())
def test_one_wrong_letter_each_apart_never_wins(letters: list[str], data: st.DataObject) -> None:
    name = "".join(letters)
    spoilt = []
    for at in data.draw(st.permutations(range(0, len(name), 2)))[:4]:
        spoilt.append((name[:at] + "X" + name[at + 1 :], 0.9))
    assert ballot.elected(spoilt) == name


def test_blanks_count_more_than_their_absence() -> None:
    read = [("LASTRIHARTONO", 0.9), ("LASTRI HARTOND", 0.9), ("LASTRI HAATONO", 0.9), ("LASTREHARTONO", 0.9)]
    assert ballot.elected(read) == "LASTRI HARTONO"


def field(value: str, confidence: float = 0.9, source: str = "ppocr") -> Field:
    return Field(value, confidence, None, source)


def test_father_and_mother_are_two_people_however_alike_their_names() -> None:
    rows = [
        {"nama": field("WA ODE SOULISSA", 0.99), "jenis_kelamin": field("PEREMPUAN")},
        {"nama": field("RAHMI"), "nama_ayah": field("LA ODE SOULISSA", 0.7)},
    ]
    settled, _ = kin.settle(rows, None)
    assert settled[1]["nama_ayah"].value == "LA ODE SOULISSA"


def test_brothers_read_surely_keep_their_own_letters() -> None:
    sure = {"confidence": 0.99, "source": "ppocr+twice"}
    rows: list[Mapping[str, Field]] = [
        {"nama_ayah": field("BASO MAPPEASSE", **sure)},  # type: ignore[arg-type]
        {"nama_ayah": field("BACO MAPPEASSE", **sure)},  # type: ignore[arg-type]
    ]
    settled, _ = kin.settle(rows, None)
    assert [r["nama_ayah"].value for r in settled] == ["BASO MAPPEASSE", "BACO MAPPEASSE"]


@pytest.mark.parametrize(
    ("read", "confidence", "meant"),
    [
        ("GSANYAR", 0.8, "GIANYAR"),
        ("BLAHBATUR", 0.8, "BLAHBATUH"),
        ("KENDARS", 0.8, "KENDARI"),
        ("GSANYAR", 0.94, "GSANYAR"),
        ("SOLO", 0.8, "SOLO"),
        ("ROMA", 0.8, "ROMA"),
    ],
)
def test_places_of_birth_read_unsurely_are_looked_up(read: str, confidence: float, meant: str) -> None:
    found = birthplaces.matched(field(read, confidence), RegionCode("51.04.02"))
    assert found.value == meant
    assert found.confidence <= 0.94


def test_a_closer_look_at_the_head_touches_only_what_is_in_doubt() -> None:
    names = (
        "nomor_kk",
        "kepala_keluarga",
        "alamat",
        "rt",
        "rw",
        "kode_pos",
        "kel_desa",
        "kecamatan",
        "kabupaten_kota",
    )
    fields = {name: field("A", 0.99) for name in names} | {"rt": field("001", 0.6)}
    assert head_again.doubted(fields) == ["rt", "provinsi"]
    found = head_again.mended(fields, {"rt": field("007"), "provinsi": field("BALI"), "alamat": field("X")})
    assert (found["rt"].value, found["provinsi"].value, found["alamat"].value) == ("007", "BALI", "A")


class Lines:
    """A second engine that reads the same in every picture."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read_lines(self, crops: object) -> list[str]:
        return [self.text] * len(crops)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("second", "closer", "name"),
    [("BASO", "BASO", "BASO"), ("BASO", "BACO", "BACO"), ("BASO", "BAGO", "BACO")],
)
def test_where_two_engines_differ_a_closer_look_decides(second: str, closer: str, name: str) -> None:
    line = Line("BACO", 0.9, 20, 10, 120, 40)
    grid = Grid(({"nama": Cell((line,), (0, 0, 200, 50))},), "new", True, 50)
    page = np.full((60, 240, 3), 255, dtype=np.uint8)
    asked = []

    def again(boxes: Mapping[looks.Place, object]) -> dict[looks.Place, Seen]:
        asked.extend(boxes)
        return {place: Seen(closer, 0.97) for place in boxes}

    (row,) = respelling.respelled([{"nama": field("BACO")}], grid, page, lambda _: None, Lines(second), again)
    assert asked == [(0, "nama")]
    assert row["nama"].value == name
