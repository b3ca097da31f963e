"""What a person should know about a reading: codes of the message catalogue. None of them rejects."""

from __future__ import annotations

from datetime import date

from chalicelib.identity.nik import InvalidNik, Nik, Sex
from chalicelib.reading.model import Finding, Kind, Reading, Severity
from chalicelib.reading.picture import quality

DOUBTFUL = 0.9
"""Probability of being right (`confidence`) below which a NIK is to be compared with the picture."""


def judge(reading: Reading, expected: Kind | None) -> tuple[Finding, ...]:
    """The findings on a reading; `expected` is what the photo was sent as (`Kind.OTHER`: anything goes)."""
    found = [*_photo(reading, expected)]
    if reading.kind is Kind.KTP:
        found += _nik(reading)
    return tuple(found)


def _photo(reading: Reading, expected: Kind | None) -> list[Finding]:
    found = []
    if expected is not Kind.OTHER and (
        reading.kind is Kind.OTHER or (expected is not None and reading.kind is not expected)
    ):
        found.append(Finding("BUKAN_DOKUMEN", Severity.ERROR))
    return [*found, *_quality(reading)]


def _quality(reading: Reading) -> list[Finding]:
    """What makes a photo hard to read, where fields are lost by it (docs/decisions/0006-photo-quality.md)."""
    measured, limits = reading.quality, quality.limits(reading.kind)
    copied = reading.kind is Kind.KTP and measured.photocopy
    bright = measured.light > limits.bright and measured.glare > limits.burnt and not copied
    document = reading.kind in (Kind.KTP, Kind.KK)
    said = {
        "FOTO_GELAP": measured.light < limits.dark,
        "FOTO_TERANG": bright,
        "FOTO_BURAM": measured.sharp < limits.blurred,
        "FOTO_SILAU": measured.glare > limits.glare and not copied and not bright,
        "FOTO_TERPOTONG": document and reading.page is not None and not measured.complete,
        "FOTOKOPI": copied,
    }
    found = [Finding(code, Severity.WARNING) for code, true in said.items() if true]
    if reading.kind is Kind.KTP and measured.screen:
        found.append(Finding("FOTO_LAYAR", Severity.INFO))
    return found


def _nik(reading: Reading) -> list[Finding]:
    field = reading.fields.get("nik")
    if field is None:
        return [Finding("NIK_TIDAK_TERBACA", Severity.ERROR, ("nik",))]
    try:
        nik = Nik.parse(field.value)
    except InvalidNik:
        return [Finding("NIK_RAGU", Severity.WARNING, ("nik",))]
    born = reading.fields.get("tanggal_lahir")
    sex = reading.fields.get("jenis_kelamin")
    doubts = nik.doubts(
        born=date.fromisoformat(born.value) if born else None, sex=Sex(sex.value) if sex else None
    )
    beside = {
        "NIK_BEDA_TANGGAL": ("nik", "tanggal_lahir"),
        "NIK_BEDA_JENIS_KELAMIN": ("nik", "jenis_kelamin"),
    }
    found = [Finding(d.code, Severity(d.severity), beside.get(d.code, ("nik",))) for d in doubts]
    if field.confidence < DOUBTFUL:
        found.append(Finding("NIK_RAGU", Severity.WARNING, ("nik",)))
    return found
