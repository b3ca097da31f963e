"""Papers that are no document: blank, shopping note, receipt, letter, handwriting, and rows of sixteen digits."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.fonts import SANS, SANS_BOLD, SERIF, SLANTED, TYPEWRITER, font
from chalicelib.local.specimens.negatives.sheet import NOT_OURS, Negative
from chalicelib.local.specimens.paint import RED, Colour, clouds, tinted
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.press import Sheet
from chalicelib.local.specimens.truth import MARK

DENSITY = 9.5
BLUE_INK: Colour = (40, 44, 90)
GOODS = (
    "Beras 5 kg",
    "Minyak 2 liter",
    "Gula 1 kg",
    "Telur 10 butir",
    "Sabun 3",
    "Teh 2 bungkus",
    "Mi 5 bungkus",
)
PROSE = """dengan hormat kami sampaikan bahwa rapat warga akan diadakan pada hari minggu di balai desa mohon kehadiran
bapak ibu sekalian untuk membahas saluran air jalan lingkungan dan jadwal ronda malam terima kasih"""
WORDS = tuple(PROSE.split())


def blank_paper(_: Family, rng: random.Random) -> Negative:
    """An empty sheet with folds; only the small mark is printed on it."""
    paper = tinted(
        rng.choice(((246, 244, 238), (250, 250, 250), (238, 232, 210))),
        clouds(1485, 1050, rng, coarse=500) * 5,
    )
    for x in (495, 990):
        fold = Image.new("L", paper.size, 0)
        ImageDraw.Draw(fold).rectangle((x, 0, x + 10, paper.height), fill=60)
        paper.paste((170, 168, 160), (0, 0), fold.filter(ImageFilter.GaussianBlur(6)))
    ImageDraw.Draw(paper).text((1440, 1000), MARK, font=font(SANS_BOLD, 44), fill=RED, anchor="rb")
    return _negative(paper, "blank_paper")


def note(_: Family, rng: random.Random) -> Negative:
    """A shopping note with sums and numbers, some of them as long as a NIK."""
    paper, draw = _ruled((1050, 1400))
    lines = ["CATATAN WARUNG", *rng.sample(GOODS, 6)]
    for row, line in enumerate(lines):
        y = 108 + 76 * row
        draw.text((70, y), line, font=font(SANS_BOLD if row == 0 else SANS, 52), fill=BLUE_INK)
        if row:
            price = f"{rng.randint(6, 90)}.500"
            draw.text((980, y), price, font=font(SANS, 52), fill=BLUE_INK, anchor="ra")
    token = " ".join(f"{rng.randint(0, 9999):04d}" for _ in range(5))
    account = rng.randint(10**9, 10**10 - 1)
    for row, line in enumerate((f"Token listrik {token}", f"Rek. {account}", "Telp. 0800-000-0000")):
        draw.text((70, 108 + 76 * (len(lines) + 1 + row)), line, font=font(SANS, 50), fill=BLUE_INK)
    return _negative(_signed(paper), "random_text")


def receipt(_: Family, rng: random.Random) -> Negative:
    """A till's receipt full of digits."""
    paper, draw = _plain((640, 1500), (248, 247, 242))
    letters = font(TYPEWRITER, 30)
    draw.text((320, 60), "TOKO MAJU CONTOH", font=font(TYPEWRITER, 40), fill=(50, 50, 54), anchor="ma")
    draw.text(
        (320, 120), f"NO. {rng.randint(10**15, 10**16 - 1)}", font=letters, fill=(50, 50, 54), anchor="ma"
    )
    total = 0
    for row in range(14):
        price = rng.randint(2, 60) * 500
        total += price
        y = 200 + 62 * row
        draw.text((40, y), rng.choice(GOODS).upper()[:16], font=letters, fill=(60, 60, 64))
        draw.text((600, y), f"{price:,}".replace(",", "."), font=letters, fill=(60, 60, 64), anchor="ra")
    for row, (name, value) in enumerate(
        (("TOTAL", f"{total:,}"), ("TUNAI", "200,000"), ("STRUK", f"{rng.randint(1, 10**12)}"))
    ):
        y = 1110 + 62 * row
        draw.text((40, y), name, font=letters, fill=(40, 40, 44))
        draw.text((600, y), value.replace(",", "."), font=letters, fill=(40, 40, 44), anchor="ra")
    return _negative(_signed(paper), "receipt")


def letter(_: Family, rng: random.Random) -> Negative:
    """A typed letter of the hamlet."""
    paper, draw = _plain((1050, 1485), (250, 249, 244))
    draw.text((525, 90), "SURAT UNDANGAN", font=font(SERIF, 54), fill=(30, 30, 34), anchor="ma")
    for row in range(22):
        line = " ".join(rng.choice(WORDS) for _ in range(9))
        draw.text((90, 210 + 50 * row), line, font=font(SERIF, 32), fill=(40, 40, 44))
    return _negative(_signed(paper), "random_text")


def digits(_: Family, rng: random.Random) -> Negative:
    """A list of vouchers: rows of exactly sixteen digits that are nobody's NIK (they begin with 00 or 99)."""
    paper, draw = _plain((1050, 1200), (246, 248, 250))
    draw.text((525, 70), "DAFTAR NOMOR VOUCHER", font=font(SANS_BOLD, 56), fill=(30, 30, 34), anchor="ma")
    for row in range(10):
        number = f"{rng.choice(('00', '99'))}{rng.randint(0, 10**14 - 1):014d}"
        draw.text((110, 200 + 86 * row), f"{row + 1:>2}.", font=font(SANS, 52), fill=(40, 40, 44))
        draw.text((230, 200 + 86 * row), number, font=font(SANS, 58), fill=(40, 40, 44))
    return _negative(_signed(paper), "sixteen_digits")


def handwriting(_: Family, rng: random.Random) -> Negative:
    """A note by hand: slanted letters that dance on their line."""
    paper, draw = _ruled((1200, 900))
    letters = font(SLANTED, 62)
    y = 100.0
    for _row in range(8):
        x = 70.0 + rng.uniform(0, 30)
        for word in rng.sample(WORDS, 5):
            for sign in f"{word} ":
                draw.text((x, y + rng.uniform(-5, 5)), sign, font=letters, fill=(30, 40, 110))
                x += letters.getlength(sign) * rng.uniform(0.92, 1.05)
            if x > 900:
                break
        y += 76
    return _negative(_signed(paper), "handwriting")


def _ruled(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    paper, draw = _plain(size, (250, 248, 240))
    for y in range(170, size[1] - 20, 76):
        draw.line((50, y, size[0] - 50, y), fill=(206, 216, 228), width=3)
    return paper, draw


def _plain(size: tuple[int, int], colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    paper = Image.new("RGB", size, colour)
    return paper, ImageDraw.Draw(paper)


def _signed(paper: Image.Image) -> Image.Image:
    at = (paper.width - 60, paper.height - 50)
    ImageDraw.Draw(paper).text(at, MARK, font=font(SANS_BOLD, 52), fill=RED, anchor="rb")
    return paper


def _negative(paper: Image.Image, what: str) -> Negative:
    return Negative(Sheet(paper, DENSITY, 2.6, gloss=0.1), "other", what, NOT_OURS, page=True)
