"""Telling what a photo shows by the words printed on it: each document has labels that no other has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chalicelib.identity import regions, spelling
from chalicelib.identity.region import RegionCode
from chalicelib.reading import layouts
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Kind
from chalicelib.reading.text import labels, wording
from chalicelib.reading.values import nik_window

ENOUGH = 4
"""Labels of a document that must be seen before the photo is taken for it."""
_NAMED = 0.85
"""Likeness of a line to a region's name, or to a title, from which it is that."""
_NUMBER = re.compile(r"([0-9]{4})\w{10,12}$")
_DIGITS = 14
"""Of the sixteen digits of a number, those that must be read as such."""


@dataclass(frozen=True)
class Signs:
    """How many labels of a KTP and of a family card the words hold, whether a title of another card is there, and how
    many labels stand on end: patterns of cloth and newsprint run any way, labels as the page lies."""

    ktp: int
    kk: int
    foreign: bool
    upended: int = 0

    @property
    def most(self) -> int:
        return max(self.ktp, self.kk)

    def kind(self, enough: int = ENOUGH) -> Kind | None:
        """KTP or KK where enough of its labels are there; None otherwise."""
        if self.foreign or self.most < enough:
            return None
        return Kind.KTP if self.ktp >= self.kk else Kind.KK


def signs(lines: Sequence[Line]) -> Signs:
    """Count the labels among lines of text. Labels only one document has count twice against the other."""
    table = _table()
    seen = {name: _seen(lines, table[name]) for name in ("ktp", "kk")}
    ktp, kk = len(seen["ktp"]), len(seen["kk"])
    only_ktp, only_kk = (
        len(set(seen["ktp"]) & set(table["only_ktp"])),
        len(set(seen["kk"]) & set(table["only_kk"])),
    )
    if only_kk > only_ktp:
        ktp = 0
    elif only_ktp > only_kk:
        kk = 0
    foreign = any(spelling.likeness(line.text, title) >= 0.8 for line in lines for title in table["foreign"])
    upended = sum(line.upended for line in (seen["ktp"] | seen["kk"]).values())
    title = _title(lines) if kk and not only_ktp else None
    if title:
        kk = max(kk, ENOUGH)
        upended = kk if title.upended else upended
    return Signs(ktp, kk, foreign, upended)


def names_its_region(lines: Sequence[Line]) -> bool:
    """True where a NIK stands below the name of the kabupaten or kota that it begins with: so much only a KTP says, also
    where its labels, the smallest print, are gone."""
    for line in lines:
        found = nik_window.find([line], nik_window.Evidence())
        home = found.nik.region.at(2) if found else None
        if home is None or not regions.exists(home):
            continue
        above = [one.text for one in lines if one.y < line.y]
        names = regions.spellings(str(home))
        if any(spelling.likeness(text, name) >= _NAMED for text in above for name in names):
            return True
    return False


def _title(lines: Sequence[Line]) -> Line | None:
    """The title of a family card, if a number of sixteen digits that begins with a kabupaten's code stands beside it: its
    largest print, which stays when its labels are gone."""
    printed = _table()["title_kk"]
    titles = [line for line in lines if any(spelling.likeness(line.text, text) >= _NAMED for text in printed)]
    if len(titles) != 1:
        return None
    title = titles[0]
    long, short = max(title.width, title.height), min(title.width, title.height)
    far = (3 * short, long) if title.upended else (long, 3 * short)
    for line in lines:
        near = abs(line.x - title.x) < far[0] and abs(line.y - title.y) < far[1]
        number = _NUMBER.search(wording.as_digits(line.text)) if near else None
        if number and sum(ch.isdigit() for ch in number[0]) >= _DIGITS:
            code = RegionCode.parse(number[1])
            return title if regions.exists(code) else None
    return None


def _seen(lines: Sequence[Line], wanted: Sequence[str]) -> dict[str, Line]:
    """The labels of `wanted` that lines hold, and the first line that holds each."""
    found = {}
    for text in wanted:
        need = 1.0 if len(spelling.squeezed(text)) <= 4 else 0.78
        line = next((line for line in lines if labels.split_label(line.text, text)[0] >= need), None)
        if line is not None:
            found[text] = line
    return found


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = layouts.load("kinds")
    return table
