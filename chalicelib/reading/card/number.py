"""The NIK of a card laid flat, read by the digit reader beside the engines: its sixteen digits stand in a face of their
own (OCR-A), where a general engine is at its weakest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.reading.card import anchors
from chalicelib.reading.card.ktp import Card
from chalicelib.reading.digits import reader, strip
from chalicelib.reading.model import Field, Quad
from chalicelib.reading.picture import page
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.upright.flat import Flat
from chalicelib.reading.values import nik_chance, nik_window
from chalicelib.reading.values.nik_chance import Likely

_DIGIT = 0.72
"""Height of a digit in heights of an engine's line."""
_PRINTED = 0.0445
"""Height of a digit in heights of a card."""
_OFF = (-0.5, 0.0, 0.5)
"""Heights of a digit that the row is looked for higher and lower where no line was found."""
_SOME_DIGITS = 5
"""Digits in a line from which it is taken for the number's."""


def settled(fields: Mapping[str, Field], flat: Flat, cards: Sequence[Card]) -> dict[str, Field]:
    """`fields` with the NIK that the engines and the digit reader speak for. `cards`: what was read on the flat picture,
    boxes in its pixels."""
    likely, place = _read(fields, flat, cards)
    found = nik_chance.settled(fields.get("nik"), likely, page.mapped(_box(place), flat.back))
    return {**fields, "nik": found} if found else dict(fields)


def _read(
    fields: Mapping[str, Field], flat: Flat, cards: Sequence[Card]
) -> tuple[Likely | None, strip.Place]:
    evidence = nik_chance.told_by(fields, next((card.region for card in cards if card.region), None))
    usual = _usual(flat.pixels)
    best: Likely | None = None
    where = usual
    for places in (_lines(cards), [usual] if cards else []):
        for place in places:
            cuts = strip.cut(flat.pixels, place, _OFF if place is usual else (0.0,))
            found = nik_chance.likeliest(reader.look(cuts), evidence, fields.get("nik"))
            if found is not None and (best is None or found.chance > best.chance):
                best, where = found, place
        if best is not None and best.chance >= nik_chance.ALONE:
            break
    return best, where


def _lines(cards: Sequence[Card]) -> list[strip.Place]:
    """Where engines saw the number: the widest piece with digits of each look."""
    found = []
    for card in cards:
        pieces = [
            line for line in card.pieces.get("nik", ()) if nik_window.digits_in(line.text) >= _SOME_DIGITS
        ]
        if pieces:
            line = max(pieces, key=lambda piece: piece.width)
            found.append(strip.Place(line.left, line.right, line.y, _DIGIT * line.height))
    return found


def _usual(pixels: Pixels) -> strip.Place:
    """Where the number stands on most cards."""
    height, width = pixels.shape[:2]
    usual, digit = anchors.number(), _PRINTED * height
    return strip.Place(
        usual.left * width - digit / 4,
        (usual.left + usual.width) * width + digit / 4,
        usual.y * height,
        digit,
    )


def _box(place: strip.Place) -> Quad:
    top, bottom = place.y - 0.7 * place.digit, place.y + 0.7 * place.digit
    return ((place.left, top), (place.right, top), (place.right, bottom), (place.left, bottom))
