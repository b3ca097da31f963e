"""What houses are made of: flat textures for walls and roofs, named as housing surveys name them.

Each texture is a function (width, height, scale, rng) -> RGB image; `scale` is pixels for one pixel of a 1600 px photo.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from PIL import Image

from chalicelib.local.specimens.paint import Colour, Plane, clouds, tinted
from chalicelib.local.specimens.seeds import grain

Texture = Callable[[int, int, float, random.Random], Image.Image]


def _grid(width: int, height: int, scale: float) -> tuple[Plane, Plane]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(scale)
    return y, x


def _mixed(base: Colour, other: Colour, share: Plane, shade: Plane) -> Image.Image:
    part = np.clip(share, 0, 1)[..., None]
    pixels = (
        np.asarray(base, np.float32) * (1 - part) + np.asarray(other, np.float32) * part + shade[..., None]
    )
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def plaster(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Painted wall with damp rising from the ground."""
    paint = rng.choice(((226, 214, 178), (188, 214, 196), (232, 226, 214), (214, 176, 156), (182, 204, 222)))
    y, _ = _grid(width, height, scale)
    stain = clouds(width, height, rng, coarse=120 * scale)
    damp = np.clip((y - height / scale * 0.78) / (height / scale * 0.3) + 0.45 * stain, 0, 1) * 0.5
    return _mixed(paint, (120, 112, 96), np.asarray(damp, np.float32), stain * 5)


def bricks(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Unplastered red brick in running bond."""
    y, x = _grid(width, height, scale)
    row = (y // 15).astype(np.int32)
    shifted = x + 19 * (row % 2)
    column = (shifted // 38).astype(np.int32)
    tone = (
        grain(rng).normal(0, 11, (int(row.max()) + 1, int(column.max()) + 1)).astype(np.float32)[row, column]
    )
    joint = ((y % 15 < 2.6) | (shifted % 38 < 2.6)).astype(np.float32)
    return _mixed((164, 88, 66), (178, 166, 150), joint, tone * (1 - joint) + clouds(width, height, rng) * 7)


def boards(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Weathered upright planks, some of them painted long ago."""
    wood = rng.choice(((148, 112, 78), (132, 110, 88), (118, 132, 124), (164, 128, 88)))
    y, x = _grid(width, height, scale)
    plank = (x // 26).astype(np.int32)
    tone = grain(rng).normal(0, 10, int(plank.max()) + 1).astype(np.float32)[plank]
    vein = 5 * np.sin(x * 1.1 + 3 * np.sin(y / 40 + plank)) + 3 * np.sin(x * 2.3 + y / 60)
    gap = (x % 26 < 1.8).astype(np.float32)
    return _mixed(
        wood, (46, 34, 26), gap, np.asarray(tone + vein, np.float32) + clouds(width, height, rng) * 9
    )


def bamboo(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Woven bamboo: strips that pass over and under each other."""
    y, x = _grid(width, height, scale)
    cell_x, cell_y = (x // 14).astype(np.int32), (y // 14).astype(np.int32)
    over = (cell_x + cell_y) % 2 == 0
    curve = np.where(over, np.sin((x % 14) / 14 * np.pi), np.sin((y % 14) / 14 * np.pi)) * 20 - 12
    strip = np.where(over, np.sin(y * 1.5), np.sin(x * 1.5)) * 5 + np.where(over, 8, -6)
    return tinted((188, 158, 108), np.asarray(curve + strip, np.float32) + clouds(width, height, rng) * 10)


def zinc(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Corrugated iron sheets with rust."""
    y, x = _grid(width, height, scale)
    metal = rng.choice(((150, 158, 164), (138, 148, 152), (146, 84, 70)))
    rust = np.clip(clouds(width, height, rng, coarse=170 * scale) * 1.5 - 0.35, 0, 0.8)
    wave = 16 * np.sin(x / 9 * 2 * np.pi) - 22 * (y % 120 < 2.4)
    return _mixed(metal, (138, 84, 52), np.asarray(rust, np.float32), np.asarray(wave, np.float32))


def tiles(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Clay roof tiles in rows."""
    y, x = _grid(width, height, scale)
    clay = rng.choice(((164, 86, 60), (150, 76, 56), (134, 84, 68)))
    row = (y // 20).astype(np.int32)
    column = ((x + 11 * (row % 2)) // 22).astype(np.int32)
    tone = (
        grain(rng).normal(0, 9, (int(row.max()) + 1, int(column.max()) + 1)).astype(np.float32)[row, column]
    )
    swell = 17 * np.sin((x + 11 * (row % 2)) / 22 * 2 * np.pi) - 34 * (y % 20 > 16.5)
    moss = np.clip(clouds(width, height, rng, coarse=240 * scale) - 0.35, 0, 0.5)
    return _mixed(clay, (88, 92, 66), np.asarray(moss, np.float32), np.asarray(tone + swell, np.float32))


def thatch(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Palm thatch in overlapping layers."""
    y, _ = _grid(width, height, scale)
    chance = grain(rng).normal(0, 1, (max(height // int(26 * scale), 2), max(int(width / (1.6 * scale)), 2)))
    straw = np.asarray(Image.fromarray(chance.astype(np.float32)).resize((width, height)), np.float32)
    edge = (y % 34) / 34
    shade = straw * 17 + 26 * edge - 26 * (edge > 0.9)
    return tinted((134, 112, 80), np.asarray(shade, np.float32) + clouds(width, height, rng) * 12)


def asbestos(width: int, height: int, scale: float, rng: random.Random) -> Image.Image:
    """Wide waves of grey fibre cement."""
    y, x = _grid(width, height, scale)
    wave = 15 * np.sin(x / 18 * 2 * np.pi) - 20 * (y % 170 < 2.6)
    dirt = np.clip(clouds(width, height, rng, coarse=220 * scale) - 0.2, 0, 0.55)
    return _mixed((186, 186, 180), (108, 106, 96), np.asarray(dirt, np.float32), np.asarray(wave, np.float32))


WALLS: dict[str, Texture] = {"tembok": plaster, "bata": bricks, "papan": boards, "anyaman bambu": bamboo}
ROOFS: dict[str, Texture] = {"seng": zinc, "genteng": tiles, "rumbia": thatch, "asbes": asbestos}
