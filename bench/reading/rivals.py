"""The readers that are compared: the product, the product with its first engine only, and each engine alone.

An engine alone reads the photo once, as shown (EXIF obeyed), and its lines go through the product's own field parser:
no page is found, nothing is turned, nothing looked at twice. It is told what kind of document the photo shows. Its lines
are kept, so that a change of the parser costs no second pass.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.errors import BerkasError
from chalicelib.reading import confidence
from chalicelib.reading.card import ktp
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind, Reading, ReadPhoto
from chalicelib.reading.picture.decode import Pixels, decode
from chalicelib.reading.scoring.measured import measured
from chalicelib.reading.scoring.truth import Cost
from chalicelib.reading.sheet import kk, members
from chalicelib.reading.table import grid as table
from chalicelib.reading.table import ruling
from chalicelib.reading.table.straight import Ruling
from chalicelib.reading.text import engine as engines
from chalicelib.reading.text.engine import Engine, PaddleEngine, TesseractEngine
from chalicelib.reading.upright.orientation import look

Answered = dict[str, Any]
"""An object of the command line's contract, with its `cost`."""


@dataclass(frozen=True)
class Reader:
    """One way to read. `kinds`: what it reads; `alone`: it is an engine by itself."""

    name: str
    what: str
    kinds: tuple[str, ...]
    alone: Callable[[], Engine] | None = None


class FirstOnly:
    """The product's first engine, not known as such, so that nobody asks its larger sister."""

    name = PaddleEngine.name

    def __init__(self) -> None:
        self._engine = engines.main_engine()

    def read(self, pixels: Pixels) -> list[Line]:
        return self._engine.read(pixels)


DOCUMENTS = ("ktp", "kk")
PRODUCT, FIRST_ONLY, TESSERACT = "product", "first-engine", "tesseract"
READERS = (
    Reader(TESSERACT, "Tesseract alone", DOCUMENTS, TesseractEngine),
    Reader("tiny", "PP-OCRv6 tiny alone", DOCUMENTS, PaddleEngine),
    Reader("small", "PP-OCRv6 small alone", DOCUMENTS, lambda: PaddleEngine("small")),
    Reader(FIRST_ONLY, "the product, tiny only: no second engine", DOCUMENTS),
    Reader(PRODUCT, "the product", (*DOCUMENTS, "barkot", "negative", "house")),
)


def still_true(kept: Path, photo: Path) -> bool:
    """Whether what was `kept` of a photo is there and was made of the picture as it is now, not of one replaced since."""
    return kept.exists() and kept.stat().st_mtime >= photo.stat().st_mtime


def read(reader: Reader, kind: str, photo: Path, lines: Path) -> Answered:
    """What `reader` says of a photo of a `kind`; `lines` is where an engine's lines are kept."""
    if reader.alone is not None:
        return _alone(reader, kind, photo, lines)
    return _whole(photo, FirstOnly() if reader.name == FIRST_ONLY else None)


def ready(reader: Reader) -> None:
    """Load what `reader` needs, so that the first photo does not pay for it."""
    if reader.alone is not None:
        _engine(reader.name)
    elif reader.name == FIRST_ONLY:
        os.environ["PATH"] = ""  # as on a machine without Tesseract
        engines.main_engine()
    else:
        engines.main_engine()


@cache
def _engine(name: str) -> Engine:
    reader = next(one for one in READERS if one.name == name)
    if reader.alone is None:
        raise ValueError(name)
    return reader.alone()


def _whole(photo: Path, engine: Engine | None) -> Answered:
    """The road of the product. What its rules thought is kept too: confidence can be fitted anew without a reading."""
    from chalicelib.reading.photo import read_photo  # noqa: PLC0415  (the reader's packages are heavy)

    def work() -> ReadPhoto | None:
        try:
            return read_photo(photo.read_bytes(), None, engine)
        except BerkasError:
            return None
        except Exception as error:  # noqa: BLE001  (our own mistake on one photo must not end a run of hours)
            sys.stderr.write(f"{photo.name}: {type(error).__name__}: {error}\n")
            return None

    found, cost = measured(work)
    if found is None:
        return {"ok": False, "cost": asdict(cost)}
    rules = found.by_rules or found.reading
    return {"ok": True, **_shaped(found.reading), "by_rules": rules.to_dict(), "cost": asdict(cost)}


def calibrated(answered: Answered) -> Answered:
    """An answer of the product with the confidences of the model as it is now."""
    if "by_rules" not in answered:
        return answered
    return answered | _shaped(confidence.calibrated(Reading.from_dict(answered["by_rules"])), findings=False)


def _alone(reader: Reader, kind: str, photo: Path, lines: Path) -> Answered:
    pixels = decode(photo.read_bytes()).pixels
    if still_true(lines, photo):
        kept = json.loads(lines.read_text(encoding="utf-8"))
        found, passed = [Line(*one) for one in kept["lines"]], Cost(**kept["cost"])
    else:
        engine = _engine(reader.name)
        card = kind == "ktp" and isinstance(engine, PaddleEngine)
        found, passed = measured(lambda: look(pixels, engine) if card else engine.read(pixels))
        told = [
            [one.text, one.confidence, *map(float, (one.left, one.top, one.right, one.bottom))]
            for one in found
        ]
        lines.parent.mkdir(parents=True, exist_ok=True)
        lines.write_text(json.dumps({"lines": told, "cost": asdict(passed)}), encoding="utf-8")
    parse = _card if kind == "ktp" else _sheet
    reading, parsed = measured(lambda: parse(found, pixels))
    cost = {"cpu": passed.cpu + parsed.cpu, "wall": passed.wall + parsed.wall, "peak": passed.peak}
    return {"ok": True, **_shaped(reading), "cost": cost}


def _card(lines: list[Line], pixels: Pixels) -> Reading:  # noqa: ARG001  (every rival is called alike)
    card = ktp.parse(lines, "alone")
    return Reading(Kind.KTP, card.fields) if card else Reading(Kind.OTHER)


def _sheet(lines: list[Line], pixels: Pixels) -> Reading:
    head = kk.parse(lines, (), "alone")
    grid = table.find(lines, ruling.find(pixels) or Ruling(), pixels.shape[1])
    rows = members.read(grid, "alone", head.region if head else None, None) if grid else []
    return Reading(Kind.KK, head.fields if head else {}, tuple(rows)) if head or rows else Reading(Kind.OTHER)


def _shaped(reading: Reading, *, findings: bool = True) -> dict[str, Any]:
    whole = reading.to_dict()
    wanted = ("kind", "fields", "members", "codes", "quality", *(("findings",) if findings else ()))
    return {key: whole[key] for key in wanted}
