"""What stands beneath the family card's tables: day of issue, signatures, office with its official's NIP, QR or stamp.

The NIP has eighteen digits and looks much like a NIK: a trap for readers, so it is always there.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from chalicelib.local.specimens.codes import qr
from chalicelib.local.specimens.fonts import SANS_BOLD, font
from chalicelib.local.specimens.kk_layout import LEFT, RIGHT
from chalicelib.local.specimens.names import DEGREES, adult, custom
from chalicelib.local.specimens.paint import scribble
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.press import Press
from chalicelib.local.specimens.truth import MARK, dmy


@dataclass(frozen=True)
class Piece:
    """Something pasted onto the paper, and where its top left lies (mm)."""

    image: Image.Image
    at: tuple[float, float]
    signature: bool = False


def qr_text(home: Family) -> str:
    """What the new card's QR holds: an invented address with the card's number."""
    return f"https://contoh.example.id/kk/{home.nomor_kk}?terbit={home.issued:%Y%m%d}"


def nip(rng: random.Random) -> str:
    """An official's number: birth date, month of appointment, sex, a serial 9xx that no office gives."""
    born, since = rng.randint(1966, 1988), rng.randint(1992, 2012)
    day = f"{born}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    parts = (day, f"{since}{rng.randint(1, 12):02d}", str(rng.randint(1, 2)), f"9{rng.randint(0, 99):02d}")
    return (" " if rng.random() < 0.7 else "").join(parts)


def foot(press: Press, home: Family, rng: random.Random, *, below: float) -> list[Piece]:
    """Print the lines from `below` (mm) on; gives the pieces that are pasted."""
    density = press.density
    y = below + 4.6
    small, plain = press.style.size * 1.12, press.style.size * 1.28
    press.text((LEFT, y), f"Dikeluarkan Tanggal : {dmy(home.issued)}", size=plain, anchor="ls")
    head = 122.0
    press.text((head, y), "KEPALA KELUARGA", size=plain, anchor="ms")
    press.text((head, y + 17.5), home.head.nama, size=plain, face=press.style.bold, anchor="ms", room=72)
    press.text((head, y + 21), "Tanda Tangan/Cap Jempol", size=small, anchor="ms")
    pieces: list[Piece] = []
    if rng.random() < 0.8:
        pieces.append(Piece(scribble(rng, 360, 130, (36, 40, 84), 5), (head - 14, y + 2.4), signature=True))
    official = adult(custom(home.region.code), rng, woman=rng.random() < 0.5, taken=set()) + rng.choice(
        DEGREES
    )
    if home.new_layout:
        side = rng.uniform(19, 24)
        code = qr(qr_text(home), round(side * density), quiet=2)
        right = rng.random() < 0.5
        pieces.append(Piece(code, ((RIGHT - side) if right else 188.0, y - 1)))
        centre = 226.0 if right else 246.0
        press.text((LEFT, y + 17.5), "Dokumen contoh ini dibuat oleh program.", size=small, anchor="ls")
        press.text((LEFT, y + 21), "Bukan dokumen Dukcapil.", size=small, anchor="ls")
    else:
        centre = 232.0
        press.text((LEFT, y + 5), "LEMBAR :", size=small, anchor="ls")
        for line, text in enumerate(("I. Kepala Keluarga", "II. RT", "III. Desa/Kelurahan", "IV. Kecamatan")):
            press.text((LEFT + 18, y + 5 + 3.7 * line), text, size=small, anchor="ls")
        pieces.append(
            Piece(stamp(round(rng.uniform(18, 24) * density), rng), (centre - rng.uniform(18, 30), y + 0.5))
        )
        pieces.append(Piece(scribble(rng, 400, 150, (30, 34, 60), 6), (centre - 14, y + 4), signature=True))
    for line, text in enumerate(("KEPALA DINAS KEPENDUDUKAN DAN", f"PENCATATAN SIPIL {home.kabupaten_kota}")):
        press.text((centre, y + 3.9 * line), text, size=small, anchor="ms", room=76)
    press.text((centre, y + 18.2), official, size=small, face=press.style.bold, anchor="ms", room=76)
    press.text((centre, y + 21.6), f"NIP. {nip(rng)}", size=small, anchor="ms")
    return pieces


def rosette(side: int) -> Image.Image:
    """An ornament of petals (RGBA) where real cards carry the state's emblem, which we do not imitate."""
    scale = 3
    layer = Image.new("RGBA", (side * scale, side * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    c = side * scale / 2
    for petal in range(12):
        angle = petal * math.pi / 6
        x, y, r = c + 0.62 * c * math.cos(angle), c + 0.62 * c * math.sin(angle), 0.3 * c
        draw.ellipse((x - r, y - r, x + r, y + r), outline=(150, 120, 60, 255), width=7)
    draw.ellipse((0.62 * c, 0.62 * c, 1.38 * c, 1.38 * c), fill=(176, 146, 84, 255))
    return layer.resize((side, side), Image.Resampling.LANCZOS)


def stamp(side: int, rng: random.Random) -> Image.Image:
    """A round office stamp (RGBA) that says CONTOH, wet: thick here, thin there, never straight."""
    scale = 2
    layer = Image.new("RGBA", (side * scale, side * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    c = side * scale / 2
    ink = rng.choice(((92, 66, 150), (64, 70, 156), (120, 60, 140)))
    for ring, width in ((0.97, 0.05), (0.68, 0.025)):
        edge = (c - ring * c, c - ring * c, c + ring * c, c + ring * c)
        draw.ellipse(edge, outline=(*ink, 200), width=max(round(width * c), 1))
    draw.text((c, c), MARK, font=font(SANS_BOLD, 0.3 * c), fill=(*ink, 200), anchor="mm")
    for spoke in range(28):
        angle = spoke * 2 * math.pi / 28
        x, y, r = c + 0.83 * c * math.cos(angle), c + 0.83 * c * math.sin(angle), 0.035 * c
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*ink, 190))
    turned = layer.rotate(rng.uniform(-40, 40), Image.Resampling.BICUBIC)
    small = turned.resize((side, side), Image.Resampling.LANCZOS)
    thin = Image.linear_gradient("L").resize((side, side)).rotate(rng.uniform(0, 360))
    wet = thin.point(lambda value: int(105 + value * 0.55))
    cover = Image.composite(small.getchannel("A"), Image.new("L", small.size, 0), wet)
    small.putalpha(cover)
    return small
