"""The portrait on a card: a silhouette before red (odd year of birth) or blue (even); no likeness of anybody."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.paint import contoh
from chalicelib.local.specimens.people import Person

HAIR = (34, 28, 26)


def portrait(person: Person, width: int, height: int, rng: random.Random) -> Image.Image:
    """RGB, `width` x `height` pixels, marked CONTOH across."""
    ground = (178, 34, 42) if person.born.year % 2 else (34, 74, 160)
    scale = 2
    photo = Image.new("RGB", (width * scale, height * scale), ground)
    draw = ImageDraw.Draw(photo)
    cloth = rng.choice(((238, 236, 230), (60, 96, 84), (112, 88, 128), (70, 76, 92), (206, 178, 120)))
    skin = rng.choice(((196, 150, 116), (178, 132, 98), (160, 116, 86), (128, 90, 68)))
    w, h = photo.size
    draw.ellipse((w * 0.08, h * 0.7, w * 0.92, h * 1.5), fill=cloth)
    if person.woman and person.agama == "ISLAM":
        veil = rng.choice(((92, 108, 150), (132, 86, 96), (66, 112, 104), (160, 140, 110)))
        draw.ellipse((w * 0.24, h * 0.16, w * 0.76, h * 0.72), fill=veil)
        draw.polygon(
            ((w * 0.26, h * 0.45), (w * 0.74, h * 0.45), (w * 0.82, h * 0.84), (w * 0.18, h * 0.84)),
            fill=veil,
        )
        draw.ellipse((w * 0.18, h * 0.74, w * 0.82, h * 0.94), fill=veil)
        draw.ellipse((w * 0.345, h * 0.27, w * 0.655, h * 0.63), fill=skin)
    else:
        if person.woman:
            draw.rounded_rectangle((w * 0.28, h * 0.3, w * 0.72, h * 0.74), 60, fill=HAIR)
        draw.rectangle((w * 0.42, h * 0.55, w * 0.58, h * 0.76), fill=tuple(int(v * 0.88) for v in skin))
        draw.ellipse((w * 0.31, h * 0.17, w * 0.69, h * 0.52), fill=HAIR)
        draw.ellipse((w * 0.33, h * 0.24, w * 0.67, h * 0.65), fill=skin)
        draw.polygon(((w * 0.4, h * 0.72), (w * 0.6, h * 0.72), (w * 0.5, h * 0.84)), fill=skin)
    photo = photo.resize((width, height), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.8))
    contoh(photo, size=max(width // 4, 8), colour=(255, 255, 255), alpha=150, angle=52)
    return photo
