"""Every complaint has its answer and a test that shows it, or says what is missing."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPLAINTS = 22


def rows() -> list[list[str]]:
    page = (ROOT / "docs" / "complaints.md").read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if re.match(r"\| \d", line)
    ]


def test_each_stands_once_with_an_answer_or_what_is_missing() -> None:
    assert [int(number) for number, *_ in rows()] == list(range(1, COMPLAINTS + 1))
    for number, _, answer, shown, missing in rows():
        assert bool(answer) == bool(shown), number
        assert answer or missing, number


def test_the_tests_named_are_there() -> None:
    for number, _, _, shown, _ in rows():
        for path, function in re.findall(r"`(tests/[\w/.]+)::(\w+)`", shown):
            assert (ROOT / path).exists(), (number, path)
            assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), (number, function)
