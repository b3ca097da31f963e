"""A photo → a reading: the road of the data, step by step.

    bytes → decode or PDF page → upright (first reading) → kind → page rectified (second reading) → fields
    → confidence → findings

Two readings are made of a document, one of the photo as it is and one of the page found on it: where no page is found
or the wrong one, the first stands; where they agree, confidence grows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chalicelib.reading import confidence, findings
from chalicelib.reading.card import far_card, ktp
from chalicelib.reading.card import reader as card
from chalicelib.reading.codes import reader as code_reader
from chalicelib.reading.house import building, scene
from chalicelib.reading.lines import TYPED, Line
from chalicelib.reading.model import (
    Code,
    Finding,
    Kind,
    Quad,
    Quality,
    Reading,
    ReadPhoto,
    Severity,
)
from chalicelib.reading.picture import pdf_process, quality, veil
from chalicelib.reading.picture.decode import MIN_SIDE, Raster, UnreadablePhoto, checked, decode, encode_jpeg
from chalicelib.reading.sheet import reader as sheet
from chalicelib.reading.text import engine as engines
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright import kind
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.upright.orientation import Upright, closer, legible, upright

__all__ = ["UnreadablePhoto", "read_pages", "read_photo", "warm"]


def warm() -> None:
    """Load the engine, so that the first photo does not wait for it."""
    engines.main_engine()


def read_photo(data: bytes, expected: Kind | None = None, engine: Engine | None = None) -> ReadPhoto:
    """Read the photo in `data`, of a PDF the page that is the document. `expected`: what it was sent as; it lowers the
    number of labels asked for, and a photo of something else gets the finding BUKAN_DOKUMEN. `Kind.OTHER`: anything goes.
    UnreadablePhoto: see `decode` and `pdf`."""
    best: ReadPhoto | None = None
    for one in read_pages(data, expected, engine):
        if best is None or _worth(one, expected) > _worth(best, expected):
            best = one
        if expected not in (Kind.KTP, Kind.KK) or _worth(best, expected)[:2] == (True, True):
            break
    if best is None:
        raise UnreadablePhoto("PDF_RUSAK")
    return best


def read_pages(
    data: bytes, expected: Kind | None = None, engine: Engine | None = None
) -> Iterator[ReadPhoto]:
    """Each page of a PDF, the first `pdf.MAX_PAGES` of them; of any other file the one photo. See `read_photo`."""
    reader = engine or engines.main_engine()
    if checked(data) != "PDF":
        yield _read(decode(data), expected, reader)
        return
    for drawn in pdf_process.pages(data):
        size = (drawn.pixels.shape[1], drawn.pixels.shape[0])
        if min(size) < MIN_SIDE:
            raise UnreadablePhoto("FOTO_TERLALU_KECIL")
        one = _read(Raster(drawn.pixels, size), expected, reader, drawn.lines)
        yield replace(one, page_index=drawn.index, dpi=drawn.dpi)


def _worth(one: ReadPhoto, expected: Kind | None) -> tuple[bool, bool, int]:
    """How much a page is the document that was asked for."""
    reading = one.reading
    right = reading.kind is expected if expected in (Kind.KTP, Kind.KK) else reading.kind is not Kind.OTHER
    return right, "nik" in reading.fields or "nomor_kk" in reading.fields, len(reading.fields)


def _read(raster: Raster, expected: Kind | None, reader: Engine, typed: Sequence[Line] = ()) -> ReadPhoto:
    """`typed`: the text of a PDF's page; where it is a document's, it is taken as it stands."""
    started = time.monotonic()
    wanted = expected in (Kind.KTP, Kind.KK)
    enough = kind.ENOUGH - 1 if wanted else kind.ENOUGH
    signs = kind.signs(typed) if typed else kind.Signs(0, 0, False)
    said = signs.kind(enough)
    if said:
        photo = Upright(raster.pixels, 0, tuple(typed), signs)
        reading, signed = _typed(photo, said)
    else:
        photo, far = _upright(raster, expected, enough, reader)
        seen = photo.signs.kind(enough)
        if seen is Kind.KTP:
            reading, signed = card.read(photo, reader, far)
        else:
            reading, signed = _sheet(photo, reader) if seen else (_other(photo, expected), ())
    by_rules = replace(reading, size=(photo.pixels.shape[1], photo.pixels.shape[0]), taken=raster.taken)
    reading = confidence.calibrated(by_rules)
    reading = replace(
        reading,
        findings=tuple(dict.fromkeys([*reading.findings, *findings.judge(reading, expected)])),
        seconds=time.monotonic() - started,
    )
    shown = veil.veiled(photo.pixels, signed, printed(reading))
    return ReadPhoto(reading, encode_jpeg(shown), raster.shown, by_rules=by_rules, veiled=signed)


def printed(reading: Reading) -> list[Quad]:
    """Where values and codes stand: these stay to be seen."""
    boxes = [field.box for field in reading.fields.values()] + [code.box for code in reading.codes]
    return [box for box in boxes if box]


def _upright(
    raster: Raster, expected: Kind | None, enough: int, reader: Engine
) -> tuple[Upright, card.Seen | None]:
    """The photo turned upright, and a card that only a closer look saw."""
    if expected is Kind.HOUSE:
        return Upright(raster.pixels, 0, (), kind.Signs(0, 0, False)), None
    photo = upright(raster.pixels, reader, enough)
    if photo.signs.kind(enough) is not None or photo.signs.foreign or legible(photo.lines):
        return photo, None
    near = closer(photo, raster.pixels, reader, enough)
    larger = engines.closer_engine(reader)
    if near is None and expected is not Kind.KK and larger is not reader:
        return far_card.find(raster.pixels, larger, enough) or (photo, None)
    return near or photo, None


def _typed(photo: Upright, what: Kind) -> tuple[Reading, tuple[Quad, ...]]:
    """A page whose text was typed: nothing to recognise, only to sort."""
    height, width = photo.pixels.shape[:2]
    edges: Quad = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    measured = replace(_quality(photo, None), complete=True, photocopy=False)
    if what is Kind.KTP:
        typed = ktp.parse(photo.lines, TYPED)
        return Reading(what, typed.fields if typed else {}, quality=measured, page=edges), ()
    found = sheet.typed(photo.pixels, photo.lines)
    reading = Reading(what, found.fields, found.members, found.codes, measured, edges, _of_the_table(found))
    return reading, found.signatures


def _sheet(photo: Upright, reader: Engine) -> tuple[Reading, tuple[Quad, ...]]:
    found = sheet.read(photo, reader)
    measured = replace(_quality(photo, found.flat), photocopy=False)  # a family card is black on white anyway
    reading = Reading(
        Kind.KK, found.fields, found.members, found.codes, measured, found.flat.quad if found.flat else None,
        _of_the_table(found),
    )  # fmt: skip
    return reading, found.signatures


def _of_the_table(found: sheet.Sheet) -> tuple[Finding, ...]:
    return () if found.complete else (Finding("KK_TIDAK_LENGKAP", Severity.WARNING, ("members",)),)


def _other(photo: Upright, expected: Kind | None) -> Reading:
    codes = code_reader.decode(photo.pixels) or code_reader.decode_closer(photo.pixels)
    measured = quality.measure(photo.pixels, complete=False, turned=photo.turned)
    what = _kind_of_other(photo, codes, expected)
    wanted = expected in (None, Kind.HOUSE, Kind.OTHER) and what in (Kind.HOUSE, Kind.OTHER)
    seen = scene.fingerprint(photo.pixels) if wanted else ""
    return Reading(what, codes=codes, quality=measured, fingerprint=seen)


def _kind_of_other(photo: Upright, codes: Sequence[Code], expected: Kind | None) -> Kind:
    if any(code.kind in ("barkot", "pos") for code in codes):
        return Kind.BARKOT
    if not codes and not photo.signs.foreign and (expected is Kind.HOUSE or len(photo.lines) < 12):
        written = building.shows_writing(photo.pixels, photo.lines)
        return Kind.HOUSE if building.looks_like_house(photo.pixels) and not written else Kind.OTHER
    return Kind.OTHER


def _quality(photo: Upright, flat: Flat | None) -> Quality:
    pixels = flat.pixels if flat else photo.pixels
    return quality.measure(pixels, complete=flat is not None and flat.whole, turned=photo.turned)
