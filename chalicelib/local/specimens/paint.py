"""Brushes that several documents share: gradients, soft noise, security waves, and the mark CONTOH."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from chalicelib.local.specimens.fonts import SANS_BOLD, font
from chalicelib.local.specimens.seeds import grain
from chalicelib.local.specimens.truth import MARK

Colour = tuple[int, int, int]
Plane = npt.NDArray[np.float32]
RED: Colour = (196, 40, 52)


def clouds(width: int, height: int, rng: random.Random, *, coarse: float = 200, octaves: int = 4) -> Plane:
    """Soft noise in [-1, 1], shape (height, width); `coarse` is the size in pixels of its largest spots."""
    chance = grain(rng)
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        cell = max(coarse / 2**octave, 2)
        rows, columns = int(height / cell) + 3, int(width / cell) + 3
        spots = chance.uniform(-1, 1, (rows, columns)).astype(np.float32)
        total += weight * cv2.resize(spots, (width, height), interpolation=cv2.INTER_CUBIC)
        weight /= 2
    peak = float(np.abs(total).max()) or 1.0
    return np.asarray(total / peak, np.float32)


def gradient(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """A vertical run from one colour to the other."""
    run = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    rows = np.asarray(top, np.float32) * (1 - run) + np.asarray(bottom, np.float32) * run
    return Image.fromarray(np.repeat(rows, width, axis=1).round().astype(np.uint8), "RGB")


def tinted(colour: Colour, shade: Plane) -> Image.Image:
    """One colour, made lighter and darker by `shade` (grey levels, shape (height, width))."""
    pixels = np.asarray(colour, np.float32) + shade[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def security_waves(
    image: Image.Image, colour: Colour, rng: random.Random, *, gap: int, width: int = 1
) -> None:
    """Fine crossing wave lines over the whole sheet, as security paper carries them."""
    draw = ImageDraw.Draw(image)
    for direction in (-1, 1):
        phase, length = rng.uniform(0, 6), rng.uniform(0.22, 0.3) * image.width
        slope = direction * rng.uniform(0.1, 0.2)
        for start in range(-image.width // 3, image.height + image.width // 3, gap):
            points = [
                (x, start + slope * x + gap * 1.6 * math.sin(phase + start / 190 + 2 * math.pi * x / length))
                for x in range(0, image.width + 24, 24)
            ]
            draw.line(points, fill=colour, width=width, joint="curve")


def contoh(
    image: Image.Image, *, size: int, colour: Colour, alpha: int, angle: float = 18, step: int = 0
) -> None:
    """The mark across the sheet, see-through (`alpha` of 255), in rows `step` pixels apart; 0: once, in the middle."""
    few = 4 if size >= 64 else 1
    width, height, step = image.width // few, image.height // few, step // few
    layer = Image.new("L", (width * 2, height * 2), 0)
    draw = ImageDraw.Draw(layer)
    letters = font(SANS_BOLD, max(size // few, 4))
    if step:
        across = int(letters.getlength(MARK) * 1.35)
        for row, y in enumerate(range(0, layer.height, step)):
            for x in range(-(row % 2) * across // 2, layer.width, across):
                draw.text((x, y), MARK, font=letters, fill=alpha)
    else:
        draw.text((width, height), MARK, font=letters, fill=alpha, anchor="mm")
    turned = layer.rotate(angle, Image.Resampling.BICUBIC, center=(width, height))
    left, top = width // 2, height // 2
    piece = turned.crop((left, top, left + width, top + height))
    image.paste(colour, (0, 0), piece.resize(image.size, Image.Resampling.BICUBIC))


def stamped(image: Image.Image, line: str = "gambar buatan, bukan milik warga") -> None:
    """The mark on a photo that shows no printed document: a quiet strip in the lower left corner."""
    big, small = font(SANS_BOLD, image.width // 22), font(SANS_BOLD, image.width // 62)
    margin = image.width // 60
    width = int(max(big.getlength(MARK), small.getlength(line))) + 2 * margin
    height = int(big.size * 1.05 + small.size * 1.5) + margin
    strip = Image.new("RGB", (width, height), (20, 24, 28))
    top = image.height - height - margin
    image.paste(strip, (margin, top), Image.new("L", strip.size, 120))
    draw = ImageDraw.Draw(image)
    draw.text((2 * margin, top + margin // 2), MARK, font=big, fill=(255, 255, 255))
    draw.text((2 * margin, top + margin // 2 + big.size * 1.05), line, font=small, fill=(235, 235, 235))


def scribble(rng: random.Random, width: int, height: int, ink: Colour, stroke: int) -> Image.Image:
    """An invented signature on a clear ground (RGBA): loops that drift to the right."""
    image = Image.new("RGBA", (width * 2, height * 2), (0, 0, 0, 0))
    turns, lean, phase = rng.uniform(3.2, 4.6), rng.uniform(0.5, 1.4), rng.uniform(0, 6)
    points = []
    for step in range(240):
        t = step / 239
        angle = phase + turns * 2 * math.pi * t
        x = width * (0.3 + 1.25 * t + 0.24 * math.cos(angle))
        y = height * (1 + 0.62 * math.sin(angle * lean) * (1 - 0.55 * t))
        points.append((x, y))
    ImageDraw.Draw(image).line(points, fill=(*ink, 235), width=stroke * 2, joint="curve")
    return image.resize((width, height), Image.Resampling.LANCZOS)
