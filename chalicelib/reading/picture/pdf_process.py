"""PDFs are drawn in a process of their own: PDFium is native code, a page of five kilobytes can draw for a minute, and
nobody else's photo, nor any key in our environment, is to be within its reach. As `heif.py`, but page by page."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

import numpy as np

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import MAX_BYTES, UnreadablePhoto, checked
from chalicelib.reading.picture.pdf import LONG_SIDE, PdfPage

SECONDS = 60.0
"""How long a page may take to come; the child bounds its own processor time besides."""
_LONGEST_LINE = 8 * 1024 * 1024


def pages(data: bytes) -> Iterator[PdfPage]:
    """The first `pdf.MAX_PAGES` pages. UnreadablePhoto: as `pdf.drawn`; a file that brings its child down or takes it too
    long is PDF_RUSAK."""
    checked(data)
    command = [sys.executable, "-m", "chalicelib.reading.picture.pdf_child"]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    kept |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(  # noqa: S603  (our own program)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept
    ) as child:
        try:
            yield from _told(child, data)
        finally:
            child.kill()


def _told(child: subprocess.Popen[bytes], data: bytes) -> Iterator[PdfPage]:
    if child.stdin is None or child.stdout is None:
        raise UnreadablePhoto("PDF_RUSAK")
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError:
        raise UnreadablePhoto("PDF_RUSAK") from None
    answers = _Answers(child.stdout)
    while True:
        page = json.loads(answers.line())
        if "end" in page:
            return
        if "refused" in page:
            raise UnreadablePhoto(page["refused"], batas=MAX_BYTES // 1024 // 1024)
        yield _page(page, answers)


def _page(told: dict[str, Any], answers: _Answers) -> PdfPage:
    wide, high = told["size"]
    if not (0 < wide <= LONG_SIDE + 1 and 0 < high <= LONG_SIDE + 1):
        raise UnreadablePhoto("PDF_RUSAK")
    pixels = np.frombuffer(answers.exactly(wide * high * 3), dtype=np.uint8).reshape(high, wide, 3).copy()
    lines = tuple(Line(text, 1.0, *(float(value) for value in box)) for text, *box in told["lines"])
    return PdfPage(told["index"], pixels, told["dpi"], lines)


class _Answers:
    """What the child says, waited for `SECONDS` at a time. UnreadablePhoto PDF_RUSAK: it says no more."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._ahead = bytearray()

    def line(self) -> bytes:
        until = time.monotonic() + SECONDS
        while (end := self._ahead.find(b"\n")) < 0:
            if len(self._ahead) > _LONGEST_LINE:
                raise UnreadablePhoto("PDF_RUSAK")
            self._more(until)
        return self._taken(end + 1)

    def exactly(self, length: int) -> bytes:
        until = time.monotonic() + SECONDS
        while len(self._ahead) < length:
            self._more(until)
        return self._taken(length)

    def _taken(self, length: int) -> bytes:
        found = bytes(self._ahead[:length])
        del self._ahead[:length]
        return found

    def _more(self, until: float) -> None:
        ready = select.select([self._stream], [], [], max(0.0, until - time.monotonic()))[0]
        part = os.read(self._stream.fileno(), 1 << 20) if ready else b""
        if not part:
            raise UnreadablePhoto("PDF_RUSAK")
        self._ahead += part
