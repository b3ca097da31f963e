"""A table of counts, as text for a terminal or as Markdown for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.reading.scoring.tally import Share


@dataclass(frozen=True)
class Table:
    """`rows` of as many columns as `head`; `note` is a sentence below it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def text(self) -> str:
        """Columns below each other, the first flush left."""
        lines = [self.head, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.head))]
        drawn = [
            "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(cells)
            )
            for cells in (list(zip(line, widths, strict=True)) for line in lines)
        ]
        return "\n".join([self.title, *drawn, *([self.note] if self.note else [])])

    def markdown(self, level: int = 3) -> str:
        """With a heading of `level`."""
        lines = [_row(self.head), _row(["---"] * len(self.head)), *map(_row, self.rows)]
        return "\n".join([f"{'#' * level} {self.title}", "", *lines, *(["", self.note] if self.note else [])])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def percent(share: Share) -> str:
    """`98.4 %`; a dash where there is nothing to count."""
    return f"{100 * share.value:.1f} %" if share.n else "–"


def with_interval(share: Share) -> str:
    """`98.4 % [96.1–99.5]`."""
    low, high = share.interval
    return f"{percent(share)} [{100 * low:.1f}–{100 * high:.1f}]" if share.n else "–"
