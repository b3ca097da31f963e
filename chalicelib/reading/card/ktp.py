"""The fields of a KTP out of the lines of text on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.identity import vocabularies
from chalicelib.identity.nik import Sex
from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import TYPED, TYPED_TRUST, Line, around
from chalicelib.reading.model import Field
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.text import dirt, labels, placing, rows, spacing, wording
from chalicelib.reading.text.labels import Hit
from chalicelib.reading.values import blood_type, nik_window, places

FIELDS = (
    "nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "gol_darah", "alamat", "rt", "rw", "kel_desa",
    "kecamatan", "kabupaten_kota", "provinsi", "agama", "status_perkawinan", "pekerjaan", "kewarganegaraan",
    "berlaku_hingga",
)  # fmt: skip
_RT_RW = re.compile(r"(\d{3})\D{1,3}(\d{3})(?!\d)|(?<!\d)(\d{3})(\d{3})(?!\d)")
_SLASH_AS_DIGIT = re.compile(r"(\d{3})[17](\d{3})")

_LONG = 13
"""Digits in one line that make it the NIK."""

blood_group = blood_type.group


@dataclass(frozen=True)
class Card:
    """A KTP as parsed: `fields`, the `labels` seen, the region its address names, the `slope` of its rows."""

    fields: dict[str, Field]
    labels: dict[str, Hit]
    region: RegionCode | None
    slope: float
    head: tuple[Line, ...]
    """The two lines that name provinsi and kabupaten, where both were read."""
    pieces: Mapping[str, tuple[Line, ...]]
    """Label key → the lines of its value."""
    words: tuple[Line, ...]
    """Every line that belongs to the card's text: labels, values and head."""


def parse(lines: Sequence[Line], engine: str, flat: Pixels | None = None) -> Card | None:
    """The card, or None where too few of its labels are on the picture. `lines` stand upright, tilted at most 25°.
    `flat`: the rectified picture they were read from, if any: blanks are put back by the gaps in its print."""
    form = labels.layout("ktp")
    lines = dirt.cleared(lines, form.marks)
    inline = labels.find(lines, form.inline)
    blood = inline.get("gol_darah")
    others = [line for line in lines if blood is None or line is not blood.line]
    hits = labels.find(others, form.labels)
    taken = rows.take_apart(others, hits, form, "nik")
    return None if taken is None else _card(taken, engine, blood, others, spacer(lines, flat))


def parse_placed(lines: Sequence[Line], engine: str, flat: Pixels, *, named: bool = False) -> Card | None:
    """The card read from the rectified picture `flat`, its rows told by their places and contents (`placing`); `named`:
    its NIK names the region in its head."""
    form = labels.layout("ktp")
    lines = dirt.cleared(lines, form.marks)
    blood = labels.find(lines, form.inline).get("gol_darah")
    others = [line for line in lines if blood is None or line is not blood.line]
    taken = placing.take_apart(others, form, flat.shape[1], flat.shape[0], named=named)
    return None if taken is None else _card(taken, engine, blood, others, spacer(lines, flat))


def _card(
    taken: rows.Rows,
    engine: str,
    blood: Hit | None,
    others: Sequence[Line],
    spaced: Callable[[Line], spacing.Spaced],
) -> Card:
    taken = _with_number(taken, others)
    reader = _Reader(taken, engine, spaced)
    reader.simple("agama", 0.7)
    reader.simple("status_perkawinan", 0.7)
    reader.simple("pekerjaan", 0.72)
    reader.simple("kewarganegaraan", 0.6)
    reader.sex_and_blood(blood, others)
    reader.birth()
    reader.name()
    reader.address()
    reader.valid_until()
    region = reader.region()
    reader.birth_place(region)
    reader.nik(region)
    words = [hit.line for hit in taken.hits.values()]
    words += [line for pieces in taken.values.values() for line in pieces]
    head = tuple(head_lines(taken.above))
    return Card(
        reader.fields, dict(taken.hits), region, taken.tilt.slope, head, dict(taken.values), (*words, *head)
    )


def _with_number(taken: rows.Rows, lines: Sequence[Line]) -> rows.Rows:
    """With the row of the NIK where its label was not seen: nothing else on a card is one long row of digits."""
    if "nik" in taken.values:
        return taken
    long = [line for line in lines if nik_window.digits_in(line.text) >= _LONG and len(line.text) <= 20]
    return replace(taken, values={**taken.values, "nik": tuple(long)}) if len(long) == 1 else taken


class _Reader:
    """Collects the fields of one card; each method reads one row."""

    def __init__(self, taken: rows.Rows, engine: str, spaced: Callable[[Line], spacing.Spaced]) -> None:
        self.rows = taken
        self.engine = engine
        self.spaced = spaced
        self.fields: dict[str, Field] = {}

    def pieces(self, key: str) -> tuple[Line, ...]:
        return self.rows.values.get(key, ())

    def text(self, key: str) -> str:
        return rows.strip_colon(" ".join(rows.strip_colon(line.text) for line in self.pieces(key)))

    def words(self, key: str) -> tuple[str, str]:
        """`text` with the blanks of its print, and `gaps` as its evidence where they are sure."""
        found = [self.spaced(line) for line in self.pieces(key)]
        text = rows.strip_colon(" ".join(rows.strip_colon(one.text) for one in found))
        return text, "gaps" if found and all(one.sure for one in found) else ""

    def put(self, key: str, value: str, pieces: Sequence[Line], trust: float, evidence: str = "") -> None:
        """Keep a value; `trust` in [0, 1] is what the rules think of it, times the engine's own score."""
        if not value:
            return
        seen = min((line.confidence for line in pieces), default=0.0)
        trust = TYPED_TRUST if self.engine == TYPED else trust
        source = f"{self.engine}+{evidence}" if evidence else self.engine
        self.fields[key] = Field(value, max(0.0, min(1.0, seen * trust)), around(pieces), source)

    def simple(self, key: str, at_least: float) -> None:
        """A value of a closed list; beside dirt in its row, where one piece alone is such a value."""
        found = vocabularies.clear_match(key, self.text(key), at_least=at_least)
        pieces = self.pieces(key)
        if found is None:
            near = [(vocabularies.clear_match(key, line.text, at_least=0.9), line) for line in pieces]
            found, pieces = next(((one, (line,)) for one, line in near if one), (None, ()))
        if found:
            self.put(key, found.term.printed, pieces, 0.5 + 0.5 * found.score, "vocabulary")

    def sex_and_blood(self, label: Hit | None, lines: Sequence[Line]) -> None:
        pieces = self.pieces("jenis_kelamin")
        text = self.text("jenis_kelamin")
        blood_text, blood_pieces = "", list(pieces)
        glued = blood_type.glued(text)
        if glued:
            text, blood_text = glued
        elif label:
            same_row = [
                line
                for line in lines
                if line.left > label.line.right - 0.3 * label.line.height
                and abs(self.rows.tilt.level(line) - self.rows.tilt.level(label.line)) < 0.5 * self.rows.pitch
                and line.left < label.line.right + 3 * label.line.height
                and len(line.text) <= 5
            ]
            blood_text = label.rest + " " + " ".join(line.text for line in same_row)
            blood_pieces = [label.line, *same_row]
            text = rows.strip_colon(" ".join(line.text for line in pieces if line not in same_row))
        found = vocabularies.clear_match("jenis_kelamin", text.split(" GOL")[0], at_least=0.6)
        if found:
            self.put("jenis_kelamin", found.term.printed, pieces, 0.5 + 0.5 * found.score, "vocabulary")
        value = blood_type.group(blood_text)
        if value:
            self.put("gol_darah", value, blood_pieces, 0.95)

    def birth(self) -> None:
        pieces = self.pieces("lahir")
        text, gaps = self.words("lahir")
        found = wording.find_date(text)
        place = re.split(r"[\s,.]*\d", text, maxsplit=1)[0]
        if found:
            born, start = found
            self.put("tanggal_lahir", born.isoformat(), pieces, 1.0)
            place = text[:start]
        place = wording.trimmed(wording.as_letters(place)).rstrip(".")
        other_value = any(vocabularies.clear_match(key, place) for key in ("jenis_kelamin", "agama"))
        if re.fullmatch(r"[A-Z' .\-()]{2,40}", place) and not other_value:
            self.put("tempat_lahir", place, pieces, 0.9, gaps)

    def birth_place(self, region: RegionCode | None) -> None:
        """Look-alike letters of the place of birth put right by the gazetteer, once the holder's region is known."""
        field = self.fields.get("tempat_lahir")
        if field:
            value = places.birth_place(field.value, region)
            self.fields["tempat_lahir"] = replace(field, value=value)

    def name(self) -> None:
        text, gaps = self.words("nama")
        text = wording.trimmed(wording.as_letters(text))
        if re.fullmatch(r"[A-Z' .,\-/]{2,60}", text):
            self.put("nama", text, self.pieces("nama"), 0.95, gaps)

    def address(self) -> None:
        text, gaps = self.words("alamat")
        text = wording.trimmed(text)
        if len(text) >= 2:
            self.put("alamat", wording.spaced_address(text), self.pieces("alamat"), 0.9, gaps)
        pair = rt_rw(self.text("rt_rw"))
        if pair:
            self.put("rt", pair[0], self.pieces("rt_rw"), 1.0)
            self.put("rw", pair[1], self.pieces("rt_rw"), 1.0)

    def valid_until(self) -> None:
        text = self.text("berlaku_hingga")
        found = wording.find_date(text)
        if found:
            self.put("berlaku_hingga", found[0].strftime("%d-%m-%Y"), self.pieces("berlaku_hingga"), 1.0)
        elif vocabularies.clear_match("berlaku_hingga", text, at_least=0.6):
            self.put("berlaku_hingga", "SEUMUR HIDUP", self.pieces("berlaku_hingga"), 0.95, "vocabulary")

    def region(self) -> RegionCode | None:
        """Provinsi and kabupaten from the head of the card, kecamatan and desa from their rows."""
        head = head_lines(self.rows.above)
        pieces = {
            "provinsi": head[:1],
            "kabupaten_kota": head[1:],
            "kecamatan": list(self.pieces("kecamatan")),
            "kel_desa": list(self.pieces("kel_desa")),
        }
        written = {
            "provinsi": re.sub(
                r"^\W*P\w{5,7}S[I1L]\s*", "", " ".join(line.text for line in pieces["provinsi"])
            ),
            "kabupaten_kota": " ".join(line.text for line in pieces["kabupaten_kota"]),
            "kecamatan": self.text("kecamatan"),
            "kel_desa": self.text("kel_desa"),
        }
        hint = self._hint()
        found = places.resolve(written, hint)
        for level, place in found.items():
            self.put(level, place.printed, pieces[level], 0.5 + 0.5 * place.score, "gazetteer")
        for level, text in written.items():
            plain = wording.trimmed(text)
            if level not in found and level not in ("provinsi", "kabupaten_kota") and len(plain) >= 3:
                self.put(level, plain, pieces[level], 0.6)
        return min((place.code for place in found.values()), key=lambda code: -code.level, default=None)

    def _hint(self) -> RegionCode | None:
        found = nik_window.find(self.pieces("nik"), nik_window.Evidence())
        return found.nik.region if found else None

    def nik(self, region: RegionCode | None) -> None:
        born = self.fields.get("tanggal_lahir")
        sex = self.fields.get("jenis_kelamin")
        evidence = nik_window.Evidence(
            wording.iso(born.value) if born else None, Sex(sex.value) if sex else None, region
        )
        found = nik_window.find(self.pieces("nik"), evidence)
        if found is None or found.confidence < 0.75 or found.weight < 1.5:
            return
        strength = 0.6 + 0.1 * min(4.0, found.weight)
        self.put("nik", str(found.nik), [found.line], min(1.0, strength), "window")


def spacer(lines: Sequence[Line], flat: Pixels | None) -> Callable[[Line], spacing.Spaced]:
    """What puts the blanks of `lines` right, read from `flat`; pieces of lines (after a glued label) stay as they are."""
    whole = {id(line) for line in lines} if flat is not None else set()

    def spaced(line: Line) -> spacing.Spaced:
        if flat is None or id(line) not in whole:
            return spacing.Spaced(line.text, sure=False)
        return spacing.of_line(line, flat)

    return spaced


def head_lines(above: Sequence[Line]) -> list[Line]:
    """The two lines that name provinsi and kabupaten: below each other, the lowest above the first row."""
    wide = [line for line in above if sum(ch.isalpha() for ch in line.text) >= 4]
    start = next(
        (
            i
            for i, line in enumerate(sorted(wide, key=lambda x: x.y))
            if re.match(r"\W*P\w{5,7}S[I1L]", line.text.upper())
        ),
        None,
    )
    ordered = sorted(wide, key=lambda line: line.y)
    if start is not None:
        return ordered[start : start + 2]
    return ordered[-2:] if len(ordered) >= 2 else []


def rt_rw(text: str) -> tuple[str, str] | None:
    """RT and RW, three digits each; of seven digits in a row the middle one is the slash, where it looks like one."""
    digits = wording.as_digits(text)
    pair = _SLASH_AS_DIGIT.fullmatch(re.sub(r"\D", "", digits)) or _RT_RW.search(digits)
    found = [part for part in pair.groups() if part] if pair else []
    return (found[0], found[1]) if found else None
