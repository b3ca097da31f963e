"""Codes as pictures: QR (segno) and Code 128 (zxing-cpp), black on white with their quiet zone."""

from __future__ import annotations

import random

import numpy as np
import segno
import zxingcpp
from PIL import Image

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""


def qr(text: str, side: int, *, quiet: int = 4, error: str = "m") -> Image.Image:
    """A QR code of at most `side` pixels, its quiet zone (`quiet` modules) included; whole pixels a module."""
    dark = np.array(
        [[bool(module) for module in row] for row in segno.make(text, error=error, micro=False).matrix]
    )
    framed = np.pad(dark, quiet)
    pixels = max(side // framed.shape[0], 1)
    return _grown(framed, pixels, pixels)


def code128(text: str, *, module: int, height: int) -> Image.Image:
    """A Code 128 with bars `module` pixels wide and up, `height` pixels high, ten modules of quiet zone."""
    drawn = np.asarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1))
    line = drawn.reshape(drawn.shape[0], -1)[drawn.shape[0] // 3] < 128
    first, last = int(np.flatnonzero(line)[0]), int(np.flatnonzero(line)[-1])
    return _grown(np.pad(line[first : last + 1], 10)[None, :], module, height)


def short_code(rng: random.Random) -> str:
    """An invented case number as people read it out: eight signs and one more, as in 7K3M-9QTD-2."""
    signs = "".join(rng.choice(ALPHABET) for _ in range(9))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8]}"


def _grown(dark: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], wide: int, high: int) -> Image.Image:
    pixels = np.where(dark, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels.repeat(high, axis=0).repeat(wide, axis=1), "L").convert("RGB")
