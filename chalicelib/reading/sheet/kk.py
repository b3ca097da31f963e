"""The head of a family card (KK): its number, the head of the family and the address. Members are another matter.

`parse` wants lines of a rectified page, or at least of a page that lies nearly straight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

from chalicelib.identity import regions
from chalicelib.identity.family_card import FamilyCardNumber, InvalidFamilyCardNumber
from chalicelib.identity.region import RegionCode
from chalicelib.reading.card import ktp
from chalicelib.reading.lines import TYPED, TYPED_TRUST, Line, around
from chalicelib.reading.model import Code, Field
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet.cell_values import titled
from chalicelib.reading.text import labels, rows, spacing, wording
from chalicelib.reading.text.labels import Hit
from chalicelib.reading.text.tilt import measure
from chalicelib.reading.values import places

FIELDS = (
    "nomor_kk", "kepala_keluarga", "alamat", "rt", "rw", "kode_pos", "kel_desa", "kecamatan", "kabupaten_kota",
    "provinsi",
)  # fmt: skip
_NUMBER = re.compile(r"\d{16}")
_POSTAL = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True)
class Sheet:
    """A family card as parsed: `fields` of its head, the `labels` seen, the `pieces` of each value, the `region` its
    address names and the `slope` of its rows."""

    fields: dict[str, Field]
    labels: dict[str, Hit]
    pieces: Mapping[str, Sequence[Line]]
    region: RegionCode | None = None
    slope: float = 0.0


def issued(lines: Sequence[Line], engine: str) -> Field | None:
    """The day on which the card was issued, from the line `Dikeluarkan Tanggal` below its tables; ISO. `lines` lie nearly
    straight."""
    for line in lines:
        score, rest = max(
            labels.split_label(line.text, text) for text in ("Dikeluarkan Tanggal", "Dikeluarkan Tgl")
        )
        if score < 0.72:
            continue
        beside = sorted(
            (one for one in lines if one is not line and _follows(line, one)), key=lambda one: one.left
        )
        found = wording.written_date(" ".join([rest, *(one.text for one in beside)]))
        if found is None:
            continue
        pieces = [line, *(one for one in beside if any(ch.isdigit() for ch in one.text))]
        seen = min(one.confidence for one in pieces)
        trust = TYPED_TRUST if engine == TYPED else 0.97
        return Field(found.isoformat(), seen * trust, around(pieces), engine)
    return None


def _follows(label: Line, one: Line) -> bool:
    level = abs(one.y - label.y) < 0.7 * label.height
    return level and label.right - label.height < one.left < label.right + 12 * label.height


def parse(
    lines: Sequence[Line], codes: Sequence[Code], engine: str, flat: Pixels | None = None
) -> Sheet | None:
    """The head of the card, or None where fewer than three of its labels are there. `codes`: the QR of the new layout
    holds the card's number, which is evidence of its own. `flat`: the rectified picture that the lines were read from, if
    any: blanks are put back by the gaps in its print."""
    form = labels.layout("kk")
    hits = labels.find(lines, (*form.labels, *form.inline), at_least=0.75)
    if len(hits) < 3:
        return None
    reader = _Reader(lines, hits, engine, ktp.spacer(lines, flat))
    for key in hits:
        reader.collect(key)
    reader.simple_fields()
    region = reader.region()
    reader.number(region, codes)
    return Sheet(reader.fields, hits, reader.pieces, region, reader.tilt.slope)


class _Reader:
    def __init__(
        self,
        lines: Sequence[Line],
        hits: dict[str, Hit],
        engine: str,
        spaced: Callable[[Line], spacing.Spaced],
    ) -> None:
        self.lines = lines
        self.hits = hits
        self.engine = engine
        self.spaced = spaced
        self.tilt = measure(lines, hits, 0.0)
        self.height = median(hit.line.height for hit in hits.values())
        self.pieces: dict[str, list[Line]] = {}
        self.fields: dict[str, Field] = {}
        self._labels = {id(hit.line) for hit in hits.values()}

    def collect(self, key: str) -> None:
        """The pieces right of a label in its row, up to the next label there."""
        hit = self.hits[key]
        row = self.tilt.level(hit.line)
        beyond = [
            other.line.left
            for other in self.hits.values()
            if other.line.left > hit.line.right and abs(self.tilt.level(other.line) - row) < 0.6 * self.height
        ]
        end = min(beyond, default=float("inf")) - 0.5 * self.height
        found = [
            line
            for line in self.lines
            if id(line) not in self._labels
            and abs(self.tilt.level(line) - row) < 0.6 * self.height
            and hit.line.left + 0.5 * hit.line.width < line.left < end
        ]
        found.sort(key=lambda line: line.left)
        glued = rows.glued(hit)
        self.pieces[key] = [glued, *found] if glued else found

    def text(self, key: str) -> str:
        return rows.strip_colon(" ".join(rows.strip_colon(line.text) for line in self.pieces.get(key, [])))

    def words(self, key: str) -> tuple[str, str]:
        """`text` with the blanks of its print, and `gaps` as its evidence where they are sure."""
        found = [self.spaced(line) for line in self.pieces.get(key, [])]
        text = rows.strip_colon(" ".join(rows.strip_colon(one.text) for one in found))
        return text, "gaps" if found and all(one.sure for one in found) else ""

    def put(self, key: str, value: str, pieces: Sequence[Line], trust: float, evidence: str = "") -> None:
        if value:
            seen = min((line.confidence for line in pieces), default=0.0)
            trust = TYPED_TRUST if self.engine == TYPED else trust
            source = f"{self.engine}+{evidence}" if evidence else self.engine
            self.fields[key] = Field(value, max(0.0, min(1.0, seen * trust)), around(pieces), source)

    def simple_fields(self) -> None:
        name, gaps = self.words("kepala_keluarga")
        name = titled(wording.trimmed(wording.as_letters(name)))
        if re.fullmatch(r"[A-Z' .,\-/]{2,60}", name):
            self.put("kepala_keluarga", name, self.pieces["kepala_keluarga"], 0.95, gaps)
        address, gaps = self.words("alamat")
        address = wording.trimmed(address)
        if len(address) >= 2:
            self.put(
                "alamat", street_apart(wording.spaced_address(address)), self.pieces["alamat"], 0.9, gaps
            )
        pair = ktp.rt_rw(self.text("rt_rw"))
        if pair:
            self.put("rt", pair[0], self.pieces["rt_rw"], 1.0)
            self.put("rw", pair[1], self.pieces["rt_rw"], 1.0)
        postal = _POSTAL.search(wording.as_digits(self.text("kode_pos")))
        if postal:
            self.put("kode_pos", postal[0], self.pieces["kode_pos"], 1.0)

    def region(self) -> RegionCode | None:
        written = {level: self.text(level) for level in places.LEVELS}
        found = places.resolve(written)
        for level, place in found.items():
            self.put(level, place.printed, self.pieces[level], 0.5 + 0.5 * place.score, "gazetteer")
        for level in ("kecamatan", "kel_desa"):
            plain = wording.trimmed(written[level])
            if level not in found and len(plain) >= 3:
                self.put(level, plain, self.pieces[level], 0.6)
        return min((place.code for place in found.values()), key=lambda code: -code.level, default=None)

    def number(self, region: RegionCode | None, codes: Sequence[Code]) -> None:
        in_codes = {n for code in codes if code.kind == "dukcapil" for n in _NUMBER.findall(code.text)}
        top = min(hit.line.top for hit in self.hits.values())
        best: tuple[float, FamilyCardNumber, Line] | None = None
        for line in self.lines:
            if line.bottom > top + self.height:
                continue
            text = re.sub(r"^\W*N[o0]\W*", "", line.text.replace(" ", ""), flags=re.IGNORECASE)
            for run in re.findall(r"\d{16,18}", wording.as_digits(text)):
                for i in range(len(run) - 15):
                    try:
                        number = FamilyCardNumber.parse(run[i : i + 16])
                    except InvalidFamilyCardNumber:
                        continue
                    weight = _weight(number, region) + (1.0 if len(run) == 16 else 0.0)
                    if best is None or weight > best[0]:
                        best = (weight, number, line)
        if best is not None and best[0] >= 1.5:
            agreed = str(best[1]) in in_codes
            trust = 1.0 if agreed else 0.6 + 0.1 * min(3.5, best[0])
            self.put("nomor_kk", str(best[1]), [best[2]], trust, "qr" if agreed else "window")
            if in_codes and not agreed:
                known = self.fields["nomor_kk"]
                self.fields["nomor_kk"] = Field(known.value, known.confidence * 0.6, known.box, known.source)
        elif len(in_codes) == 1:
            with suppress(InvalidFamilyCardNumber):
                number = FamilyCardNumber.parse(in_codes.pop())
                self.fields["nomor_kk"] = Field(str(number), 0.9, None, "qr")


def street_apart(address: str) -> str:
    """The blank between a leading `JL` or `GG` and an initial."""
    return re.sub(r"^(JL|GG)(?=[A-Z]\. ?[A-Z])", r"\1 ", address)


def _weight(number: FamilyCardNumber, region: RegionCode | None) -> float:
    weight = 1.0 if number.date_is_possible else -0.5
    weight += 0.5 if regions.exists(number.region) else 0.0
    if region is not None:
        shared = [
            level
            for level in range(1, min(3, region.level) + 1)
            if number.region.at(level) == region.at(level)
        ]
        weight += 0.5 * len(shared)
    return weight
