"""The measurement of veiled signatures, on one card and one sheet of its own pictures."""

from __future__ import annotations

import pytest

from bench.signatures import Measured, measure, table
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.prints import Wish, made


@pytest.mark.parametrize("kind", ["ktp", "kk"])
def test_signatures_are_covered_and_no_value_is_touched(kind: str) -> None:
    (piece,) = made(Wish(f"signed-{kind}", kind, 3004, 4803, Grade.EASY))
    assert piece.truth["signatures"]
    measured, seen = measure(piece, kind)
    assert min(measured.shares) >= 0.95
    assert measured.touched == ()
    assert measured.values > 10
    assert seen.reading.fields[{"ktp": "nik", "kk": "nomor_kk"}[kind]].value in piece.truth["fields"].values()


def test_a_card_that_is_not_found_is_counted_as_open() -> None:
    lines = list(
        table(
            [Measured("ktp", "hard", False, (0.0,), (), 18), Measured("ktp", "hard", True, (0.99,), (), 18)]
        )
    )
    assert lines[-1] == "| ktp | all | 2 | 1 | 2 | 1 | 1 of 1 | 0.49 | 0 of 36 |"
