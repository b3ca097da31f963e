"""Cards that are no KTP: member card, driver's card, bank card, SIM frame, insurance card, the back of a KTP."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from chalicelib.local.specimens.barkot import HOST
from chalicelib.local.specimens.codes import code128
from chalicelib.local.specimens.fonts import OCR_B, SANS, SANS_BOLD, font
from chalicelib.local.specimens.ktp import DENSITY, SIZE, rounded
from chalicelib.local.specimens.negatives.sheet import NOT_OURS, Negative
from chalicelib.local.specimens.paint import RED, Colour, clouds, contoh, gradient, security_waves, tinted
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.portrait import portrait
from chalicelib.local.specimens.press import Sheet
from chalicelib.local.specimens.truth import MARK, dmy

WHITE: Colour = (244, 248, 244)
GOLD: Colour = (244, 212, 120)
PAIRS: tuple[tuple[Colour, Colour], ...] = (
    ((38, 118, 96), (24, 74, 84)),
    ((120, 44, 96), (64, 30, 84)),
    ((176, 92, 40), (120, 48, 30)),
    ((36, 84, 156), (20, 44, 96)),
)


def member_card(home: Family, rng: random.Random) -> Negative:
    """A member card of an invented cooperative: a card with a name and a number, but no KTP."""
    card, draw = _card(rng)
    draw.ellipse((80, 80, 240, 240), outline=GOLD, width=12)
    draw.ellipse((120, 120, 200, 200), fill=GOLD)
    draw.text((290, 84), "KOPERASI WARGA SEJAHTERA", font=font(SANS_BOLD, 76), fill=WHITE)
    draw.text((290, 178), "KARTU ANGGOTA", font=font(SANS, 58), fill=GOLD)
    number = f"KWS {rng.randint(1000, 9999)} {rng.randint(1000, 9999)}"
    lines = (("Nama", home.head.nama), ("No. Anggota", number), ("Berlaku s/d", "12/2028"))
    for row, (name, value) in enumerate(lines):
        draw.text((90, 380 + 100 * row), name, font=font(SANS, 54), fill=WHITE)
        draw.text((480, 380 + 100 * row), value, font=font(SANS_BOLD, 56), fill=WHITE)
    text = number.replace(" ", "")
    card.paste(code128(text, module=5, height=190), (90, 740))
    _mark(card)
    return _negative(card, "member_card", codes=({"text": text, "format": "Code128"},))


def driver_card(home: Family, rng: random.Random) -> Negative:
    """A card like a driver's licence: portrait, name, place of birth, a long number."""
    person = home.holder
    card = tinted((232, 222, 206), clouds(*SIZE, rng, coarse=500) * 6)
    security_waves(card, (216, 202, 182), rng, gap=26, width=2)
    draw = ImageDraw.Draw(card)
    draw.text(
        (SIZE[0] // 2, 60), "KARTU IZIN MENGEMUDI", font=font(SANS_BOLD, 84), fill=(40, 36, 40), anchor="ma"
    )
    card.paste(portrait(person, 360, 460, rng), (90, 300))
    lines = (
        person.nama, f"{person.tempat_lahir}, {dmy(person.born)}", person.jenis_kelamin, home.alamat,
        person.pekerjaan, home.region.provinsi,
    )  # fmt: skip
    for row, line in enumerate(lines):
        draw.text((520, 310 + 84 * row), f"{row + 1}. {line}"[:44], font=font(SANS, 50), fill=(40, 36, 40))
    number = f"{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}-{rng.randint(100000, 999999)}"
    draw.text((90, 860), number, font=font(SANS_BOLD, 74), fill=(40, 36, 40))
    _mark(card, RED)
    return _negative(card, "driver_card")


def bank_card(home: Family, rng: random.Random) -> Negative:
    """A bank card: sixteen embossed digits in fours (they begin with 00, which no bank gives)."""
    card, draw = _card(rng)
    draw.rounded_rectangle((130, 330, 350, 500), 24, fill=(214, 190, 120), outline=(140, 116, 60), width=6)
    for x in (200, 280):
        draw.line((x, 330, x, 500), fill=(140, 116, 60), width=5)
    draw.text((1600, 90), "BANK CONTOH", font=font(SANS_BOLD, 84), fill=WHITE, anchor="ra")
    number = f"00{rng.randint(0, 10**14 - 1):014d}"
    parted = "  ".join(number[at : at + 4] for at in range(0, 16, 4))
    for shift, ink in ((4, (20, 24, 30)), (0, (226, 226, 220))):
        draw.text((130 + shift, 560 + shift), parted, font=font(OCR_B, 92), fill=ink)
    draw.text((130, 900), home.holder.nama[:26], font=font(OCR_B, 58), fill=WHITE)
    draw.text(
        (130, 760),
        f"BERLAKU S/D {rng.randint(1, 12):02d}/{rng.randint(27, 31)}",
        font=font(SANS, 44),
        fill=WHITE,
    )
    _mark(card)
    return _negative(card, "bank_card")


def sim_frame(_: Family, rng: random.Random) -> Negative:
    """The frame of a phone's SIM: a chip and the nineteen digits of its number."""
    card, draw = _card(rng)
    draw.rounded_rectangle((180, 380, 480, 640), 30, fill=(206, 180, 104), outline=(120, 96, 50), width=8)
    draw.rectangle((150, 340, 560, 690), outline=WHITE, width=5)
    draw.text((700, 120), "KARTU PERDANA", font=font(SANS_BOLD, 90), fill=WHITE)
    draw.text((700, 420), f"6200{rng.randint(10**14, 10**15 - 1)}", font=font(SANS, 62), fill=WHITE)
    draw.text((700, 520), f"PUK {rng.randint(10**7, 10**8 - 1)}", font=font(SANS, 62), fill=WHITE)
    _mark(card)
    return _negative(card, "sim_card")


def insurance_card(home: Family, rng: random.Random) -> Negative:
    """A health insurance card: a name, a birth date and thirteen digits."""
    card = gradient(*SIZE, (240, 246, 240), (206, 232, 214))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, SIZE[0], 220), fill=(28, 132, 84))
    draw.text((90, 70), "KARTU SEHAT WARGA CONTOH", font=font(SANS_BOLD, 80), fill=WHITE)
    person = home.holder
    lines = (
        ("Nomor Kartu", f"000{rng.randint(10**9, 10**10 - 1)}"), ("Nama", person.nama), ("Alamat", home.alamat),
        ("Tanggal Lahir", dmy(person.born)), ("Faskes", f"PUSKESMAS {home.region.kecamatan}"),
    )  # fmt: skip
    for row, (name, value) in enumerate(lines):
        draw.text((90, 330 + 100 * row), name, font=font(SANS, 52), fill=(30, 40, 36))
        draw.text((560, 330 + 100 * row), f": {value}"[:40], font=font(SANS, 52), fill=(30, 40, 36))
    _mark(card, RED)
    return _negative(card, "insurance_card")


def ktp_back(_: Family, rng: random.Random) -> Negative:
    """The back of a KTP: a map-like pattern and a chip field, no text that could be read."""
    card = tinted((200, 218, 232), clouds(*SIZE, rng, coarse=420) * 14)
    security_waves(card, (150, 190, 216), rng, gap=18, width=3)
    draw = ImageDraw.Draw(card)
    for x in range(160, 1600, 96):
        y = 540 + 150 * ((x // 96) % 3 - 1) * rng.uniform(0.3, 1)
        w, h = rng.uniform(40, 130), rng.uniform(20, 60)
        draw.ellipse((x - w, y - h, x + w, y + h), fill=(172, 200, 190))
    contoh(card, size=300, colour=RED, alpha=46, angle=24)
    _mark(card, RED)
    return _negative(card, "ktp_back")


def _card(rng: random.Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    card = gradient(*SIZE, *rng.choice(PAIRS))
    contoh(card, size=300, colour=(255, 255, 255), alpha=30, angle=24)
    return card, ImageDraw.Draw(card)


def _mark(card: Image.Image, ink: Colour = GOLD) -> None:
    at = (SIZE[0] - 90, 1010)
    ImageDraw.Draw(card).text(at, f"{MARK} - {HOST.lower()}", font=font(SANS_BOLD, 40), fill=ink, anchor="rb")


def _negative(card: Image.Image, what: str, codes: tuple[dict[str, str], ...] = ()) -> Negative:
    card.putalpha(rounded(SIZE, 3.2 * DENSITY))
    return Negative(Sheet(card, DENSITY, 2.0, gloss=1.0), "other", what, NOT_OURS, codes=codes)
