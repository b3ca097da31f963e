"""Lists as they come: any bytes give an answer, damaged NIKs are told apart, and each has its way out."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.counter.columns import table_of
from chalicelib.counter.rows import FIELDS, Weight, judged, table_from
from chalicelib.counter.sheet import MOST_BYTES, MOST_ROWS, lines_of
from chalicelib.counter.workbook import returned, template
from chalicelib.errors import BadInput, BerkasError, TooLarge
from chalicelib.identity.nik import Nik
from chalicelib.identity.region import RegionCode
from chalicelib.messages import hint, known, message
from tests.counter.lists import HEADINGS, codes, csv, rows_of, values, xlsx
from tests.road import NAMA, NIK, NOMOR_KK, VILLAGE

HOME = RegionCode(VILLAGE)
SECOND = "1305026006879902"


def judged_nik(nik: object) -> list[str]:
    """What is said of one NIK in a workbook."""
    (row,) = rows_of(xlsx((nik, NOMOR_KK, NAMA, "3", "5", "Katapiang")))
    return codes(row)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (NIK, []),
        (int(NIK), []),
        ("1,30502E+15", ["ANGKA_ILMIAH"]),
        ("1.30502600687990E+15", ["ANGKA_ILMIAH"]),
        (float(1305026006879900), ["ANGKA_DIBULATKAN"]),
        ("1305026006870000", ["ANGKA_DIBULATKAN"]),
        (9171026006879901, ["ANGKA_DIBULATKAN"]),
        (130502600687990, ["ANGKA_KURANG_SATU"]),
        ("'" + NIK, ["ANGKA_DIRAPIKAN"]),
        ("1305 0260 0687 9901", ["ANGKA_DIRAPIKAN"]),
        ("1305.0260.0687.9901", ["ANGKA_DIRAPIKAN"]),
        ("\u200b1305026006879901\xa0", ["ANGKA_DIRAPIKAN"]),
        ("13O5O26OO6879901", ["ANGKA_HURUF"]),
        ("1305026006B79901", ["ANGKA_ASING"]),
        ("1305023902879901", ["NIK_TANGGAL_MUSTAHIL"]),
        ("9905026006879901", ["NIK_PROVINSI_TIDAK_ADA"]),
        ("12345", ["NIK_KURANG"]),
        ("", ["NIK_KOSONG"]),
        (NOMOR_KK, ["NIK_KK_TERTUKAR"]),
        (True, ["NIK_KOSONG"]),
        (datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), ["ANGKA_ASING"]),
    ],
)
def test_each_damage_has_its_name(written: object, said: list[str]) -> None:
    assert judged_nik(written) == said


def test_a_letter_for_a_digit_comes_with_a_proposal() -> None:
    (row,) = rows_of(csv("NIK;Nama", f"13O5O26OO68799OI;{NAMA}"))
    (told,) = (remark for remark in row.remarks if remark.weight is Weight.STOPS)
    assert told.proposal == NIK


def test_a_column_that_ends_in_zero_throughout_was_rounded() -> None:
    """In a CSV the cell says nothing; five NIKs that all end in 0 do."""
    niks = [f"13050260068{serial}0" for serial in (7991, 7992, 7993, 7994)]
    few = rows_of(csv("nik,nama", *(f"{nik},{NAMA} {place}" for place, nik in enumerate(niks))))
    assert all(row.good for row in few)
    more = rows_of(
        csv("nik,nama", *(f"{nik},{NAMA} {place}" for place, nik in enumerate([*niks, "1305026006879950"])))
    )
    assert all(codes(row) == ["ANGKA_DIBULATKAN"] for row in more)


def test_a_nik_twice_is_told_with_the_other_row_and_a_repeated_person_counts_once() -> None:
    same = rows_of(csv("NIK;Nama", f"{NIK};{NAMA}", f"{SECOND};Lain Contoh", f"{NIK};{NAMA.lower()}"))
    assert [row.good for row in same] == [True, True, False]
    assert [remark.values for remark in same[2].remarks if remark.code == "NIK_DUA_KALI"] == [{"baris": 2}]
    other = rows_of(csv("NIK;Nama", f"{NIK};{NAMA}", f"{NIK};Orang Contoh"))
    assert [row.good for row in other] == [False, False]


def test_a_family_cards_number_of_another_row_is_no_nik() -> None:
    rows = rows_of(csv("NIK;KK;Nama", f"{NIK};{NOMOR_KK};{NAMA}", f"{NOMOR_KK};;Orang Contoh"))
    assert [codes(row) for row in rows] == [[], ["NIK_KK_TERTUKAR"]]


@pytest.mark.parametrize(
    ("headings", "separator", "code"),
    [
        (("NIK", "No KK", "Nama", "Alamat", "RT", "RW", "Desa"), ";", "utf-8"),
        (("Desa/Kelurahan", "nama lengkap", "Nomor KK", "N I K", "rt", "rw", "ALAMAT"), ",", "utf-8-sig"),
        (("NOMOR INDUK KEPENDUDUKAN", "Nama Warga", "RW.", "RT.", "Kelurahan"), "\t", "utf-16"),
        (("No. KTP", "NAMA SESUAI KTP", "Nagari"), ";", "cp1252"),
    ],
)
def test_headings_in_any_order_words_and_encoding(
    headings: tuple[str, ...], separator: str, code: str
) -> None:
    by_heading = {
        "NIK": NIK, "N I K": NIK, "NOMOR INDUK KEPENDUDUKAN": NIK, "No. KTP": NIK,
        "Nama": NAMA, "nama lengkap": NAMA, "Nama Warga": NAMA, "NAMA SESUAI KTP": NAMA,
        "No KK": NOMOR_KK, "Nomor KK": NOMOR_KK, "Alamat": "Jalan Contoh", "ALAMAT": "Jalan Contoh",
        "RT": "3", "rt": "3", "RT.": "3", "RW": "5", "rw": "5", "RW.": "5",
    }  # fmt: skip
    line = separator.join(by_heading.get(heading, "Katapiang") for heading in headings)
    title = "Daftar usulan Nagari – tahun 2026"
    (row,) = rows_of(csv(title, "", separator.join(headings), line, "", code=code))
    assert row.good, row.remarks
    assert row.number == 4
    assert (row.values["nik"], row.values["nama"], row.values["desa"]) == (NIK, NAMA, "Katapiang")


def test_rt_and_rw_in_one_column() -> None:
    rows = rows_of(csv("NIK;Nama;RT/RW", f"{NIK};{NAMA};003/005", f"{SECOND};Lain Contoh;RT 3"))
    assert [(row.values["rt"], row.values["rw"]) for row in rows] == [("003", "005"), ("003", "")]
    (row,) = rows_of(csv("NIK;Nama;RT;RW", f"{NIK};{NAMA};tiga;0005"))
    assert codes(row) == ["RT_RW_SALAH", "RT_RW_SALAH"]


@pytest.mark.parametrize(
    ("village", "said"),
    [
        ("KATAPIANG", []),
        ("Nagari Katapiang", ["DESA_DIRAPIKAN"]),
        ("Ketapiang", ["DESA_DIRAPIKAN"]),
        ("13.05.02.2001", []),
        ("1305022002", ["DESA_LAIN"]),
        ("Sungai Buluh", ["DESA_LAIN"]),
        ("", ["DESA_KOSONG"]),
    ],
)
def test_the_village_must_be_the_counters_own(village: str, said: list[str]) -> None:
    (row,) = rows_of(csv("NIK;Nama;Desa", f"{NIK};{NAMA};{village}"))
    assert codes(row) == said
    assert row.values["desa"] == ("Katapiang" if row.good else village)


def test_nik_and_name_are_enough_and_the_photos_bring_the_rest() -> None:
    (row,) = rows_of(csv("NIK,Nama", f"{NIK},{NAMA}"))
    assert row.good
    assert {remark.code for remark in row.remarks} == {"KK_DARI_FOTO", "RT_RW_DARI_FOTO"}


def test_a_name_is_needed_and_html_stays_text() -> None:
    rows = rows_of(csv("NIK;Nama", f"{NIK};", f"{SECOND};<img src=x onerror=alert(1)>"))
    assert codes(rows[0]) == ["NAMA_KOSONG"]
    assert rows[1].values["nama"] == "<img src=x onerror=alert(1)>"


def test_a_formula_is_not_evaluated() -> None:
    (row,) = rows_of(
        xlsx(("=1305026006879901", NOMOR_KK, '=HYPERLINK("http://x.example")', 3, 5, "Katapiang"))
    )
    assert codes(row) == ["NIK_KOSONG", "NAMA_KOSONG"]


def test_mended_rows_are_judged_as_a_list() -> None:
    (bad,) = rows_of(csv("NIK;Nama;Desa", f"1,30502E+15;{NAMA};Katapiang"))
    (good,) = judged(table_from([(bad.number, {**bad.values, "nik": NIK})]), HOME)
    assert (good.good, good.number) == (True, bad.number)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "DAFTAR_KOSONG"),
        (b" \r\n ", "DAFTAR_KOSONG"),
        (b"NIK;Nama\r\n", "DAFTAR_KOSONG"),
        (b"halo dunia", "DAFTAR_TANPA_JUDUL"),
        (b"NIK;Alamat\r\n1;2", "DAFTAR_TANPA_JUDUL"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DAFTAR_XLS"),
        (b"PK\x03\x04 not a zip", "DAFTAR_RUSAK"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "DAFTAR_BUKAN"),
        (b'NIK;Nama\r\n"' + b"x" * 200_000, "DAFTAR_RUSAK"),
    ],
)
def test_what_is_no_list_is_told_with_a_way_out(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as told:
        table_of(lines_of(data))
    assert told.value.code == code
    assert hint(code)


def test_too_large_and_too_long() -> None:
    with pytest.raises(TooLarge):
        lines_of(b"x" * (MOST_BYTES + 1))
    many = csv("NIK;Nama", *(f"{NIK};{NAMA}" for _ in range(MOST_ROWS)))
    assert len(rows_of(many)) == MOST_ROWS
    with pytest.raises(BadInput, match="DAFTAR_TERLALU_PANJANG"):
        rows_of(many + b"\r\n" * 5000 + f"{NIK};{NAMA}".encode())


def changed(data: bytes, part: str, change: bytes, by: bytes) -> bytes:
    """A workbook with one of its parts rewritten."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert change in text
                text = text.replace(change, by)
            after.writestr(name, text)
    return out.getvalue()


def test_a_bomb_is_measured_before_it_goes_off() -> None:
    book = changed(
        xlsx((NIK, NOMOR_KK, NAMA, 3, 5, "Katapiang")),
        "xl/workbook.xml",
        b"<sheets>",
        b"<sheets>" + b" " * 30_000_000,
    )
    assert len(book) < MOST_BYTES
    with pytest.raises(BadInput, match="DAFTAR_RUSAK"):
        lines_of(book)


def test_entities_are_not_taken() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    book = xlsx((NIK, NOMOR_KK, NAMA, 3, 5, "Katapiang"))
    bomb = changed(book, sheet, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet')
    with pytest.raises(BadInput, match="DAFTAR_RUSAK"):
        lines_of(bomb)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    book = xlsx((NIK, NOMOR_KK, NAMA, 3, 5, "Katapiang"))
    wide = changed(book, sheet, b'<dimension ref="A1:F2"', b'<dimension ref="A1:XFD1048576"')
    assert len(lines_of(wide)) == 2
    far = changed(book, sheet, b'<row r="2"', b'<row r="999999999"')
    assert len(lines_of(far)) == 1


def test_the_template_is_a_list_whose_cells_are_text() -> None:
    (line,) = lines_of(template())
    assert [cell.text for cell in line.cells if cell.text] == [
        "NIK",
        "No KK",
        "Nama",
        "Alamat",
        "RT",
        "RW",
        "Desa",
    ]


def test_half_characters_and_control_signs_break_nothing() -> None:
    torn = "x\ud8f0\x00\x1by"
    (row,) = judged(table_from([(1, values(alamat=torn))]), HOME)
    assert row.values["alamat"] == "x y"
    assert lines_of(returned([[torn] * 8]))[1].cells[0].text == "x y"


def test_what_is_given_back_can_be_mended_and_given_again() -> None:
    formula = "=1+1"
    mended = values(nama=formula)
    back = rows_of(returned([[*(mended[name] for name in FIELDS), "Periksa nama"]]))
    assert [dict(row.values) for row in back] == [mended]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=3000), st.text(max_size=1500).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_give_rows_or_a_reason(data: bytes) -> None:
    for start in (b"", b"NIK;Nama;Desa\r\n", b"PK\x03\x04"):
        _has_an_answer(start + data)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=40).filter(lambda text: text.isprintable()),
    st.datetimes(),
    st.from_regex(r"[0-9OIl .'’-]{14,20}", fullmatch=True),
    st.sampled_from([NIK, NOMOR_KK, "1,30502E+15", "=1+1", "Katapiang", NAMA]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=6, max_size=8), min_size=1, max_size=12))
def test_any_workbook_gives_rows_with_reasons(rows: list[list[object]]) -> None:
    _has_an_answer(xlsx(*rows, headings=[*HEADINGS]))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_torn_bytes_gives_rows_or_a_reason(place: int, torn: bytes) -> None:
    book = WHOLE[: place % len(WHOLE)] + torn + WHOLE[place % len(WHOLE) + len(torn) :]
    _has_an_answer(book)


WHOLE = xlsx((NIK, NOMOR_KK, NAMA, 3, 5, "Katapiang"))


def _has_an_answer(data: bytes) -> None:
    """Rows, each either good with a NIK that could be or with a reason in words; or one of our own errors."""
    try:
        rows = rows_of(data)
    except BerkasError as problem:
        if not problem.code.startswith("DAFTAR_"):
            raise
        return
    assert rows
    for row in rows:
        assert set(row.values) == set(FIELDS)
        if row.good:
            assert str(Nik.parse(row.values["nik"])) == row.values["nik"]
        for remark in row.remarks:
            assert known(remark.code)
            assert message(remark.code, **(remark.values or {}))
