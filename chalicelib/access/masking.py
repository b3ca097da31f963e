"""Masking: what a person sees of a value they have no need of (DOMAIN 6)."""

from __future__ import annotations

from chalicelib.identity.names import mask as mask_name

_NUMBERS = {"nik", "nomor_kk"}
_NAMES = {"nama", "kepala_keluarga"}


def mask(field: str, value: str) -> str:
    """`value` of `field` as shown without need: numbers keep four digits, names their initials, the rest goes."""
    if not value:
        return ""
    if field in _NUMBERS:
        return "*" * max(0, len(value) - 4) + value[-4:]
    if field in _NAMES:
        return mask_name(value)
    return "•••"
