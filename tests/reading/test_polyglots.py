"""Files that are two things at once: what an officer is shown is pixels written anew, without a byte of what came along.

Each file is shown to be what it claims (a program that opens the other side of it does), then read; the working copy is
looked at segment by segment. Tails behind photos and strangers by their first bytes are in test_bad_input.py.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
import pillow_heif
import pypdfium2
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind, ReadPhoto
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture.decode import LONGEST_SIDE, Pixels, UnreadablePhoto
from tests.reading import pdf_maker

PAYLOAD = b"<script>alert('BERKAS-MUATAN')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('BERKAS-MUATAN')\"/>"
MARK = b"BERKAS-MUATAN"
COLOUR_PROFILE = bytes(36) + b"acsp" + bytes(88) + PAYLOAD
JPEG_NEEDS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""JFIF's head, quantisation, frame, Huffman tables, scan: without these there is no JPEG; nothing else is needed."""


class Blind:
    """An engine that sees no text."""

    name = "test"

    def read(self, pixels: Pixels) -> list[Line]:
        return []


def house() -> Image.Image:
    small = np.random.default_rng(5).integers(40, 220, (30, 40, 3)).astype(np.uint8)
    return Image.fromarray(small).resize((640, 480))


def saved(kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    house().save(buffer, kind, **how)
    return buffer.getvalue()


def read(data: bytes) -> ReadPhoto:
    return read_photo(data, Kind.HOUSE, Blind())


def segments(data: bytes) -> Iterator[int]:
    """Marker codes of a JPEG up to its scan. AssertionError: it is not one picture and nothing else."""
    assert data[:2] == b"\xff\xd8"
    at = 2
    while True:
        marker, code = data[at], data[at + 1]
        assert marker == 0xFF
        yield code
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if code == 0xDA:
            break
    end = data.index(b"\xff\xd9", at)
    assert end == len(data) - 2, "something lies behind the picture"


def is_only_pixels(copy: bytes) -> None:
    assert set(segments(copy)) <= JPEG_NEEDS
    assert MARK not in copy
    with Image.open(io.BytesIO(copy), formats=["JPEG"]) as image:
        assert not image.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment", "photoshop", "adobe"} & image.info.keys()


def exif(orientation: int = 1) -> Image.Exif:
    """With the payload as description, maker, artist, copyright and the user's comment."""
    made = Image.Exif()
    for tag in (0x010E, 0x010F, 0x013B, 0x8298):
        made[tag] = PAYLOAD.decode()
    made[0x0112] = orientation
    made.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + PAYLOAD
    made.get_ifd(0x8769)[0x927C] = PAYLOAD
    return made


def jpeg_with(*blocks: tuple[int, bytes]) -> bytes:
    """A JPEG with segments of these codes right behind its head."""
    data = saved("JPEG")
    more = b"".join(bytes([0xFF, code]) + struct.pack(">H", len(body) + 2) + body for code, body in blocks)
    return data[:2] + more + data[2:]


def png_with(name: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk before its pixels."""
    data = saved("PNG")
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    at = data.index(b"IDAT") - 4
    return data[:at] + chunk + data[at:]


def png_with_text() -> bytes:
    text = PngInfo()
    text.add_text("Comment", PAYLOAD.decode())
    text.add_text("Packed", PAYLOAD.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", SVG.decode())
    return saved("PNG", pnginfo=text)


def heif(**how: object) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(house()).save(buffer, **how)
    return buffer.getvalue()


def webp_with(name: bytes, body: bytes) -> bytes:
    """A WebP with one more chunk, of a kind nobody knows."""
    data = saved("WEBP")
    grown = data[8:] + name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(grown)) + grown


XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
CARRIERS = {
    "EXIF of a JPEG": lambda: saved("JPEG", exif=exif()),
    "EXIF of a JPEG that is turned": lambda: saved("JPEG", exif=exif(6)),
    "a comment of a JPEG": lambda: jpeg_with((0xFE, PAYLOAD)),
    "a drawing in a comment": lambda: jpeg_with((0xFE, SVG)),
    "XMP of a JPEG": lambda: jpeg_with((0xE1, XMP_HEAD + PAYLOAD)),
    "IPTC of a JPEG": lambda: jpeg_with((0xED, b"Photoshop 3.0\0" + PAYLOAD)),
    "a block of a JPEG that nobody knows": lambda: jpeg_with((0xEB, PAYLOAD)),
    "the colour profile of a JPEG": lambda: saved("JPEG", icc_profile=COLOUR_PROFILE),
    "a second picture in the EXIF": lambda: jpeg_with((0xE1, b"Exif\0\0" + saved("JPEG", quality=5)[:60_000])),
    "texts of a PNG": png_with_text,
    "EXIF of a PNG": lambda: saved("PNG", exif=exif()),
    "the colour profile of a PNG": lambda: saved("PNG", icc_profile=COLOUR_PROFILE),
    "a chunk of a PNG that nobody knows": lambda: png_with(b"teSt", PAYLOAD),
    "EXIF of a WebP": lambda: saved("WEBP", exif=exif()),
    "XMP of a WebP": lambda: saved("WEBP", xmp=PAYLOAD),
    "the colour profile of a WebP": lambda: saved("WEBP", icc_profile=COLOUR_PROFILE),
    "a chunk of a WebP that nobody knows": lambda: webp_with(b"TEST", PAYLOAD),
    "EXIF of a HEIC": lambda: heif(exif=exif().tobytes()),
    "XMP of a HEIC": lambda: heif(xmp=PAYLOAD),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's word on broken metadata
@pytest.mark.parametrize("where", CARRIERS)
def test_what_travels_in_metadata_stays_behind(where: str) -> None:
    data = CARRIERS[where]()
    assert MARK in data or where in (
        "a second picture in the EXIF",
        "texts of a PNG",
        "the colour profile of a PNG",
    )
    found = read(data)
    is_only_pixels(found.working_copy)
    assert MARK.decode() not in repr(found.reading.to_dict())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_program_s_archive_behind_a_photo_is_gone(kind: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("META-INF/MANIFEST.MF", "Main-Class: Muatan")
        out.writestr("Muatan.class", MARK)
    data = saved(kind) + archive.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as both:
        assert both.read("Muatan.class") == MARK
    copy = read(data).working_copy
    is_only_pixels(copy)
    assert not zipfile.is_zipfile(io.BytesIO(copy))


def test_a_gif_that_is_a_program_s_archive_is_refused() -> None:
    archive = io.BytesIO(saved("GIF"))
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("Muatan.class", MARK)
    assert zipfile.is_zipfile(archive)
    with pytest.raises(UnreadablePhoto, match="JENIS_FILE_DITOLAK"):
        read(archive.getvalue())


def test_a_photo_that_is_a_pdf_too_is_read_as_the_photo() -> None:
    within = pdf_maker.typed([[Line(MARK.decode(), 1.0, 100, 100, 900, 160)]])
    data = jpeg_with((0xFE, within))
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    document.close()
    found = read(data)
    assert (found.reading.size, found.page_index) == ((640, 480), None)
    is_only_pixels(found.working_copy)


def pdf(catalog: bytes, *more: bytes, page: bytes = b"", content: bytes = b"", packed: bytes = b"") -> bytes:
    """One page; `catalog` and `page` go into those dictionaries, `more` are objects from the fifth on."""
    return pdf_maker.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R " + page + b" >>",
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), packed, content),
            *more,
        ]
    )


SCRIPTED = b"<< /S /JavaScript /JS (app.alert\\('BERKAS-MUATAN'\\)) >>"
FILE = b"<< /Type /EmbeddedFile /Length 13 >>\nstream\nBERKAS-MUATAN\nendstream"
ACTIVE = {
    "a script on opening": pdf(b"/OpenAction " + SCRIPTED),
    "scripts by name": pdf(b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", SCRIPTED),
    "a script on a page": pdf(b"", page=b"/AA << /O " + SCRIPTED + b" >>"),
    "a program to start": pdf(b"/OpenAction << /S /Launch /F (BERKAS-MUATAN.exe) >>"),
    "an address to call": pdf(b"/OpenAction << /S /URI /URI (https://example.org/BERKAS-MUATAN) >>"),
    "another file to open": pdf(b"/OpenAction << /S /GoToR /F (//example.org/BERKAS-MUATAN) /D [0 /Fit] >>"),
    "a form to send": pdf(b"/OpenAction << /S /SubmitForm /F (https://example.org/BERKAS-MUATAN) >>"),
    "a file within": pdf(
        b"/Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (x.exe) /EF << /F 5 0 R >> >>] >> >>", FILE
    ),
    "a form with a script": pdf(
        b"/AcroForm << /Fields [5 0 R] /XFA (<xdp>BERKAS-MUATAN</xdp>) >>",
        b"<< /FT /Tx /T (x) /V (BERKAS-MUATAN) /AA << /C " + SCRIPTED + b" >> /Rect [0 0 9 9] >>",
    ),
    "metadata": pdf(
        b"/Metadata 5 0 R", b"<< /Type /Metadata /Subtype /XML /Length 13 >>\nstream\nBERKAS-MUATAN\nendstream"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ACTIVE)
def test_of_a_pdf_its_page_is_drawn_and_nothing_is_done(what: str) -> None:
    assert MARK in ACTIVE[what]
    found = read(ACTIVE[what])
    is_only_pixels(found.working_copy)
    assert MARK.decode() not in repr(found.reading.to_dict())


def test_the_program_that_draws_pdfs_knows_no_scripts_and_no_dynamic_forms() -> None:
    assert not {"V8", "XFA"} & set(pypdfium2.PDFIUM_INFO.flags)


PACKED = zlib.compress(b" " * 50_000_000)
BOMBS = {
    "fifty million blanks": pdf(b"", content=PACKED, packed=b"/Filter /FlateDecode"),
    "packed twice": pdf(b"", content=zlib.compress(PACKED), packed=b"/Filter [/FlateDecode /FlateDecode]"),
    "a form that calls itself": pdf(
        b"",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N 5 0 R >> >> /Length 5 >>"
        b"\nstream\n/N Do\nendstream",
        page=b"/Resources << /XObject << /N 5 0 R >> >>",
        content=b"/N Do",
    ),
    "pages that are their own parents": pdf_maker.pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 900000 >>"]
    ),
}


DRAWN = ("fifty million blanks", "packed twice", "a form that calls itself")


@pytest.mark.parametrize("what", DRAWN)
def test_a_bomb_of_a_pdf_is_drawn_bounded(what: str) -> None:
    found = read(BOMBS[what])
    assert max(found.reading.size) <= LONGEST_SIDE
    is_only_pixels(found.working_copy)


def test_a_pdf_without_an_end_is_refused() -> None:
    with pytest.raises(UnreadablePhoto, match="PDF_RUSAK"):
        read(BOMBS["pages that are their own parents"])
