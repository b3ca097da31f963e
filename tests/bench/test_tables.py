"""The bench's arithmetic, and that the docs say what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import figures, tables
from bench.figures import Figure, Peer, percentile
from bench.units import Meter, begun, item_size


def test_the_page_says_what_was_measured() -> None:
    assert tables.PAGE.read_text(encoding="utf-8") == tables.page(figures.read())


def test_every_figure_tells_where_it_comes_from() -> None:
    kept = figures.read()
    assert set(kept) <= set(tables.WHAT)
    for one in kept.values():
        assert set(one) == {
            *("value", "unit", "aim", "peer", "ratio", "n", "command", "date", "load", "processors")
        }
        assert one["command"].startswith(("python -m bench --only ", "python -m bench.reading"))


def test_a_figure_is_kept_beside_the_others_and_renewed(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    figures.keep([Figure("a", 1.0, "s", 3), Figure("b", 2.0, "s", 3, Peer("x", 4.0))], "c", 0.5, path)
    figures.keep([Figure("a", 5.0, "s", 3)], "c", 0.5, path)
    kept = figures.read(path)
    assert (kept["a"]["value"], kept["b"]["ratio"]) == (5.0, 0.5)


@given(st.lists(st.floats(0, 1000), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_leaves_at_most_its_share_above(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values) + 1e-9


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_units_follow_the_published_rules() -> None:
    assert [begun(amount, 1024) for amount in (0, 1, 1024, 1025)] == [1, 1, 1, 2]
    item = {"pk": {"S": "ab"}, "n": {"N": "123"}, "b": {"B": b"xyz"}, "l": {"L": [{"S": "é"}]}}
    assert item_size(item) == (2 + 2) + (1 + 3) + (1 + 3) + (1 + 3 + 1 + 2)


def test_an_index_costs_when_an_item_enters_moves_and_leaves() -> None:
    meter, key = Meter(), {"pk": {"S": "a"}, "sk": {"S": "b"}}
    todo = {"todo_pk": {"S": "READ"}, "todo_at": {"S": "1"}}
    costs = []
    for item in (key | todo, key | todo, key | todo | {"todo_at": {"S": "2"}}, key):
        before = meter.written
        meter._write({"Put": {"Item": item}}, 2)
        costs.append(meter.written - before)
    assert costs == [3, 3, 4, 3]
