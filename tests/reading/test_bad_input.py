"""What strangers send: never a crash, never another thing than was shown, a reasoned answer each. Broken, huge, tiny and
mislabelled files are in test_decode.py, mutated ones in test_fuzz.py."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chalicelib.reading.command import answers
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind, Reading
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture.decode import Pixels, UnreadablePhoto, decode


class Says:
    """An engine that sees these lines on every picture."""

    name = "test"

    def __init__(self, *lines: Line) -> None:
        self.lines = list(lines)

    def read(self, pixels: Pixels) -> list[Line]:
        return self.lines


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **how: object) -> bytes:
    rng = np.random.default_rng(1)
    small = rng.integers(40, 220, (size[1] // 16, size[0] // 16, 3)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(small).resize(size).save(buffer, kind, **how)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
SCRIPT = b"<html><script>alert('CONTOH')</script></html>"


@pytest.mark.parametrize("tail", [PDF, SCRIPT, b"PK\x03\x04" + bytes(200), picture()])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_two_files_in_one_the_first_is_read_and_nothing_else_is_kept(kind: str, tail: bytes) -> None:
    found = read_photo(picture(kind) + tail, Kind.HOUSE, Says())
    assert found.reading.size == (640, 480)
    assert tail[:40] not in found.working_copy or kind == "JPEG"
    assert b"script" not in found.working_copy
    assert b"%PDF" not in found.working_copy


@pytest.mark.parametrize(
    "data", [b"GIF89a" + picture()[6:], b"BM" + picture(), b"II*\x00" + picture(), SCRIPT + picture()]
)
def test_a_photo_behind_another_file_s_head_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePhoto) as refused:
        decode(data)
    assert refused.value.code == "JENIS_FILE_DITOLAK"


def test_animations_of_a_kind_we_do_not_take_are_refused() -> None:
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(UnreadablePhoto) as refused:
        read_photo(buffer.getvalue(), Kind.KTP, Says())
    assert refused.value.code == "JENIS_FILE_DITOLAK"


def test_sixteen_bits_of_each_colour_are_brought_down_to_eight() -> None:
    deep = np.full((300, 400, 3), (60000, 30000, 10000), np.uint16)
    done, data = cv2.imencode(".png", deep)
    assert done
    assert np.abs(decode(data.tobytes()).pixels[5, 5].astype(int) - [233, 117, 39]).max() <= 2


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's word on broken metadata
def test_a_block_of_nonsense_for_metadata_is_passed_over() -> None:
    data = picture()
    rubbish = b"Exif\x00\x00MM\x00*" + random.Random(4).randbytes(60_000)
    block = b"\xff\xe1" + (len(rubbish) + 2).to_bytes(2, "big") + rubbish
    assert decode(data[:2] + block + data[2:]).shown == (640, 480)


@pytest.mark.parametrize("size", [(6000, 640), (640, 6000)])
def test_a_very_long_photo_is_answered(size: tuple[int, int]) -> None:
    assert read_photo(picture(size=size), None, Says()).reading.kind in (Kind.OTHER, Kind.HOUSE)


@pytest.mark.parametrize("kind", [Kind.KTP, Kind.KK])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_photo_of_nothing_is_no_document(kind: Kind, grey: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), (grey, grey, grey)).save(buffer, "JPEG")
    reading = read_photo(buffer.getvalue(), kind, Says()).reading
    assert (reading.kind, dict(reading.fields)) == (Kind.OTHER, {})
    assert "BUKAN_DOKUMEN" in {finding.code for finding in reading.findings}


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(wide: int, high: int, *more: bytes) -> bytes:
    """A grey PNG by its header, with a kilobyte of pixels at most."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
    pixels = _chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + _chunk(b"IEND", b"")


def _jpeg_of(wide: int, high: int) -> bytes:
    """A small JPEG whose header claims another size."""
    data = picture()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", high, wide) + data[at + 4 :]


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert('CONTOH')</script></svg>"
LONG = zlib.compress(bytes(80_000_000))
STRANGE = {
    "one pixel": (_png(1, 1), "FOTO_TERLALU_KECIL"),
    "a bomb of a PNG": (_png(60_000, 60_000), "FILE_TERLALU_BESAR|FOTO_RUSAK"),
    "a bomb of a JPEG": (_jpeg_of(65_000, 65_000), "FILE_TERLALU_BESAR|FOTO_RUSAK"),
    "pixels that are not there": (_png(3000, 3000), "FOTO_RUSAK"),
    "a bomb of text": (_png(900, 600, _chunk(b"zTXt", b"Comment\0\0" + LONG)), "FOTO_RUSAK"),
    "a bomb of a colour profile": (_png(900, 600, _chunk(b"iCCP", b"icc\0\0" + LONG)), "FOTO_RUSAK"),
    "a drawing": (SVG, "JENIS_FILE_DITOLAK"),
    "a drawing with a head of XML": (b"<?xml version='1.0'?>" + SVG, "JENIS_FILE_DITOLAK"),
    "a drawing that is packed": (gzip.compress(SVG), "JENIS_FILE_DITOLAK"),
    "a web page": (SCRIPT, "JENIS_FILE_DITOLAK"),
    "a picture that is a program's archive": (
        b"GIF89a" + bytes(40) + b"PK\x03\x04" + bytes(200), "JENIS_FILE_DITOLAK",
    ),
    "a photo that is called a PDF within": (b"BM" + bytes(100) + PDF, "PDF_RUSAK"),
    "a web page that is called a PDF within": (SCRIPT + b"%PDF-1.7", "PDF_RUSAK"),
    "nothing": (b"", "JENIS_FILE_DITOLAK"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's word on broken metadata
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("named", ["foto.jpg", "foto.pdf"])
def test_what_is_no_photo_is_refused_in_plain_words_whatever_its_name(
    what: str, named: str, tmp_path: Path
) -> None:
    data, codes = STRANGE[what]
    tmp_path.joinpath(named).write_bytes(data)
    (answer,) = answers(tmp_path / named, "auto")
    assert not answer["ok"]
    assert answer["error"]["code"] in codes.split("|")
    assert answer["error"]["message"].count(" ") >= 3
    assert "CONTOH" not in answer["error"]["message"]


WORDS = st.sampled_from(
    ["PROVINSI JAWA BARAT", "NIK", ": 3204110203959901", "Nama", "Tempat/Tgl Lahir", "Jenis Kelamin", "Alamat", "RT/RW",
     "Kel/Desa", "Agama", "Pekerjaan", "KARTU KELUARGA", "No. 3204110203959901", "Nama Lengkap", "(1)", "1", "-", "::",
     "LAKI-LAKI", "3204" * 9, "RT/RW:///", "31-02-1995", "ÉÜ…", "Kode Pos"]
)  # fmt: skip
PLACES = st.floats(-50, 900, allow_nan=False)
LINES = st.builds(
    lambda text, sure, x, y, wide, high: Line(text, sure, x, y, x + wide, y + high),
    WORDS, st.floats(0, 1), PLACES, PLACES, st.floats(0, 600), st.floats(0, 90),
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_whatever_an_engine_says_it_saw_there_is_an_answer(lines: list[Line]) -> None:
    found = read_photo(picture(), None, Says(*lines))
    reading = found.reading
    assert reading.kind in set(Kind)
    assert all(0 <= field.confidence <= 1 for field in reading.fields.values())
    assert Reading.from_dict(reading.to_dict()).to_dict() == reading.to_dict()
