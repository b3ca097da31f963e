"""Which region a document names: from the province down, each name looked for only inside what was found above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.identity import regions, spelling
from chalicelib.identity.region import RegionCode

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
