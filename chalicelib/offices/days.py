"""Which day it is in a region: offices begin and end at midnight there, not in Jakarta."""

from __future__ import annotations

from datetime import date, datetime

from chalicelib.identity.region import RegionCode
from chalicelib.identity.zones import local


def day_in(region: RegionCode, at: datetime) -> date:
    """The local date in `region` at the moment `at` (aware)."""
    return local(region, at).date()
