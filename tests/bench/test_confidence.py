"""Training of confidence: samples hold no values, and the fit learns what is there to be learnt."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bench.confidence import fit, gather, judged, spoil
from bench.confidence.gather import Sample
from chalicelib.local.specimens.catalogue import PICTURES
from chalicelib.reading.confidence import fitted
from chalicelib.reading.model import Field, Kind, Reading
from chalicelib.reading.scoring.truth import Truth
from chalicelib.reading.signals import HEAD


def invented(count: int, seed: int) -> list[Sample]:
    """Values that are right the more often the higher their signal `rules`."""
    rng = random.Random(seed)
    found = []
    for n in range(count):
        rules = rng.uniform(-2, 2)
        right = rng.random() < 1 / (1 + np.exp(-2 * rules - 1))
        found.append(
            Sample(
                f"ktp/{n // 10}",
                "plain",
                "easy",
                (HEAD, rng.choice(["nama", "alamat"])),
                right,
                {"rules": rules},
            )
        )
    return found


GROUPS = {"nama": "name", "alamat": "address"}


def test_the_fit_finds_the_chances_it_was_shown_and_doubts_a_little_more() -> None:
    model = fit.fit(invented(4000, 1), GROUPS)
    for rules in (-1.0, 0.0, 1.0):
        true = 1 / (1 + np.exp(-2 * rules - 1))
        doubted = true / (true + fit.WRONG * (1 - true))
        assert model.probability((HEAD, "nama"), {"rules": rules}) == pytest.approx(doubted, abs=0.05)


def test_what_is_judged_was_not_seen() -> None:
    found = invented(1000, 2)
    items = judged.crossed(found, GROUPS)
    assert len(items) == len(found)
    table = judged.table(items)
    assert "1000 values" in table.note
    assert sum(int(row[1]) for row in table.rows) == 1000


def test_a_fit_needs_right_and_wrong() -> None:
    with pytest.raises(ValueError, match="both"):
        fit.fit([one for one in invented(100, 3) if one.right], GROUPS)


def test_samples_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "samples.csv.gz"
    found = invented(20, 4)
    gather.write(found, path)
    again = gather.kept(path)
    assert [(one.photo, one.place, one.right) for one in again] == [
        (one.photo, one.place, one.right) for one in found
    ]
    assert [one.found["rules"] for one in again] == pytest.approx(
        [one.found["rules"] for one in found], abs=0.01
    )


def test_the_committed_samples_are_those_the_model_was_fitted_to() -> None:
    kept = gather.kept()
    model = fit.fit(kept, fit.groups())
    for group, weights in fitted().weights.items():
        assert model.weights[group] == pytest.approx(dict(weights), abs=0.02)


def test_verdicts_follow_rows_and_leave_out_what_is_not_known() -> None:
    truth = Truth("kk", "easy", {"alamat": "JL A"}, members=({"nama": "BUDI"}, {"nama": "SITI"}))
    reading = Reading(
        Kind.KK,
        {"alamat": Field("JL. A", 0.9), "tanggal_dikeluarkan": Field("2020-01-01", 0.9)},
        ({"nama": Field("SITI", 0.9), "agama": Field("ISLAM", 0.9)},),
    )
    assert list(gather.verdicts(truth, reading)) == [((HEAD, "alamat"), False), ((0, "nama"), True)]


def test_spoilt_copies_repeat_themselves_and_differ() -> None:
    data = (PICTURES / "family-01-ktp.jpg").read_bytes()
    copies = {name: spoil.spoilt(data, name) for name in map(str, range(6))}
    assert spoil.spoilt(data, "0") == copies["0"]
    assert len({copy for _, copy in copies.values()}) == 6
    with pytest.raises(ValueError, match="not a picture"):
        spoil.spoilt(b"x", "0")
