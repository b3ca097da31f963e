"""The front of an invented house in daylight, roof and yard in the picture, as the form asks for it.

One house has one wall, one roof and one yard out of the lists of the housing surveys; nobody stands in the picture.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens import garden
from chalicelib.local.specimens.camera.conditions import MOST, PLACE, Grade
from chalicelib.local.specimens.camera.lens import defocused, shaken
from chalicelib.local.specimens.camera.light import linear, shown
from chalicelib.local.specimens.camera.sensor import noisy, sharpened
from chalicelib.local.specimens.materials import ROOFS, WALLS
from chalicelib.local.specimens.paint import Colour, stamped
from chalicelib.reading.model import Quad

SIZE = (1600, 1200)
SCALE = 2
Corner = tuple[float, float]


@dataclass(frozen=True)
class HousePhoto:
    """The picture, the corners of walls and roof together, what the camera did, and which faults a checker may name."""

    image: Image.Image
    quad: Quad
    params: Mapping[str, object]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Build:
    """How a house is built: `wall` and `roof` by name of material, `form` of the roof, yard, posts before the door."""

    wall: str
    roof: str
    form: str
    yard: str
    terrace: bool
    stilts: bool = False


BUILDS = (
    Build("papan", "seng", "pelana", "tanah", terrace=True),
    Build("tembok", "seng", "limas", "rumput", terrace=True),
    Build("papan", "seng", "gonjong", "tanah", terrace=False),
    Build("bata", "seng", "pelana", "tanah", terrace=False),
    Build("tembok", "asbes", "gevel", "semen", terrace=True),
    Build("anyaman bambu", "rumbia", "pelana", "tanah", terrace=False, stilts=True),
    Build("anyaman bambu", "genteng", "limas", "rumput", terrace=True),
    Build("tembok", "seng", "gevel", "rumput", terrace=False),
)


@dataclass(frozen=True)
class Frame:
    """Where the house stands, in pixels of the drawing: walls' edges, eaves, floor, and the roof's ridge."""

    left: float
    right: float
    eaves: float
    floor: float
    ridge: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.floor - self.eaves


def build_of(index: int, rng: random.Random) -> Build:
    """The build of family `index` (from 1): each known build once, then any mixture."""
    if index <= len(BUILDS):
        return BUILDS[index - 1]
    wall, roof = rng.choice(sorted(WALLS)), rng.choice(sorted(ROOFS))
    form = rng.choice(("pelana", "limas", "gevel", "pelana", "limas", "gevel", "gonjong"))
    yard = rng.choice(sorted(garden.YARDS))
    stilts = form != "gevel" and rng.random() < 0.2
    return Build(wall, roof, form, yard, terrace=not stilts and rng.random() < 0.5, stilts=stilts)


def draw_house(
    build: Build, rng: random.Random, grade: Grade = Grade.EASY, size: tuple[int, int] = SIZE
) -> HousePhoto:
    """The house as a phone takes it: well for an easy picture, dim or shaken for the others. A small `size` (pixels) is
    drawn in less time, its lines coarser."""
    width, height = size[0] * SCALE, size[1] * SCALE
    horizon = int(height * rng.uniform(0.53, 0.57))
    image = garden.sky(width, height, rng)
    garden.hills(image, horizon, rng)
    garden.ground(image, horizon, build.yard, rng)
    middle = width * rng.uniform(0.46, 0.54)
    half = width * rng.uniform(0.26, 0.29)
    lift = height * 0.045 if build.stilts else 0
    floor = height * rng.uniform(0.735, 0.755) - lift
    eaves = floor - height * rng.uniform(0.255, 0.275)
    ridge = eaves - height * (0.3 if build.form == "gonjong" else rng.uniform(0.2, 0.225))
    frame = Frame(middle - half, middle + half, eaves, floor, ridge)
    _behind(image, frame, horizon, rng)
    base = floor + lift
    garden.shadow(
        image,
        [
            (frame.left - 60, base - 6),
            (frame.right + 190, base - 6),
            (frame.right + 250, base + 70),
            (frame.left - 30, base + 56),
        ],
        130,
        26,
    )
    door = _front(image, frame, build, rng)
    overhang = _roof(image, frame, build, rng)
    garden.path(image, (door, base + 40), width * 0.026, rng) if build.yard != "semen" else None
    if build.terrace:
        _terrace(image, frame, build, rng)
    _before(image, frame, base, rng)
    if rng.random() < 0.3:
        garden.fence(image, base + height * 0.06, rng)
    if rng.random() < 0.25:
        garden.tank(image, (frame.right + width * 0.06, base), width * rng.uniform(0.1, 0.14), rng)
    small = image.resize(size, Image.Resampling.LANCZOS)
    photo, params, faults = _developed(small, rng, grade)
    stamped(photo)
    a, b = (frame.left - overhang) / SCALE, (frame.right + overhang) / SCALE
    top, low = frame.ridge / SCALE, base / SCALE
    return HousePhoto(photo, ((a, top), (b, top), (b, low), (a, low)), params, faults)


def _behind(image: Image.Image, frame: Frame, horizon: int, rng: random.Random) -> None:
    width = image.width
    for side in (-1, 1):
        edge = frame.left if side < 0 else frame.right
        x = edge + side * width * rng.uniform(0.07, 0.13)
        plant = rng.choice((garden.tree, garden.palm, garden.palm))
        plant(image, (x, horizon + width * 0.03), width * rng.uniform(0.32, 0.4), rng)
        garden.tree(
            image, (edge + side * width * 0.2, horizon + width * 0.02), width * rng.uniform(0.2, 0.3), rng
        )


def _before(image: Image.Image, frame: Frame, base: float, rng: random.Random) -> None:
    width = image.width
    side = rng.choice((-1, 1))
    near = frame.left - width * 0.1 if side < 0 else frame.right + width * 0.1
    garden.banana(image, (near, base + width * 0.02), width * rng.uniform(0.16, 0.2), rng)
    far = (
        (frame.right + width * 0.05, frame.right + width * 0.19)
        if side < 0
        else (frame.left - width * 0.19, frame.left - width * 0.05)
    )
    garden.washing_line(image, (far[0], base + 50), (far[1], base + 30), rng)
    for _ in range(rng.randint(2, 4)):
        x = frame.left + frame.width * rng.choice((0.04, 0.1, 0.9, 0.96)) + rng.uniform(-20, 20)
        garden.flowerpot(image, (x, base + 40), width * rng.uniform(0.028, 0.04), rng)


def _front(image: Image.Image, frame: Frame, build: Build, rng: random.Random) -> float:
    """Walls, plinth or stilts, door and windows; gives the door's middle."""
    draw = ImageDraw.Draw(image)
    box = (int(frame.left), int(frame.eaves), int(frame.right), int(frame.floor))
    if build.form == "gevel":
        box = (box[0], int(frame.ridge), box[2], box[3])
    wall = WALLS[build.wall](box[2] - box[0], box[3] - box[1], SCALE, rng)
    image.paste(_lit(wall), box[:2], _wall_shape(frame, box, gable=build.form == "gevel"))
    if build.stilts:
        for step in range(7):
            x = frame.left + frame.width * (0.02 + 0.16 * step)
            draw.rectangle(
                (x - 13, frame.floor, x + 13, frame.floor + image.height * 0.045), fill=(86, 68, 52)
            )
        draw.rectangle(
            (frame.left - 12, frame.floor - 16, frame.right + 12, frame.floor + 12), fill=(104, 82, 60)
        )
    else:
        draw.rectangle(
            (frame.left - 18, frame.floor - 26, frame.right + 18, frame.floor + 26), fill=(142, 138, 130)
        )
        draw.rectangle(
            (frame.left - 18, frame.floor + 8, frame.right + 18, frame.floor + 26), fill=(112, 108, 102)
        )
    trim = rng.choice(((96, 62, 40), (54, 84, 104), (226, 224, 214), (64, 98, 74)))
    place = rng.choice((0.5, 0.36, 0.64))
    door = frame.left + frame.width * place
    _door(draw, door, frame, trim)
    windows = [at for at in (0.17, 0.36, 0.5, 0.64, 0.83) if abs(at - place) > 0.15]
    if len(windows) > 2:
        windows = [min(windows), max(windows)] if place == 0.5 else windows
    for at in windows:
        _window(draw, frame.left + frame.width * at, frame, trim, shutters=build.wall != "tembok")
    if build.stilts:
        for step in range(3):
            y = frame.floor + 12 + step * 32
            draw.rectangle((door - 80 - 10 * step, y, door + 80 + 10 * step, y + 20), fill=(128, 100, 70))
    meter = frame.left + frame.width * 0.955
    draw.rectangle(
        (meter - 22, frame.eaves + 130, meter + 22, frame.eaves + 200),
        fill=(206, 206, 198),
        outline=(90, 90, 90),
    )
    draw.ellipse((meter - 13, frame.eaves + 142, meter + 13, frame.eaves + 168), fill=(60, 66, 72))
    return door


def _wall_shape(frame: Frame, box: tuple[int, int, int, int], *, gable: bool) -> Image.Image:
    width, height = box[2] - box[0], box[3] - box[1]
    shape = Image.new("L", (width, height), 255)
    if gable:
        shape.paste(0, (0, 0, width, int(frame.eaves) - box[1]))
        eaves = frame.eaves - box[1]
        ImageDraw.Draw(shape).polygon([(0, eaves + 2), (width / 2, 0), (width, eaves + 2)], fill=255)
    return shape


def _lit(wall: Image.Image) -> Image.Image:
    """Light from the left, and the eaves' shadow on the upper part."""
    width, height = wall.size
    run = np.linspace(1.04, 0.86, width, dtype=np.float32)[None, :]
    fall = np.clip(np.linspace(0.56, 1.9, height, dtype=np.float32), 0, 1)[:, None]
    pixels = np.asarray(wall, np.float32) * (run * fall)[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def _door(draw: ImageDraw.ImageDraw, x: float, frame: Frame, trim: Colour) -> None:
    half, top = frame.width * 0.052, frame.eaves + frame.height * 0.22
    low = frame.floor - 4
    draw.rectangle((x - half - 14, top - 14, x + half + 14, low), fill=trim)
    leaf = (132, 92, 60) if trim != (96, 62, 40) else (158, 116, 76)
    draw.rectangle((x - half, top, x + half, low), fill=leaf)
    dark = (int(leaf[0] * 0.74), int(leaf[1] * 0.74), int(leaf[2] * 0.74))
    for panel in range(3):
        y0 = top + (low - top) * (0.05 + 0.32 * panel)
        y1 = y0 + (low - top) * 0.26
        for side in (-1, 1):
            x0, x1 = sorted((x + side * half * 0.12, x + side * half * 0.86))
            draw.rectangle((x0, y0, x1, y1), outline=dark, width=7)
    draw.line((x, top, x, low), fill=dark, width=5)
    draw.ellipse((x + 12, (top + low) / 2, x + 30, (top + low) / 2 + 18), fill=(206, 186, 120))
    _vents(draw, x, half, top - 16, frame, trim)


def _vents(draw: ImageDraw.ImageDraw, x: float, half: float, low: float, frame: Frame, trim: Colour) -> None:
    top = low - frame.height * 0.085
    draw.rectangle((x - half, top, x + half, low - 12), fill=(48, 46, 46), outline=trim, width=9)
    for step in range(1, 5):
        at = x - half + 2 * half * step / 5
        draw.line((at, top, at, low - 12), fill=trim, width=8)


def _window(draw: ImageDraw.ImageDraw, x: float, frame: Frame, trim: Colour, *, shutters: bool) -> None:
    half, top = frame.width * 0.058, frame.eaves + frame.height * 0.26
    low = frame.eaves + frame.height * 0.68
    draw.rectangle((x - half - 14, top - 14, x + half + 14, low + 14), fill=trim)
    draw.rectangle((x - half, top, x + half, low), fill=(62, 74, 82))
    draw.polygon(
        [(x - half, top), (x + half * 0.2, top), (x - half * 0.5, low), (x - half, low)], fill=(104, 124, 134)
    )
    draw.polygon(
        [(x - half, top), (x + half, top), (x + half, top + 30), (x - half, top + 60)], fill=(208, 196, 176)
    )
    if shutters:
        leaf = (int(trim[0] * 0.86), int(trim[1] * 0.86), int(trim[2] * 0.86))
        for side in (-1, 1):
            x0, x1 = sorted((x + side * (half + 14), x + side * (half * 1.75 + 14)))
            draw.rectangle((x0, top - 8, x1, low + 8), fill=trim, outline=leaf, width=8)
            for step in range(1, 9):
                y = top + (low - top) * step / 9
                draw.line((x0 + 10, y, x1 - 10, y), fill=leaf, width=7)
    else:
        for step in range(1, 5):
            at = x - half + 2 * half * step / 5
            draw.line((at, top, at, low), fill=(226, 226, 220), width=6)
    draw.line((x, top, x, low), fill=trim, width=10)
    draw.rectangle((x - half - 26, low + 12, x + half + 26, low + 28), fill=(176, 170, 160))
    _vents(draw, x, half, top - 16, frame, trim)


def _roof(image: Image.Image, frame: Frame, build: Build, rng: random.Random) -> float:
    """Covers the walls; gives how far the roof stands out on either side."""
    over = image.width * 0.03
    left, right, eaves, ridge = frame.left - over, frame.right + over, frame.eaves + 34, frame.ridge
    middle = (left + right) / 2
    drop = image.height * 0.012
    if build.form == "gevel":
        slope = (eaves - ridge) / (middle - left)
        broad = image.height * 0.042
        outer: list[Corner] = [(left, eaves), (middle, ridge - slope * 10), (right, eaves)]
        inner: list[Corner] = [(right, eaves + broad), (middle, ridge + broad), (left, eaves + broad)]
        points = outer + inner
    elif build.form == "gonjong":
        points = _horns(left, right, eaves, ridge)
    else:
        narrow = 0.3 if build.form == "limas" else 0.05
        reach = (right - left) * narrow
        points = [(left, eaves), (left + reach, ridge), (right - reach, ridge), (right, eaves)]
    box = (int(left) - 4, int(ridge) - 20, int(right) + 4, int(eaves + image.height * 0.05))
    size = (box[2] - box[0], box[3] - box[1])
    cover = ROOFS[build.roof](*size, SCALE, rng)
    shade = np.linspace(1.08, 0.84, size[1], dtype=np.float32)[:, None, None]
    cover = Image.fromarray(np.clip(np.asarray(cover, np.float32) * shade, 0, 255).astype(np.uint8), "RGB")
    shape = Image.new("L", size, 0)
    ImageDraw.Draw(shape).polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
    image.paste(cover, box[:2], shape)
    draw = ImageDraw.Draw(image)
    edge = (92, 74, 58)
    if build.form == "gevel":
        draw.line([*inner], fill=edge, width=14, joint="curve")
        draw.rectangle(
            (middle - 60, ridge + 150, middle + 60, ridge + 210), fill=(58, 54, 52), outline=edge, width=10
        )
    else:
        draw.rectangle((left, eaves - drop, right, eaves + drop), fill=edge)
        draw.rectangle((left, eaves + drop * 0.3, right, eaves + drop), fill=(70, 56, 46))
        ends = points[1:-1]
        draw.line(
            ends, fill=(110, 96, 84) if build.form != "gonjong" else (74, 60, 52), width=16, joint="curve"
        )
    return over


def _horns(left: float, right: float, eaves: float, ridge: float) -> list[Corner]:
    """A Minangkabau roof: its ridge sags between two horns."""
    high = eaves - ridge
    points: list[Corner] = [(left, eaves)]
    for step in range(41):
        t = step / 40
        sag = 1 - (2 * t - 1) ** 2
        x = left + (right - left) * (0.005 + 0.99 * t)
        points.append((x, ridge + high * (0.62 * sag**0.55)))
    return [*points, (right, eaves)]


def _terrace(image: Image.Image, frame: Frame, build: Build, rng: random.Random) -> None:
    """A lean-to on posts before the door."""
    draw = ImageDraw.Draw(image)
    x0, x1 = frame.left + frame.width * 0.2, frame.right - frame.width * 0.2
    top, low = frame.eaves + 20, frame.floor + 50
    front = top + image.height * 0.062
    garden.shadow(image, [(x0, front), (x1, front), (x1, front + 90), (x0, front + 90)], 120, 16)
    draw.rectangle((x0 - 40, frame.floor + 6, x1 + 40, low), fill=(160, 154, 144))
    draw.rectangle((x0 - 40, low - 18, x1 + 40, low), fill=(122, 116, 108))
    for x in (x0, x1):
        draw.rectangle(
            (x - 13, front, x + 13, low - 16),
            fill=(206, 198, 184) if build.wall == "tembok" else (112, 86, 62),
        )
    size = (int(x1 - x0) + 120, int(front - top))
    cover = ROOFS[build.roof](*size, SCALE, rng)
    shape = Image.new("L", size, 0)
    ImageDraw.Draw(shape).polygon([(50, 0), (size[0] - 50, 0), (size[0], size[1]), (0, size[1])], fill=255)
    image.paste(cover.filter(ImageFilter.GaussianBlur(0.6)), (int(x0) - 60, int(top)), shape)
    draw.rectangle((x0 - 60, front - 8, x1 + 60, front + 16), fill=(92, 74, 58))


def _developed(
    image: Image.Image, rng: random.Random, grade: Grade
) -> tuple[Image.Image, dict[str, object], tuple[str, ...]]:
    """Warm light, a darker rim, blur and noise; a hard picture is dark or shaken so that a checker must say so."""
    width, height = image.size
    rank = min(PLACE[grade], MOST)
    fault = rng.choice(("dark", "blurred")) if rank == MOST else ""
    stops = (
        rng.uniform(-3.6, -2.6)
        if fault == "dark"
        else rng.uniform(*((-0.15, 0.15), (-0.9, 0.35))[min(rank, 1)])
    )
    sigma = rng.uniform(0.5, 0.8) if fault != "blurred" else rng.uniform(2.5, 6)
    streak = (
        rng.uniform(14, 46) if fault == "blurred" and rng.random() < 0.6 else 2.5 * rng.random() * (rank == 1)
    )
    noise = rng.uniform(0.003, 0.006) * (1 + rank)
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    rim = 1.02 - 0.12 * (x * x + y * y) / 2
    warm = rng.uniform(0.92, 0.99)
    tint = np.array([2 - warm, 1.0, warm], np.float32) * np.float32(2**stops)
    light = np.asarray(linear(np.asarray(image, np.float32)) * rim[..., None] * tint, np.float32)
    pixels = noisy(shown(shaken(defocused(light, sigma), streak, rng.uniform(0, 180))), noise, rng)
    pixels = sharpened(pixels, 0.2)
    params: dict[str, object] = {
        "exposure": round(stops, 3),
        "blur_sigma_px": round(sigma, 2),
        "motion_px": round(streak, 2),
        "noise": round(noise, 4),
        "size": [width, height],
        "mode": "photo",
    }
    made = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")
    return made, params, (fault,) if fault else ()
