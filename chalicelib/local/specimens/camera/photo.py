"""One exposure: the sheet on its table, lit, through lens and sensor, as the pixels that the phone would show."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from chalicelib.local.specimens.camera.conditions import Conditions
from chalicelib.local.specimens.camera.files import resaved
from chalicelib.local.specimens.camera.grounds import ground
from chalicelib.local.specimens.camera.hands import fingers, laid
from chalicelib.local.specimens.camera.lens import coarse, defocused, shaken
from chalicelib.local.specimens.camera.light import Glare, lamps, linear, lit, shown
from chalicelib.local.specimens.camera.pose import Matrix, Pose, pose
from chalicelib.local.specimens.camera.sensor import noisy, sharpened, smoothed
from chalicelib.local.specimens.camera.things import strewn
from chalicelib.local.specimens.paint import Plane
from chalicelib.local.specimens.press import Box, Sheet
from chalicelib.local.specimens.wear import on_a_screen, photocopied, worn_card, worn_page
from chalicelib.reading.model import Quad

COPY_MARGIN = {True: 4.0, False: 55.0}
"""Paper (mm) round a photocopied page or card."""


@dataclass(frozen=True)
class Photo:
    """The picture as shown, where the document lies in it, and the sheet as it lay there (worn, copied).

    `matrix` takes pixels of `sheet.image` to pixels of the picture; `quad` the document's corners: as printed top
    left, top right, bottom right, bottom left.
    """

    image: Image.Image
    quad: Quad
    sheet: Sheet
    matrix: Matrix
    px_per_mm: float
    sigma: float
    motion: float
    glares: tuple[Glare, ...]

    def place(self, box: Box) -> Quad:
        """Where a box of the sheet's image lies in the picture."""
        left, top, right, bottom = box
        corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64)
        a, b, c, d = ((float(x), float(y)) for x, y in cv2.perspectiveTransform(corners, self.matrix)[0])
        return a, b, c, d

    @property
    def cap(self) -> float:
        """Height of a capital in pixels."""
        return self.sheet.cap * self.px_per_mm


def photograph(
    sheet: Sheet, seen: Conditions, rng: random.Random, *, page: bool, aimed: Sequence[str] = ()
) -> Photo:
    """Take the picture. `aimed` names values over which a lamp mirrors so strongly that they are gone."""
    lying = worn_page(sheet, seen.wear, rng) if page else worn_card(sheet, seen.wear, rng)
    if seen.mode == "photocopy":
        lying = photocopied(lying, rng, margin=COPY_MARGIN[page])
    elif seen.mode == "screen":
        lying = on_a_screen(lying, rng)
    left, top, right, bottom = lying.bounds
    placed = pose((right - left) / lying.density, (bottom - top) / lying.density, seen, rng)
    to_mm = np.array([[1, 0, -left], [0, 1, -top], [0, 0, lying.density]]) / lying.density
    matrix = placed.matrix @ to_mm
    scene, cover = _scene(lying, placed, matrix, seen, rng)
    found = lamps(placed.quad, seen, rng) + [_aimed(lying, matrix, key, rng) for key in aimed]
    light = lit(linear(scene), 0.07 + cover * np.float32(lying.gloss), found, seen, rng)
    cap = sheet.cap * placed.px_per_mm
    sigma, motion = seen.blur * cap, seen.motion * cap
    light = coarse(shaken(defocused(light, sigma), motion, seen.motion_dir), seen.resolution)
    picture = noisy(shown(light), seen.noise, rng)
    if seen.denoise:
        picture = smoothed(picture, seen.noise)
    picture = sharpened(picture, seen.sharpen)
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")
    if seen.double_jpeg:
        image = resaved(image, round(min(seen.jpeg + rng.uniform(-6, 12), 95)))
    return Photo(image, placed.quad, lying, matrix, placed.px_per_mm, sigma, motion, tuple(found))


def _scene(
    sheet: Sheet, placed: Pose, matrix: Matrix, seen: Conditions, rng: random.Random
) -> tuple[Plane, Plane]:
    """Table, things, sheet and fingers as values of 0 to 255, and the sheet's cover of 0 to 1."""
    size = seen.size
    scale = placed.px_per_mm
    scene = strewn(ground(seen.background, placed.matrix, size, rng), seen.clutter, scale, rng)
    pixels, cover = seen_through(sheet.image, matrix, size)
    if seen.in_hand:
        scene = laid(scene, fingers(placed.quad, scale, rng, held=True, reach=24), rng)
    else:
        drop = scale * rng.uniform(0.5, 1.6)
        way = np.radians(seen.light_dir + 180)
        offset = np.array([[1, 0, drop * np.cos(way)], [0, 1, drop * np.sin(way)]], np.float32)
        shade = cv2.GaussianBlur(cv2.warpAffine(cover, offset, size), (0, 0), max(drop, 0.8))
        scene *= (1 - 0.45 * shade)[..., None]
    scene = scene * (1 - cover[..., None]) + pixels * cover[..., None]
    if seen.mode == "screen":
        scene *= 1 - cover[..., None] * (1 - _moire(placed, size, rng))
    if seen.fingers:
        reach = rng.uniform(3, 6) if not seen.axes else rng.uniform(4, 13)
        scene = laid(scene, fingers(placed.quad, scale, rng, held=seen.in_hand, reach=reach), rng)
    return np.asarray(scene, np.float32), cover


def seen_through(image: Image.Image, matrix: Matrix, size: tuple[int, int]) -> tuple[Plane, Plane]:
    """The flat image's pixels (height, width, 3) and cover (0 to 1) in the picture, without stairs or moire of ours."""
    near = image.convert("RGBA")
    width, height = near.size
    a, b, d = (matrix @ np.array(corner) for corner in ((0, 0, 1), (width, 0, 1), (0, height, 1)))
    across = float(np.hypot(*(b[:2] / b[2] - a[:2] / a[2]))) / width
    down = float(np.hypot(*(d[:2] / d[2] - a[:2] / a[2]))) / height
    shrink = min(max(across, down), 1.0)
    if shrink < 1:
        near = near.resize((round(width * shrink), round(height * shrink)), Image.Resampling.LANCZOS)
    grow = np.diag([width / near.width, height / near.height, 1.0])
    pixels = np.asarray(near, np.float32)
    padded = cv2.copyMakeBorder(pixels[..., :3], 4, 4, 4, 4, cv2.BORDER_REPLICATE)
    moved = matrix @ grow @ np.array([[1, 0, -4], [0, 1, -4], [0, 0, 1]], np.float64)
    colour = cv2.warpPerspective(padded, moved, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(
        np.ascontiguousarray(pixels[..., 3]) / 255, matrix @ grow, size, flags=cv2.INTER_CUBIC
    )
    return np.asarray(colour, np.float32), np.asarray(np.clip(cover, 0, 1), np.float32)


def _moire(placed: Pose, size: tuple[int, int], rng: random.Random) -> Plane:
    """The screen's own pixels, sampled at the camera's: the beat between the two is the moire (height, width, 3)."""
    back = np.linalg.inv(placed.matrix)
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    period = rng.uniform(0.9, 1.35) / placed.px_per_mm
    deep = rng.uniform(0.08, 0.2)
    bands = [np.cos(2 * np.pi * (u / period + third / 3)) for third in range(3)]
    rows = np.cos(2 * np.pi * v / period * 1.02)
    grid = np.stack([1 - deep * (1 + 0.6 * band + 0.4 * rows) for band in bands], axis=2)
    return np.asarray(grid, np.float32)


def _aimed(sheet: Sheet, matrix: Matrix, key: str, rng: random.Random) -> Glare:
    """A lamp that hides the value printed at `key`."""
    left, top, right, bottom = sheet.boxes[key]
    middle = (top + bottom) / 2
    a, b = (matrix @ np.array((x, middle, 1.0)) for x in (left, right))
    start, end = a[:2] / a[2], b[:2] / b[2]
    way = end - start
    long = float(np.hypot(*way))
    angle = float(np.degrees(np.arctan2(way[1], way[0])))
    at = (start + end) / 2
    return Glare(
        float(at[0]), float(at[1]), long * 0.62, long * rng.uniform(0.13, 0.2), angle, rng.uniform(6, 9)
    )
