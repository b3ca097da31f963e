"""The three zones in which Indonesia reads its clocks, told by the province of a region's code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from chalicelib.identity.region import RegionCode

_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
"""Provinces on WITA (Keppres 41/1987, with Kalimantan Utara and Sulawesi Barat split off later)."""
_EASTERN_FROM = "81"
"""Maluku and Papua, 81 and above, are on WIT; everything else is on WIB."""
_WIB, _WITA, _WIT = (
    timezone(timedelta(hours=hours), name) for hours, name in ((7, "WIB"), (8, "WITA"), (9, "WIT"))
)


def zone_of(region: RegionCode | None) -> timezone:
    """The zone, named as people name it; WIB, in which most of the country lives, where no region is known."""
    province = region.value[:2] if region else ""
    if province >= _EASTERN_FROM:
        return _WIT
    return _WITA if province in _CENTRAL else _WIB


def local(region: RegionCode | None, at: datetime) -> datetime:
    """The moment `at` (aware) as clocks show it in `region`."""
    return at.astimezone(UTC).astimezone(zone_of(region))
