"""What a value must be before it may stand in a field, whoever brings it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chalicelib.errors import BadInput
from chalicelib.identity.family_card import FamilyCardNumber
from chalicelib.identity.names import normalised
from chalicelib.identity.nik import Nik
from chalicelib.usulan.case import FIELDS


def _nik(text: str) -> str:
    return str(Nik.parse(text))


def _family_card(text: str) -> str:
    return str(FamilyCardNumber.parse(text))


def _words(text: str) -> str:
    return " ".join(text.split())


_PROOFS: Mapping[str, Callable[[str], str]] = {"nik": _nik, "nomor_kk": _family_card, "nama": normalised}


def proved(field: str, value: str) -> str:
    """`value` as it is kept in `field`. BadInput ISIAN_TIDAK_DIKENAL, NAMA_KOSONG, or what the number's parser says."""
    if field not in FIELDS:
        raise BadInput("ISIAN_TIDAK_DIKENAL")
    found = _PROOFS.get(field, _words)(value)
    if field == "nama" and not found:
        raise BadInput("NAMA_KOSONG")
    return found
