"""Scores: what counts as the same value, which row is which, what the figures mean, and that nothing read is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.local.specimens.catalogue import PICTURES
from chalicelib.reading.scoring import flags, trust
from chalicelib.reading.scoring.alignment import aligned
from chalicelib.reading.scoring.command import main
from chalicelib.reading.scoring.compare import CELL, KTP, NEGATIVE, Item, invented_rows, items
from chalicelib.reading.scoring.measured import measured
from chalicelib.reading.scoring.normal import normal
from chalicelib.reading.scoring.report import Photo, Scored, exact, kinds, nearest_rank, refused, tables
from chalicelib.reading.scoring.table import Table
from chalicelib.reading.scoring.tally import Share, tally
from chalicelib.reading.scoring.truth import Answer, Said, Truth, UnusableTruth, answer_of, truth_of

CARD = PICTURES / "family-01-ktp.json"
SHEET = PICTURES / "family-01-kk.json"


def said(values: dict[str, str], confidence: float = 0.97) -> dict[str, Said]:
    return {name: Said(value, confidence) for name, value in values.items()}


def item(
    confidence: float, *, right: bool, name: str = "nama", empty: bool = False, grade: str = "easy"
) -> Item:
    return Item(KTP, name, grade, right, empty, silent=False, offered=True, confidence=confidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. Melati  No. 5", "JL.MELATI NO.5"),
        ("RT 001 / 002", "rt 001/002"),
        ("SITI AMINAH.", " SITI AMINAH"),
        ("ＡＢ", "AB"),
        ("-", ""),
        (" - ", None),
        ("'AISYAH", "AISYAH"),
    ],
)
def test_spellings_that_count_as_the_same(one: str, other: str | None) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("SITI AMINAH", "SITIAMINAH"), ("0812", "O812"), ("A+", "A"), ("S-1", "S1")]
)
def test_spellings_that_do_not(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text(max_size=30))
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normal(normal(text)) == normal(text)


ROWS = [
    {"nama": "BUDI SANTOSO", "nik": "1"},
    {"nama": "SITI AMINAH", "nik": "2"},
    {"nama": "RINA", "nik": "3"},
]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (ROWS, [0, 1, 2]),
        (ROWS[1:], [None, 0, 1]),
        ([ROWS[0], ROWS[2]], [0, None, 1]),
        ([{"nama": "KEPALA", "nik": "9999999"}, *ROWS], [1, 2, 3]),
        ([], [None, None, None]),
        ([{"nama": "BUDI SANTOSA"}, {"nama": "SITI AMNAH"}, {"nama": "RlNA"}], [0, 1, 2]),
    ],
)
def test_a_lost_row_costs_that_row_only(read: list[dict[str, str]], expected: list[int | None]) -> None:
    assert aligned(ROWS, read) == expected


values = st.dictionaries(st.sampled_from(["nama", "nik", "agama"]), st.text("AB1", max_size=4), max_size=3)


@given(st.lists(values, max_size=5), st.lists(values, max_size=5))
def test_rows_keep_their_order_and_serve_once(
    truth: list[dict[str, str]], read: list[dict[str, str]]
) -> None:
    places = [place for place in aligned(truth, read) if place is not None]
    assert len(aligned(truth, read)) == len(truth)
    assert places == sorted(set(places))
    assert all(0 <= place < len(read) for place in places)


def test_every_kind_of_answer_is_told_apart() -> None:
    truth = Truth("ktp", "easy", {"nik": "1", "nama": "A", "rt": "001", "gol_darah": "-", "rw": "002"})
    answer = Answer(True, "ktp", said({"nik": "1", "nama": "B", "gol_darah": "O", "rw": "-"}))
    found = {one.field: one for one in items(truth, answer)}
    assert [found[name].right for name in ("nik", "nama", "rt", "gol_darah", "rw")] == [True, *[False] * 4]
    assert [name for name in found if found[name].missing] == ["rt", "rw"]
    assert [name for name in found if found[name].wrong] == ["nama", "gol_darah"]
    assert [name for name in found if not found[name].offered] == ["rt"]
    count = tally(found.values())
    assert (count.exact, count.filled, count.missing, count.wrong) == (Share(1, 5), Share(1, 4), 2, 2)


def test_cells_count_by_their_row_and_rows_too_many_are_seen() -> None:
    truth = Truth("kk", "easy", {}, members=tuple(ROWS[:2]))
    answer = Answer(True, "kk", members=tuple(said(row) for row in ROWS))
    assert all(one.right and one.part == CELL for one in items(truth, answer))
    assert invented_rows(truth, answer) == 1


def test_a_nik_whose_print_is_gone_counts_and_is_told_apart() -> None:
    seen = Truth("ktp", "hard", {"nik": "1311041110639924", "nama": "AFRIZAL"})
    gone = Truth("ktp", "hard", dict(seen.fields), flags=frozenset({"weak_nik"}))
    answers = (Answer(True, "ktp", said(dict(seen.fields))), Answer(True, "ktp", said({"nama": "AFRIZAL"})))
    scored = Scored([Photo(truth, answer) for truth, answer in zip((seen, gone), answers, strict=True)])
    shares = {row[0]: (row[2].split()[0], row[3]) for row in exact(scored).rows}
    assert shares["KTP, NIK"] == ("50.0", "2")
    assert shares["KTP, NIK, where it can be made out"] == ("100.0", "1")
    assert shares["KTP, all fields"] == ("75.0", "4")


def test_a_hidden_value_that_was_returned_is_an_error() -> None:
    truth = Truth("ktp", "easy", {"nama": "A"}, hidden={"nik": "1"}, negative=True)
    scored = Scored([Photo(truth, Answer(True, "ktp", said({"nama": "A", "nik": "1"})))])
    assert [(one.field, one.right) for one in scored.items] == [("nama", True), ("nik", False)]
    assert {one.part for one in scored.items} == {NEGATIVE}
    assert dict(refused(scored).rows) == {
        "photos": "1",
        "with a NIK that cannot be seen": "1",
        "hidden values returned": "1",
    }


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_intervals_are_wilsons(hits: int, n: int, low: float, high: float) -> None:
    """0 of 10 and 81 of 263: R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, method 3."""
    assert Share(hits, n).interval == pytest.approx((low, high), abs=5e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share(hits: int, n: int) -> None:
    share = Share(min(hits, n), n)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_silent_errors_count_from_the_limit_on() -> None:
    found = [item(0.95, right=False), item(0.949, right=False), item(0.99, right=True), item(0.2, right=True)]
    sure = trust.silent(found, 0.95)
    assert (sure.wrong, sure.covered) == (Share(1, 2), Share(2, 4))


def test_auroc_is_the_chance_that_right_outranks_wrong() -> None:
    scores, right = [0.9, 0.8, 0.8, 0.3, 0.1], [True, True, False, True, False]
    pairs = [
        (a, b)
        for a, good in zip(scores, right, strict=True)
        if good
        for b, g in zip(scores, right, strict=True)
        if not g
    ]
    expected = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs)
    assert trust.auroc(scores, right) == pytest.approx(expected)
    assert trust.auroc([0.5, 0.6], [True, True]) is None


def test_bins_hold_every_value_once_and_ece_is_their_distance() -> None:
    found = [item(edge, right=True) for edge in trust.EDGES] + [item(0.6, right=False), item(0.6, right=True)]
    told = trust.trust(found)
    assert sum(one.right.n for one in told.bins) == told.offered == len(found)
    two = trust.trust([item(0.6, right=False), item(0.6, right=True)])
    assert two.ece == pytest.approx(0.1)
    assert (two.errors, len(two.bins)) == (1, 1)


def document(params: dict[str, Any], *found: str, flag: str = "", kind: str = "ktp") -> tuple[Truth, Answer]:
    truth = Truth(kind, "easy", {}, params=params, flags=frozenset({flag} - {""}))
    return truth, Answer(True, "ktp", findings=frozenset(found))


def test_checks_count_clear_cases_only() -> None:
    clear = {"blur": 0.03, "motion": 0.0, "resolution": 1.0}
    pairs = [
        document(clear | {"blur": 0.5}, "FOTO_BURAM"),
        document(clear | {"blur": 0.5}),
        document(clear, "FOTO_BURAM"),
        document(clear | {"blur": 0.09}, "FOTO_BURAM"),  # between: speaks for nothing
        document({}, "FOTO_BURAM", flag="blurred"),
        document({}, "FOTO_BURAM"),  # nothing is known of its camera
    ]
    (blurred,) = [one for one in flags.checks(pairs, [(0, 0)] * 6) if one.code == "FOTO_BURAM"]
    assert (blurred.precision, blurred.recall) == (Share(2, 3), Share(2, 3))


def test_a_lamp_is_a_fault_where_it_takes_letters_and_a_copy_where_the_document_has_colours() -> None:
    lamp = {"glare": 0.6, "mode": "photocopy"}
    beside = document(lamp, "FOTO_SILAU")
    on_print = document(lamp, flag="weak_nik")
    sheet = document(lamp, flag="weak_nik", kind="kk")
    found = {one.code: one for one in flags.checks([beside, on_print, sheet], [(0, 0)] * 3)}
    assert found["FOTO_SILAU"].recall == Share(0, 2)
    assert found["FOTO_SILAU"].precision == Share(0, 0)
    assert found["FOTOKOPI"].recall == Share(0, 2)


def test_a_house_is_dark_or_blurred_as_its_truth_flags_it() -> None:
    dark, fine = (
        Truth("house", "hard", {}, params={"exposure": -3}, flags=frozenset(said)) for said in ({"dark"}, ())
    )
    answer = Answer(True, "house", findings=frozenset({"FOTO_GELAP"}))
    (check,) = flags.checks([(dark, answer), (fine, answer)], [(800, 600)] * 2)
    assert (check.what, check.precision, check.recall) == ("dark house", Share(1, 2), Share(1, 1))


def test_an_incomplete_table_is_no_false_alarm_where_nothing_is_cut() -> None:
    whole = Truth("kk", "easy", {}, corners=((5.0, 10.0), (900.0, 10.0), (900.0, 500.0), (10.0, 500.0)))
    cut = Truth("kk", "easy", {}, corners=((-90.0, 10.0), *whole.corners[1:]))
    answer = Answer(True, "kk", findings=frozenset({"KK_TIDAK_LENGKAP"}))
    found = flags.checks([(whole, answer), (cut, answer)], [(1000, 700)] * 2)
    (check,) = [one for one in found if one.what == flags.CUT]
    assert (check.precision, check.recall) == (Share(1, 1), Share(1, 1))


def test_a_corner_outside_the_photo_is_cut_off() -> None:
    corners = ((-40.0, 10.0), (900.0, 10.0), (900.0, 500.0), (10.0, 500.0))
    cut = Truth("ktp", "easy", {}, corners=corners)
    little = Truth(
        "ktp", "easy", {}, corners=((-15.0, 10.0), *corners[1:])
    )  # its margin only: speaks for nothing
    whole = Truth("ktp", "easy", {}, corners=((5.0, 10.0), *corners[1:]))
    answer = Answer(True, "ktp", findings=frozenset({"FOTO_TERPOTONG"}))
    (check,) = [
        one
        for one in flags.checks([(cut, answer), (little, answer), (whole, answer)], [(1000, 700)] * 3)
        if one.what == flags.CUT
    ]
    assert (check.precision, check.recall) == (Share(1, 2), Share(1, 1))


def test_what_is_to_be_refused_may_be_called_other() -> None:
    half = Truth("kk", "easy", {}, negative=True)
    photos = [Photo(half, Answer(True, "other")), Photo(Truth("kk", "easy", {}), Answer(True, "other"))]
    assert "50.0 %" in kinds(Scored(photos)).note


def test_the_nearest_rank_leaves_at_most_its_share_above() -> None:
    assert [nearest_rank(range(1, 21), share) for share in (50, 95, 100)] == [10, 19, 20]


def test_a_truth_is_told_from_other_json(tmp_path: Path) -> None:
    for text in ("[]", "{", '{"fields": {}}', '{"kind": "ktp"}'):
        path = tmp_path / "x.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnusableTruth):
            truth_of(path)


def test_truths_of_the_specimens_are_understood() -> None:
    card, sheet = truth_of(CARD), truth_of(SHEET)
    assert (card.kind, len(card.fields), card.negative) == ("ktp", 18, False)
    assert sheet.members
    assert len(sheet.corners) == 4


def test_a_perfect_answer_has_no_errors() -> None:
    truth = truth_of(SHEET)
    answer = Answer(True, "kk", said(dict(truth.fields)), tuple(said(dict(row)) for row in truth.members))
    scored = Scored([Photo(truth, answer)])
    assert all(one.right for one in scored.items)
    assert all(row[-2:] == ("0", "0") for row in exact(scored).rows)


def answers_of(folder: Path, truths: dict[str, dict[str, Any]]) -> None:
    folder.mkdir()
    for name, truth in truths.items():
        shaped = {key: {"value": value, "confidence": 0.97} for key, value in truth["fields"].items()}
        rows = [
            {key: {"value": value, "confidence": 0.97} for key, value in row.items()}
            for row in truth["members"]
        ]
        answer = {
            "ok": True,
            "kind": truth["kind"],
            "fields": shaped,
            "members": rows,
            "codes": [],
            "findings": [],
        }
        (folder / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")


def test_scoring_prints_counts_and_nothing_that_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "photos"
    home.mkdir()
    truths = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (CARD, SHEET)}
    for name, truth in truths.items():
        (home / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    truths["family-01-ktp"] = truths["family-01-ktp"] | {
        "fields": truths["family-01-ktp"]["fields"] | {"rt": "999"}
    }
    answers_of(tmp_path / "read", truths)
    assert main([str(home), "--pred", str(tmp_path / "read")]) == 0
    out = capsys.readouterr().out
    told = next(line for line in out.splitlines() if line.startswith("KTP, all fields"))
    assert "94.4 %" in told  # 17 of 18
    read = {
        value
        for truth in truths.values()
        for row in [truth["fields"], *truth["members"]]
        for value in row.values()
    }
    assert not [value for value in read if len(value) > 6 and value in out]
    assert "family-01" not in out


def test_a_photo_that_cannot_be_read_and_a_bad_truth_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(CARD.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    (tmp_path / "none").mkdir()
    assert main([str(tmp_path), "--pred", str(tmp_path / "none")]) == 1
    assert "Photos: 1; not read: 1; truths that cannot be used: 1" in capsys.readouterr().out


def test_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2
    assert main(["--help"]) == 0
    assert '"kind": "ktp"' in capsys.readouterr().out


def test_photos_are_read_and_their_cost_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (CARD, CARD.with_suffix(".jpg")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert main([str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "Cost of one photo" in out
    assert next(line for line in out.splitlines() if line.startswith("KTP, NIK")).split()[3] == "100.0"


def test_answers_without_a_reading_count_as_nothing() -> None:
    assert not answer_of({"ok": False}).ok
    with pytest.raises(KeyError):
        answer_of({"ok": True})


def test_a_table_reads_alike_as_text_and_as_markdown() -> None:
    table = Table("Title", ("a", "b"), (("x", "1"), ("longer", "22")), "Note.")
    assert table.text().splitlines() == ["Title", "a        b", "x        1", "longer  22", "Note."]
    assert table.markdown().splitlines()[2:6] == [
        "| a | b |",
        "| --- | --- |",
        "| x | 1 |",
        "| longer | 22 |",
    ]


def test_every_table_has_rows_of_its_heads_length() -> None:
    truth = truth_of(SHEET)
    for table in tables(Scored([Photo(truth, Answer(True, "kk", said(dict(truth.fields))))])):
        assert {len(row) for row in table.rows} == {len(table.head)}


def test_what_a_program_takes_is_counted() -> None:
    done, alone = measured(lambda: 1)
    assert done == 1
    program = "sum(range(3_000_000)); import time; time.sleep(0.3)"
    _, cost = measured(lambda: subprocess.run([sys.executable, "-S", "-c", program], check=True))  # noqa: S603  (our own program)
    assert cost.cpu > alone.cpu
    assert cost.wall > 0.3
    assert cost.peak >= alone.peak > 5
