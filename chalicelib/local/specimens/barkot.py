"""What carries a code: the citizen's receipt, the house sticker, the shelf label. No code holds personal data."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from chalicelib.local.specimens.codes import ALPHABET, code128, qr, short_code
from chalicelib.local.specimens.fonts import MONO, SANS, SANS_BOLD, fitted, font
from chalicelib.local.specimens.paint import RED, contoh
from chalicelib.local.specimens.truth import MARK

HOST = "CONTOH.EXAMPLE.ID"
INK = (26, 28, 32)


@dataclass(frozen=True)
class Slip:
    """A printed slip and what its code says. `format` is QRCode or Code128."""

    sheet: Image.Image
    text: str
    format: str


def receipt(rng: random.Random) -> Slip:
    """The receipt of a usulan: a QR with the public address and a token, the case number beneath."""
    number = short_code(rng)
    text = f"HTTPS://{HOST}/B/{''.join(rng.choice(ALPHABET) for _ in range(26))}"
    sheet, draw = _paper((1050, 1480), (252, 252, 248))
    _middle(draw, 70, "BUKTI USULAN", SANS_BOLD, 84)
    _middle(draw, 178, "Simpan bukti ini untuk melihat status.", SANS, 42)
    code = qr(text, 760, error="q")
    sheet.paste(code, ((sheet.width - code.width) // 2, 250))
    draw = ImageDraw.Draw(sheet)
    _middle(draw, 1030, "Nomor usulan", SANS, 44)
    _middle(draw, 1084, number, MONO, 92)
    _middle(draw, 1216, "Bukan tanda pasti menerima bantuan.", SANS, 40)
    _middle(draw, 1270, "Petugas tidak pernah meminta OTP, PIN, atau biaya.", SANS, 38)
    _middle(draw, 1350, f"{MARK} - BUKAN BUKTI SAH", SANS_BOLD, 54, RED)
    return Slip(sheet, text, "QRCode")


def sticker(rng: random.Random) -> Slip:
    """The sticker on a registered house's door."""
    text = f"HTTPS://{HOST}/B/{''.join(rng.choice(ALPHABET) for _ in range(26))}"
    sheet, draw = _paper((1000, 1180), (250, 226, 120))
    _middle(draw, 46, "KELUARGA TERDAFTAR", SANS_BOLD, 76)
    code = qr(text, 800, error="q")
    sheet.paste(code, ((sheet.width - code.width) // 2, 160))
    draw = ImageDraw.Draw(sheet)
    _middle(draw, 160 + code.height + 26, short_code(rng), MONO, 76)
    _middle(draw, 160 + code.height + 122, f"{MARK} - DATA KARANGAN", SANS_BOLD, 46, RED)
    return Slip(sheet, text, "QRCode")


def label(rng: random.Random) -> Slip:
    """The label on a paper file: a Code 128 with the case number."""
    text = short_code(rng)
    sheet, draw = _paper((1500, 720), (246, 246, 240))
    _middle(draw, 44, "BERKAS USULAN", SANS_BOLD, 78)
    bars = code128(text, module=7, height=310)
    sheet.paste(bars, ((sheet.width - bars.width) // 2, 160))
    draw = ImageDraw.Draw(sheet)
    _middle(draw, 492, text, MONO, 84)
    _middle(draw, 618, f"{MARK} - DATA KARANGAN", SANS_BOLD, 52, RED)
    return Slip(sheet, text, "Code128")


SLIPS = (("bukti", receipt), ("stiker", sticker), ("label", label))


def _paper(size: tuple[int, int], colour: tuple[int, int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", size, colour)
    contoh(sheet, size=120, colour=RED, alpha=22, step=230)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((14, 14, size[0] - 15, size[1] - 15), outline=(150, 146, 136), width=4)
    return sheet, draw


def _middle(
    draw: ImageDraw.ImageDraw,
    y: int,
    text: str,
    face: tuple[str, str],
    size: int,
    ink: tuple[int, int, int] = INK,
) -> None:
    width = int(draw.im.size[0])
    letters = fitted(face, size, text, width - 90) if face != MONO else font(face, size)
    draw.text((width // 2, y), text, font=letters, fill=ink, anchor="ma")
