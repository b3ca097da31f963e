"""Barcodes and QR codes on a photo, by two decoders: each finds some that the other misses. A bar code is believed only
when a second look agrees, for its one check sign lets one misreading in a hundred through."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import cv2
import numpy as np

from chalicelib.reading import layouts
from chalicelib.reading.codes import bars, code128
from chalicelib.reading.model import Code, Quad
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels

_SIZES = (1200, 2400)
"""Longer sides at which a photo is tried, until something is found."""
_PATCH = 900
"""Pixels to which a patch is enlarged when looked at closer."""
_PATCHES = 6
_ALIKE = 0.8
"""How much the halves of a patch of bars say the same, to be bars."""
_AGREED = 2
"""Times a bar code seen by one decoder is seen again in other copies before it is believed."""
_FORMATS = {"QRCODE": "QRCode", "CODE128": "Code128", "EAN13": "EAN-13", "CODE39": "Code39"}


def decode(pixels: Pixels) -> tuple[Code, ...]:
    """All codes found, boxes in the pixels given, each text once."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    for side in _SIZES:
        scale = min(1.0, side / max(pixels.shape[:2]))
        small = (
            cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
        )
        found = _confirmed(_decode_at(np.asarray(small, dtype=np.uint8), scale), gray)
        if found or scale == 1.0:
            return found
    return ()


def decode_closer(pixels: Pixels) -> tuple[Code, ...]:
    """Codes on small, blurred or glaring labels: each four-sided patch of the photo is enlarged and its contrast evened
    out, and bars are read by likelihood. For photos on which `decode` found nothing; costs about a second."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return _on_patches(pixels, gray) or _by_likelihood(gray)


def _on_patches(pixels: Pixels, photo: Pixels) -> tuple[Code, ...]:
    height, width = photo.shape
    seen: list[tuple[int, int, int, int]] = []
    for corners in page.outlines(pixels, smallest=0.006):
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        air = 0.05 * max(right - left, bottom - top)
        box = (
            max(0, int(left - air)),
            max(0, int(top - air)),
            min(width, int(right + air)),
            min(height, int(bottom + air)),
        )
        side = max(box[2] - box[0], box[3] - box[1])
        if side < 60 or side > 0.6 * max(height, width) or any(_near(box, other) for other in seen):
            continue
        seen.append(box)
        scale = min(4.0, _PATCH / side)
        part = photo[box[1] : box[3], box[0] : box[2]]
        large = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        even = cv2.createCLAHE(4.0, (4, 4)).apply(large)
        for gray in (large, even):
            codes = _decode_at(np.asarray(gray, dtype=np.uint8), scale)
            found = _confirmed([(_moved(code, box[0], box[1]), times) for code, times in codes], photo)
            if found:
                return found
        if len(seen) == _PATCHES:
            break
    return ()


def _by_likelihood(gray: Pixels) -> tuple[Code, ...]:
    for patch in bars.find(gray):
        read = code128.read(patch.signal)
        if read and read.sure and patch.alike >= _ALIKE:
            return (Code(read.text, "Code128", tell(read.text), patch.box),)
    return ()


def _confirmed(found: Sequence[tuple[Code, int]], gray: Pixels) -> tuple[Code, ...]:
    """The codes to believe: those with error correction, and bars that two looks agree on. `found`: codes and how many
    decoders saw each."""
    kept = []
    for code, times in found:
        if code.format == "QRCode" or times > 1 or _seen_again(code, gray):
            kept.append(code)
    return tuple(kept)


def _seen_again(code: Code, gray: Pixels) -> bool:
    """True where the bars around a code's box say the same when seen smaller, larger or softer, by either decoder, or by
    likelihood."""
    if code.box is None:
        return False
    xs, ys = [x for x, _ in code.box], [y for _, y in code.box]
    air = 0.2 * max(max(xs) - min(xs), max(ys) - min(ys)) + 20
    x0, y0 = max(0, int(min(xs) - air)), max(0, int(min(ys) - air))
    part = gray[y0 : int(max(ys) + air), x0 : int(max(xs) + air)]
    said: Counter[str] = Counter()
    for scale in (0.7, 1.0, 1.6):
        if min(part.shape) * scale < 16:
            continue
        again = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for view in (again, cv2.GaussianBlur(again, (0, 0), 1.0)):
            for other, times in _decode_at(np.asarray(view, dtype=np.uint8), 1.0):
                if other.format == code.format:
                    said[other.text] += times
    if said[code.text] >= _AGREED and said[code.text] > 2 * (said.total() - said[code.text]):
        return True
    reads = [code128.read(patch.signal) for patch in bars.find(np.ascontiguousarray(part), most=1)]
    return any(read is not None and read.sure and read.text == code.text for read in reads)


def _near(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < 0.15 * max(a[2] - a[0], a[3] - a[1])


def _moved(code: Code, across: int, down: int) -> Code:
    if code.box is None:
        return code
    a, b, c, d = ((round(x + across, 1), round(y + down, 1)) for x, y in code.box)
    return replace(code, box=(a, b, c, d))


def tell(text: str) -> str:
    """What a code is for: barkot, dukcapil, pos, url or text (layouts/codes.json)."""
    for kind, pattern in _patterns():
        if pattern.search(text):
            return kind
    return "text"


def _decode_at(gray: Pixels, scale: float) -> list[tuple[Code, int]]:
    """Codes, boxes in pixels of the photo of which `gray` is the copy at `scale`, and how many decoders saw each."""
    times: Counter[str] = Counter()
    found: dict[str, Code] = {}
    for decoder in (_zxing, _zbar):
        texts = set()
        for text, name, quad in decoder(gray):
            if text.strip():
                texts.add(text)
                a, b, c, d = ((round(x / scale, 1), round(y / scale, 1)) for x, y in quad)
                found.setdefault(text, Code(text, name, tell(text), (a, b, c, d)))
        times.update(texts)
    return [(code, times[text]) for text, code in found.items()]


def _zxing(gray: Pixels) -> list[tuple[str, str, Quad]]:
    import zxingcpp  # noqa: PLC0415

    formats = zxingcpp.BarcodeFormat
    wanted: Any = (formats.QRCode, formats.Code128, formats.EAN13, formats.Code39)
    results: list[Any] = zxingcpp.read_barcodes(gray, formats=wanted)
    found = []
    for result in results:
        corners = result.position
        quad: Quad = (
            (corners.top_left.x, corners.top_left.y),
            (corners.top_right.x, corners.top_right.y),
            (corners.bottom_right.x, corners.bottom_right.y),
            (corners.bottom_left.x, corners.bottom_left.y),
        )
        found.append((str(result.text), _format(result.format.name), quad))
    return found


def _zbar(gray: Pixels) -> list[tuple[str, str, Quad]]:
    from pyzbar import pyzbar  # noqa: PLC0415

    symbols = [
        pyzbar.ZBarSymbol.QRCODE,
        pyzbar.ZBarSymbol.CODE128,
        pyzbar.ZBarSymbol.EAN13,
        pyzbar.ZBarSymbol.CODE39,
    ]  # fmt: skip  (without I25, which zbar sees where there is none)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results: list[Any] = pyzbar.decode(gray, symbols=symbols)
    found = []
    for result in results:
        text = result.data.decode("utf-8", errors="replace")
        x, y, w, h = result.rect
        quad: Quad = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        found.append((text, _format(result.type), quad))
    return found


def _format(name: str) -> str:
    return _FORMATS.get(name.upper().replace("-", "").replace("_", ""), name)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = layouts.load("codes")
    return tuple((entry["kind"], re.compile(entry["pattern"], re.IGNORECASE)) for entry in raw["kinds"])
