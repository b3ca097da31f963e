"""Pages of a PDF: drawn as pictures, and the text they hold where it is text and not the work of a scanner's program.

Bounds: `MAX_PAGES` pages are looked at; a page is drawn at most `LONG_SIDE` pixels long whatever size it claims; pictures
on it are measured before they are unpacked. Time and memory are bounded by the process that draws (`pdf_process.py`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from pypdfium2 import raw

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import MAX_PIXELS, Pixels, UnreadablePhoto, checked

MAX_PAGES = 8
LONG_SIDE = 2800
"""Pixels; an A4 sheet is drawn at about 240 dpi."""
_MAX_DPI = 600.0
_POINTS = 72.0
_MAX_CHARS = 20_000
_MAX_OBJECTS = 5_000
_FEW_CHARS = 60
"""Characters below which a page's text is but a stamp on a scan."""


@dataclass(frozen=True, eq=False)
class PdfPage:
    """A page as drawn. `lines`: its text, boxes in pixels, empty for a scan. `dpi`: pixels to the inch."""

    index: int
    pixels: Pixels
    dpi: float
    lines: tuple[Line, ...]


def drawn(data: bytes) -> Iterator[PdfPage]:
    """The first `MAX_PAGES` pages. UnreadablePhoto: PDF_TERKUNCI (a password is asked for), PDF_RUSAK (broken or empty),
    FILE_TERLALU_BESAR (a picture on a page is larger than we take)."""
    checked(data)
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise UnreadablePhoto("PDF_TERKUNCI" if locked else "PDF_RUSAK") from error
    try:
        if len(document) < 1:
            raise UnreadablePhoto("PDF_RUSAK")
        for index in range(min(MAX_PAGES, len(document))):
            page: Any = document[index]
            try:
                yield _drawn(page, index)
            finally:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadablePhoto("PDF_RUSAK") from error
    finally:
        document.close()


def _drawn(page: Any, index: int) -> PdfPage:
    width, height = (float(value) for value in page.get_size())
    if not (math.isfinite(width) and math.isfinite(height) and min(width, height) >= 1):
        raise UnreadablePhoto("PDF_RUSAK")
    typed = _measured(page, width * height)
    dpi = min(_MAX_DPI, LONG_SIDE * _POINTS / max(width, height))
    bitmap: Any = page.render(scale=dpi / _POINTS, may_draw_forms=False, prefer_bgrx=False)
    try:
        pixels = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8, order="C")
    finally:
        bitmap.close()
    if pixels.shape[2] != 3:
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    lines = tuple(_lines(page, pixels.shape[1], pixels.shape[0])) if typed else ()
    return PdfPage(index, pixels, round(dpi, 1), lines)


def _measured(page: Any, area: float) -> bool:
    """True where the page's text is printed text. False for a scan: one picture covers the page, or the text is invisible
    (what a scanner's program believes to have read). UnreadablePhoto: a picture of too many pixels."""
    covered, seen, hidden = 0.0, 0, 0
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > _MAX_OBJECTS:
            break
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            across, down = thing.get_px_size()
            if across * down > MAX_PIXELS:
                raise UnreadablePhoto("FILE_TERLALU_BESAR", batas=25)
            left, bottom, right, top = thing.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / area)
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            mode = raw.FPDFTextObj_GetTextRenderMode(thing.raw)
            hidden += mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            seen += mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return seen > hidden


@dataclass
class _Run:
    """Characters that follow each other on one line, while they are gathered."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def _lines(page: Any, width: int, height: int) -> Iterator[Line]:
    """The page's text in pieces, cut where a gap is wider than a blank: cells of a table stand apart."""
    text: Any = page.get_textpage()
    try:
        count = min(int(text.count_chars()), _MAX_CHARS)
        if count < _FEW_CHARS:
            return
        run: _Run | None = None
        for i in range(count):
            code = int(raw.FPDFText_GetUnicode(text.raw, i))
            letter = chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            box = _box(page, text, i, width, height) if letter.strip() else None
            if box is None:
                continue
            left, top, right, bottom, blank_before = *box, _blank_before(text, i)
            tall = max(bottom - top, run.bottom - run.top if run else 0.0, 1.0)
            joined = (
                run is not None
                and abs((top + bottom) - (run.top + run.bottom)) < 0.9 * tall
                and -0.6 * tall < left - run.right < 0.45 * tall
            )
            if run is not None and joined:
                run.text += (" " if blank_before else "") + letter
                run.left, run.top = min(run.left, left), min(run.top, top)
                run.right, run.bottom = max(run.right, right), max(run.bottom, bottom)
                continue
            if run is not None:
                yield _finished(run)
            run = _Run(letter, left, top, right, bottom)
        if run is not None:
            yield _finished(run)
    finally:
        text.close()


def _finished(run: _Run) -> Line:
    return Line(" ".join(run.text.split()), 1.0, run.left, run.top, run.right, run.bottom)


def _blank_before(text: Any, i: int) -> bool:
    return i > 0 and chr(int(raw.FPDFText_GetUnicode(text.raw, i - 1)) & 0xFFFF).isspace()


def _box(page: Any, text: Any, i: int, width: int, height: int) -> tuple[float, float, float, float] | None:
    """The box of a character in pixels of the page as drawn: left, top, right, bottom. The box is the font's, not the
    letter's ink, so that letters of one line are equally high."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text.raw, i, box):
        return None
    corners = []
    for x, y in ((box.left, box.top), (box.right, box.bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        # ten times finer than pixels, for the answer is in whole numbers
        if not raw.FPDF_PageToDevice(page.raw, 0, 0, width * 10, height * 10, 0, x, y, across, down):
            return None
        corners.append((across.value / 10, down.value / 10))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
