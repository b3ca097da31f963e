"""Places of birth that were read unsurely, matched with the gazetteer.

Names around the family's home come first, then every kabupaten and kota.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from chalicelib.identity import regions, spelling
from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import TYPED
from chalicelib.reading.model import Field
from chalicelib.reading.values import places

_SURE, _SURE_TWICE = 0.9, 0.955
"""Confidence from which a place is taken as read, once and twice (on a blurred table two looks err alike): people are
born in villages that no list around their home holds."""
_SHORTEST_NEAR, _SHORTEST_FAR = 5, 6
"""Letters."""
_NEAR, _FAR = 0.7, 0.8
"""Likeness that a name around home, and one anywhere, needs."""
_AHEAD = 0.1
"""By how much it must be more like than any other name."""
_TRUST = 0.92


def matched(field: Field, home: RegionCode | None) -> Field:
    """`field` in the gazetteer's spelling where its letters are those of a place, or where it was read unsurely and one
    place is clearly nearest; as it is otherwise."""
    if field.source.startswith(TYPED):
        return field
    value = places.birth_place(field.value, home)
    sure = field.confidence >= (_SURE_TWICE if "twice" in field.source else _SURE)
    if sure or value != field.value or places.is_birth_place(value):
        return replace(field, value=value)
    around = _around(str(home.at(min(home.level, 3)))) if home else ()
    found = _nearest(field.value, around, _NEAR, _SHORTEST_NEAR)
    found = found or _nearest(field.value, _everywhere(), _FAR, _SHORTEST_FAR)
    if found is None:
        return field
    name, likeness = found
    return replace(
        field, value=name, confidence=min(_TRUST, 0.3 + 0.65 * likeness), source=field.source + "+gazetteer"
    )


def _nearest(
    written: str, names: tuple[str, ...], at_least: float, shortest: int
) -> tuple[str, float] | None:
    if len(spelling.squeezed(written)) < shortest:
        return None
    ranked = sorted(((spelling.likeness(written, name), name) for name in names), reverse=True)
    if not ranked or ranked[0][0] < at_least:
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _AHEAD:
        return None
    return ranked[0][1], ranked[0][0]


@lru_cache(maxsize=256)
def _around(home: str) -> tuple[str, ...]:
    """The kabupaten or kota of a region, its kecamatan, and the villages of the region's own kecamatan."""
    region = RegionCode(home)
    if region.level < 2:
        return ()
    names = {_bare(regions.printed(region.at(2)))}
    names |= {name.upper() for _, name in regions.children(region.at(2))}
    if region.level >= 3:
        names |= {name.upper() for _, name in regions.children(region.at(3))}
    return tuple(sorted(names))


@lru_cache(maxsize=1)
def _everywhere() -> tuple[str, ...]:
    """Every kabupaten and kota without its prefix."""
    names = {
        _bare(name.upper())
        for province, _ in regions.children(None)
        for _, name in regions.children(province)
    }
    return tuple(sorted(names))


def _bare(name: str) -> str:
    return re.sub(r"^(KABUPATEN|KOTA)( ADMINISTRASI| ADM\.)? ", "", name)
