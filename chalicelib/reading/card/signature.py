"""Where somebody signed a KTP: below the portrait and the day of issue, right of all values (layouts/ktp.json)."""

from __future__ import annotations

from chalicelib.reading import layouts
from chalicelib.reading.model import Quad
from chalicelib.reading.picture import page
from chalicelib.reading.upright.flat import Flat


def place(flat: Flat) -> Quad:
    """The place on the photo, by the card laid flat."""
    high, wide = flat.pixels.shape[:2]
    left, top, right, bottom = (float(share) for share in layouts.load("ktp")["signature"])
    quad: Quad = (
        (left * wide, top * high),
        (right * wide, top * high),
        (right * wide, bottom * high),
        (left * wide, bottom * high),
    )
    return page.mapped(quad, flat.back)
