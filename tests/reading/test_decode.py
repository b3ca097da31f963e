"""What strangers upload: judged by first bytes, refused by limits, never trusted."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from chalicelib.errors import BadInput
from chalicelib.reading.model import Kind, Reading, Taken
from chalicelib.reading.picture import decode as limits
from chalicelib.reading.picture.decode import UnreadablePhoto, decode, encode_jpeg, turn


def picture(size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    """Left half red, the rest grey, the first rows blue."""
    image = Image.new("RGB", size, (128, 128, 128))
    image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1]))
    image.paste((30, 30, 200), (0, 0, size[0], size[1] // 6))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadablePhoto) as caught:
        decode(data)
    assert isinstance(caught.value, BadInput)
    assert caught.value.message
    return caught.value.code


pillow_heif.register_heif_opener(thumbnails=False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photos_are_taken(kind: str) -> None:
    raster = decode(saved(picture(), kind))
    assert raster.pixels.shape == (240, 320, 3)
    assert raster.shown == (320, 240)
    blue, green, red = (int(v) for v in raster.pixels[200, 40])
    assert red > 150 > green
    assert blue < 100


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA"])
def test_any_colour_model_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert decode(saved(picture().convert(mode), kind)).pixels.shape == (240, 320, 3)


def test_sixteen_bits_of_grey_are_brought_down_to_eight() -> None:
    ramp = np.repeat(np.linspace(0, 65535, 300).astype(np.uint16)[None, :], 240, axis=0)
    found = decode(saved(Image.fromarray(ramp), "PNG")).pixels
    assert [int(found[100, x, 0]) for x in (0, 150, 299)] == pytest.approx([0, 128, 255], abs=2)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (300, 240), colour) for colour in ("red", "green", "blue")]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    blue, green, red = (int(v) for v in decode(data).pixels[100, 100])
    assert red > 200 > max(blue, green)


def test_what_is_transparent_is_white_paper() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    assert int(decode(saved(clear, "PNG")).pixels.min()) == 255


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"GIF89a" + bytes(99),
        b"\x00\x00\x00\x18ftypmp42" + bytes(99),
        b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00avifmif1" + bytes(99),
        b"PK\x03\x04",
        b"\xff\xd8",
    ],
)
def test_other_files_are_refused_by_their_first_bytes(data: bytes) -> None:
    assert code_of(data) == "JENIS_FILE_DITOLAK"


def test_the_name_of_the_kind_is_not_believed() -> None:
    """A GIF behind the first bytes of a JPEG is not opened as a GIF."""
    assert code_of(b"\xff\xd8\xff" + saved(picture(), "GIF")) == "FOTO_RUSAK"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.8])
def test_truncated_files_are_broken(kind: str, share: float) -> None:
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (300, 300, 3), dtype=np.uint8))
    data = saved(noise, kind)
    assert code_of(data[: int(len(data) * share)]) == "FOTO_RUSAK"


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (199, 800)])
def test_tiny_pictures_are_refused(size: tuple[int, int]) -> None:
    assert code_of(saved(picture(size), "PNG")) == "FOTO_TERLALU_KECIL"


def test_a_bomb_is_refused_by_its_header() -> None:
    """60,000 x 60,000 pixels in a few bytes: refused before anything is unpacked."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    assert code_of(bomb) in ("FILE_TERLALU_BESAR", "FOTO_RUSAK")


def test_too_many_pixels_within_pillow_s_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PIXELS", 320 * 240 - 1)
    assert code_of(saved(picture())) == "FILE_TERLALU_BESAR"


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 100)
    assert code_of(saved(picture())) == "FILE_TERLALU_BESAR"


def test_a_jpeg_of_a_thousand_scans_is_refused() -> None:
    data = saved(picture(), progressive=True)
    start = data.rindex(b"\xff\xda")
    assert code_of(data[:start] + data[start:-2] * 1000 + data[-2:]) == "FOTO_RUSAK"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_rubbish_never_gets_past_the_door(tail: bytes) -> None:
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
    for head in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", heic):
        assert code_of(head + tail) in ("FOTO_RUSAK", "FOTO_TERLALU_KECIL", "FILE_TERLALU_BESAR")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_as_other_viewers_do(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(picture(), "PNG", exif=exif)
    with Image.open(io.BytesIO(data)) as image:
        wanted = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))[..., ::-1]
    raster = decode(data)
    assert np.array_equal(raster.pixels, wanted)
    assert raster.shown == (wanted.shape[1], wanted.shape[0])


@pytest.mark.parametrize("orientation", [0, 9, 4711])
def test_nonsense_in_exif_is_ignored(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert decode(saved(picture(), "JPEG", exif=exif)).pixels.shape == (240, 320, 3)


def test_large_photos_are_shrunk_and_remember_their_size() -> None:
    raster = decode(saved(picture((6600, 4400))))
    assert max(raster.pixels.shape) == limits.LONGEST_SIDE
    assert raster.shown == (6600, 4400)


def located(lat: tuple[float, ...] = (6, 30, 36.0), at: str = "2026:11:20 08:15:30") -> Image.Exif:
    exif = Image.Exif()
    exif[0x8769] = {0x9003: at, 0x9011: "+07:00"}
    exif[0x8825] = {1: "S", 2: lat, 3: "E", 4: (106, 49, 12.0), 31: 8.5}
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_and_when_are_kept(kind: str) -> None:
    raster = decode(saved(picture(), kind, exif=located()))
    assert raster.taken == Taken(-6.51, 106.82, 8.5, "2026-11-20T08:15:30+07:00")


@pytest.mark.parametrize(
    ("exif", "wanted"),
    [
        (located(lat=(96, 0, 0.0)), Taken(at="2026-11-20T08:15:30+07:00")),
        (located(at="0000:00:00 00:00:00"), Taken(-6.51, 106.82, 8.5)),
        (Image.Exif(), None),
    ],
)
def test_nonsense_about_place_and_time_is_left_out(exif: Image.Exif, wanted: Taken | None) -> None:
    assert decode(saved(picture(), exif=exif)).taken == wanted


def test_the_working_copy_carries_no_metadata() -> None:
    exif = located()
    exif[0x010F] = "Telepon"
    copy = encode_jpeg(decode(saved(picture(), exif=exif)).pixels)
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()
        assert image.format == "JPEG"


@settings(deadline=None)
@given(st.sampled_from([0, 90, 180, 270]))
def test_four_quarter_turns_make_a_whole(degrees: int) -> None:
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    back = turn(turn(pixels, degrees), (360 - degrees) % 360)
    assert np.array_equal(back, pixels)


def test_readings_stored_before_place_and_fingerprint_were_kept_still_load() -> None:
    old = Reading(Kind.KTP, size=(3, 2)).to_dict()
    del old["taken"], old["fingerprint"]
    assert Reading.from_dict(old) == Reading(Kind.KTP, size=(3, 2))
    new = Reading(
        Kind.HOUSE, size=(3, 2), taken=Taken(1.5, 2.5, None, "2026-01-02T03:04:05"), fingerprint="f"
    )
    assert Reading.from_dict(new.to_dict()) == new
