"""What the readings propose for the form. The citizen confirms or mends each value; nothing is taken unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.reading.model import Field
from chalicelib.usulan.case import FIELDS, Case
from chalicelib.usulan.documents import Slot

_TREE = ("provinsi", "kabupaten_kota", "kecamatan", "kel_desa")


@dataclass(frozen=True)
class Proposal:
    """A value, how sure the reader is of it in [0, 1], and the photo it stands on."""

    field: Field
    slot: Slot


def proposed_region(fields: Mapping[str, Field]) -> tuple[RegionCode, float] | None:
    """The village that the printed names lead to, walking down the tree; None: some step is not clear."""
    code: RegionCode | None = None
    sure = 1.0
    for name in _TREE:
        if name not in fields:
            return None
        match = regions.clear_match(fields[name].value, code)
        if match is None:
            return None
        code = RegionCode(match.code)
        sure = min(sure, match.score, fields[name].confidence)
    return (code, sure) if code else None


def propose(case: Case) -> dict[str, Proposal]:
    """Proposals by form field, with `kode_wilayah` for the village."""
    found = {name: case.read(name) for name in FIELDS}
    proposals = {name: Proposal(read[1], read[0]) for name, read in found.items() if read}
    for slot in (Slot.KK, Slot.KTP):
        upload = case.uploads.get(slot)
        if upload and upload.reading and (region := proposed_region(upload.reading.fields)):
            proposals["kode_wilayah"] = Proposal(Field(str(region[0]), region[1], None, "wilayah"), slot)
            break
    return proposals
