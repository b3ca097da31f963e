"""Strips of digits as a phone sees them: drawn by many faces, worn, lit, blurred, covered, compressed.

A strip is drawn twice, with its ink and without, and both go through the same light and lens: what no longer differs
cannot be seen, and a digit of which too little can be seen is called `?`. So the reader learns to say that it does not
see rather than to guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from chalicelib.local.specimens import fonts
from chalicelib.local.specimens.fonts import Face
from chalicelib.reading.digits.beam import HIDDEN
from chalicelib.reading.digits.strip import HEIGHT, WIDTH

Grey = npt.NDArray[np.float32]
Random = np.random.Generator

_URW = "fonts-urw-base35"
FACES: tuple[tuple[float, tuple[Face, ...]], ...] = (
    (0.34, (fonts.DIGITS, fonts.DIGITS_BOLD)),
    (0.08, (("truetype/ocr-a/OCRACondensed.ttf", "fonts-ocr-a"),)),
    (
        0.12,
        (
            fonts.OCR_B,
            ("opentype/ocr-b/OCRBL.otf", "fonts-ocr-b"),
            ("opentype/ocr-b/OCRBS.otf", "fonts-ocr-b"),
        ),
    ),
    (
        0.38,
        (
            fonts.SANS,
            fonts.SANS_BOLD,
            fonts.NARROW,
            fonts.DEJAVU,
            ("truetype/dejavu/DejaVuSansCondensed.ttf", "fonts-dejavu-core"),
            fonts.NOTO,
            fonts.NOTO_BOLD,
            ("opentype/urw-base35/NimbusSans-Regular.otf", _URW),
        ),
    ),
    (
        0.08,
        (
            fonts.TYPEWRITER,
            fonts.MONO,
            ("truetype/noto/NotoMono-Regular.ttf", "fonts-noto-mono"),
            fonts.SERIF,
            ("opentype/urw-base35/NimbusMonoPS-Regular.otf", _URW),
        ),
    ),
)
"""Shares of strips, and the faces that share them. fonts.FontMissing names the package where one is not installed."""
CAP = 28
"""Pixels a digit is drawn high, before the camera."""
AIR = 6
"""Rows above and below a digit in its picture."""
TALL, BROAD = 3 * CAP, 31 * CAP
"""Pixels of the drawing: the row of digits with what stands around it, more than a strip shows."""
SEEN_LEAST, SEEN_NOISE = 3.0, 0.7
"""Grey levels, and parts of the noise, from which a difference between ink and ground can be seen."""
SEEN_SHARE = 0.6
"""Share of a digit's ink that must be seen for the digit to be read."""


@dataclass(frozen=True, eq=False)
class Strip:
    """`pixels` (HEIGHT, WIDTH) as cut out of a photo; `text`: its digits, `?` for those that cannot be seen; `harsh`, 0
    to 1: how bad the photo is."""

    pixels: npt.NDArray[np.uint8]
    text: str
    harsh: float


@cache
def _glyph(face: Face, sign: str) -> npt.NDArray[np.uint8]:
    """A sign's ink, `CAP` high for digits, with its side bearings."""
    _, top, _, bottom = fonts.font(face, 100).getbbox("0")
    letters = fonts.font(face, round(100 * CAP / (bottom - top)))
    box = letters.getbbox("0")
    wide = max(1, round(letters.getlength(sign)))
    picture = Image.new("L", (wide, CAP + 2 * AIR), 0)
    ImageDraw.Draw(picture).text((0, AIR - box[1]), sign, font=letters, fill=255)
    return np.asarray(picture)


def draw(rng: Random) -> Strip:
    """One strip; `rng` alone decides what it is."""
    digits = _number(rng)
    ink, spans = _printed(rng, digits)
    contrast = float(np.exp(rng.uniform(np.log(12), np.log(170))))
    ground = _ground(rng, contrast)
    covered = _covered(rng, spans) if rng.random() < 0.25 else None
    lit = _lit(rng, ground - np.float32(contrast) * ink, ground, covered)
    harsh = float(rng.random())
    noise = harsh * contrast * (rng.uniform(0, 0.1) if rng.random() < 0.6 else rng.uniform(0.1, 0.25))
    text = legible(digits, spans, ink, np.abs(lit[..., 0] - lit[..., 1]), noise)
    shot, scale = _photographed(rng, np.ascontiguousarray(lit[..., 0]), noise, harsh)
    return Strip(_cut_out(rng, shot, scale, spans), text, harsh)


def _number(rng: Random) -> str:
    """Sixteen digits four times of five; else another run, so that sixteen is seen and not presumed."""
    if rng.random() < 0.8:
        region = f"{rng.integers(11, 97):02d}{rng.integers(1, 80):02d}{rng.integers(1, 40):02d}"
        day = rng.integers(1, 32) + (40 if rng.random() < 0.5 else 0)
        date = f"{day:02d}{rng.integers(1, 13):02d}{rng.integers(0, 100):02d}"
        serial = rng.integers(1, 9999) if rng.random() < 0.5 else rng.integers(1, 60)
        if rng.random() < 0.5:
            return f"{region}{date}{serial:04d}"
        return "".join(str(d) for d in rng.integers(0, 10, 16))
    return "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(6, 19))))


def _printed(rng: Random, digits: str) -> tuple[Grey, list[tuple[int, int]]]:
    """The ink of the drawing, 0 to 1, with what stands around the digits; and the columns of each digit."""
    weights = np.array([share for share, _ in FACES])
    faces = FACES[rng.choice(len(FACES), p=weights / weights.sum())][1]
    face = faces[rng.integers(len(faces))]
    glyphs = [_glyph(face, digit) for digit in digits]
    track = rng.normal(0.02, 0.05) * CAP
    wide = sum(glyph.shape[1] for glyph in glyphs) + track * len(digits)
    at = left = (BROAD - wide) / 2
    page = np.zeros((TALL, BROAD), dtype=np.uint8)
    top = TALL // 2 - CAP // 2 - AIR
    spans = []
    for glyph in glyphs:
        _stamp(page, glyph, round(at), top)
        spans.append((round(at), round(at) + glyph.shape[1]))
        at += glyph.shape[1] + track
    _around(rng, page, round(left), round(at), top)
    ink: Grey = np.asarray(page.astype(np.float32) / 255, dtype=np.float32)
    if rng.random() < 0.35:  # more or less ink
        ink = _soft(ink, rng.uniform(0.6, 1.3))
        ink = np.asarray(np.clip((ink - rng.uniform(0.2, 0.6)) * 2.2, 0, 1), dtype=np.float32)
    if rng.random() < 0.4:  # worn
        rough = rng.random((TALL // 4 + 1, BROAD // 4 + 1)).astype(np.float32)
        ink = ink * np.clip(1.1 - rng.uniform(0.1, 0.8) * cv2.resize(rough, (BROAD, TALL)), 0, 1)
    return np.asarray(ink, dtype=np.float32), spans


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _around(rng: Random, page: npt.NDArray[np.uint8], left: int, right: int, top: int) -> None:
    """A colon, scraps of the lines above and below, neighbours in a table, rules."""
    plain = FACES[3][1][rng.integers(len(FACES[3][1]))]
    if rng.random() < 0.5 and left > CAP:
        _stamp(page, _glyph(plain, ":"), int(left - rng.uniform(0.4, 0.9) * CAP), top)
    for gap in (-1, 1):
        if rng.random() < 0.5:
            y = top + gap * int(rng.uniform(1.12, 1.8) * CAP)
            x = int(rng.uniform(0, 0.6) * page.shape[1])
            for _ in range(int(rng.integers(4, 22))):
                glyph = _glyph(plain, _LETTERS[rng.integers(26)])
                _stamp(page, glyph, x, y)
                x += glyph.shape[1] + 2
    for start, step in (
        (right + int(rng.uniform(0.5, 1.2) * CAP), 1),
        (left - int(rng.uniform(1.0, 1.7) * CAP), -1),
    ):
        x = start
        for _ in range(int(rng.integers(0, 5)) if rng.random() < 0.3 else 0):
            glyph = _glyph(plain, _LETTERS[rng.integers(26)])
            _stamp(page, glyph, x if step > 0 else x - glyph.shape[1], top)
            x += step * (glyph.shape[1] + 2)
    if rng.random() < 0.25:
        for y in (
            top + AIR - int(rng.uniform(0.15, 0.7) * CAP),
            top + AIR + CAP + int(rng.uniform(0.15, 0.7) * CAP),
        ):
            cv2.line(page, (0, y), (page.shape[1], y), 255, int(rng.integers(1, 4)))
        for x in (left - int(rng.uniform(0.2, 0.9) * CAP), right + int(rng.uniform(0.2, 0.9) * CAP)):
            cv2.line(page, (x, 0), (x, page.shape[0]), 255, int(rng.integers(1, 4)))


def _stamp(page: npt.NDArray[np.uint8], glyph: npt.NDArray[np.uint8], x: int, y: int) -> None:
    high, wide = page.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(wide, x + glyph.shape[1]), min(high, y + glyph.shape[0])
    if x0 < x1 and y0 < y1:
        part = page[y0:y1, x0:x1]
        np.maximum(part, glyph[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def _ground(rng: Random, contrast: float) -> Grey:
    """Paper or a card's coloured pattern: waves and a slope of light."""
    x = np.arange(BROAD, dtype=np.float32)[None, :] / CAP
    y = np.arange(TALL, dtype=np.float32)[:, None] / CAP
    ground = np.full((TALL, BROAD), contrast + rng.uniform(10, 245 - contrast), dtype=np.float32)
    ground += np.float32(rng.uniform(-1.5, 1.5)) * x
    for _ in range(int(rng.integers(0, 3))):
        bent = np.sin(x * rng.uniform(0.5, 4) + rng.uniform(0, 6)) * rng.uniform(0, 1.5)
        strong = min(14.0, contrast * rng.uniform(0.02, 0.25))
        ground += np.float32(strong) * np.sin((y + bent) * rng.uniform(6, 20) + rng.uniform(0, 6))
    return ground


def _covered(rng: Random, spans: list[tuple[int, int]]) -> Grey:
    """How much of each pixel a blot of light takes, 0 to 1; a finger, 0 to -1."""
    first = spans[rng.integers(len(spans))][0]
    across, down = rng.uniform(0.5, 5) * CAP, rng.uniform(0.5, 2.5) * CAP
    x = (np.arange(BROAD, dtype=np.float32)[None, :] - first) / across
    y = (np.arange(TALL, dtype=np.float32)[:, None] - TALL / 2 - rng.normal(0, 0.7) * CAP) / down
    soft = rng.uniform(0.05, 1.2)
    cover = np.clip((1.0 + soft / 2 - np.sqrt(x * x + y * y)) / soft, 0, 1)
    return np.asarray(-cover if rng.random() < 0.3 else cover, dtype=np.float32)


def _lit(rng: Random, inked: Grey, ground: Grey, covered: Grey | None) -> Grey:
    """Both drawings, last axis, under the same light and cover, in grey levels that the camera can hold."""
    both = np.stack([inked, ground], axis=-1)
    if covered is not None:
        both += np.clip(covered, 0, 1)[..., None] * np.float32(rng.uniform(60, 260))
        finger = np.clip(-covered, 0, 1)[..., None]
        both = both * (1 - finger) + finger * np.float32(rng.uniform(60, 190))
    return np.asarray(np.clip(both, 0, 255), dtype=np.float32)


def _photographed(rng: Random, lit: Grey, noise: float, harsh: float) -> tuple[npt.NDArray[np.uint8], float]:
    """The drawing as a phone keeps it, and its pixels to one of the drawing. `harsh`, 0 to 1: how bad the photo is."""
    cap = float(np.exp(rng.uniform(np.log(7.0), np.log(30))))
    scale = cap / CAP
    blur = 0.4 / scale * rng.uniform(0.7, 1.3) + abs(rng.normal(0, 0.1)) * CAP * harsh
    if rng.random() < 0.25:
        blur += rng.uniform(0.0, 0.17) * CAP * harsh
    lit = _soft(lit, blur)
    if rng.random() < 0.35:
        shake = _motion(rng, rng.uniform(0.1, 0.65) * CAP * harsh)
        lit = np.asarray(cv2.filter2D(lit, -1, shake), dtype=np.float32)
    resized = cv2.resize(lit, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(resized, dtype=np.float32)
    if rng.random() < 0.45:
        small = coarse(small, 1.0 - harsh * rng.uniform(0.1, 0.66))
    small = small + np.float32(noise) * rng.standard_normal(small.shape, dtype=np.float32)
    if rng.random() < 0.4:  # a phone's mending of noise
        strong = float(np.clip(4 * noise, 5, 34))
        mended = _soft(small, 0.7) if rng.random() < 0.4 else cv2.bilateralFilter(small, 5, strong, 1.6)
        small = np.asarray(mended, dtype=np.float32)
    if rng.random() < 0.4:  # a phone's sharpening
        small = small + np.float32(rng.uniform(0.3, 1.5)) * (small - _soft(small, 1.2))
    shot = np.clip(small, 0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(0, 3))):
        packed = cv2.imencode(
            ".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(90 - 55 * harsh, 95))]
        )[1]
        shot = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return shot, scale


def coarse(picture: Grey, share: float) -> Grey:
    """As a lens shows it that resolves `share` of the pixels, or a picture that was sent smaller and enlarged again."""
    high, wide = picture.shape
    few = (max(1, round(wide * share)), max(1, round(high * share)))
    smaller = cv2.resize(picture, few, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(smaller, (wide, high), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _soft(picture: Grey, blur: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), dtype=np.float32)


def _motion(rng: Random, length: float) -> Grey:
    size = max(3, round(length)) | 1
    kernel = np.zeros((size, size), dtype=np.float32)
    turn = rng.uniform(0, np.pi)
    reach = (size - 1) / 2
    ends = [
        (round(reach + s * reach * np.cos(turn)), round(reach + s * reach * np.sin(turn))) for s in (-1, 1)
    ]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _cut_out(
    rng: Random, shot: npt.NDArray[np.uint8], scale: float, spans: list[tuple[int, int]]
) -> npt.NDArray[np.uint8]:
    """The strip, cut out more or less well: a little turned, slanted, too large or too small, its digits somewhere in
    it, whole."""
    cap = rng.uniform(15.0, 23.0)
    grow = cap / (CAP * scale)
    left, right = spans[0][0] * scale, spans[-1][1] * scale
    across = grow * min(rng.uniform(0.82, 1.2), (WIDTH - 12) / ((right - left) * grow))
    free = WIDTH - (right - left) * across
    start = rng.uniform(min(4.0, free / 2), max(free - 4.0, free / 2))
    turn, slant = rng.normal(0, 0.01), rng.normal(0, 0.06)
    down = HEIGHT / 2 + float(np.clip(rng.normal(0, 1.8), -4, 4))
    middle = ((left + right) / 2, shot.shape[0] / 2)
    to = (start + (right - left) * across / 2, down)
    turned = np.array([[across, slant * grow], [turn * across, grow]])
    shift = np.array(to) - turned @ np.array(middle)
    strip = cv2.warpAffine(
        shot,
        np.hstack([turned, shift[:, None]]),
        (WIDTH, HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip, dtype=np.uint8)


def legible(digits: str, spans: list[tuple[int, int]], ink: Grey, differs: Grey, noise: float) -> str:
    """The digits, `?` where too little of a digit's ink differs from its ground under the light there was."""
    rows = slice(TALL // 2 - CAP // 2 - 2, TALL // 2 + CAP // 2 + 2)
    text = ""
    for digit, (left, right) in zip(digits, spans, strict=True):
        printed = ink[rows, left:right] > 0.5
        seen = differs[rows, left:right] >= max(SEEN_LEAST, SEEN_NOISE * noise)
        share = float(seen[printed].mean()) if printed.any() else 0.0
        text += digit if share >= SEEN_SHARE else HIDDEN
    return text
