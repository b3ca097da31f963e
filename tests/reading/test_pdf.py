"""PDFs: typed ones are read from their text, scans like photos, bad ones refused in plain words."""

from __future__ import annotations

import io
import json
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chalicelib.local.specimens.catalogue import PICTURES
from chalicelib.reading.command import main
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture import pdf, pdf_process
from chalicelib.reading.picture.decode import UnreadablePhoto
from tests.reading import kk_paper, paper, pdf_maker

SHEET = {
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
RIGHT = ("kel_desa", "kecamatan", "kabupaten_kota", "provinsi")
LETTER = [
    Line(f"Surat keterangan nomor {n} untuk siapa saja", 1.0, 200, 80 * n, 1500, 80 * n + 28)
    for n in range(1, 9)
]


class Blind:
    """An engine that must not be asked."""

    name = "test"

    def read(self, pixels: object) -> list[Line]:
        raise AssertionError("the text was there to be taken")


class Dumb:
    """An engine that sees nothing."""

    name = "test"

    def read(self, pixels: object) -> list[Line]:
        return []


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadablePhoto) as caught:
        list(pdf_process.pages(data))
    return caught.value.code


def test_a_typed_sheet_is_taken_as_it_stands() -> None:
    found = read_photo(pdf_maker.typed([paper.kk(SHEET, RIGHT)]), Kind.KK, Blind())
    values = {name: field.value for name, field in found.reading.fields.items()}
    rt, rw = SHEET["rt_rw"].split("/")
    wanted = {key: value for key, value in SHEET.items() if key != "rt_rw"} | {"rt": rt, "rw": rw}
    assert values == wanted
    assert all(
        field.confidence > 0.9 and field.source.startswith("pdf") for field in found.reading.fields.values()
    )
    assert found.page_index == 0
    assert found.dpi == pytest.approx(72 * pdf.LONG_SIDE / 842, abs=0.1)


def test_a_typed_card_is_read_exactly_with_all_its_members() -> None:
    people = [kk_paper.HEAD, kk_paper.WIFE, kk_paper.CHILD]
    page = [*paper.kk(SHEET, RIGHT), *kk_paper.sheet(people)]
    found = read_photo(pdf_maker.typed([page]), Kind.KK, Blind()).reading
    members = [{name: field.value for name, field in row.items()} for row in found.members]
    assert members == kk_paper.wanted(people, new=True)
    assert all(field.source.startswith("pdf") for row in found.members for field in row.values())
    assert found.fields["nomor_kk"].value == SHEET["nomor_kk"]
    assert "KK_TIDAK_LENGKAP" not in {finding.code for finding in found.findings}


def test_the_page_that_is_the_document_is_taken() -> None:
    data = pdf_maker.typed([LETTER, paper.kk(SHEET, RIGHT), LETTER])
    found = read_photo(data, Kind.KK, Dumb())
    assert found.page_index == 1
    assert found.reading.fields["nomor_kk"].value == SHEET["nomor_kk"]


def test_what_a_scanner_believes_to_have_read_is_not_taken() -> None:
    data = pdf_maker.typed([paper.kk(SHEET, RIGHT)], mode=3)
    assert read_photo(data, Kind.KK, Dumb()).reading.fields == {}


def test_a_scan_is_read_like_a_photo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = PICTURES / "family-01-ktp.jpg"
    with Image.open(card) as image:
        image.save(
            tmp_path / "scan.pdf",
            resolution=150,
            save_all=True,
            append_images=[Image.new("RGB", (1200, 900))],
        )
    assert main(["--out", str(tmp_path), str(tmp_path / "scan.pdf")]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    truth = json.loads(card.with_suffix(".json").read_text(encoding="utf-8"))["fields"]
    assert first["fields"]["nik"]["value"] == truth["nik"]
    assert (first["page_index"], second["page_index"]) == (0, 1)
    assert first["dpi"] > 100
    assert second["kind"] == "other"
    assert json.loads((tmp_path / "scan.json").read_text()) == first
    assert json.loads((tmp_path / "scan-2.json").read_text()) == second


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf_maker.locked(), "PDF_TERKUNCI"),
        (b"%PDF-1.7\n" + bytes(200), "PDF_RUSAK"),
        (pdf_maker.typed([]), "PDF_RUSAK"),
        (pdf_maker.typed([LETTER])[:300], "PDF_RUSAK"),
    ],
)
def test_bad_files_are_refused_in_plain_words(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize("size", [(14_400.0, 14_400.0), (200.0, 14_400.0), (10.0, 10.0)])
def test_whatever_size_a_page_claims_it_is_drawn_bounded(size: tuple[float, float]) -> None:
    (page,) = pdf_process.pages(pdf_maker.typed([LETTER], size))
    assert max(page.pixels.shape) <= pdf.LONG_SIDE + 1


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 5 0 R "
        b"/Resources << /XObject << /I 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 4 >>\nstream\n0000\nendstream",
        b"<< /Length 26 >>\nstream\nq 300 0 0 300 0 0 cm /I Do Q\nendstream",
    ]
    assert code_of(pdf_maker.pdf(objects)) == "FILE_TERLALU_BESAR"


def test_no_more_than_the_first_pages_are_looked_at() -> None:
    assert len(list(pdf_process.pages(pdf_maker.typed([LETTER] * (pdf.MAX_PAGES + 3))))) == pdf.MAX_PAGES


def _scribbled(lines: int) -> bytes:
    """A page of `lines` lines across it, packed into a few kilobytes."""
    content = zlib.compress(b"0 0 m 300 300 l S\n" * lines)
    return pdf_maker.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    )


def test_a_page_that_draws_without_end_costs_its_child_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand lines take a minute of a core; here nobody waits so long."""
    data = _scribbled(1_000_000)
    assert len(data) < 50_000
    monkeypatch.setattr(pdf_process, "SECONDS", 3.0)
    assert code_of(data) == "PDF_RUSAK"


def test_pages_are_drawn_where_no_key_of_ours_can_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nobody's")
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\n", encoding="utf-8")
    spy.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(spy))
    assert code_of(pdf_maker.typed([LETTER])) == "PDF_RUSAK"
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert "AWS_" not in seen
    assert "PYTHONPATH" in seen


def test_of_many_pages_no_more_are_drawn_than_asked_for() -> None:
    found = pdf_process.pages(pdf_maker.typed([LETTER] * 5))
    first = next(found)
    found.close()
    assert first.index == 0
    assert [line.text for line in first.lines][:1] == [LETTER[0].text]


def test_every_colour_of_bitmap_becomes_three_channels() -> None:
    with io.BytesIO() as buffer:
        Image.new("L", (400, 300), 90).save(buffer, "PDF")
        (page,) = pdf_process.pages(buffer.getvalue())
    assert page.pixels.shape[2] == 3
    assert int(np.median(page.pixels)) == pytest.approx(90, abs=2)
