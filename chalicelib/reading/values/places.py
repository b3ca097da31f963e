"""Which region a document names: from the province down, each name looked for only inside what was found above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from chalicelib.identity import regions, spelling
from chalicelib.identity.region import RegionCode

_LONG = 8
"""Letters of a name from which one of them may be wrong."""
LEVELS = ("provinsi", "kabupaten_kota", "kecamatan", "kel_desa")


@dataclass(frozen=True)
class Place:
    """A region found for one level. `score` in [0, 1]: how well the written name fits."""

    code: RegionCode
    printed: str
    score: float


def resolve(written: Mapping[str, str], hint: RegionCode | None = None) -> dict[str, Place]:
    """The regions named by `written` (level → text as read). Goes down while names are clear; `hint`, the region in
    the NIK, only settles which of several near names is meant. A level that is not clear is absent."""
    found: dict[str, Place] = {}
    parent: RegionCode | None = None
    for depth, level in enumerate(LEVELS, 1):
        if depth > 1 and parent is None:
            break
        text = written.get(level, "")
        place = _one(text, parent, depth, hint) if text else None
        if place is None:
            parent = None
            continue
        found[level] = place
        parent = place.code
    return found


def _one(text: str, parent: RegionCode | None, depth: int, hint: RegionCode | None) -> Place | None:
    matches = regions.match(text, parent, at_least=0.6)
    if not matches:
        return None
    best = matches[0]
    ahead = best.score - (matches[1].score if len(matches) > 1 else 0.0)
    hinted = hint is not None and hint.level >= depth and str(hint.at(depth)) == best.code
    clear = best.score == 1.0 or (best.score >= 0.72 and ahead >= 0.08) or (hinted and best.score >= 0.65)
    if not clear:
        return None
    code = RegionCode(best.code)
    return Place(code, spelled_like(text, code), best.score)


def spelled_like(text: str, code: RegionCode) -> str:
    """The spelling of a region that comes nearest to what is written, in capitals."""
    return max(regions.spellings(str(code)), key=lambda name: spelling.likeness(text, name))


def birth_place(written: str, home: RegionCode | None) -> str:
    """A place of birth in the spelling of the gazetteer where its letters are those of a kabupaten or kota, or of a
    place around the holder's home, look-alikes (`WONOGIRL`) and lost blanks aside, or, of a long name that no region has
    in its own, all but one; else as written."""
    wanted = spelling.folded(written)
    around = _around(home)
    found = _bare_names().get(wanted) or next(
        (name for name in around if spelling.folded(name) == wanted), None
    )
    if found is None and len(wanted) >= _LONG and not set(written.split()) <= regions.words():
        near = {name for name in (*_bare_names().values(), *around) if _one_letter_off(wanted, name)}
        found = near.pop() if len(near) == 1 else None
    return found if found and wanted else written


def _one_letter_off(folded: str, name: str) -> bool:
    other = spelling.folded(name)
    return abs(len(other) - len(folded)) <= 1 and Levenshtein.distance(folded, other, score_cutoff=1) == 1


def is_birth_place(written: str) -> bool:
    """True where it is the name of a kabupaten or kota, letter for letter."""
    return written in _bare_names().values()


def _around(home: RegionCode | None) -> list[str]:
    """Names of the kecamatan in the holder's kabupaten and the villages in their kecamatan."""
    if home is None or home.level < 2:
        return []
    rows = regions.children(home.at(2))
    if home.level >= 3:
        rows = [*rows, *regions.children(home.at(3))]
    return [name.upper() for _, name in rows]


@cache
def _bare_names() -> dict[str, str]:
    """Folded name → name in capitals, of each kabupaten and kota without its prefix; a kota keeps no prefix either."""
    names: dict[str, str] = {}
    for province, _ in regions.children(None):
        for _code, label in regions.children(province):
            bare = re.sub(r"^(KABUPATEN|KOTA)( ADMINISTRASI)? ", "", label.upper())
            names.setdefault(spelling.folded(bare), bare)
    return names
