"""The engines that turn a picture into lines of text, behind one small interface.

PP-OCR (through faster-paddle) reads; Tesseract stands in where that wheel has no build, and re-reads single lines.
Why: docs/decisions/0002-reading-engine.md.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

import cv2

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.picture.memory import give_back

_WIDEST = 2400
"""Pixels the detector looks at; a family card's page is rectified to this width."""


class Engine(Protocol):
    """Reads all text on a picture."""

    name: str

    def read(self, pixels: Pixels) -> list[Line]:
        """Lines in no particular order, boxes in the pixels given."""
        ...


class PaddleEngine:
    """PP-OCRv6 on ONNX Runtime, one thread: a process reads one photo at a time. `size`: `tiny` for whole photos, `small`
    for pieces in doubt (it reads blurred print far better, at four times the cost and twice the memory).

    Of all instances one is loaded at a time: each holds 250 to 350 MiB once it has read, for the runtime never gives back
    what its largest picture needed, and loading takes 0.04 s (`tiny`) or 0.08 s. What it reads does not depend on it.
    """

    name = "ppocr"
    _loaded: ClassVar[PaddleEngine | None] = None

    def __init__(self, size: str = "tiny", widest: int = _WIDEST) -> None:
        import faster_paddle  # noqa: PLC0415  (62 MB: only processes that read pay for it)

        self._make = partial(faster_paddle.OcrEngine, model_size=size, threads=1, det_max_side=widest)
        self._engine: Any = None

    def load(self) -> None:
        """Load it, and let go of the instance that was loaded before."""
        before = PaddleEngine._loaded
        if before is self:
            return
        if before is not None:
            before._engine = None
            give_back()
        self._engine = self._make()
        PaddleEngine._loaded = self

    def read(self, pixels: Pixels) -> list[Line]:
        done, buffer = cv2.imencode(".bmp", pixels)
        if not done:
            raise ValueError("the picture cannot be encoded")
        self.load()
        found: dict[int, dict[str, Any]] = self._engine.ocr(buffer.tobytes())["bounds"]
        lines = []
        for bound in found.values():
            text = tidy(bound["text"])
            if text:
                (left, top), (right, bottom) = bound["topLeftCoord"], bound["bottomRightCoord"]
                lines.append(Line(text, float(bound["confidence"]), left, top, right, bottom))
        return lines


class TesseractEngine:
    """Tesseract 5 with the Indonesian model. Cannot read the digits of a NIK well; stands in for PP-OCR."""

    name = "tesseract"

    def __init__(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # two to three times faster on two cores
        import pytesseract  # noqa: PLC0415

        self._tesseract: Any = pytesseract

    def read(self, pixels: Pixels) -> list[Line]:
        gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        table = self._tesseract.image_to_data(
            gray, lang="ind", config="--psm 11", output_type=self._tesseract.Output.DICT, timeout=60
        )
        return _words_to_lines(table)

    def read_lines(self, crops: Sequence[Pixels]) -> list[str]:
        """The text of single-line pictures, in their order; empty where nothing was read. One process for all of them:
        starting it costs more than reading a line."""
        with tempfile.TemporaryDirectory(prefix="berkas-") as folder:
            names = []
            for i, crop in enumerate(crops):
                path = str(Path(folder, f"{i}.png"))
                cv2.imwrite(path, cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY))
                names.append(path)
            listing = Path(folder, "list.txt")
            listing.write_text("\n".join(names) + "\n", encoding="utf-8")
            text = self._tesseract.image_to_string(str(listing), lang="ind", config="--psm 7", timeout=30)
        pages = [tidy(part) for part in str(text).split("\f")]
        return (pages + [""] * len(crops))[: len(crops)]


def tidy(text: str) -> str:
    """Full-width forms made plain, control characters and stray blanks removed."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("`", "'")
    return re.sub(r"\s+", " ", "".join(ch for ch in text if ch.isprintable() or ch.isspace())).strip()


def _words_to_lines(table: dict[str, list[Any]]) -> list[Line]:
    groups: dict[tuple[int, ...], list[int]] = {}
    for i, text in enumerate(table["text"]):
        if str(text).strip() and float(table["conf"][i]) >= 0:
            groups.setdefault((table["block_num"][i], table["par_num"][i], table["line_num"][i]), []).append(
                i
            )
    lines = []
    for members in groups.values():
        boxes = [(table["left"][i], table["top"][i], table["width"][i], table["height"][i]) for i in members]
        lines.append(
            Line(
                tidy(" ".join(str(table["text"][i]) for i in members)),
                sum(float(table["conf"][i]) for i in members) / len(members) / 100,
                min(x for x, _, _, _ in boxes),
                min(y for _, y, _, _ in boxes),
                max(x + w for x, _, w, _ in boxes),
                max(y + h for _, y, _, h in boxes),
            )
        )
    return lines


@cache
def main_engine() -> Engine:
    """The best engine that is installed, loaded once a process."""
    try:
        engine = PaddleEngine()
    except ImportError:
        return TesseractEngine()
    engine.load()
    return engine


@cache
def _closer_engine() -> PaddleEngine:
    return PaddleEngine("small", 1600)


def closer_engine(first: Engine) -> Engine:
    """The engine for small pictures that `first` reads unsurely: its larger sister, loaded at first use, or itself."""
    return _closer_engine() if isinstance(first, PaddleEngine) else first


@cache
def line_reader() -> TesseractEngine | None:
    """The engine that re-reads single lines, None where its program is not installed."""
    return TesseractEngine() if shutil.which("tesseract") else None


def second_engine(first: Engine) -> TesseractEngine | None:
    """The engine that re-reads lines of `first`; None where it is the same one or not installed."""
    return line_reader() if first.name != TesseractEngine.name else None
