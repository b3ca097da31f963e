"""The register of processing names every kind of stored item, and the days and hours that the source has."""

from __future__ import annotations

import json
import re
from pathlib import Path

from chalicelib.aws import items
from chalicelib.usulan.rights import Right, refusals

ROOT = Path(__file__).parents[2]
REGISTER = (ROOT / "docs" / "processing-register.md").read_text(encoding="utf-8")


def test_every_kind_of_stored_item_is_in_the_register() -> None:
    kinds = set(re.findall(r"`([A-Z_]+)#", items.__doc__ or ""))
    assert len(kinds) > 10
    assert {kind for kind in kinds if f"`{kind}#" not in REGISTER} == set()


def test_days_and_hours_are_those_of_the_source() -> None:
    usulan = ROOT / "chalicelib" / "usulan"
    retention = json.loads((usulan / "retention.json").read_text(encoding="utf-8"))
    rights = json.loads((usulan / "rights.json").read_text(encoding="utf-8"))
    first, second = rights["remind_hours"]
    accepted, expired, other = retention["cases_after_end_days"].values()
    for said in (
        f"{accepted} days after it was accepted, {expired} after it expired, {other} after any other end",
        f"{retention['originals_after_end_days']} days after the end",
        f"{rights['answer_hours']} hours after it was asked",
        f"after {first} and {second} hours and each {rights['again_hours']} hours",
        f"for {rights['export_days']} days",
    ):
        assert said in " ".join(REGISTER.split()), said


def test_every_right_has_its_row() -> None:
    table = REGISTER.split("## Rights of the people", 1)[1]
    rows = [
        line for line in table.splitlines() if re.match(r"\| (Copy|Correction|Restriction|Erasure)", line)
    ]
    assert len(rows) == len(Right)
    for right, row in zip(Right, rows, strict=True):
        assert len(re.split(r"; ", row.split("|")[3])) >= len(refusals(right)), right
