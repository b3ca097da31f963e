"""What years do to a sheet: scratches and dirt on cards, folds, curl and stains on paper; and what a copier does."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.paint import Plane, clouds
from chalicelib.local.specimens.press import Sheet
from chalicelib.local.specimens.seeds import grain


def worn_card(sheet: Sheet, wear: float, rng: random.Random) -> Sheet:
    """Fine scratches and rubbed patches; `wear` of 0 to 1."""
    image = sheet.image.convert("RGB")
    width, height = image.size
    layer = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(layer)
    for _ in range(int(70 * wear)):
        x, y, way = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0, 6.3)
        long = rng.uniform(0.04, 0.35) * width * (0.4 + wear)
        end = (x + long * np.cos(way), y + long * np.sin(way))
        draw.line((x, y, *end), fill=rng.randint(30, 120), width=rng.choice((1, 1, 2, 3)))
    image.paste((238, 240, 240), (0, 0), layer.filter(ImageFilter.GaussianBlur(0.8)))
    pixels = np.asarray(image, np.float32)
    rubbed = np.clip(_soft(width, height, rng) * 1.5 - 0.35, 0, 1)[..., None] * wear * 0.75
    dirt = np.clip(_soft(width, height, rng) - 0.3, 0, 1)[..., None] * wear * 0.5
    pixels = pixels * (1 - rubbed) + np.float32(222) * rubbed
    pixels = pixels * (1 - dirt) + np.array((120, 108, 86), np.float32) * dirt
    return replace(sheet, image=_with_cover(pixels, sheet.image))


def worn_page(sheet: Sheet, wear: float, rng: random.Random) -> Sheet:
    """Folds, a slight curl between fixed edges, a stain now and then."""
    image = sheet.image.convert("RGB")
    width, height = image.size
    pixels: Plane = np.array(image, np.float32)
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    for share, place in ((x, rng.uniform(0.48, 0.52)), (y, rng.uniform(0.48, 0.52))):
        if rng.random() < 0.25 + wear:
            side = np.tanh((share - place) * 60)
            ridge = np.exp(-(((share - place) * 700) ** 2))
            shade = 1 + 0.05 * side * (0.4 + wear) - 0.22 * ridge * (0.3 + wear)
            pixels = np.asarray(pixels * shade[..., None], np.float32)
    if rng.random() < wear:
        cx, cy, r = rng.random(), rng.random(), rng.uniform(0.03, 0.1)
        far = np.hypot(x - cx, (y - cy) * height / width) / r
        ring = np.clip(1 - np.abs(far - 1) * 9, 0, 1) * 0.35 + (far < 1) * 0.13
        brown = ring[..., None] * np.array((40, 70, 110), np.float32)
        pixels = np.asarray(pixels - brown, np.float32)
    bend = rng.uniform(0.1, 0.5 + 1.4 * wear) * sheet.density * rng.choice((-1, 1))
    lift = bend * np.sin(np.pi * x) * np.sin(np.pi * y)
    across = np.asarray(np.broadcast_to(x * (width - 1), (height, width)), np.float32)
    down = np.asarray(y * (height - 1) + lift, np.float32)
    curled = cv2.remap(
        np.clip(pixels, 0, 255), across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(sheet, image=_with_cover(np.asarray(curled, np.float32), sheet.image))


def photocopied(sheet: Sheet, rng: random.Random, *, margin: float) -> Sheet:
    """Grey and hard on white paper, with toner specks and a streak; `margin` mm of paper round the document."""
    grey = np.asarray(sheet.image.convert("L"), np.float32)
    if sheet.image.mode == "RGBA":
        cover = np.asarray(sheet.image.getchannel("A"), np.float32) / 255
        grey = np.asarray(grey * cover + 255 * (1 - cover), np.float32)
    white, steep = rng.uniform(150, 205), rng.uniform(1.3, 2.2)
    toner = 255 / (1 + np.exp((white * 0.72 - grey) * (8 * steep / 255)))
    rim = round(margin * sheet.density)
    paper = np.pad(toner, rim, constant_values=252)
    chance = grain(rng)
    height, width = paper.shape
    specks = chance.random((height // 3 + 1, width // 3 + 1)) > 1 - rng.uniform(0.0002, 0.0012)
    spots = cv2.resize(specks.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    paper = paper * (1 - np.clip(spots, 0, 1)) + 30 * np.clip(spots, 0, 1)
    if rng.random() < 0.5:
        at = rng.randrange(width)
        paper[:, at : at + rng.randint(2, 6)] -= rng.uniform(14, 60)
    paper += chance.normal(0, 3, paper.shape)
    soft = cv2.GaussianBlur(paper.astype(np.float32), (0, 0), 0.05 * sheet.density)
    image = Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8), "L").convert("RGB")
    return replace(sheet, image=image, gloss=0.15, **sheet.framed(rim))


def on_a_screen(sheet: Sheet, rng: random.Random) -> Sheet:
    """The document as a picture on a monitor: a dark rim, a blue cast; the grid of pixels comes with the camera."""
    rim = round(rng.uniform(6, 14) * sheet.density)
    width, height = sheet.image.size
    frame = Image.new("RGB", (width + 2 * rim, height + 2 * rim), (18, 18, 20))
    ImageDraw.Draw(frame).rectangle(
        (rim // 2, rim // 2, width + 1.5 * rim, height + 1.5 * rim), fill=(40, 42, 46)
    )
    glow = np.asarray(sheet.image.convert("RGB"), np.float32) * np.array((0.93, 0.97, 1.05), np.float32)
    shown = Image.fromarray(np.clip(glow, 0, 255).astype(np.uint8), "RGB")
    frame.paste(shown, (rim, rim), sheet.image.getchannel("A") if sheet.image.mode == "RGBA" else None)
    return replace(sheet, image=frame, gloss=0.6, **sheet.framed(rim))


def _soft(width: int, height: int, rng: random.Random) -> Plane:
    small = clouds(max(width // 8, 4), max(height // 8, 4), rng, coarse=max(width / 40, 3))
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _with_cover(pixels: Plane, original: Image.Image) -> Image.Image:
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")
    if original.mode == "RGBA":
        image.putalpha(original.getchannel("A"))
    return image
