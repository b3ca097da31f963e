"""The bench of quality checks: its faults are those it says, and its counts are what was said."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bench.quality import pictures, worth
from bench.quality.pictures import Step
from bench.quality.readings import Read
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.reading.scoring.truth import Answer, Truth

QUAD = ((100.0, 200.0), (900.0, 220.0), (880.0, 700.0), (110.0, 690.0))


@pytest.mark.parametrize("share", [0.05, 0.25])
@pytest.mark.parametrize("seed", range(6))
def test_a_cut_leaves_so_much_of_the_document_outside(share: float, seed: int) -> None:
    left, top, right, bottom = pictures.window(QUAD, (1200, 900), share, random.Random(seed))
    xs, ys = zip(*QUAD, strict=True)
    across = (max(left - min(xs), 0) + max(max(xs) - right, 0)) / (max(xs) - min(xs))
    down = (max(top - min(ys), 0) + max(max(ys) - bottom, 0)) / (max(ys) - min(ys))
    assert sorted((across, down)) == [0, pytest.approx(share, abs=0.002)]


def test_copies_and_screens_are_asked_of_cards_only_and_every_fault_has_its_finding() -> None:
    faults = {kind: {step.fault: step.finding for step in pictures.steps(kind)} for kind in ("ktp", "kk")}
    assert set(faults["ktp"]) - set(faults["kk"]) == {"photocopy", "screen"}
    assert {fault for fault, finding in faults["ktp"].items() if not finding} == {
        "none",
        "turned",
        "far",
        "far-medium",
    }


def test_a_far_photo_is_as_far_as_it_says_and_of_its_grade_in_all_else(tmp_path: Path) -> None:
    wanted = pictures.pictures({"ktp": 1}, tmp_path, ("far", "far-medium"))
    assert {one.step.grade for one in wanted if one.step.fault == "far"} == {Grade.EASY}
    assert {one.step.grade for one in wanted if one.step.fault == "far-medium"} == {Grade.MEDIUM}
    farthest = min(wanted, key=lambda one: one.step.value)
    assert list(pictures.make([farthest], 1)) == ["ktp-01"]
    truth = json.loads(farthest.truth.read_text(encoding="utf-8"))
    xs, ys = zip(*truth["quad_oriented"], strict=True)
    spans = (max(xs) - min(xs)) / truth["params"]["size"][0], (max(ys) - min(ys)) / truth["params"]["size"][1]
    assert max(spans) == pytest.approx(farthest.step.value, abs=0.002)


def read(step: Step, *found: str, blur: float = 0.03, lost: float = 0.0) -> Read:
    params = {"blur": blur, "motion": 0.0, "resolution": 1.0, "exposure": 0.0, "light": 0.1, "shadow": 0.0}
    return Read(
        "ktp", step, Truth("ktp", "easy", {}, params=params), Answer(True, "ktp", findings=frozenset(found)), (9, 9), lost
    )  # fmt: skip


SHARP, BLURRED = Step("none", "", "", 0), Step("blur", "FOTO_BURAM", "blur", 0.2)


def test_what_is_named_is_counted_by_strength_and_by_finding() -> None:
    found = [
        read(BLURRED, "FOTO_BURAM", blur=0.2, lost=0.5),
        read(BLURRED, "FOTO_GELAP", blur=0.2),
        read(SHARP, "FOTO_BURAM"),
        read(SHARP),
    ]
    rows = {row[0]: row[2:] for row in worth.by_strength(found).rows}
    assert rows["ktp blur"] == ("2", "25 %", "2 of 2", "1", "1")
    assert rows["ktp none"] == ("2", "0 %", "–", "–", "1")
    (blurred,) = [row for row in worth.by_finding(found).rows if row[1] == "FOTO_BURAM"]
    assert blurred[2].startswith("50.0 %")
    assert blurred[4].startswith("50.0 %")
    asked = {row[0]: row[1:3] for row in worth.alarms(found).rows}
    assert asked == {
        "without a fault": ("2", "1"),
        "all values read as printed": ("3", "2"),
        "values lost": ("1", "1"),
    }
