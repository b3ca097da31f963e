"""The table of ASVS 5.0 stands whole, and what it points at is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES_OF_LEVEL_2 = {
    "1": (2, 9, 11, 3, 2),
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
    "11": (2, 3, 3, 4, 1, 1),
    "12": (3, 2, 4),
    "13": (1, 5, 2, 5),
    "14": (2, 4, 3),
    "15": (3, 3, 7),
    "16": (1, 5, 4, 3, 3),
    "17": (1, 4, 2),
}
"""Chapter → how many lines of levels 1 and 2 each of its sections has; they are the first ones of each section
(standard of May 2025)."""
STATES = {"stands", "service", "none here", "open"}


def rows() -> list[tuple[str, str, str, str]]:
    page = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
    cells = [line.strip("|").split("|") for line in page.splitlines() if re.match(r"\| \d", line)]
    return [(line.strip(), state.strip(), why.strip(), shown.strip()) for line, state, why, shown in cells]


def wanted() -> list[str]:
    return [
        f"{chapter}.{section}.{line}"
        for chapter, sections in LINES_OF_LEVEL_2.items()
        for section, count in enumerate(sections, 1)
        for line in range(1, count + 1)
    ]


def told() -> Iterator[str]:
    order = wanted()
    for span, *_ in rows():
        first, _, last = span.partition("–")
        start = order.index(first)
        yield from order[start : order.index(last or first) + 1]


def test_every_line_of_level_two_stands_once_and_in_order() -> None:
    assert len(wanted()) == 253
    assert list(told()) == wanted()


def test_every_line_has_a_state_and_a_reason() -> None:
    assert {state for _, state, _, _ in rows()} == STATES
    assert all(why for _, _, why, _ in rows())
    assert all(shown for _, state, why, shown in rows() if state == "stands" and "](" not in why)
    assert not any(shown for _, state, _, shown in rows() if state == "none here")


def test_what_it_points_at_is_there() -> None:
    for _, _, why, shown in rows():
        for path, function in re.findall(r"`((?:tests|chalicelib|infra)/[\w/.]+)(?:::(\w+))?`", shown):
            assert (ROOT / path).exists(), path
            if function:
                assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), function
        for page in re.findall(r"\]\(([\w.]+)\)", why):
            assert (ROOT / "docs" / page).exists(), page
