"""What speaks for and against each value of a reading, in numbers: all of it can be seen on the reading itself.

`confidence` turns these signals into a probability; docs/reading.md explains each. Every signal lies in about
[-2, 4], and 0 means "nothing to say".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import hypot, log, log10
from statistics import median

from chalicelib.identity import regions
from chalicelib.identity.nik import InvalidNik, Nik
from chalicelib.reading.model import Field, Kind, Quad, Reading
from chalicelib.reading.values import places

Place = tuple[int, str]
"""Row of the member table from 0, -1 for the document's own fields; and the field."""
HEAD = -1
_TOKENS = (
    "twice",
    "tesseract",
    "gaps",
    "small",
    "gazetteer",
    "vocabulary",
    "window",
    "kin",
    "qr",
    "pdf",
    "digits",
)
"""Evidence in `Field.source` that counts as a signal of its own."""
_EXPECTED = {Kind.KTP: 18, Kind.KK: 10}
"""Fields in a document's own part."""
_USUAL_PRINT = 25.0
"""Pixels that a line's box is high on a photo that reads well."""
_MIXED = re.compile(r"[A-Z]\d+[A-Z]|\d[A-Z]+\d|[A-Z]{3,}\d|\d[A-Z]{3,}")
"""Letters and digits within one word: `PONOR0GO`."""


@dataclass(frozen=True)
class _Whole:
    """What holds for the reading as a whole."""

    photo: Mapping[str, float]
    pitch: float
    niks: Mapping[int, Nik]


def signals(reading: Reading) -> dict[Place, dict[str, float]]:
    """The signals of each value of the reading; those that are 0 are left out."""
    whole = _whole(reading)
    found = {}
    for place, field in values(reading):
        here = {
            **whole.photo,
            **_own(field),
            **_look(place[1], field, whole.pitch),
            **_nik(reading, place, whole),
        }
        found[place] = {name: value for name, value in here.items() if value}
    return found


def values(reading: Reading) -> Iterator[tuple[Place, Field]]:
    """Each value with its place."""
    for name, field in reading.fields.items():
        yield (HEAD, name), field
    for row, cells in enumerate(reading.members):
        for name, field in cells.items():
            yield (row, name), field


def _whole(reading: Reading) -> _Whole:
    every = [field for _, field in values(reading)]
    seen = [_doubt(field) for field in every]
    measured = reading.quality
    expected = _EXPECTED.get(reading.kind, 1)
    photo = {
        "photo.legible": sum(seen) / len(seen) - 1.5 if seen else 0.0,
        "photo.blur": max(0.0, 0.5 - measured.sharp) * 2,
        "photo.dim": max(0.0, 0.35 - measured.light) * 3,
        "photo.bright": max(0.0, measured.light - 0.65) * 3,
        "photo.glare": min(1.0, measured.glare * 20),
        "photo.photocopy": float(measured.photocopy),
        "photo.turned": float(measured.turned != 0),
        "photo.no_page": float(reading.page is None),
        "photo.lost": max(0, expected - len(reading.fields)) / expected,
    }
    pitches = [pitch for field in every if (pitch := _pitch(field)) is not None]
    niks = {
        place[0]: nik for place, field in values(reading) if place[1] == "nik" and (nik := _parsed(field))
    }
    return _Whole(photo, median(pitches) if pitches else 0.0, niks)


def _doubt(field: Field) -> float:
    """The rules' own confidence: 1 for 0.9, 2 for 0.99, at most 4."""
    return min(4.0, -log10(max(1e-4, 1 - field.confidence)))


def _own(field: Field) -> dict[str, float]:
    tokens = set(field.source.split("+"))
    return {
        "rules": _doubt(field),
        "rules.low": max(0.0, 0.9 - field.confidence) * 5,
        **{f"by.{token}": float(token in tokens) for token in _TOKENS},
    }


def _look(name: str, field: Field, usual: float) -> dict[str, float]:
    """How the value looks: its size on the photo, its letters' width, its words."""
    words = field.value.split()
    pitch = _pitch(field)
    off = log(pitch / usual) if pitch and usual else 0.0
    high = _height(field.box)
    return {
        "print.small": max(0.0, min(2.0, 2 * log(_USUAL_PRINT / high))) if high else 0.0,
        "print.wide": max(0.0, min(1.0, off)),
        "print.narrow": max(0.0, min(1.0, -off)),
        "text.short": float(len(field.value) <= 3),
        "text.long": max(0.0, len(field.value) - 20) / 20,
        "text.longest_word": max(0.0, max((len(word) for word in words if word.isalpha()), default=0) - 10)
        / 5,
        "text.scrap": float(any(len(word) == 1 and word.isalpha() for word in words))
        if len(words) > 1
        else 0.0,
        "text.mixed": float(bool(_MIXED.search(field.value))),
        "text.known_place": float(name == "tempat_lahir" and places.is_birth_place(field.value)),
    }


def _nik(reading: Reading, place: Place, whole: _Whole) -> dict[str, float]:
    """Whether the NIK of the card or of the member's row goes with the value; for the NIK, whether the rest does."""
    row, name = place
    fields = reading.fields if row == HEAD else reading.members[row]
    nik = whole.niks.get(row)
    if nik is None:
        return {"nik.none": float(reading.kind is Kind.KTP or row != HEAD)}
    date_fits, sex_fits = _date_fits(nik, fields), _sex_fits(nik, fields)
    home = _home(nik, reading.fields)
    agree = {"tanggal_lahir": date_fits, "jenis_kelamin": sex_fits}
    if name in agree:
        return {"nik.agrees": float(agree[name] is True), "nik.differs": float(agree[name] is False)}
    if name in places.LEVELS[:3] and row == HEAD:
        return {"nik.home": float(home >= places.LEVELS.index(name) + 1)}
    if name == "nik":
        return {
            "nik.date": float(date_fits is True),
            "nik.date_differs": float(date_fits is False),
            "nik.sex": float(sex_fits is True),
            "nik.sex_differs": float(sex_fits is False),
            "nik.home": home / 3,
            "nik.unknown_region": float(not regions.exists(nik.region)),
        }
    return {"nik.row_holds": float(date_fits is True)}


def _date_fits(nik: Nik, fields: Mapping[str, Field]) -> bool | None:
    born = fields.get("tanggal_lahir")
    try:
        return nik.fits_date(date.fromisoformat(born.value)) if born else None
    except ValueError:
        return None


def _sex_fits(nik: Nik, fields: Mapping[str, Field]) -> bool | None:
    sex = fields.get("jenis_kelamin")
    return nik.sex.value == sex.value if sex else None


def _home(nik: Nik, fields: Mapping[str, Field]) -> int:
    """How many levels of the NIK's region have the names that the document prints: 0 to 3."""
    shared = 0
    for level, name in enumerate(places.LEVELS[:3], 1):
        code = str(nik.region.at(level))
        if (
            name not in fields
            or not regions.exists(code)
            or fields[name].value not in regions.spellings(code)
        ):
            break
        shared = level
    return shared


def _parsed(field: Field) -> Nik | None:
    try:
        return Nik.parse(field.value)
    except InvalidNik:
        return None


def _height(box: Quad | None) -> float:
    """Pixels from the first corner down to the last."""
    if box is None:
        return 0.0
    (x0, y0), (x1, y1) = box[0], box[3]
    return max(1.0, hypot(x1 - x0, y1 - y0))


def _pitch(field: Field) -> float | None:
    """Width of a letter in heights of its line; None for short values and values over two lines."""
    if field.box is None or len(field.value) < 5:
        return None
    (x0, y0), (x1, y1) = field.box[0], field.box[1]
    pitch = hypot(x1 - x0, y1 - y0) / len(field.value) / _height(field.box)
    return pitch if 0.1 < pitch < 2 else None
