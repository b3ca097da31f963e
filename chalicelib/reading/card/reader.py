"""The road of a KTP: the photo as it is, the card laid flat, and, where these leave something open, a closer look.

The closer look reads the flat card, smaller and a little smoothed (noise and the card's own pattern go, print stays), by
the engine's larger sister, and tells its rows by their places too. It costs more than all the rest: only cards pay for it
on which a field is missing or unsure.

Evidence in `Field.source`: `gaps` where the blanks are surely those of the print (`spacing`), `small` where the value is
the larger engine's, `twice` where another reading has it too; beside `tesseract`, `vocabulary`, `gazetteer`, `window`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from chalicelib.reading.card import flatten, ktp, number, signature
from chalicelib.reading.card.ktp import Card
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field, Finding, Kind, Quad, Reading, Severity
from chalicelib.reading.picture import page, quality
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.text import engine as engines
from chalicelib.reading.text import merge, second_opinion
from chalicelib.reading.text.engine import Engine
from chalicelib.reading.upright import kind
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.upright.orientation import Upright, brightened
from chalicelib.reading.values import birth, nik_window

_ENOUGH_LABELS = 7
"""Labels of a KTP (of 13) without which its fields are not trusted, where the NIK was not read either."""
_CLEAR_LABELS = 11
"""Labels that are read on a sharp card at the least: they are smaller and paler than the values."""
CLOSER_WIDTH = 960
"""Pixels a card is wide for the larger engine."""
_CLOSER_HIGH = 606
"""Pixels it is high at most: the engine's memory grows with the picture."""
_SMOOTH = 1.0
"""Pixels, standard deviation."""
_LISTS = frozenset({"vocabulary", "gazetteer"})
_BACKED = 6
"""Values found in closed lists and the gazetteer, more than guesswork gives, with which such a card is still trusted."""
_MAY_LACK = frozenset({"gol_darah"})
_SURE = {"nama": 0.9, "alamat": 0.85, "tempat_lahir": 0.85, "tanggal_lahir": 0.9, "nik": 0.9, "rt": 0.9}
"""Confidence, after two readings, below which a field is in doubt; where two differ it is 0.85 of the surer one's."""
_SURER = 0.15
"""How much surer the first readings must be to stand against the closer look."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A card laid flat and what the larger engine read on it, boxes in its pixels."""

    flat: Flat
    lines: tuple[Line, ...]


def read(photo: Upright, reader: Engine, far: Seen | None = None) -> tuple[Reading, tuple[Quad, ...]]:
    """The reading of a KTP on an upright photo, and where the photo shows its signature (none: the card was not found).
    `far`: what a closer look saw already, where the first saw nothing."""
    first = None if far else ktp.parse(photo.lines, reader.name)
    flat = far.flat if far else flatten.card(photo, first)
    second = None
    if flat and not far:
        second = ktp.parse(reader.read(brightened(flat.pixels)), reader.name, flat.pixels)
    if flat and second and first and len(second.labels) < len(first.labels) - 3:
        second = None  # the wrong page was laid flat
    fields: Mapping[str, Field] = first.fields if first else {}
    if flat and second:
        fields = merge.better(fields, _mapped(_respelled(second, flat, reader), flat))
    labels_seen = max((len(card.labels) for card in (first, second) if card), default=0)
    if flat and second:
        fields = number.settled(fields, flat, [second])
    third = None
    if flat and (labels_seen < _CLEAR_LABELS or in_doubt(fields)):
        far = far or look_closer(flat, reader)
        third = told(far, reader.name) if far else None
        if far and third:
            settled = fields if labels_seen >= _ENOUGH_LABELS else {}
            fields = merge.better(settled, _mapped(third.fields, flat), ahead=_SURER)
            labels_seen = max(labels_seen, kind.signs(far.lines).ktp)
            nik = fields.get("nik")
            if nik is None or "digits" not in nik.source:
                fields = number.settled(fields, flat, [card for card in (second, third) if card])
    flat_card = second or third
    if flat and flat_card:
        fields = nik_window.trusted(fields)
        pieces = flat_card.pieces.get("lahir", ())
        fields = birth.settle(fields, lambda: _read_again(pieces, flat, reader))
    measured = quality.measure(
        flat.pixels if flat else photo.pixels, complete=flat is not None and flat.whole, turned=photo.turned
    )
    backed = sum(bool(_LISTS & set(field.source.split("+"))) for field in fields.values())
    unclear = measured.sharp < quality.BLURRED or labels_seen < _ENOUGH_LABELS
    if "nik" not in fields and unclear and backed < _BACKED:
        fields = {}  # what little seems legible on such a photo is guesswork
    doubts = (Finding("NIK_RAGU", Severity.WARNING, ("nik",)),) if nik_window.several(photo.lines) else ()
    reading = Reading(
        Kind.KTP, fields=fields, quality=measured, page=flat.quad if flat else None, findings=doubts
    )
    return reading, (signature.place(flat),) if flat and flat_card else ()


def in_doubt(fields: Mapping[str, Field]) -> bool:
    """True where a field that every card has is missing, or one that no list can put right was read unsurely."""
    missing = any(name not in fields for name in ktp.FIELDS if name not in _MAY_LACK)
    return missing or any(fields[name].confidence < sure for name, sure in _SURE.items())


def look_closer(flat: Flat, reader: Engine) -> Seen | None:
    """What the larger engine reads on a flat card; None where there is no such engine."""
    larger = engines.closer_engine(reader)
    return None if larger is reader else Seen(flat, tuple(closer_lines(flat.pixels, larger)))


def told(seen: Seen, engine: str) -> Card | None:
    """The card in a closer look, its rows told by their labels or by their places: by what leaves more fields, those that
    it lacks by the other."""
    cards = [
        card
        for card in (
            ktp.parse(seen.lines, engine, seen.flat.pixels),
            ktp.parse_placed(seen.lines, engine, seen.flat.pixels, named=kind.names_its_region(seen.lines)),
        )
        if card
    ]
    if not cards:
        return None
    found = max(cards, key=lambda card: len(card.fields))
    cards = [card for card in cards if len(card.labels) >= _ENOUGH_LABELS] or cards
    fields = {name: field for card in (*cards, found) for name, field in card.fields.items()}
    marked = {name: replace(field, source=field.source + "+small") for name, field in fields.items()}
    return replace(found, fields=marked)


def closer_lines(pixels: Pixels, larger: Engine) -> list[Line]:
    """What the larger engine reads on a flat card or the part of a photo that holds one, boxes in its pixels."""
    scale = min(CLOSER_WIDTH / pixels.shape[1], _CLOSER_HIGH / pixels.shape[0], 2.0)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), _SMOOTH), dtype=np.uint8)
    return [line.scaled(1 / scale) for line in larger.read(brightened(soft))]


def _respelled(card: Card, flat: Flat, reader: Engine) -> dict[str, Field]:
    pieces = {name: card.pieces[name] for name in ("nama", "alamat") if name in card.pieces}
    return second_opinion.respelled(card.fields, pieces, flat.pixels, engines.second_engine(reader))


def _read_again(lines: Sequence[Line], flat: Flat, reader: Engine) -> str:
    lines_by = engines.second_engine(reader)
    return second_opinion.ask(lines_by, flat.pixels, {"": lines}).get("", "") if lines_by else ""


def _mapped(fields: Mapping[str, Field], flat: Flat) -> dict[str, Field]:
    return {
        name: replace(field, box=page.mapped(field.box, flat.back) if field.box else None)
        for name, field in fields.items()
    }
