"""What carries a code: the citizen's receipt, the house sticker, the shelf label. No code holds personal data."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.codes import ALPHABET, code128, qr, short_code
from chalicelib.local.specimens.fonts import MONO, SANS, SANS_BOLD, fitted, font
from chalicelib.local.specimens.paint import RED, Colour, clouds, contoh
from chalicelib.local.specimens.press import Box, Sheet
from chalicelib.local.specimens.truth import MARK

HOST = "CONTOH.EXAMPLE.ID"
INK: Colour = (26, 28, 32)
DENSITY = 16.0
STICKERS: tuple[Colour, ...] = (
    (250, 226, 120),
    (248, 248, 244),
    (214, 232, 214),
    (246, 214, 206),
    (206, 224, 242),
)


@dataclass(frozen=True)
class Slip:
    """A printed slip and what its code says. `format` is QRCode or Code128; `modules` its width in modules."""

    sheet: Sheet
    text: str
    format: str
    modules: int


def receipt(rng: random.Random) -> Slip:
    """The receipt of a usulan: a QR with the public address and a token, the case number beneath."""
    number = short_code(rng)
    text = f"HTTPS://{HOST}/B/{''.join(rng.choice(ALPHABET) for _ in range(26))}"
    paper, draw = _paper((1050, 1480), (252, 252, 248))
    _middle(draw, 70, "BUKTI USULAN", SANS_BOLD, 84)
    _middle(draw, 178, "Simpan bukti ini untuk melihat status.", SANS, 42)
    code = qr(text, 760, error="q")
    box = _put(paper, code, ((paper.width - code.width) // 2, 250))
    draw = ImageDraw.Draw(paper)
    _middle(draw, 1030, "Nomor usulan", SANS, 44)
    _middle(draw, 1084, number, MONO, 92)
    _middle(draw, 1216, "Bukan tanda pasti menerima bantuan.", SANS, 40)
    _middle(draw, 1270, "Petugas tidak pernah meminta OTP, PIN, atau biaya.", SANS, 38)
    _middle(draw, 1350, f"{MARK} - BUKAN BUKTI SAH", SANS_BOLD, 54, RED)
    return Slip(_sheet(paper, box, gloss=0.25), text, "QRCode", 33)


def sticker(rng: random.Random) -> Slip:
    """The sticker on a registered house's door: QR of version 2 to 9, error correction M or Q."""
    token = "".join(rng.choice(ALPHABET) for _ in range(rng.choice((8, 12, 20, 26, 48, 80, 110))))
    text = rng.choice((f"HTTPS://{HOST}/B/{token}", f"HTTPS://{HOST}/B/{token}", f"BRK-{token}"))
    paper, draw = _paper((1000, 1180), rng.choice(STICKERS))
    _middle(draw, 46, rng.choice(("KELUARGA TERDAFTAR", "BARKOT RUMAH", "LABEL RUMAH")), SANS_BOLD, 76)
    code = qr(text, rng.randint(680, 800), error=rng.choice("mq"))
    box = _put(paper, code, ((paper.width - code.width) // 2, 160))
    draw = ImageDraw.Draw(paper)
    low = 160 + 800 + 26
    _middle(draw, low, short_code(rng), MONO, 76)
    _middle(draw, low + 96, f"{MARK} - DATA KARANGAN", SANS_BOLD, 46, RED)
    return Slip(_sheet(paper, box, gloss=0.7), text, "QRCode", _modules(text, code))


def label(rng: random.Random) -> Slip:
    """The label on a paper file: a Code 128 with the case number."""
    text = short_code(rng)
    paper, draw = _paper((1500, 720), (246, 246, 240))
    _middle(draw, 44, "BERKAS USULAN", SANS_BOLD, 78)
    bars = code128(text, module=rng.choice((5, 6, 7)), height=rng.randint(220, 310))
    box = _put(paper, bars, ((paper.width - bars.width) // 2, 160))
    draw = ImageDraw.Draw(paper)
    _middle(draw, 492, text, MONO, 84)
    _middle(draw, 618, f"{MARK} - DATA KARANGAN", SANS_BOLD, 52, RED)
    return Slip(_sheet(paper, box, gloss=0.5), text, "Code128", 11 * len(text) + 35)


SLIPS: tuple[tuple[str, Callable[[random.Random], Slip]], ...] = (
    ("bukti", receipt),
    ("stiker", sticker),
    ("label", label),
)


def aged(slip: Slip, wear: float, rng: random.Random) -> Slip:
    """The sticker after `wear` (0 to 1) of sun and rain: faded, scratched, a corner torn off."""
    paper = slip.sheet.image
    width, height = paper.size
    faded = np.asarray(paper, np.float32)
    faded = faded + (235 - faded) * 0.45 * wear
    blotch = np.clip(clouds(width // 4, height // 4, rng, coarse=60) - 0.25, 0, 1) * wear * 0.6
    soft = np.asarray(Image.fromarray(blotch).resize(paper.size), np.float32)[..., None]
    faded = faded * (1 - soft) + np.array((176, 164, 140), np.float32) * soft
    image = Image.fromarray(np.clip(faded, 0, 255).astype(np.uint8), "RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(int(26 * wear)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        end = (x + rng.uniform(-0.2, 0.2) * width, y + rng.uniform(-0.2, 0.2) * height)
        draw.line((x, y, *end), fill=(236, 232, 222), width=rng.choice((1, 2, 3)))
    image = image.filter(ImageFilter.GaussianBlur(1.2 * wear))
    if rng.random() < wear:
        cover = Image.new("L", image.size, 255)
        cut = rng.uniform(0.06, 0.16) * width
        ImageDraw.Draw(cover).polygon(
            [(width, height), (width - cut, height), (width, height - cut * 1.3)], fill=0
        )
        image.putalpha(cover)
    sheet = Sheet(
        image, slip.sheet.density, slip.sheet.cap, slip.sheet.boxes, slip.sheet.style, gloss=slip.sheet.gloss
    )
    return Slip(sheet, slip.text, slip.format, slip.modules)


def _sheet(paper: Image.Image, box: Box, *, gloss: float) -> Sheet:
    return Sheet(paper, DENSITY, 2.4, {"code": box}, gloss=gloss)


def _put(paper: Image.Image, code: Image.Image, at: tuple[int, int]) -> Box:
    paper.paste(code, at)
    return (float(at[0]), float(at[1]), float(at[0] + code.width), float(at[1] + code.height))


def _modules(text: str, code: Image.Image) -> int:
    """The code's width in modules without its quiet zone, from the drawing: the first dark run is seven modules."""
    dark = np.asarray(code.convert("L")) < 128
    row = dark[np.flatnonzero(dark.any(axis=1))[0]]
    first = int(np.flatnonzero(row)[0])
    run = int(np.flatnonzero(~row[first:])[0])
    found = round((code.width - 2 * first) / (run / 7))
    if found % 4 != 1:
        raise ValueError(f"no QR of {found} modules: {text}")
    return found


def _paper(size: tuple[int, int], colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    paper = Image.new("RGB", size, colour)
    contoh(paper, size=120, colour=RED, alpha=22, step=230)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((14, 14, size[0] - 15, size[1] - 15), outline=(150, 146, 136), width=4)
    return paper, draw


def _middle(
    draw: ImageDraw.ImageDraw, y: int, text: str, face: tuple[str, str], size: int, ink: Colour = INK
) -> None:
    width = int(draw.im.size[0])
    letters = fitted(face, size, text, width - 90) if face != MONO else font(face, size)
    draw.text((width // 2, y), text, font=letters, fill=ink, anchor="ma")
