"""What documents lie on: wood, cloth, tiles and the like, computed in millimetres of the table's plane.

A ground is a function (u, v, rng) -> colours (height, width, 3) of 0 to 255; `u` and `v` are each pixel's millimetres.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np

from chalicelib.local.specimens.camera.pose import Matrix
from chalicelib.local.specimens.paint import Colour, Plane, clouds
from chalicelib.local.specimens.seeds import grain

Ground = Callable[[Plane, Plane, random.Random], Plane]
TILE = 512
"""Pixels of the noise tile that is laid over the plane again and again."""


def ground(name: str, matrix: Matrix, size: tuple[int, int], rng: random.Random) -> Plane:
    """The picture of a bare table through `matrix` (mm to pixels), at half the pixels and enlarged."""
    width, height = size
    small = (max(width // 2, 2), max(height // 2, 2))
    back = np.linalg.inv(matrix)
    y, x = np.mgrid[0 : small[1], 0 : small[0]].astype(np.float32) * 2
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    depth = np.where(np.abs(depth) < 1e-9, 1e-9, depth)
    u = np.asarray((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth, np.float32)
    v = np.asarray((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth, np.float32)
    way = rng.uniform(0, 2 * np.pi)
    cos, sin = np.float32(np.cos(way)), np.float32(np.sin(way))
    made = GROUNDS[name](u * cos - v * sin + 997, u * sin + v * cos + 991, rng)
    return np.asarray(cv2.resize(made, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _spots(u: Plane, v: Plane, rng: random.Random, *, coarse: float, octaves: int = 4) -> Plane:
    """Soft noise in [-1, 1] whose largest spots are `coarse` mm wide."""
    tile = clouds(TILE, TILE, rng, coarse=TILE / 8, octaves=octaves)
    step = TILE / 8 / coarse
    where = (u * step) % (TILE - 1), (v * step) % (TILE - 1)
    fetched = cv2.remap(tile, where[0], where[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(fetched, np.float32)


def _painted(colour: Colour, shade: Plane) -> Plane:
    return np.asarray(np.clip(np.asarray(colour, np.float32) + shade[..., None], 0, 255), np.float32)


def _mixed(first: Colour, second: Colour, share: Plane, shade: Plane | float = 0.0) -> Plane:
    part = np.clip(share, 0, 1)[..., None]
    both = np.asarray(first, np.float32) * (1 - part) + np.asarray(second, np.float32) * part
    return np.asarray(np.clip(both + np.asarray(shade, np.float32)[..., None], 0, 255), np.float32)


def _wood(u: Plane, v: Plane, rng: random.Random) -> Plane:
    colour = rng.choice(((150, 108, 70), (112, 76, 50), (178, 138, 92), (88, 62, 46), (196, 164, 122)))
    plank = rng.uniform(55, 140)
    row = np.floor(v / plank)
    bend = _spots(u * 0.15, v + row * 37, rng, coarse=60, octaves=3)
    veins = 8 * np.sin(v * 0.9 + 9 * bend) + 5 * np.sin(v * 2.7 + 16 * bend + u * 0.01)
    tone = 9 * np.sin(row * 12.9898)
    gap = -40 * (np.mod(v, plank) < 1.1)
    return _painted(colour, np.asarray(veins + tone + gap, np.float32) + 7 * _spots(u, v, rng, coarse=120))


def _cloth(u: Plane, v: Plane, rng: random.Random) -> Plane:
    first = rng.choice(((142, 150, 136), (188, 60, 62), (70, 92, 132), (214, 206, 188), (86, 120, 92)))
    second = rng.choice(((236, 232, 222), (60, 62, 74), (196, 170, 96)))
    period = rng.uniform(12, 40)
    stripes = (np.mod(u, period) < period * 0.4) * 0.4 + (np.mod(v, period) < period * 0.4) * 0.4
    weave = 5 * np.sin(u * 5.2) * np.sin(v * 5.2)
    fold = 14 * _spots(u, v, rng, coarse=150, octaves=2)
    return _mixed(first, second, np.asarray(stripes * rng.choice((0, 1, 1)), np.float32), weave + fold)


def _tile(u: Plane, v: Plane, rng: random.Random) -> Plane:
    colour = rng.choice(((206, 202, 194), (226, 222, 214), (170, 176, 180), (196, 168, 140), (232, 232, 230)))
    side = rng.choice((200.0, 300.0, 330.0, 400.0))
    joint = (np.mod(u + 60, side) < 2.6) | (np.mod(v + 40, side) < 2.6)
    vein = np.abs(_spots(u, v, rng, coarse=130)) < 0.03
    return _painted(colour, np.asarray(9 * _spots(u, v, rng, coarse=70) - 46 * joint - 14 * vein, np.float32))


def _mat(u: Plane, v: Plane, rng: random.Random) -> Plane:
    colour = rng.choice(((176, 152, 104), (150, 112, 80), (120, 138, 96), (190, 170, 130)))
    cell = rng.uniform(3.5, 8)
    over = np.mod(np.floor(u / cell) + np.floor(v / cell), 2) == 0
    bulge = np.where(over, np.sin(np.mod(u, cell) / cell * np.pi), np.sin(np.mod(v, cell) / cell * np.pi))
    return _painted(
        colour, np.asarray(26 * bulge - 14 - 9 * over, np.float32) + 8 * _spots(u, v, rng, coarse=90)
    )


def _cement(u: Plane, v: Plane, rng: random.Random) -> Plane:
    colour = rng.choice(((132, 132, 130), (158, 154, 146), (110, 112, 114)))
    return _painted(
        colour, 26 * _spots(u, v, rng, coarse=45, octaves=6) + 14 * _spots(u, v, rng, coarse=4, octaves=2)
    )


def _ply(u: Plane, v: Plane, rng: random.Random) -> Plane:
    rings = np.sin(np.asarray(v / 5 + 9 * _spots(u * 0.3, v, rng, coarse=160, octaves=2), np.float32))
    return _painted((190, 158, 118), np.asarray(8 * rings, np.float32) + 6 * _spots(u, v, rng, coarse=60))


def _carpet(u: Plane, v: Plane, rng: random.Random) -> Plane:
    first = rng.choice(((118, 36, 44), (44, 64, 96), (70, 86, 62), (96, 84, 78)))
    second = rng.choice(((186, 158, 108), (206, 200, 190), (40, 36, 40)))
    period = rng.uniform(45, 90)
    x, y = np.mod(u, period) / period - 0.5, np.mod(v, period) / period - 0.5
    flower = (np.abs(x) + np.abs(y) < 0.28) ^ (np.hypot(x, y) < 0.1)
    pile = 16 * _spots(u, v, rng, coarse=1.6, octaves=2)
    return _mixed(first, second, np.asarray(flower, np.float32) * 0.8, pile)


def _terrazzo(u: Plane, v: Plane, rng: random.Random) -> Plane:
    base = rng.choice(((198, 192, 180), (172, 170, 168), (206, 186, 164)))
    chips = _spots(u, v, rng, coarse=3.5, octaves=2)
    dark = _spots(u, v, rng, coarse=2.6, octaves=1)
    shade = 24 * (chips > 0.4) - 46 * (dark > 0.6)
    return _painted(base, np.asarray(shade, np.float32) + 5 * _spots(u, v, rng, coarse=80))


def _oilcloth(u: Plane, v: Plane, rng: random.Random) -> Plane:
    base = rng.choice(((226, 214, 226), (214, 228, 212), (244, 240, 224), (206, 222, 238)))
    petal = rng.choice(((206, 92, 120), (92, 132, 196), (226, 168, 64), (98, 150, 104)))
    period, count = rng.uniform(26, 60), rng.choice((4, 5, 6))
    row = np.floor(v / period)
    x = np.mod(u + (np.mod(row, 2) * period / 2), period) - period / 2
    y = np.mod(v, period) - period / 2
    reach = period * (0.2 + 0.12 * np.cos(count * np.arctan2(y, x)))
    bloom = np.clip((reach - np.hypot(x, y)) / 0.6, 0, 1)
    return _mixed(base, petal, np.asarray(bloom, np.float32), 4 * _spots(u, v, rng, coarse=140))


def _batik(u: Plane, v: Plane, rng: random.Random) -> Plane:
    base = rng.choice(((66, 42, 30), (34, 40, 64), (96, 58, 34)))
    light = rng.choice(((214, 184, 132), (232, 216, 184)))
    period = rng.uniform(18, 34)
    x, y = np.mod(u, period) / period - 0.5, np.mod(v, period) / period - 0.5
    far = np.hypot(x, y)
    wave = np.sin((u + v) / period * 2 * np.pi) * np.sin((u - v) / period * 2 * np.pi)
    share = (np.abs(far - 0.33) < 0.05) * 0.9 + (far < 0.12) * 0.8 + (np.abs(wave) > 0.92) * 0.5
    return _mixed(base, light, np.asarray(share, np.float32), 9 * _spots(u, v, rng, coarse=12))


def _plain(u: Plane, v: Plane, rng: random.Random) -> Plane:
    colours = (
        (232, 232, 234),
        (90, 96, 106),
        (54, 50, 52),
        (196, 206, 196),
        (150, 120, 130),
        (222, 206, 180),
    )
    return _painted(rng.choice(colours), 8 * _spots(u, v, rng, coarse=200, octaves=3))


def _paper(u: Plane, v: Plane, rng: random.Random) -> Plane:
    """A page of print lies beneath: grey lines of words, too small to read."""
    pitch = rng.uniform(4, 7)
    words = _spots(u, np.floor(v / pitch) * 11, rng, coarse=9, octaves=3) > -0.25
    letters = np.sin(u * 4.1 + 7 * np.floor(v / pitch)) > -0.3
    ink = (np.mod(v, pitch) < pitch * 0.36) & words & letters
    return _mixed(
        (226, 222, 210), (96, 96, 100), np.asarray(ink, np.float32) * 0.75, 5 * _spots(u, v, rng, coarse=90)
    )


def _scanner(u: Plane, v: Plane, rng: random.Random) -> Plane:
    return _painted((250, 250, 250), 1.5 * _spots(u, v, rng, coarse=120, octaves=2))


def _room(u: Plane, v: Plane, rng: random.Random) -> Plane:
    """Far things out of focus behind a card that is held up."""
    base = rng.choice(((150, 142, 132), (96, 100, 104), (178, 172, 158), (110, 96, 84)))
    shade = 46 * _spots(u, v, rng, coarse=130, octaves=2)
    tint = grain(rng).normal(0, 14, 3).astype(np.float32)
    blobs = np.clip(_spots(u, v, rng, coarse=90, octaves=1) - 0.4, 0, 1) * 150
    far = np.asarray(_painted(base, shade) + tint + blobs[..., None], np.float32)
    soft = cv2.GaussianBlur(far, (0, 0), far.shape[1] / 60)
    return np.asarray(np.clip(soft, 0, 255), np.float32)


GROUNDS: dict[str, Ground] = {
    "wood": _wood,
    "cloth": _cloth,
    "tile": _tile,
    "mat": _mat,
    "cement": _cement,
    "ply": _ply,
    "carpet": _carpet,
    "terrazzo": _terrazzo,
    "oilcloth": _oilcloth,
    "batik": _batik,
    "plain": _plain,
    "paper": _paper,
    "scanner": _scanner,
    "room": _room,
}
