"""Classes of personal fields, for the policy table: who may see a name need not see a number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FieldClass(StrEnum):
    NUMBER = "number"
    NAME = "name"
    ADDRESS = "address"


CLASS_OF: Mapping[str, FieldClass] = {
    "nik": FieldClass.NUMBER,
    "nomor_kk": FieldClass.NUMBER,
    "nama": FieldClass.NAME,
    "alamat": FieldClass.ADDRESS,
    "rt": FieldClass.ADDRESS,
    "rw": FieldClass.ADDRESS,
}
"""The class of each field of a case (`usulan.case.FIELDS`; a test holds the two together)."""
