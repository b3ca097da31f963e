"""From bytes to pixels, under limits: what a stranger uploads is judged by its first bytes, not by its name.

Limits: bytes (`MAX_BYTES`), pixels as the header states them (`MAX_PIXELS`, before anything is decoded), scans of a
progressive JPEG (`MAX_SCANS`: a few kilobytes can hold thousands, each as dear as the whole picture). Together they
bound the time. PNG text chunks are bounded by Pillow.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from chalicelib.errors import BadInput
from chalicelib.reading.model import Taken
from chalicelib.reading.picture import heif, taken
from chalicelib.reading.picture.formats import file_type
from chalicelib.reading.picture.memory import give_back

Pixels = npt.NDArray[np.uint8]
"""Height x width x 3, blue green red, 0 to 255."""

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SCANS = 64
MIN_SIDE = 200
"""Pixels. Below this no line of a card can be read."""
LONGEST_SIDE = 3200
"""Pixels. Larger photos are shrunk to this: text is still twice as high as the engine needs."""

_BAND = 256
"""Rows of a picture that are copied at a time."""
_ORIENTATION = 0x0112
_TURNS: dict[int, tuple[bool, int]] = {
    1: (False, 0), 2: (True, 0), 3: (False, 180), 4: (True, 180),
    5: (True, 270), 6: (False, 90), 7: (True, 90), 8: (False, 270),
}  # fmt: skip
"""EXIF orientation → (mirrored left to right first, then turned clockwise by so many degrees)."""


class UnreadablePhoto(BadInput):
    """The file cannot be taken: JENIS_FILE_DITOLAK, FILE_TERLALU_BESAR, FOTO_RUSAK, FOTO_TERLALU_KECIL, PDF_TERKUNCI or
    PDF_RUSAK."""


@dataclass(frozen=True, eq=False)
class Raster:
    """A photo as shown: EXIF orientation applied, shrunk to `LONGEST_SIDE`."""

    pixels: Pixels
    shown: tuple[int, int]
    """Width and height of the photo as shown, before shrinking."""
    taken: Taken | None = None


def turn(pixels: Pixels, degrees: int) -> Pixels:
    """`pixels` turned clockwise by 0, 90, 180 or 270 degrees."""
    if degrees == 0:
        return pixels
    how = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(pixels, how[degrees]), dtype=np.uint8)


def checked(data: bytes) -> str:
    """The type of a file we take. UnreadablePhoto: none of them, or too large."""
    if len(data) > MAX_BYTES:
        raise UnreadablePhoto("FILE_TERLALU_BESAR", batas=MAX_BYTES // 1024 // 1024)
    kind = file_type(data)
    if not kind:
        raise UnreadablePhoto("JENIS_FILE_DITOLAK")
    return kind


def decode(data: bytes) -> Raster:
    """The photo in `data` (JPEG, PNG, WebP or HEIF; of an animation its first picture). UnreadablePhoto: it is no photo
    we take, too large, broken or too small."""
    kind = checked(data)
    give_back()  # what the photo before left
    if kind == "PDF":
        raise UnreadablePhoto("JENIS_FILE_DITOLAK")  # pages are asked of `pdf`
    if kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise UnreadablePhoto("FOTO_RUSAK")
    if kind == "HEIF":
        kind, data = "PNG", _from_heif(data)
    try:
        return _open(data, kind)
    except UnreadablePhoto:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, Image.DecompressionBombError) as error:
        # Pillow's readers raise these for broken files.
        raise UnreadablePhoto("FOTO_RUSAK") from error


def _open(data: bytes, kind: str) -> Raster:
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise UnreadablePhoto("FILE_TERLALU_BESAR", batas=MAX_BYTES // 1024 // 1024)
        if min(width, height) < MIN_SIDE:
            raise UnreadablePhoto("FOTO_TERLALU_KECIL")
        orientation = _orientation(image)
        when = taken.of(image)
        shrink = LONGEST_SIDE / max(width, height)
        if shrink < 0.5:
            image.draft("RGB", (int(width * shrink), int(height * shrink)))
        rows = shrunk(_rows(_plain(image)))
        image.close()  # its pixels, not the file only
    pixels = np.asarray(cv2.cvtColor(rows, cv2.COLOR_RGB2BGR), dtype=np.uint8)
    mirrored, degrees = _TURNS.get(orientation, (False, 0))
    if mirrored:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
    shown = (height, width) if degrees in (90, 270) else (width, height)
    return Raster(turn(pixels, degrees), shown, when)


def _rows(image: Image.Image) -> Pixels:
    """The pixels of an RGB image, a band of rows at a time: all at once Pillow holds them three times over, which is
    110 MB for twelve million pixels."""
    width, height = image.size
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    for top in range(0, height, _BAND):
        bottom = min(height, top + _BAND)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels


def shrunk(pixels: npt.NDArray[Any]) -> Pixels:
    """A picture of at most `LONGEST_SIDE`."""
    shrink = LONGEST_SIDE / max(pixels.shape[:2])
    if shrink < 1:
        size = (max(1, round(pixels.shape[1] * shrink)), max(1, round(pixels.shape[0] * shrink)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(pixels, dtype=np.uint8)


def _from_heif(data: bytes) -> bytes:
    ended, png = heif.opened(data, MAX_PIXELS)
    if ended is heif.Ended.TOO_LARGE:
        raise UnreadablePhoto("FILE_TERLALU_BESAR", batas=MAX_BYTES // 1024 // 1024)
    if ended is heif.Ended.BROKEN:
        raise UnreadablePhoto("FOTO_RUSAK")
    return png


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits each of red, green and blue, whatever the file holds."""
    if image.mode.startswith("I"):  # sixteen bits of grey: Pillow would cut off what is above 255
        deep = np.asarray(image)
        top = 65535 if image.mode != "I" or int(deep.max()) > 255 else 255
        return Image.fromarray(np.clip(deep * (255.0 / top), 0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _on_white(image)
    return image if image.mode == "RGB" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image.convert("RGBA"))
    return page.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (ValueError, TypeError, SyntaxError, OSError):
        return 1  # broken EXIF: the pixels are still there


def encode_jpeg(pixels: Pixels, quality: int = 85) -> bytes:
    """A JPEG without any metadata."""
    done, buffer = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise UnreadablePhoto("FOTO_RUSAK")
    return buffer.tobytes()
