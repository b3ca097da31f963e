"""Things that lie about: a pen, a phone, a sheet of paper, a cup, coins, another card. They never cover the document."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.paint import Colour, Plane

Brush = Callable[[random.Random, float], Image.Image]
"""Draws a thing as RGBA; the number is pixels a millimetre."""


def strewn(table: Plane, count: int, scale: float, rng: random.Random) -> Plane:
    """The table (height, width, 3) with `count` things near its edges, each with its soft shadow."""
    if not count:
        return table
    scene = Image.fromarray(np.clip(table, 0, 255).astype(np.uint8), "RGB")
    for _ in range(count):
        thing = rng.choice(THINGS)(rng, scale).rotate(
            rng.uniform(0, 360), Image.Resampling.BICUBIC, expand=True
        )
        side, along = rng.choice("lrtb"), rng.random()
        x = {"l": 0.02, "r": 0.98}.get(side, along) * scene.width - thing.width / 2
        y = {"t": 0.02, "b": 0.98}.get(side, along) * scene.height - thing.height / 2
        at = (round(x), round(y))
        cover = thing.getchannel("A")
        soft = cover.filter(ImageFilter.GaussianBlur(1.6 * scale)).point(lambda value: int(value * 0.45))
        scene.paste((12, 12, 14), (at[0] + round(scale), at[1] + round(1.4 * scale)), soft)
        scene.paste(thing.convert("RGB"), at, cover)
    return np.asarray(scene, np.float32)


def _layer(width: float, height: float, scale: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (max(round(width * scale), 2), max(round(height * scale), 2)), (0, 0, 0, 0))
    return image, ImageDraw.Draw(image)


def _pen(rng: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(140, 10, scale)
    w, h = image.size
    colour: Colour = rng.choice(((30, 60, 150), (24, 24, 28), (170, 34, 44), (226, 226, 224)))
    draw.rounded_rectangle((w * 0.06, h * 0.12, w * 0.98, h * 0.88), h * 0.36, fill=colour)
    draw.polygon([(0, h * 0.5), (w * 0.07, h * 0.2), (w * 0.07, h * 0.8)], fill=(190, 190, 186))
    light = (min(colour[0] + 70, 255), min(colour[1] + 70, 255), min(colour[2] + 70, 255))
    draw.rectangle((w * 0.1, h * 0.26, w * 0.95, h * 0.36), fill=light)
    return image


def _phone(_: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(74, 156, scale)
    w, h = image.size
    draw.rounded_rectangle((0, 0, w - 1, h - 1), w * 0.11, fill=(22, 23, 26))
    draw.rounded_rectangle((w * 0.04, h * 0.03, w * 0.96, h * 0.97), w * 0.08, fill=(34, 38, 44))
    draw.polygon([(w * 0.1, h * 0.06), (w * 0.5, h * 0.06), (w * 0.1, h * 0.5)], fill=(58, 64, 72))
    return image


def _page(rng: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(150, 110, scale)
    w, h = image.size
    draw.rectangle((0, 0, w, h), fill=rng.choice(((238, 238, 234), (250, 246, 220), (222, 232, 240))))
    for row in range(1, 13):
        y = h * row / 14
        draw.line(
            (w * 0.08, y, w * rng.uniform(0.5, 0.92), y),
            fill=(120, 120, 124),
            width=max(round(0.7 * scale), 1),
        )
    return image


def _cup(rng: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(100, 88, scale)
    w, h = image.size
    glaze = rng.choice(((240, 238, 232), (96, 132, 120), (176, 84, 70)))
    draw.rounded_rectangle(
        (w * 0.72, h * 0.4, w * 0.98, h * 0.6), h * 0.1, outline=glaze, width=max(round(4 * scale), 1)
    )
    draw.ellipse((0, 0, h - 1, h - 1), fill=glaze)
    draw.ellipse((h * 0.09, h * 0.09, h * 0.91, h * 0.91), fill=(72, 44, 28))
    draw.ellipse((h * 0.3, h * 0.2, h * 0.5, h * 0.3), fill=(124, 92, 70))
    return image


def _coins(rng: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(60, 40, scale)
    for place in range(3):
        x, y, r = (4 + 16 * place) * scale, rng.uniform(2, 14) * scale, rng.uniform(11, 13.5) * scale
        tone = rng.choice(((198, 196, 190), (206, 176, 96)))
        draw.ellipse(
            (x, y, x + 2 * r, y + 2 * r), fill=tone, outline=(120, 110, 90), width=max(round(scale), 1)
        )
    return image


def _card(rng: random.Random, scale: float) -> Image.Image:
    image, draw = _layer(85.6, 54, scale)
    w, h = image.size
    colour = rng.choice(((34, 92, 140), (150, 40, 52), (44, 110, 84), (70, 62, 110)))
    draw.rounded_rectangle((0, 0, w - 1, h - 1), 3 * scale, fill=colour)
    for row in range(3):
        bow = [(x, h * (0.35 + 0.2 * row) + math.sin(x / w * 5 + row) * h * 0.1) for x in range(0, w, 8)]
        draw.line(bow, fill=(colour[0] + 40, colour[1] + 40, colour[2] + 40), width=max(round(2 * scale), 1))
    draw.rectangle((w * 0.08, h * 0.3, w * 0.24, h * 0.5), fill=(214, 190, 120))
    return image


THINGS: tuple[Brush, ...] = (_pen, _pen, _phone, _page, _page, _cup, _coins, _card)
