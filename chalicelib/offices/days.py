"""Which day it is in a region: offices begin and end at midnight there, not in Jakarta."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from chalicelib.identity.region import RegionCode

_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
"""Provinces on WITA (Keppres 41/1987, with Kalimantan Utara and Sulawesi Barat split off later)."""
_EASTERN_FROM = "81"
"""Maluku and Papua, 81 and above, are on WIT; everything else is on WIB."""


def day_in(region: RegionCode, at: datetime) -> date:
    """The local date in `region` at the moment `at` (aware)."""
    province = region.value[:2]
    hours = 9 if province >= _EASTERN_FROM else 8 if province in _CENTRAL else 7
    return (at.astimezone(UTC) + timedelta(hours=hours)).date()
