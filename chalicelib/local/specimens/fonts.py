"""The lettering: fonts of Debian, found by path. Only printing needs them; the committed pictures need nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts/truetype")
SANS = ("liberation/LiberationSans-Regular.ttf", "fonts-liberation")
SANS_BOLD = ("liberation/LiberationSans-Bold.ttf", "fonts-liberation")
NARROW = ("liberation/LiberationSansNarrow-Regular.ttf", "fonts-liberation")
MONO = ("dejavu/DejaVuSansMono.ttf", "fonts-dejavu-core")
DIGITS = ("ocr-a/OCRA.ttf", "fonts-ocr-a")
"""OCR-A (public domain), for the NIK."""

Face = tuple[str, str]


class FontMissing(FileNotFoundError):
    """A font is not installed; the message names the Debian package that brings it."""


@cache
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
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
