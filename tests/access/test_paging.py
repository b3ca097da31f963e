"""A list over several places: whole, in order, each row once, whatever the sizes; and no cursor makes it stumble."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.paging import paged

T = TypeVar("T")
PLACES = [[*"abc"], [], [*"defghi"], [*"j"]]


def page(place: Sequence[T], limit: int, cursor: str | None) -> tuple[Sequence[T], str | None]:
    """As the stores do it: from the cursor on, and where to go on if more is left."""
    begin = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    rest = place[begin:]
    return rest[:limit], str(begin + limit) if len(rest) > limit else None


@given(st.lists(st.lists(st.integers(), max_size=7), max_size=6), st.integers(1, 9), st.booleans())
def test_every_row_once_and_in_order(places: list[list[int]], limit: int, hides: bool) -> None:
    def some(place: list[int], most: int, cursor: str | None) -> tuple[list[int], str | None]:
        rows, more = page(place, most, cursor)
        return [row for row in rows if not hides or row % 2], more

    seen: list[int] = []
    cursor, asked = None, 0
    while True:
        rows, cursor = paged(places, some, limit, cursor)
        assert len(rows) <= limit
        seen += rows
        asked += 1
        assert asked <= 100
        if cursor is None:
            break
    assert seen == [row for place in places for row in place if not hides or row % 2]


def test_a_page_is_filled_from_several_places() -> None:
    rows, cursor = paged(PLACES, page, 5, None)
    assert (rows, cursor) == ([*"abcde"], "2:2")
    assert paged(PLACES, page, 5, cursor) == ([*"fghij"], None)


@given(st.text(max_size=12) | st.sampled_from(["9" * 5000, "¹:2", "99:", "-1:0", ":", "2:zz"]))
def test_a_cursor_of_nobodys_making_shows_rows_of_the_places_alone(cursor: str) -> None:
    rows, _ = paged(PLACES, page, 5, cursor)
    assert set(rows) <= {*"abcdefghij"}
