"""Pictures that must not pass for a good document: blank paper, another card, a covered NIK, a note full of digits."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.barkot import HOST
from chalicelib.local.specimens.codes import code128
from chalicelib.local.specimens.family import Family
from chalicelib.local.specimens.fonts import SANS, SANS_BOLD, font
from chalicelib.local.specimens.ktp import LABEL_X, SIZE, draw_ktp
from chalicelib.local.specimens.paint import RED, clouds, contoh, gradient, tinted
from chalicelib.local.specimens.truth import MARK, ktp_fields


@dataclass(frozen=True)
class Negative:
    """A sheet, what it is, and why it is to be refused. `hidden` holds truths that cannot be seen in the picture."""

    sheet: Image.Image
    kind: str
    what: str
    expected: str
    fields: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Mapping[str, str], ...] = ()


def blank_paper(_: Family, rng: random.Random) -> Negative:
    """An empty sheet with folds; only the small mark is printed on it."""
    sheet = tinted((246, 244, 238), clouds(1485, 1050, rng, coarse=500) * 5)
    for x in (495, 990):
        fold = Image.new("L", sheet.size, 0)
        ImageDraw.Draw(fold).rectangle((x, 0, x + 10, sheet.height), fill=60)
        sheet.paste((170, 168, 160), (0, 0), fold.filter(ImageFilter.GaussianBlur(6)))
    ImageDraw.Draw(sheet).text((1440, 1000), MARK, font=font(SANS_BOLD, 44), fill=RED, anchor="rb")
    return Negative(sheet, "other", "blank_paper", "not_a_supported_document")


def member_card(home: Family, rng: random.Random) -> Negative:
    """A member card of an invented cooperative: a card with a name and a number, but no KTP."""
    card = gradient(*SIZE, (38, 118, 96), (24, 74, 84))
    contoh(card, size=300, colour=(255, 255, 255), alpha=30, angle=24)
    draw = ImageDraw.Draw(card)
    white, gold = (244, 248, 244), (244, 212, 120)
    draw.ellipse((80, 80, 240, 240), outline=gold, width=12)
    draw.ellipse((120, 120, 200, 200), fill=gold)
    draw.text((290, 84), "KOPERASI WARGA SEJAHTERA", font=font(SANS_BOLD, 76), fill=white)
    draw.text((290, 178), "KARTU ANGGOTA", font=font(SANS, 58), fill=gold)
    number = f"KWS {rng.randint(1000, 9999)} {rng.randint(1000, 9999)}"
    for y, label, value in (
        (380, "Nama", home.head.nama),
        (480, "No. Anggota", number),
        (580, "Berlaku s/d", "12/2028"),
    ):
        draw.text((90, y), label, font=font(SANS, 54), fill=white)
        draw.text((480, y), value, font=font(SANS_BOLD, 56), fill=white)
    bars = code128(number.replace(" ", ""), module=5, height=190)
    card.paste(bars, (90, 740))
    draw.text(
        (SIZE[0] - 90, 990), f"{MARK} - {HOST.lower()}", font=font(SANS_BOLD, 40), fill=gold, anchor="rb"
    )
    code = {"text": number.replace(" ", ""), "format": "Code128"}
    return Negative(card, "other", "member_card", "not_a_supported_document", codes=(code,))


def covered_nik(home: Family, rng: random.Random) -> Negative:
    """A good KTP on which a strip of paper lies right over the NIK."""
    person = home.holder
    card = draw_ktp(home, person, rng, hide_nik=True)
    shadow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(shadow).polygon([(300, 196), (1262, 184), (1268, 292), (306, 304)], fill=120)
    card.paste((30, 34, 44), (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    ImageDraw.Draw(card).polygon([(300, 186), (1256, 174), (1260, 280), (304, 292)], fill=(238, 232, 214))
    ImageDraw.Draw(card).text((LABEL_X, 196), "NIK", font=font(SANS, 58), fill=(22, 26, 34))
    fields = {key: value for key, value in ktp_fields(home, person).items() if key != "nik"}
    return Negative(card, "ktp", "ktp_covered_nik", "nik_unreadable", fields, {"nik": person.nik})


def note(_: Family, rng: random.Random) -> Negative:
    """A shopping note with sums and numbers, some of them as long as a NIK."""
    sheet = tinted((250, 248, 240), clouds(1050, 1400, rng, coarse=400) * 4)
    draw = ImageDraw.Draw(sheet)
    for y in range(170, 1380, 76):
        draw.line((50, y, 1000, y), fill=(206, 216, 228), width=3)
    lines = [
        "CATATAN WARUNG",
        "Beras 5 kg",
        "Minyak 2 liter",
        "Gula 1 kg",
        "Telur 10 butir",
        "Sabun 3",
        "Teh 2 bungkus",
    ]
    for row, line in enumerate(lines):
        draw.text(
            (70, 108 + 76 * row), line, font=font(SANS_BOLD if row == 0 else SANS, 52), fill=(40, 44, 80)
        )
        if row:
            draw.text(
                (980, 108 + 76 * row),
                f"{rng.randint(6, 90)}.500",
                font=font(SANS, 52),
                fill=(40, 44, 80),
                anchor="ra",
            )
    token = " ".join(f"{rng.randint(0, 9999):04d}" for _ in range(5))
    for row, line in enumerate(
        (f"Token listrik {token}", f"Rek. {rng.randint(10**9, 10**10 - 1)}", "Telp. 0800-000-0000")
    ):
        draw.text((70, 108 + 76 * (len(lines) + 1 + row)), line, font=font(SANS, 50), fill=(40, 44, 80))
    draw.text((980, 1330), MARK, font=font(SANS_BOLD, 64), fill=RED, anchor="rb")
    return Negative(sheet, "other", "random_text", "not_a_supported_document")


NEGATIVES: tuple[tuple[str, Callable[[Family, random.Random], Negative]], ...] = (
    ("kertas_kosong", blank_paper),
    ("kartu_anggota", member_card),
    ("nik_tertutup", covered_nik),
    ("catatan", note),
)
