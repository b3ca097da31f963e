"""A few hundred mutated files in each run of the tests; `make fuzz` sends the rest."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bench.fuzz import corpus, target
from bench.fuzz.mutate import SEED, mutated
from bench.fuzz.watch import Run

BLOCK = 50


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's word on broken metadata
@pytest.mark.parametrize("block", range(5))
def test_mutated_files_are_decoded_or_refused(block: int) -> None:
    answers = {
        target.decoded(mutated(corpus.small(), SEED + 1, number)[1])
        for number in range(block * BLOCK, (block + 1) * BLOCK)
    }
    assert answers <= {"ok", *target.ANSWERS}
    assert {"ok", "FOTO_RUSAK"} <= answers, "mutations that all pass, or none, find nothing"


@pytest.mark.parametrize("number", [16318, 19509, 30474, 43596])
def test_photos_that_brought_libheif_down_are_refused(number: int) -> None:
    """Found by `make fuzz`: each of these ended the process with a segmentation fault."""
    assert target.decoded(mutated(corpus.small(), 4700, number)[1]) == "FOTO_RUSAK"


def test_the_same_seed_and_number_make_the_same_file() -> None:
    files = {"one": b"abcdefgh" * 40, "two": b"\x00" * 300}
    assert [mutated(files, 5, n) for n in range(30)] == [
        mutated(dict(reversed(files.items())), 5, n) for n in range(30)
    ]
    assert len({mutated(files, 5, n)[1] for n in range(30)}) > 20
    assert mutated(files, 5, 3) != mutated(files, 6, 3)


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    (tmp_path / "decode.json").write_text(
        json.dumps({"seed": 9, "done": 40, "failures": 2, "answers": {"ok": 38, "raised": 2}})
    )
    run = Run("decode", 9, tmp_path)
    assert (run.done, run.failures) == (40, 2)
    assert list(run.go(40, time.monotonic() + 60)) == []
    assert Run("decode", 10, tmp_path).done == 0, "another seed begins anew"


def test_a_file_that_kills_the_process_is_kept_and_passed_over(tmp_path: Path) -> None:
    """As the watcher notes it when the watched process ends by itself."""
    run = Run("decode", SEED, tmp_path)
    run._note("died", "exit code -11")
    run.keep()
    name, data = mutated(corpus.small(), SEED, 0)
    assert (tmp_path / f"decode-{SEED}-0.bin").read_bytes() == data
    assert (tmp_path / f"decode-{SEED}-0.txt").read_text().startswith(f"{name}\ndied\n")
    assert Run("decode", SEED, tmp_path).done == 1
