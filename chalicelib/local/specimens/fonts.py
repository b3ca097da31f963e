"""The lettering: fonts of Debian, found by path. Only printing needs them; the committed pictures need nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts")

Face = tuple[str, str]
"""A font's path below `FOLDER` and the Debian package that brings it."""

SANS: Face = ("truetype/liberation/LiberationSans-Regular.ttf", "fonts-liberation")
SANS_BOLD: Face = ("truetype/liberation/LiberationSans-Bold.ttf", "fonts-liberation")
NARROW: Face = ("truetype/liberation/LiberationSansNarrow-Regular.ttf", "fonts-liberation")
SERIF: Face = ("truetype/liberation/LiberationSerif-Regular.ttf", "fonts-liberation")
SLANTED: Face = ("truetype/liberation/LiberationSerif-Italic.ttf", "fonts-liberation")
TYPEWRITER: Face = ("truetype/liberation/LiberationMono-Regular.ttf", "fonts-liberation")
DEJAVU: Face = ("truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core")
DEJAVU_BOLD: Face = ("truetype/dejavu/DejaVuSans-Bold.ttf", "fonts-dejavu-core")
MONO: Face = ("truetype/dejavu/DejaVuSansMono.ttf", "fonts-dejavu-core")
NOTO: Face = ("truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core")
NOTO_BOLD: Face = ("truetype/noto/NotoSans-Bold.ttf", "fonts-noto-core")
DIGITS: Face = ("truetype/ocr-a/OCRA.ttf", "fonts-ocr-a")
"""OCR-A (public domain), for the NIK."""
DIGITS_BOLD: Face = ("truetype/ocr-a/OCRABold.ttf", "fonts-ocr-a")
OCR_B: Face = ("opentype/ocr-b/OCRB.otf", "fonts-ocr-b")

FAMILIES: dict[str, tuple[Face, Face]] = {
    "liberation": (SANS, SANS_BOLD),
    "noto": (NOTO, NOTO_BOLD),
    "dejavu": (DEJAVU, DEJAVU_BOLD),
}
"""Plain and bold, by the name that the truth records."""
EVERY: tuple[Face, ...] = (
    *(SANS, SANS_BOLD, NARROW, SERIF, SLANTED, TYPEWRITER, DEJAVU, DEJAVU_BOLD, MONO, NOTO, NOTO_BOLD),
    *(DIGITS, DIGITS_BOLD, OCR_B),
)


class FontMissing(FileNotFoundError):
    """A font is not installed; the message names the Debian package that brings it."""


@cache
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels. FontMissing: its package is not installed."""
    name, package = face
    path = FOLDER / name
    if not path.is_file():
        raise FontMissing(f"the font {path} is missing; install it with: apt-get install {package}")
    return ImageFont.truetype(str(path), size)


def fitted(face: Face, size: int, text: str, width: float, *, least: int = 8) -> ImageFont.FreeTypeFont:
    """The face at the largest size up to `size` whose `text` is at most `width` pixels wide; never below `least`."""
    for pixels in range(size, least, -1):
        if font(face, pixels).getlength(text) <= width:
            return font(face, pixels)
    return font(face, least)


def wrapped(letters: ImageFont.FreeTypeFont, text: str, width: float) -> list[str]:
    """The text in lines of at most `width` pixels, broken at blanks; a longer word stands alone on its line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
