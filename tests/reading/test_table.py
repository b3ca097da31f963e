"""The member table: every value in its row and column, in both layouts, with and without rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.identity.region import RegionCode
from chalicelib.reading.lines import Line
from chalicelib.reading.model import Field, Kind
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.sheet import kin, kk, levelled, looks, members, respelling
from chalicelib.reading.table import cells, lattice, ruling
from chalicelib.reading.table import grid as table
from chalicelib.reading.table.straight import Bend, Rule, Ruling
from chalicelib.reading.upright import kind, orientation
from chalicelib.reading.upright.flat import Flat
from tests.reading import kk_paper
from tests.reading.kk_paper import CHILD, HEAD, WIFE, wanted

HOME = RegionCode("13.11.04")


def read(lines: Sequence[Line], rules: Ruling) -> list[dict[str, str]]:
    grid = table.find(lines, rules, 2400)
    assert grid is not None
    found = members.read(grid, "test", HOME, None)
    return [{key: field.value for key, field in row.items()} for row in found]


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("count", [1, 3, 10])
def test_each_value_comes_to_its_row_and_column(count: int, *, new: bool, ruled: bool) -> None:
    people = ([HEAD, WIFE] + [CHILD] * 8)[:count]
    lines = kk_paper.sheet(people, new=new)
    rules = kk_paper.rules(new=new) if ruled else Ruling()
    assert read(lines, rules) == wanted(people, new=new)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.booleans(), st.booleans(), st.randoms(use_true_random=False))
def test_lost_headings_numbers_and_rules_do_not_move_a_value(
    count: int, new: bool, numbers: bool, chance: object
) -> None:
    shuffle = chance.shuffle  # type: ignore[attr-defined]
    people = ([HEAD, WIFE] + [CHILD] * 8)[:count]
    lines = kk_paper.sheet(people, new=new, numbers=numbers)
    heads = [line for line in lines if line.text[0] == "(" or any(ch.islower() for ch in line.text)]
    shuffle(heads)
    gone = {id(line) for line in heads[: len(heads) // 4]}
    kept = [line for line in lines if id(line) not in gone]
    shuffle(kept)
    order = [5, 9, 20]
    shuffle(order)
    assert read(kept, kk_paper.rules(new=new, lost=order[:1])) == wanted(people, new=new)


@settings(max_examples=30, deadline=None)
@given(st.floats(-0.02, 0.02), st.floats(-8e-6, 8e-6), st.floats(-1e-5, 1e-5))
def test_a_bent_page_is_followed(a: float, b: float, c: float) -> None:
    bend = Bend(a, b, c, 1200, 850)
    rules = kk_paper.rules(bend=bend)
    people = [HEAD, WIFE, CHILD]
    lines = []
    for line in kk_paper.sheet(people):
        x, y = rules.point(line.x, line.y)
        lines.append(line.moved(x - line.x, y - line.y))
    assert read(lines, rules) == wanted(people, new=True)


def test_the_faint_first_rule_of_a_table_does_not_shift_its_rows() -> None:
    people = [HEAD, WIFE, CHILD]
    for lost in (2, 14):
        assert read(kk_paper.sheet(people), kk_paper.rules(lost=[lost])) == wanted(people, new=True)


def test_the_official_s_number_is_no_member() -> None:
    lines = [*kk_paper.sheet([HEAD]), kk_paper.text("NIP. 196704232006031012", 1700, 1600)]
    assert len(read(lines, kk_paper.rules())) == 1


def test_a_table_that_is_cut_off_is_known() -> None:
    lines = [line for line in kk_paper.sheet([HEAD, WIFE]) if line.y < 850]
    rules = kk_paper.rules()
    upper = replace(
        rules,
        levels=tuple(rule for rule in rules.levels if rule.at < 850),
        uprights=tuple(rule for rule in rules.uprights if rule.spans[0][0] < 850),
    )
    whole = table.find(kk_paper.sheet([HEAD, WIFE]), rules, 2400)
    cut = table.find(lines, upper, 2400)
    assert whole is not None
    assert whole.whole
    assert cut is not None
    assert not cut.whole
    assert [cell.text for cell in (row["nik"] for row in cut.rows)] == [HEAD["nik"], WIFE["nik"]]


def test_a_table_that_is_cut_off_at_the_right_is_known() -> None:
    edge = 1500.0
    lines = [line for line in kk_paper.sheet([HEAD, WIFE]) if line.right < edge]
    rules = kk_paper.rules()
    levels = tuple(Rule(rule.at, edge - 60, ((60.0, edge),)) for rule in rules.levels)
    uprights = tuple(rule for rule in rules.uprights if rule.at < edge)
    cut = table.find(lines, replace(rules, levels=levels, uprights=uprights), edge)
    assert cut is not None
    assert not cut.whole
    assert [(row["nik"].text, row["tempat_lahir"].text) for row in cut.rows] == [
        (person["nik"], person["tempat_lahir"]) for person in (HEAD, WIFE)
    ]


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize("lost", [3, 5, 7])
def test_columns_whose_heading_nobody_reads_are_told_by_the_rules_that_are_left(
    lost: int, *, new: bool
) -> None:
    lines = [line for line in kk_paper.sheet([HEAD, WIFE], new=new) if not any(map(str.islower, line.text))]
    rules = kk_paper.rules(new=new)
    gone = {kk_paper.edges(table, new=new)[lost] for table in (0, 1)}
    seen = replace(rules, uprights=tuple(rule for rule in rules.uprights if rule.at not in gone))
    assert read(lines, seen) == wanted([HEAD, WIFE], new=new)


def test_two_cells_read_as_one_are_asked_for_again() -> None:
    lines = kk_paper.sheet([HEAD])
    one = next(line for line in lines if line.text == HEAD["pendidikan"])
    two = next(line for line in lines if line.text == HEAD["pekerjaan"])
    glued = [line for line in lines if line not in (one, two)]
    glued.append(Line(f"{one.text} {two.text}", 0.9, one.left, one.top, two.right, one.bottom))
    grid = table.find(glued, kk_paper.rules(), 2400)
    assert grid is not None
    asked: list[str] = []

    def again(boxes: Mapping[members.Place, object]) -> dict[members.Place, cells.Seen]:
        asked.extend(key for _, key in boxes)
        return {place: cells.Seen(HEAD[place[1]], 0.95) for place in boxes if HEAD.get(place[1])}

    (row,) = members.read(grid, "test", HOME, again)
    assert {"pendidikan", "pekerjaan"} <= set(asked)
    assert (row["pendidikan"].value, row["pekerjaan"].value) == (HEAD["pendidikan"], HEAD["pekerjaan"])


def test_a_nik_that_contradicts_its_row_is_looked_at_again() -> None:
    wrong = HEAD | {"nik": "1311041710639924"}
    grid = table.find(kk_paper.sheet([wrong]), kk_paper.rules(), 2400)
    assert grid is not None
    (row,) = members.read(grid, "test", HOME, lambda boxes: {p: cells.Seen(HEAD[p[1]], 0.97) for p in boxes})
    assert row["nik"].value == HEAD["nik"]
    assert row["nik"].confidence < 0.99


def test_a_member_whom_the_first_look_did_not_see_is_found_on_a_blurred_table() -> None:
    people = [HEAD, WIFE]
    lines = [replace(line, confidence=0.6) for line in kk_paper.sheet([HEAD])]
    grid = table.find(lines, kk_paper.rules(), 2400)
    assert grid is not None
    rows = (*grid.rows, *grid.further)
    where = {cell.box: (i, key) for i, row in enumerate(rows) for key, cell in row.items()}

    def again(boxes: members.Boxes) -> dict[looks.Place, cells.Seen]:
        printed = {place: where[box] for place, box in boxes.items()}
        return {
            place: cells.Seen(people[row][key], 0.97)
            for place, (row, key) in printed.items()
            if row < len(people) and people[row].get(key)
        }

    found = members.read(grid, "test", HOME, again)
    page = np.full((1700, 2400, 3), 255, dtype=np.uint8)
    assert respelling.respelled(found, grid, page, lambda _: None, None, again)[1]["nama"] == found[1]["nama"]
    assert [{key: one.value for key, one in row.items()} for row in found] == wanted(people, new=True)


def field(value: str, confidence: float = 0.9) -> Field:
    return Field(value, confidence)


def test_a_family_name_printed_elsewhere_parts_a_name_that_lost_its_blank() -> None:
    rows = [
        {"nama": field("SITI HASANAH"), "nama_ayah": field("MARTEN LEASA")},
        {"nama": field("ELSINALEASA"), "nama_ibu": field("NURHASANAH", 0.97)},
    ]
    settled, _ = kin.settle(rows, None)
    assert (settled[1]["nama"].value, settled[1]["nama_ibu"].value) == ("ELSINA LEASA", "NURHASANAH")


def test_names_printed_twice_help_each_other() -> None:
    rows = [
        {"nama": field("SITI NURAINI")},
        {"nama": field("RAHMI"), "nama_ibu": field("SITI NUR'AINI", 0.85)},
        {"nama": field("RAHMA"), "nama_ibu": field("SITI NURAINI", 0.8)},
    ]
    settled, head = kin.settle(rows, field("S1TI NURAINI", 0.6))
    assert settled[0]["nama"].value == settled[1]["nama_ibu"].value == "SITI NUR'AINI"
    assert head is not None
    assert head.value == "SITI NUR'AINI"
    assert (settled[1]["nama"].value, settled[2]["nama"].value) == ("RAHMI", "RAHMA")


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("Dikeluarkan Tanggal : 06-07-2020",), "2020-07-06"),
        (("Dikeluarkan Tanggal", ": 06-07-2020"), "2020-07-06"),
        (("Dkeluarkan Tanggal", "12 MARET 2021"), "2021-03-12"),
        (("Dikeluarkan Tanggal", "5 Nopember 2019"), "2019-11-05"),
    ],
)
def test_the_day_of_issue(texts: Sequence[str], day: str) -> None:
    lines = [kk_paper.text(words, 80 + 300 * i, 1500) for i, words in enumerate(texts)]
    lines.append(kk_paper.text("17-08-1945", 1500, 1500))
    found = kk.issued(lines, "test")
    assert found is not None
    assert found.value == day


def drawn(bend: Bend) -> Pixels:
    """A page with ruled rows and columns that follow a bend."""
    page = np.full((1700, 2400, 3), 245, dtype=np.uint8)
    rules = Ruling(bend)
    for level in range(400, 841, 40):
        points = [rules.point(x, level) for x in range(100, 2301, 20)]
        cv2.polylines(page, [np.array(points, dtype=np.int32)], False, (60, 60, 60), 2)
    for x in (100, 500, 900, 1500, 2300):
        cv2.line(
            page,
            tuple(int(v) for v in rules.point(x, 400)),
            tuple(int(v) for v in rules.point(x, 840)),
            (60, 60, 60),
            2,
        )
    return page


@pytest.mark.parametrize(
    "bend", [Bend(0, 0, 0, 1200, 850), Bend(0.02, 8e-6, -1e-5, 1200, 850), Bend(-0.03, 0, 0, 1200, 850)]
)
def test_rules_are_found_and_followed(bend: Bend) -> None:
    found = ruling.find(drawn(bend))
    assert found is not None
    strong = [rule.at for rule in found.levels if rule.length > 1500]
    assert strong == pytest.approx(list(range(400, 841, 40)), abs=6)
    assert [rule.at for rule in found.uprights if rule.length > 300] == pytest.approx(
        [100, 500, 900, 1500, 2300], abs=14
    )


def test_a_blank_page_has_no_rules_and_no_table() -> None:
    assert ruling.find(np.full((1700, 2400, 3), 240, dtype=np.uint8)) is None
    assert table.find([], Ruling(), 2400) is None


def test_a_gap_between_the_tables_as_high_as_a_row_is_no_row() -> None:
    top = kk_paper.body(0)
    bottom = top + kk_paper.PITCH * kk_paper.ROWS
    across = ((60.0, 2360.0),)
    levels = [Rule(top + kk_paper.PITCH * n, 2300, across) for n in range(-1, kk_paper.ROWS + 2)]
    uprights = [Rule(x, 460, ((top - 60, bottom),)) for x in range(60, 2361, 230)]
    (rows,) = lattice.by_rules(Ruling(levels=tuple(levels), uprights=tuple(uprights)), (), 2400)
    assert (rows.top, rows.bottom) == pytest.approx((top, bottom))


def test_a_sheet_that_lies_aslant_is_laid_level_by_its_tables() -> None:
    page = drawn_tables()
    corners = np.array([[0, 0], [2400, 120], [2380, 1720], [30, 1640]], dtype=np.float32)
    whole = np.array([[0, 0], [2400, 0], [2400, 1700], [0, 1700]], dtype=np.float32)
    photo = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(whole, corners), (2400, 1750), borderValue=(245, 245, 245)
    )
    aslant = Flat(np.asarray(photo, dtype=np.uint8), np.eye(3), None, False)
    words = [
        Line("KARTU KELUARGA", 0.99, 1000, 150, 1400, 190),
        Line("KEPALA DINAS", 0.99, 1700, 1500, 2000, 1530),
    ]
    flat, rules = levelled.by_tables(aslant.pixels, aslant, words)
    assert flat is not aslant
    assert abs(rules.rows.a) < 0.005
    assert flat.pixels.shape[1] == 2400


class Blind:
    """An engine that sees nothing."""

    name = "blind"

    def read(self, pixels: Pixels) -> list[Line]:
        return []


@pytest.mark.parametrize("tables", [True, False])
def test_a_page_with_two_tables_and_few_labels_is_a_family_card(*, tables: bool) -> None:
    page = drawn_tables() if tables else np.full((1700, 2400, 3), 245, dtype=np.uint8)
    pixels = np.full((2000, 2800, 3), 60, dtype=np.uint8)
    pixels[150:1850, 200:2600] = page
    spots = [(x, y) for x in (300, 1400, 2400) for y in (250, 1000, 1750)] + [
        (700, 250),
        (1900, 250),
        (700, 1750),
    ]
    words = tuple(Line("RT/RW", 0.9, x, y, x + 80, y + 30) for x, y in spots)
    photo = orientation.Upright(np.asarray(pixels, dtype=np.uint8), 0, words, kind.Signs(0, 3, foreign=False))
    found = orientation.closer(photo, photo.pixels, Blind(), 4)
    assert (found is not None and found.signs.kind(4) is Kind.KK) == tables


def drawn_tables() -> Pixels:
    """A page with two ruled tables of ten rows."""
    page = np.full((1700, 2400, 3), 245, dtype=np.uint8)
    for top in (500, 1000):
        for n in range(11):
            cv2.line(page, (90, top + 40 * n), (2310, top + 40 * n), (60, 60, 60), 2)
        for x in range(90, 2311, 370):
            cv2.line(page, (x, top), (x, top + 400), (60, 60, 60), 2)
    return page
