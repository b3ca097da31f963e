"""What stands round a house: sky, hills, ground, trees, a few things of daily life. Drawn at `scale` x 1600 px."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.paint import Colour, clouds, gradient, tinted
from chalicelib.local.specimens.seeds import grain

YARDS: dict[str, Colour] = {"tanah": (168, 136, 100), "rumput": (118, 142, 74), "semen": (168, 164, 156)}


def sky(width: int, height: int, rng: random.Random) -> Image.Image:
    """Morning to afternoon sky with loose clouds, paler towards the horizon."""
    top, low = rng.choice(
        (
            ((96, 152, 210), (214, 230, 240)),
            ((128, 168, 208), (232, 232, 226)),
            ((84, 144, 206), (224, 232, 232)),
        )
    )
    image = gradient(width, height, top, low)
    mist = clouds(width // 3, height, rng, coarse=width / 8, octaves=6)
    low_sky = np.linspace(0, 0.16, height, dtype=np.float32)[:, None]
    cover = (np.clip((mist - 0.16 + low_sky) * 1.7, 0, 0.88) * 255).astype(np.uint8)
    drawn_out = Image.fromarray(cover, "L").resize((width, height), Image.Resampling.BICUBIC)
    image.paste((250, 250, 250), (0, 0), drawn_out)
    return image


def hills(image: Image.Image, horizon: int, rng: random.Random) -> None:
    """Two ridges in the haze and a dark hedge of trees before them."""
    draw = ImageDraw.Draw(image)
    width = image.width
    for layer, colour in enumerate(((150, 178, 190), (112, 150, 138))):
        rise = (0.16 - 0.06 * layer) * width
        waves = [(rng.uniform(0.6, 2.2), rng.uniform(0, 6), rng.uniform(0.3, 1)) for _ in range(4)]
        ridge = []
        for x in range(0, width + 16, 16):
            lift = sum(
                weight * math.sin(pace * 2 * math.pi * x / width + phase) for pace, phase, weight in waves
            )
            ridge.append((x, horizon - rise * (0.55 + 0.16 * lift)))
        draw.polygon([(0, horizon + 9), *ridge, (width, horizon + 9)], fill=colour)
    for x in range(-40, width + 40, width // 90):
        radius = rng.uniform(0.012, 0.034) * width
        green = rng.choice(((72, 104, 62), (84, 116, 68), (62, 94, 60), (96, 124, 74)))
        lift = rng.uniform(0, 0.6) * radius
        draw.ellipse((x - radius, horizon - lift - radius, x + radius, horizon - lift + radius), fill=green)


def ground(image: Image.Image, horizon: int, yard: str, rng: random.Random) -> None:
    """The yard from the horizon to the lower edge: fine in the distance, coarse near the viewer."""
    width, height = image.width, image.height - horizon
    fine = clouds(width, height, rng, coarse=width / 9, octaves=6) * 18
    near = np.linspace(0.25, 1, height, dtype=np.float32)[:, None]
    speckle = grain(rng).normal(0, 9, (height // 3 + 1, width // 5 + 1)).astype(np.float32)
    stretched = np.asarray(
        Image.fromarray(speckle).resize((width, height), Image.Resampling.BICUBIC), np.float32
    )
    base = YARDS[yard]
    if yard == "semen":
        stretched = stretched * np.float32(0.35)
    image.paste(tinted(base, (fine + stretched) * near), (0, horizon))
    if yard == "tanah":
        _patches(image, horizon, rng)
    if yard != "semen":
        _tufts(image, horizon, rng, 900 if yard == "rumput" else 260)


def _patches(image: Image.Image, horizon: int, rng: random.Random) -> None:
    """Grass that has held on in the trodden earth."""
    width, height = image.width, image.height - horizon
    where = np.clip((clouds(width, height, rng, coarse=width / 5, octaves=5) - 0.15) * 3, 0, 0.75) * 255
    image.paste((122, 136, 74), (0, horizon), Image.fromarray(where.astype(np.uint8), "L"))


def _tufts(image: Image.Image, horizon: int, rng: random.Random, count: int) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        depth = rng.random() ** 0.6
        y = horizon + depth * (image.height - horizon)
        x = rng.uniform(0, image.width)
        blade = image.width * (0.003 + 0.011 * depth)
        green = rng.choice(((92, 122, 56), (114, 140, 66), (78, 108, 54), (140, 150, 84)))
        for _ in range(4):
            tip = (x + rng.uniform(-0.7, 0.7) * blade, y - blade * rng.uniform(0.6, 1.2))
            draw.line((x + rng.uniform(-0.3, 0.3) * blade, y, *tip), fill=green, width=max(int(blade / 6), 2))


def path(image: Image.Image, foot: tuple[float, float], half: float, rng: random.Random) -> None:
    """A footpath from the door (`foot`) to the viewer, `half` as wide as the door on either side."""
    x, y = foot
    drift = rng.uniform(-0.08, 0.08) * image.width
    shape = Image.new("L", image.size, 0)
    points = [
        (x - half, y),
        (x + half, y),
        (x + drift + 3.4 * half, image.height),
        (x + drift - 3.4 * half, image.height),
    ]
    ImageDraw.Draw(shape).polygon(points, fill=200)
    shape = shape.filter(ImageFilter.GaussianBlur(image.width / 260))
    paving = tinted((186, 174, 156), clouds(*image.size, rng, coarse=image.width / 14, octaves=6) * 16)
    image.paste(paving, (0, 0), shape)


def shadow(image: Image.Image, points: list[tuple[float, float]], depth: int, soft: float) -> None:
    """Darken a polygon with soft edges; `depth` of 255."""
    shape = Image.new("L", image.size, 0)
    ImageDraw.Draw(shape).polygon(points, fill=depth)
    image.paste((26, 24, 22), (0, 0), shape.filter(ImageFilter.GaussianBlur(soft)))


def tree(image: Image.Image, foot: tuple[float, float], size: float, rng: random.Random) -> None:
    """A leafy tree, `size` pixels high: leaves in clumps, lit from above."""
    x, y = foot
    draw = ImageDraw.Draw(image)
    trunk = size * 0.045
    draw.polygon(
        [
            (x - trunk, y),
            (x + trunk, y),
            (x + trunk * 0.6, y - size * 0.5),
            (x - trunk * 0.6, y - size * 0.5),
        ],
        fill=(98, 78, 58),
    )
    tone = rng.choice(((70, 104, 52), (62, 98, 58), (86, 114, 52)))
    for step in range(1600):
        lift = step / 1600
        angle, reach = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        cx = x + math.cos(angle) * reach * size * 0.32
        cy = y - size * 0.66 + math.sin(angle) * reach * size * 0.3
        high = (y - size * 0.36 - cy) / (size * 0.6)
        light = 0.62 + 0.5 * high * lift + rng.uniform(-0.06, 0.06)
        clump = 1 + 0.22 * math.sin(3 * angle + x) * reach
        cx = x + (cx - x) * clump
        radius = size * rng.uniform(0.010, 0.026)
        fill = tuple(max(0, min(255, int(channel * light * 1.15))) for channel in tone)
        draw.ellipse((cx - radius * 1.3, cy - radius, cx + radius * 1.3, cy + radius), fill=fill)


def palm(image: Image.Image, foot: tuple[float, float], size: float, rng: random.Random) -> None:
    """A coconut palm: a bent trunk and feathered fronds."""
    x, y = foot
    draw = ImageDraw.Draw(image)
    bend = rng.uniform(-0.16, 0.16) * size
    spine = [(x + bend * (step / 20) ** 2, y - size * 0.78 * step / 20) for step in range(21)]
    for (x0, y0), (x1, y1), step in zip(spine, spine[1:], range(20), strict=False):
        draw.line(
            (x0, y0, x1, y1),
            fill=(128 - step, 112 - step, 92 - step),
            width=int(size * (0.034 - 0.0007 * step)),
        )
    top_x, top_y = spine[-1]
    for frond in range(13):
        angle = math.pi * (-0.15 + 1.3 * frond / 12) + rng.uniform(-0.08, 0.08)
        length = size * rng.uniform(0.27, 0.36)
        shade = rng.uniform(0.75, 1.15)
        green = (int(88 * shade), int(124 * shade), int(58 * shade))
        last = (top_x, top_y)
        for step in range(1, 25):
            t = step / 24
            px = top_x - math.cos(angle) * length * t
            py = top_y - math.sin(angle) * length * t * 0.75 + length * 0.85 * t * t
            draw.line((*last, px, py), fill=green, width=max(int(size * 0.006), 2))
            leaf = length * 0.26 * math.sin(math.pi * min(t + 0.12, 1))
            for side in (-0.5, 0.5):
                draw.line(
                    (px, py, px + side * leaf, py + leaf * 0.9), fill=green, width=max(int(size * 0.004), 2)
                )
            last = (px, py)
    for _ in range(4):
        nx, ny, r = top_x + rng.uniform(-0.03, 0.03) * size, top_y + size * 0.03, size * 0.018
        draw.ellipse((nx - r, ny - r, nx + r, ny + r), fill=(150, 128, 60))


def banana(image: Image.Image, foot: tuple[float, float], size: float, rng: random.Random) -> None:
    """A banana plant: broad leaves that hang outwards."""
    x, y = foot
    draw = ImageDraw.Draw(image)
    draw.line((x, y, x, y - size * 0.45), fill=(150, 160, 92), width=int(size * 0.07))
    for leaf in range(8):
        angle = math.pi * (0.06 + 0.88 * leaf / 7) + rng.uniform(-0.08, 0.08)
        length, green = size * rng.uniform(0.5, 0.62), rng.uniform(0.85, 1.2)
        left, right = [], []
        for step in range(13):
            t = step / 12
            px = x - math.cos(angle) * length * t
            py = y - size * 0.4 - math.sin(angle) * length * t + length * 0.5 * t * t
            broad = size * 0.075 * math.sin(math.pi * min(t * 0.92 + 0.08, 1))
            left.append((px - math.sin(angle) * broad, py - abs(math.cos(angle)) * broad))
            right.append((px + math.sin(angle) * broad, py + abs(math.cos(angle)) * broad))
        draw.polygon(left + right[::-1], fill=(int(104 * green), int(146 * green), int(62 * green)))
        middle = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in zip(left, right, strict=True)]
        draw.line(middle, fill=(164, 180, 100), width=max(int(size * 0.01), 2))


def flowerpot(image: Image.Image, foot: tuple[float, float], size: float, rng: random.Random) -> None:
    """A potted plant on the terrace, `size` pixels high."""
    x, y = foot
    draw = ImageDraw.Draw(image)
    pot = rng.choice(((150, 84, 62), (92, 96, 104), (196, 196, 188)))
    top = y - size * 0.38
    draw.polygon(
        [(x - size * 0.2, top), (x + size * 0.2, top), (x + size * 0.14, y), (x - size * 0.14, y)], fill=pot
    )
    for _ in range(46):
        angle, reach = rng.uniform(math.pi, 2 * math.pi), rng.uniform(0.2, 0.6) * size
        tip = (x + math.cos(angle) * reach * 0.7, top + math.sin(angle) * reach)
        shade = rng.uniform(0.7, 1.25)
        draw.line(
            (x, top, *tip),
            fill=(int(84 * shade), int(126 * shade), int(66 * shade)),
            width=max(int(size * 0.05), 2),
        )


def washing_line(
    image: Image.Image, left: tuple[float, float], right: tuple[float, float], rng: random.Random
) -> None:
    """A line between two posts with clothes on it; the posts stand on the given feet."""
    draw = ImageDraw.Draw(image)
    width = image.width
    high = width * 0.085
    for x, y in (left, right):
        draw.line((x, y, x, y - high), fill=(104, 86, 66), width=max(width // 260, 3))
    sag = width * 0.008
    points = []
    for step in range(21):
        t = step / 20
        x = left[0] + (right[0] - left[0]) * t
        points.append((x, left[1] + (right[1] - left[1]) * t - high + sag * math.sin(math.pi * t) * 2))
    draw.line(points, fill=(70, 70, 74), width=max(width // 1000, 2))
    for step in range(2, 18, 4):
        x, y = points[step]
        w, h = width * rng.uniform(0.016, 0.024), width * rng.uniform(0.026, 0.042)
        cloth = rng.choice(((196, 70, 74), (70, 104, 160), (230, 224, 210), (214, 174, 84), (92, 138, 120)))
        draw.polygon([(x, y), (x + w, y), (x + w * 0.94, y + h), (x + w * 0.06, y + h)], fill=cloth)


def fence(image: Image.Image, low: float, rng: random.Random) -> None:
    """A fence of pickets or bamboo across the yard, `low` being its foot, with a gap to walk through."""
    draw = ImageDraw.Draw(image)
    width = image.width
    tone = rng.choice(((172, 142, 92), (236, 234, 226), (96, 110, 96), (120, 92, 66)))
    dark = (int(tone[0] * 0.7), int(tone[1] * 0.7), int(tone[2] * 0.7))
    high, gap = width * rng.uniform(0.03, 0.05), rng.uniform(0.36, 0.58) * width
    for start, end in ((0.0, gap), (gap + width * 0.1, float(width))):
        for rail in (0.35, 0.8):
            draw.rectangle((start, low - high * rail - 5, end, low - high * rail + 5), fill=dark)
        x = start
        while x < end - 12:
            top = low - high * rng.uniform(0.94, 1.06)
            draw.polygon([(x, low), (x, top + 8), (x + 8, top), (x + 16, top + 8), (x + 16, low)], fill=tone)
            x += width * 0.013


def tank(image: Image.Image, foot: tuple[float, float], size: float, rng: random.Random) -> None:
    """A water tank on four legs, `size` pixels high."""
    draw = ImageDraw.Draw(image)
    x, y = foot
    half = size * 0.22
    for leg in (-0.9, -0.3, 0.3, 0.9):
        draw.line((x + leg * half, y, x + leg * half * 0.8, y - size * 0.5), fill=(92, 84, 76), width=9)
    tone = rng.choice(((226, 122, 40), (70, 110, 170), (206, 206, 200)))
    top = y - size
    draw.rounded_rectangle((x - half, top, x + half, y - size * 0.48), size * 0.05, fill=tone)
    shade = (int(tone[0] * 0.72), int(tone[1] * 0.72), int(tone[2] * 0.72))
    draw.rounded_rectangle((x + half * 0.35, top, x + half, y - size * 0.48), size * 0.05, fill=shade)
