"""The small parts on the road of a photo: kinds, merging, spelling, pages, codes, family cards."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.reading.card import anchors, ktp
from chalicelib.reading.codes import reader as codes
from chalicelib.reading.model import Code, Field, Kind
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet import kk
from chalicelib.reading.text import labels, merge, second_opinion, wording
from chalicelib.reading.upright import kind
from chalicelib.reading.upright.orientation import upright
from chalicelib.reading.values import birth
from tests.reading import paper

KK = {
    "nomor_kk": "1311041110239901",
    "kepala_keluarga": "AFRIZAL CONTOH",
    "alamat": "JR. TANGAH SAWAH",
    "rt_rw": "014/008",
    "kode_pos": "27776",
    "kel_desa": "PADANG AIR DINGIN",
    "kecamatan": "SANGIR JUJUAN",
    "kabupaten_kota": "KABUPATEN SOLOK SELATAN",
    "provinsi": "SUMATERA BARAT",
}
NEW = ("kel_desa", "kecamatan", "kabupaten_kota", "provinsi")
OLD = ("kecamatan", "kabupaten_kota", "kode_pos", "provinsi")


@pytest.mark.parametrize("right", [NEW, OLD])
@pytest.mark.parametrize("slope", [0.0, 0.02, -0.03])
def test_the_head_of_a_family_card(right: tuple[str, ...], slope: float) -> None:
    sheet = kk.parse(paper.tilted(paper.kk(KK, right), slope), [], "test")
    assert sheet is not None
    read = {name: field.value for name, field in sheet.fields.items()}
    wanted = {**KK, "rt": "014", "rw": "008"}
    del wanted["rt_rw"]
    assert read == wanted


def qr(number: str) -> Code:
    return Code(f"https://dukcapil.contoh.go.id/kk/{number}?v=1", "QRCode", "dukcapil")


def test_the_qr_is_second_evidence_for_the_number() -> None:
    lines = paper.kk(KK, NEW)
    alone = kk.parse(lines, [], "test")
    agreed = kk.parse(lines, [qr(KK["nomor_kk"])], "test")
    against = kk.parse(lines, [qr("1311041110239902")], "test")
    assert alone is not None
    assert agreed is not None
    assert against is not None
    assert agreed.fields["nomor_kk"].confidence > alone.fields["nomor_kk"].confidence
    assert against.fields["nomor_kk"].confidence < alone.fields["nomor_kk"].confidence
    assert against.fields["nomor_kk"].value == KK["nomor_kk"]


def test_a_hidden_number_is_not_invented() -> None:
    lines = [line for line in paper.kk(KK, NEW) if KK["nomor_kk"] not in line.text]
    lines.append(paper.text_line("NIP. 197001012001031013", 1600, 1500))
    sheet = kk.parse(lines, [qr("0000000000000000")], "test")
    assert sheet is not None
    assert "nomor_kk" not in sheet.fields


def test_kinds_are_told_by_their_labels() -> None:
    assert kind.signs(paper.ktp()).kind() is Kind.KTP
    assert kind.signs(paper.kk(KK, NEW)).kind() is Kind.KK
    assert kind.signs([]).kind() is None


def test_a_card_with_another_title_is_no_ktp() -> None:
    licence = [*paper.ktp(), paper.text_line("SURAT IZIN MENGEMUDI", 400, 30)]
    assert kind.signs(licence).kind() is None


def test_a_letter_is_no_document() -> None:
    words = ["iuran", "keterangan", "nama", "warga", "alamat", "rumah", "bayar", "sampah", "ronda", "malam"]
    lines = [paper.text_line(" ".join(words[i:] + words[:i]), 40, 40 * i) for i in range(12)]
    assert kind.signs(lines).kind() is None


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("NIK : 13", "NIK", " : 13"),
        ("NIK1311", "NIK", "1311"),
        ("KeVDesa : X", "Kel/Desa", " : X"),
        ("Tempat/TglLahir:SOLOK", "Tempat/Tgl Lahir", ":SOLOK"),
    ],
)
def test_labels_are_split_from_values(text: str, label: str, rest: str) -> None:
    score, found = labels.split_label(text, label)
    assert score > 0.7
    assert found.strip() == rest.strip()


FIELD = st.builds(Field, st.sampled_from(["A B", "AB", "C"]), st.floats(0, 1))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("xyz"), FIELD), st.dictionaries(st.sampled_from("xyz"), FIELD))
def test_merging_invents_nothing_and_stays_within_bounds(a: dict[str, Field], b: dict[str, Field]) -> None:
    merged = merge.better(a, b)
    for name, field in merged.items():
        assert field.value in {reading[name].value for reading in (a, b) if name in reading}
        assert merge.FLOOR <= field.confidence <= 1.0


def test_agreement_is_worth_more_than_either_reading() -> None:
    one, two = Field("SITI AMINAH", 0.8), Field("SITIAMINAH", 0.8)
    merged = merge.better({"nama": one}, {"nama": two})["nama"]
    assert merged.value == "SITI AMINAH"
    assert merged.confidence > 0.8
    assert merge.better({"nama": one}, {"nama": Field("BUDI", 0.9)})["nama"].confidence < 0.8


@pytest.mark.parametrize(
    ("ours", "other", "both"),
    [
        ("SUMARDIUTOMO", "SUMARDI UTOMO", "SUMARDI UTOMO"),
        ("H.AGUS TEGUH WJAYA", "H. AGUS TEGUH WIJAYA", "H. AGUS TEGUH WIJAYA"),
        ("JASMAN DONI EFENDI", "JASMAN DONI EF ENDI", "JASMAN DONI EFENDI"),
        ("RINI HANDAYANI", "RINI HANDAYANI!I", "RINI HANDAYANI"),
        ("JL MELATI 203", "JL. MELATI 203", "JL. MELATI 203"),
        ("KARTINI", "XQZ", "KARTINI"),
        ("", "ABC", ""),
    ],
)
def test_two_spellings_make_one(ours: str, other: str, both: str) -> None:
    assert second_opinion.combine(ours, other) == both


@settings(deadline=None)
@given(st.text("ABCDEFGHIJKLMNO .", max_size=20), st.text("ABCDEFGHIJKLMNO .", max_size=20))
def test_no_wide_letter_comes_from_the_second_engine(ours: str, other: str) -> None:
    combined = second_opinion.combine(ours, other)
    assert set(combined) - set("IJL1.,'- ") <= set(ours.upper())


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("SOLOK, 11-10-1963", "1963-10-11"),
        ("SOLOK 11 10 1963", "1963-10-11"),
        ("SOLOK,11101963", "1963-10-11"),
        ("SOLOK, l1-1O-1963", "1963-10-11"),
        ("SOLOK, 31-02-1963", None),
        ("SOLOK", None),
        ("", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    found = wording.find_date(text)
    assert (found[0].isoformat() if found else None) == iso


def test_a_date_against_the_nik_is_read_again() -> None:
    fields = {"nik": Field("1311041110639924", 0.99), "tanggal_lahir": Field("1963-10-17", 0.8)}
    assert birth.settle(fields, lambda: "SOLOK, 11-10-1963")["tanggal_lahir"].value == "1963-10-11"
    assert birth.settle(fields, lambda: "SOLOK, 17-10-1963")["tanggal_lahir"].value == "1963-10-17"
    assert "tanggal_lahir" not in birth.settle(fields, lambda: "")
    sure = {**fields, "tanggal_lahir": Field("1963-10-17", 0.99)}
    assert birth.settle(sure, lambda: "")["tanggal_lahir"].value == "1963-10-17"


def drawn(corners: list[list[int]], size: tuple[int, int] = (1200, 900)) -> Pixels:
    picture = np.full((size[1], size[0], 3), (60, 70, 80), dtype=np.uint8)
    cv2.fillConvexPoly(picture, np.array(corners, dtype=np.int32), (235, 225, 200))
    return picture


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(-40, 40), min_size=8, max_size=8))
def test_a_card_on_a_table_is_found(shifts: list[int]) -> None:
    corners = [[250, 220], [950, 220], [950, 661], [250, 661]]
    corners = [[x + shifts[2 * i], y + shifts[2 * i + 1]] for i, (x, y) in enumerate(corners)]
    found = page.find(drawn(corners), page.CARD)
    assert found is not None
    assert float(np.abs(found.corners - np.array(corners)).max()) < 12


def test_an_empty_table_has_no_page() -> None:
    assert page.find(np.full((900, 1200, 3), 90, dtype=np.uint8), page.CARD) is None


def test_rectified_boxes_map_back() -> None:
    corners = np.array([[250, 220], [950, 260], [930, 690], [240, 650]], dtype=np.float32)
    _, back = page.rectify(drawn([[0, 0], [1, 0], [1, 1]]), corners, 1280, 807)
    quad = page.mapped(((0, 0), (1280, 0), (1280, 807), (0, 807)), back)
    assert np.abs(np.array(quad) - corners).max() < 0.2


def test_corners_follow_from_the_print() -> None:
    card = ktp.parse(paper.ktp(), "test")
    assert card is not None
    corners = anchors.corners_from_text(card)
    assert corners is not None
    wanted = np.array([[0, 0], [1280, 0], [1280, 807], [0, 807]], dtype=np.float32)
    assert float(np.abs(corners - wanted).max()) < 130
    assert anchors.misfit(card, corners) <= anchors.misfit(card, corners + np.float32(60))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("HTTPS://CONTOH.EXAMPLE.ID/B/XSYRDWS8F1RP18QJMFG2837E6Z", "barkot"),
        ("7K3M-9QTD-2", "barkot"),
        ("https://dukcapil.contoh.go.id/kk/1311041110239901", "dukcapil"),
        ("https://example.com/", "url"),
        ("WIFI:S:WARUNG;T:WPA;P:rahasia;;", "text"),
        ("", "text"),
    ],
)
def test_codes_are_told_apart(text: str, what: str) -> None:
    assert codes.tell(text) == what


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_a_qr_is_decoded_where_it_stands(turned: int) -> None:
    matrix = np.array(
        [
            list(row)
            for row in segno.make("7K3M-9QTD-2", error="m", micro=False).matrix_iter(scale=6, border=4)
        ],
        dtype=np.uint8,
    )
    symbol = np.where(matrix > 0, 0, 255).astype(np.uint8)
    photo = np.full((600, 800, 3), 200, dtype=np.uint8)
    photo[100 : 100 + symbol.shape[0], 300 : 300 + symbol.shape[1]] = symbol[..., None]
    found = codes.decode(np.ascontiguousarray(np.rot90(photo, turned)))
    assert [(code.text, code.format, code.kind) for code in found] == [("7K3M-9QTD-2", "QRCode", "barkot")]
    assert found[0].box is not None


class Fake:
    """An engine that sees a card lying on its side: words only when the picture is as tall as it is wide is not."""

    name = "test"

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []

    def read(self, pixels: Pixels) -> list[paper.Line]:
        self.asked.append(pixels.shape)
        if pixels.shape[1] > pixels.shape[0]:
            return paper.ktp()
        return [paper.Line("garbled", 0.4, 10 + 30 * i, 10, 30 + 30 * i, 400) for i in range(10)]


def test_a_page_on_its_side_is_turned() -> None:
    found = upright(np.zeros((1280, 900, 3), dtype=np.uint8), Fake())
    assert found.turned in (90, 270)
    assert found.signs.kind() is Kind.KTP


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("JL.、MELATI NO.12", "JL. MELATI NO. 12"),
        ("JL. MELATI GG. II NO,120", "JL. MELATI GG. II NO. 120"),
        ("DUSUN HULU, BARAT", "DUSUN HULU, BARAT"),
    ],
)
def test_specks_in_an_address_are_no_signs_of_it(read: str, meant: str) -> None:
    assert wording.spaced_address(read) == meant


class OnNewsprint:
    """An engine that sees a card upside down on a cloth whose pattern it takes for words on end: words that run down the
    picture are read when the photo is turned by 270 degrees, and level ones by 180."""

    name = "test"

    def read(self, pixels: Pixels) -> list[paper.Line]:
        cloth = [paper.Line("pattern", 0.9, 10 + 9 * i, 900, 18 + 9 * i, 990) for i in range(60)]
        if pixels[0, 0, 0]:
            return [*cloth, *paper.ktp()]
        if pixels[0, -1, 0]:
            on_end = [
                paper.Line(one.text, 0.9, one.top, one.left, one.bottom, one.right) for one in paper.ktp()
            ]
            return [*cloth, *on_end]
        return cloth


@pytest.mark.parametrize(
    ("beside", "known"),
    [
        ("No. 1311041110110001", True),
        ("No.13U1041110110001", False),  # its region cannot be read
        ("No. 131104U11011001", True),  # digits in doubt, a digit lost
        ("No. 9911041110110001", False),  # no such region
        ("No. ١٣١١041110110001", False),  # digits of another script, as engines dream them
        ("Perihal: permohonan", False),
    ],
)
def test_the_title_with_a_number_below_it_is_a_family_card(beside: str, known: bool) -> None:
    lines = [paper.text_line("KARTU KELUARGA", 400, 100), paper.text_line(beside, 390, 140)]
    on_end = [paper.Line(one.text, 0.9, one.top, one.left, one.bottom, one.right) for one in lines]
    for seen in (lines, on_end):
        assert kind.signs(seen).kind() is (Kind.KK if known else None)
    assert kind.signs(on_end).upended == (kind.ENOUGH if known else 1)


def test_labels_tell_how_a_page_lies_not_the_pattern_around_it() -> None:
    photo = np.zeros((1000, 1000, 3), dtype=np.uint8)
    photo[-1, -1] = 255  # where the card's top left corner is
    found = upright(photo, OnNewsprint())
    assert (found.turned, found.signs.kind()) == (180, Kind.KTP)


def test_a_page_that_stands_right_is_read_once() -> None:
    engine = Fake()
    assert upright(np.zeros((900, 1280, 3), dtype=np.uint8), engine).turned == 0
    assert len(engine.asked) == 1


def test_a_nik_below_the_name_of_its_own_region_is_a_ktp() -> None:
    own = [
        paper.text_line("KABUPATEN SOLOK SELATAN", 400, 110),
        paper.text_line("1311041110639924", 360, 195),
    ]
    other = [paper.text_line("KABUPATEN TEGAL", 400, 110), own[1]]
    below = [replace(own[0], top=260, bottom=288), own[1]]
    assert kind.names_its_region(own)
    assert not kind.names_its_region(other)
    assert not kind.names_its_region(below)
