"""The printed birth date against the one in the NIK: where they differ, a second engine is asked before anyone is told.

They may differ lawfully (a number is kept when a date is corrected), but on a photo it is mostly one misread digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from chalicelib.identity.nik import InvalidNik, Nik
from chalicelib.reading.model import Field
from chalicelib.reading.text import wording

SURE = 0.95
"""Confidence at which a printed date stands against the NIK unconfirmed."""


def settle(fields: Mapping[str, Field], read_again: Callable[[], str]) -> dict[str, Field]:
    """`fields` with the birth date kept where it goes with the NIK or a second reading confirms it, replaced where the
    second reading goes with the NIK, and left out where nothing confirms it."""
    settled = dict(fields)
    printed, number = fields.get("tanggal_lahir"), fields.get("nik")
    if printed is None or number is None:
        return settled
    try:
        nik = Nik.parse(number.value)
    except InvalidNik:
        return settled
    if nik.fits_date(wording.iso(printed.value)):
        return settled
    again = wording.find_date(read_again())
    if again and nik.fits_date(again[0]):
        settled["tanggal_lahir"] = replace(
            printed, value=again[0].isoformat(), confidence=0.9, source=printed.source + "+tesseract"
        )
    elif not (again and again[0].isoformat() == printed.value) and printed.confidence < SURE:
        del settled["tanggal_lahir"]
    return settled
