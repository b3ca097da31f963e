"""A mild phone camera: a sheet on a table becomes a photo (perspective, shadow, uneven light, slight blur, noise).

It knows where the sheet's corners fall, which is what a reader's page finder is measured against.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from chalicelib.local.specimens.paint import Colour, Plane, clouds, tinted
from chalicelib.local.specimens.seeds import grain
from chalicelib.reading.model import Point, Quad

EXIF_ORIENTATION = 0x0112
STORED_TURNED = {6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180, 8: Image.Transpose.ROTATE_270}
"""How pixels are stored for each EXIF orientation whose picture is shown upright."""

TABLES: dict[str, Colour] = {
    "wood": (150, 108, 70),
    "cloth": (142, 150, 136),
    "tile": (206, 202, 194),
    "mat": (176, 152, 104),
    "cement": (132, 132, 130),
    "ply": (190, 158, 118),
}


@dataclass(frozen=True)
class Photo:
    """The photo as shown and the sheet's corners in it: as printed top left, top right, bottom right, bottom left."""

    image: Image.Image
    quad: Quad


def photograph(
    sheet: Image.Image,
    rng: random.Random,
    *,
    size: tuple[int, int],
    fill: float,
    table: str | None = None,
) -> Photo:
    """Lay the sheet (RGB or RGBA) on a table and photograph it; it fills `fill` of the picture's width or height."""
    ground = tabletop(table or rng.choice(sorted(TABLES)), size, rng)
    quad = _corners(sheet.size, size, fill, rng)
    pixels, cover = _seen(sheet, quad, size)
    shade = cv2.GaussianBlur(np.roll(cover, (size[1] // 150, size[0] // 180), (0, 1)), (0, 0), size[0] / 130)
    ground *= (1 - 0.42 * shade)[..., None]
    scene = ground * (1 - cover[..., None]) + pixels * cover[..., None]
    return Photo(_developed(scene, rng), quad)


def jpeg(image: Image.Image, *, limit: int, orientation: int = 1) -> bytes:
    """A JPEG of at most `limit` bytes (quality 90 down to 50) without metadata, but for an EXIF orientation if asked.

    `orientation` 3, 6 or 8 stores the pixels turned, so that a viewer that obeys EXIF shows `image` itself.
    ValueError: even the lowest quality is larger than `limit`.
    """
    stored = image.transpose(STORED_TURNED[orientation]) if orientation != 1 else image
    exif = Image.Exif()
    if orientation != 1:
        exif[EXIF_ORIENTATION] = orientation
    for quality in range(90, 48, -4):
        buffer = io.BytesIO()
        stored.save(buffer, "JPEG", quality=quality, optimize=True, exif=exif)
        if buffer.tell() <= limit:
            return buffer.getvalue()
    raise ValueError(f"the picture does not fit into {limit} bytes")


def tabletop(name: str, size: tuple[int, int], rng: random.Random) -> Plane:
    """What lies beneath: shape (height, width, 3), values 0 to 255."""
    width, height = size
    unit = width / 1600
    shade = clouds(width, height, rng, coarse=400 * unit) * 10
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / unit
    if name == "wood":
        bend = clouds(width, height, rng, coarse=500 * unit, octaves=2)
        shade += 9 * np.sin(y / 9 + 8 * bend) + 5 * np.sin(y / 3.1 + 14 * bend)
        shade -= 34 * ((y % 300) < 4)
    elif name == "cloth":
        shade += 14 * ((x % 180) < 34) + 14 * ((y % 180) < 34)
        shade += 4 * np.sin(x * 1.4) * np.sin(y * 1.4)
    elif name == "tile":
        shade -= 40 * (((x + 130) % 640 < 7) | ((y + 60) % 640 < 7))
    elif name == "mat":
        over = ((x // 36).astype(np.int32) + (y // 36).astype(np.int32)) % 2
        shade += np.where(
            over == 0, 12 * np.sin((x % 36) / 36 * np.pi), 12 * np.sin((y % 36) / 36 * np.pi) - 8
        )
    elif name == "ply":
        shade += 6 * np.sin(y / 26 + 10 * clouds(width, height, rng, coarse=700 * unit, octaves=2))
    return np.asarray(tinted(TABLES[name], np.asarray(shade, np.float32)), np.float32)


def _corners(sheet: tuple[int, int], size: tuple[int, int], fill: float, rng: random.Random) -> Quad:
    """Where the corners fall: a roll of up to 2.5 degrees, a little perspective, never outside the picture."""
    width, height = size
    scale = fill * min(width / sheet[0], height / sheet[1])
    half = np.array([sheet[0], sheet[1]]) * scale / 2
    roll = np.radians(rng.uniform(-2.5, 2.5))
    spin = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    lean = np.array([rng.uniform(-0.03, 0.03), rng.uniform(-0.045, 0.045)])
    points = []
    for corner in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        at = spin @ (half * np.array(corner))
        points.append(at / (1 + float(np.array(corner) @ lean)))
    spread = np.array(points)
    room = np.array(size) * 0.985
    spread *= min(1.0, float((room / np.ptp(spread, axis=0)).min()))
    spare = np.maximum(room - np.ptp(spread, axis=0), 0)
    shift = np.array([rng.uniform(0.25, 0.75) * spare[0], rng.uniform(0.25, 0.75) * spare[1]])
    spread += shift - spread.min(axis=0) + np.array(size) * 0.0075
    corners: list[Point] = [(float(x), float(y)) for x, y in spread]
    return corners[0], corners[1], corners[2], corners[3]


def _seen(sheet: Image.Image, quad: Quad, size: tuple[int, int]) -> tuple[Plane, Plane]:
    """The sheet's pixels and its cover (0 to 1) in the photo's frame."""
    longest = max(abs(quad[1][0] - quad[0][0]), abs(quad[2][0] - quad[3][0])) / sheet.width
    near = sheet.convert("RGBA")
    if longest < 1:
        near = near.resize(
            (round(sheet.width * longest), round(sheet.height * longest)), Image.Resampling.LANCZOS
        )
    w, h = near.size
    start = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32)
    matrix = cv2.getPerspectiveTransform(start, np.array(quad, np.float32))
    pixels = np.asarray(near, np.float32)
    padded = cv2.copyMakeBorder(pixels[..., :3], 4, 4, 4, 4, cv2.BORDER_REPLICATE)
    moved = matrix @ np.array([[1, 0, -4], [0, 1, -4], [0, 0, 1]], np.float64)
    colour = cv2.warpPerspective(padded, moved, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(pixels[..., 3] / 255, matrix, size, flags=cv2.INTER_CUBIC)
    return np.asarray(colour, np.float32), np.asarray(np.clip(cover, 0, 1), np.float32)


def _developed(scene: Plane, rng: random.Random) -> Image.Image:
    """Light from one side, the sensor's colour cast, a breath of blur, noise."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[-1 : 1 : complex(0, height), -1 : 1 : complex(0, width)].astype(np.float32)
    angle, depth = rng.uniform(0, 2 * np.pi), rng.uniform(0.04, 0.1)
    light = rng.uniform(0.93, 1.0) + depth * (np.cos(angle) * x + np.sin(angle) * y) - 0.03 * (x * x + y * y)
    cast = np.array([rng.uniform(0.98, 1.02), 1.0, rng.uniform(0.96, 1.01)], np.float32)
    lit = scene * light[..., None].astype(np.float32) * cast
    lit = cv2.GaussianBlur(lit, (0, 0), rng.uniform(0.5, 0.8))
    speckle = grain(rng).normal(0, rng.uniform(0.9, 1.5), scene.shape[:2]).astype(np.float32)
    return Image.fromarray(np.clip(lit + speckle[..., None], 0, 255).astype(np.uint8), "RGB")
