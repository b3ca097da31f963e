"""The front of an identity card (ISO 7810 ID-1, 85.60 x 53.98 mm) at twenty pixels a millimetre.

The order of labels is that of the KTP-el; the drawing is our own, the portrait is a silhouette.
"""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.family import Family, Person
from chalicelib.local.specimens.fonts import DIGITS, SANS, SANS_BOLD, fitted, font, wrapped
from chalicelib.local.specimens.paint import RED, clouds, contoh, scribble, security_waves, tinted
from chalicelib.local.specimens.truth import MARK, dmy

SIZE = (1712, 1080)
INK, HAIR = (22, 26, 34), (34, 28, 26)
LABEL_X, COLON_X, VALUE_X, VALUE_END = 66, 432, 462, 1226
PORTRAIT = (1276, 262, 1634, 722)


def draw_ktp(home: Family, person: Person, rng: random.Random, *, hide_nik: bool = False) -> Image.Image:
    """The card as RGBA, its rounded corners clear. `hide_nik` leaves the NIK unprinted (a thing will lie on it)."""
    card = tinted((190, 221, 239), clouds(*SIZE, rng, coarse=500) * 9)
    security_waves(card, (168, 207, 230), rng, gap=22, width=2)
    contoh(card, size=320, colour=RED, alpha=34, angle=24)
    draw = ImageDraw.Draw(card)
    for y, text in ((46, f"PROVINSI {home.region.provinsi}"), (106, home.region.kabupaten_kota)):
        draw.text((SIZE[0] // 2, y), text, font=fitted(SANS_BOLD, 52, text, 1500), fill=INK, anchor="ma")
    draw.text((LABEL_X, 196), "NIK", font=font(SANS, 58), fill=INK)
    draw.text((330, 196), ":", font=font(SANS, 58), fill=INK)
    if not hide_nik:
        draw.text((372, 196), person.nik, font=font(DIGITS, 74), fill=INK)
    _lines(draw, home, person)
    _portrait(card, person, rng)
    _issue(card, home, rng)
    card.putalpha(_rounded())
    return card


def _lines(draw: ImageDraw.ImageDraw, home: Family, person: Person) -> None:
    rows = (
        (0, "Nama", person.nama),
        (0, "Tempat/Tgl Lahir", f"{person.tempat_lahir}, {dmy(person.born)}"),
        (0, "Jenis Kelamin", person.jenis_kelamin),
        (0, "Alamat", home.alamat),
        (1, "RT/RW", f"{home.rt}/{home.rw}"),
        (1, "Kel/Desa", home.region.kel_desa),
        (1, "Kecamatan", home.region.kecamatan),
        (0, "Agama", person.agama),
        (0, "Status Perkawinan", person.status),
        (0, "Pekerjaan", person.pekerjaan),
        (0, "Kewarganegaraan", "WNI"),
        (0, "Berlaku Hingga", "SEUMUR HIDUP"),
    )
    letters = font(SANS, 43)
    blocks = [wrapped(letters, value, VALUE_END - VALUE_X) for _, _, value in rows]
    step = min(60.0, (SIZE[1] - 300 - 30) / sum(len(block) for block in blocks))
    y = 290.0
    for (indent, label, _), block in zip(rows, blocks, strict=True):
        draw.text((LABEL_X + 62 * indent, y), label, font=font(SANS, 40), fill=INK)
        draw.text((COLON_X, y), ":", font=font(SANS, 40), fill=INK)
        if label == "Jenis Kelamin":
            draw.text((872, y), f"Gol. Darah : {person.gol_darah}", font=font(SANS, 40), fill=INK)
        for line in block:
            draw.text((VALUE_X, y), line, font=letters, fill=INK)
            y += step


def _portrait(card: Image.Image, person: Person, rng: random.Random) -> None:
    """A silhouette before red (odd year of birth) or blue (even); no likeness of anybody."""
    left, top, right, bottom = PORTRAIT
    width, height = right - left, bottom - top
    ground = (178, 34, 42) if person.born.year % 2 else (34, 74, 160)
    scale = 2
    photo = Image.new("RGB", (width * scale, height * scale), ground)
    draw = ImageDraw.Draw(photo)
    cloth = rng.choice(((238, 236, 230), (60, 96, 84), (112, 88, 128), (70, 76, 92), (206, 178, 120)))
    skin = rng.choice(((196, 150, 116), (178, 132, 98), (160, 116, 86)))
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
    contoh(photo, size=84, colour=(255, 255, 255), alpha=150, angle=52)
    card.paste(photo, (left, top))


def _issue(card: Image.Image, home: Family, rng: random.Random) -> None:
    draw = ImageDraw.Draw(card)
    middle = (PORTRAIT[0] + PORTRAIT[2]) // 2
    for y, text in ((738, home.region.town), (776, dmy(home.ktp_issued))):
        draw.text((middle, y), text, font=fitted(SANS, 34, text, 380), fill=INK, anchor="ma")
    name = scribble(rng, 240, 110, (30, 34, 60), 4)
    card.paste(name.convert("RGB"), (middle - 120, 822), name.getchannel("A"))
    for y, size, text in ((944, 50, MARK), (1000, 28, "BUKAN KTP - DATA KARANGAN")):
        draw.text((middle, y), text, font=fitted(SANS_BOLD, size, text, 420), fill=RED, anchor="ma")


def _rounded() -> Image.Image:
    shape = Image.new("L", (SIZE[0] * 2, SIZE[1] * 2), 0)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, shape.width - 1, shape.height - 1), 128, fill=255)
    return shape.resize(SIZE, Image.Resampling.LANCZOS)
