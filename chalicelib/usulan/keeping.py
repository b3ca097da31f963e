"""What of a reading is kept: what some rule uses, and nothing else that happens to be printed on the paper.

The reader reads all of it, in memory. `keeping.json` names each field that is stored and the rule that needs it;
religion, blood group, marriage, birthplace, parents and schooling are needed by none (decision 0015). Rows of a
family card speak of others. They are needed until it is known which one is the person's own: that one stays, the
others become empty rows, which only say how many there were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from chalicelib.reading.model import Field, Reading
from chalicelib.usulan.case import Case
from chalicelib.usulan.crosscheck import own_row
from chalicelib.usulan.documents import Slot

_ROW = "row"


def needed(reading: Reading) -> Reading:
    """A reading at its intake: only fields that a rule uses."""
    return replace(
        reading,
        fields=_only(reading.fields, reading.kind.value),
        members=tuple(_only(row, _ROW) for row in reading.members),
    )


def without_others(case: Case) -> Case:
    """The case once it is known which row of its family card is the person's own. While none is, a corrected NIK may
    still be found among them, so all stay, until the case has ended."""
    own, upload = own_row(case), case.uploads.get(Slot.KK)
    if upload is None or upload.reading is None or (own is None and case.ended_at is None):
        return case
    rows = tuple(row if row is own else {} for row in upload.reading.members)
    if rows == upload.reading.members:
        return case
    return case.with_upload(replace(upload, reading=replace(upload.reading, members=rows)))


def _only(fields: Mapping[str, Field], document: str) -> dict[str, Field]:
    wanted = rules().get(document, {})
    return {name: field for name, field in fields.items() if name in wanted}


@cache
def rules() -> Mapping[str, Mapping[str, str]]:
    """Document (`Kind`, or `row` of a family card) → field → the rule that needs it."""
    table: Mapping[str, Mapping[str, str]] = json.loads(
        Path(__file__).with_name("keeping.json").read_text(encoding="utf-8")
    )
    return table
