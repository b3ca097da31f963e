"""The bench of the reading: its pictures, what it takes up again, how readers are compared, and that the page says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.reading import compared, drawings, failures, headline, page, pictures, rivals, runs
from bench.reading.pictures import FULL, QUICK, Picture
from bench.reading.runs import Work
from chalicelib.reading.model import Field, Kind, Reading
from chalicelib.reading.scoring.report import Photo, Scored
from chalicelib.reading.scoring.table import Table
from chalicelib.reading.scoring.trust import trust
from chalicelib.reading.scoring.truth import Answer, Cost, Said, Truth


def test_nobody_is_on_two_pictures_of_a_kind() -> None:
    wishes = pictures.wishes(FULL)
    documents = [(wish.kind, wish.number) for wish in wishes if wish.kind in ("ktp", "kk", "house")]
    assert len(set(documents)) == len(documents)
    assert len({wish.name for wish in wishes}) == len(wishes)


def test_a_smaller_run_makes_the_first_pictures_of_a_larger_one() -> None:
    full = set(pictures.wishes(FULL))
    assert set(pictures.wishes(QUICK)) <= full
    assert set(pictures.wishes(pictures.share_of(FULL, 0.1))) <= full
    assert pictures.share_of({"ktp": (9, 1, 1, 0)}, 0.001) == {"ktp": (1, 1, 1, 0)}


def test_pictures_that_are_there_are_not_made_again(tmp_path: Path) -> None:
    counts = {"barkot": (1, 1, 0, 0)}
    assert list(pictures.make(counts, tmp_path, 1)) == ["barkot-easy-001", "barkot-medium-001"]
    (tmp_path / "barkot-easy-001.json").unlink()
    assert list(pictures.make(counts, tmp_path, 1)) == ["barkot-easy-001"]


def photo(name: str, exact: bool, cpu: float) -> Photo:
    truth = Truth("ktp", "easy", {"nik": name, "nama": "A"})
    read = {"nik": Said(name if exact else "0", 0.96), "nama": Said("A", 0.99)}
    return Photo(truth, Answer(True, "ktp", read, cost=Cost(cpu, cpu, 100.0)))


def test_readers_are_compared_on_the_photos_that_all_have_read() -> None:
    everything = {
        rivals.PRODUCT: Scored([photo(str(n), True, 1.0) for n in range(1, 5)]),
        rivals.TESSERACT: Scored([photo(str(n), False, 0.5) for n in range(1, 3)]),
    }
    assert {name: len(run.photos) for name, run in compared.common(everything, "ktp").items()} == {
        rivals.PRODUCT: 2,
        rivals.TESSERACT: 2,
    }
    points = {point.reader: point for point in compared.points(everything, "ktp")}
    assert points["the product"].exact.value == 1.0
    assert (points["Tesseract alone"].cpu, points["Tesseract alone"].exact.value) == (0.5, 0.5)
    (table,) = compared.tables(everything)
    assert {len(row) for row in table.rows} == {len(table.head)}


def test_promises_are_kept_with_their_peer() -> None:
    product = Scored([photo("1", True, 1.0), photo("2", True, 3.0)])
    found = {one.name: one for one in headline.figures(product, Scored([photo("1", False, 0.5)]))}
    assert set(found) <= set(headline.WHAT)
    nik = found["blind.ktp.nik.easy"]
    assert (nik.value, nik.n, nik.aim) == (0.0, 2, 0.5)
    assert nik.peer is not None
    assert nik.peer.value == 100.0
    assert found["blind.ktp.cpu.p95"].value == 3.0
    assert "blind.kk.cells.easy" not in found


def test_a_changed_reader_does_not_take_up_old_answers(tmp_path: Path) -> None:
    reader = rivals.READERS[-1]
    old, new = Work(tmp_path, "aaaaaaaa"), Work(tmp_path, "bbbbbbbb")
    truth = tmp_path / "x.json"
    truth.write_text(json.dumps({"kind": "ktp", "fields": {"nama": "A"}}), encoding="utf-8")
    picture = Picture("ktp", "x", tmp_path / "x.jpg", truth)
    picture.photo.touch()
    reading = Reading(Kind.KTP, {"nama": Field("A", 0.9, None, "ppocr")})
    kept = {"ok": True, **reading.to_dict(), "by_rules": reading.to_dict()}
    old.answer(reader, "x").parent.mkdir(parents=True)
    old.answer(reader, "x").write_text(json.dumps(kept), encoding="utf-8")
    assert [one.right for one in runs.scored(old, reader, [picture]).items] == [True]
    assert runs.scored(new, reader, [picture]).photos == []
    assert len(runs.state()) == 8


def test_an_answer_gets_the_confidence_of_the_model_of_today() -> None:
    reading = Reading(Kind.KTP, {"nama": Field("BUDI SANTOSO", 0.5, None, "ppocr")})
    answer = {"ok": True, **reading.to_dict(), "by_rules": reading.to_dict()}
    assert rivals.calibrated(answer)["fields"]["nama"]["confidence"] != 0.5
    assert rivals.calibrated({"ok": True}) == {"ok": True}


def test_drawings_hold_a_mark_for_each_bin_and_reader() -> None:
    scored = Scored([photo(str(n), n > 1, 1.0) for n in range(5)])
    bins = trust(scored.items).bins
    assert drawings.reliability(bins).count("<circle") == len(bins)
    points = compared.points({rivals.PRODUCT: scored}, "ktp")
    assert drawings.curve({"ktp": points}).count("<circle") == 1


def test_the_page_keeps_its_words_and_takes_new_figures(tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    taken = {"date": "2026-11-22", "command": "c", "seed": 1, "load": 0.1, "processors": 2, "state": "s"}
    page.keep(taken, [Table("Title", ("a",), (("1",),), "Note.")], path)
    old = f"words\n{page.BEGIN}\nold\n{page.END}\nmore words\n"
    new = page.renewed(old, page.measured(path))
    assert new.startswith("words\n")
    assert new.endswith("\nmore words\n")
    assert "| 1 |" in new
    assert "old" not in new
    with pytest.raises(ValueError, match="no place"):
        page.renewed("words", "figures")


def test_the_page_says_what_was_measured() -> None:
    written = page.PAGE.read_text(encoding="utf-8")
    assert page.renewed(written, page.measured()) == written


def test_the_pages_pictures_are_there_and_small() -> None:
    drawn = [page.PAGE.parent / "pictures" / f"reading-{case.name}.jpg" for case in failures.CASES]
    assert all(f"pictures/{path.name}" in page.PAGE.read_text(encoding="utf-8") for path in drawn)
    assert sum(path.stat().st_size for path in drawn) < 300_000
