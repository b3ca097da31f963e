"""Where points of a bent page would lie if it were straight. Plain numbers, no picture."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.reading.lines import Line


@dataclass(frozen=True)
class Bend:
    """Curves that run along one direction: their slope at (x, y) is `a` + `b`·(x - `x0`) + `c`·(y - `y0`), x being the
    way along them, y the way across."""

    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    x0: float = 0.0
    y0: float = 0.0

    def height(self, x: float, y: float) -> float:
        """Where the curve through (x, y) crosses `x0`."""
        along = x - self.x0
        return y - along * (self.a + self.b * along / 2 + self.c * (y - self.y0))


@dataclass(frozen=True)
class Rule:
    """A ruled line at one place, `length` pixels of it seen, in `spans` along its direction."""

    at: float
    length: float
    spans: tuple[tuple[float, float], ...] = ()

    def within(self, start: float, end: float) -> float:
        """Pixels of it seen between `start` and `end`."""
        return sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.spans)


@dataclass(frozen=True)
class Ruling:
    """How rows and columns of a page run, and the rules seen: `levels` of those across, `uprights` of those down."""

    rows: Bend = Bend()
    columns: Bend = Bend()
    levels: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()

    def level(self, x: float, y: float) -> float:
        return self.rows.height(x, y)

    def across(self, x: float, y: float) -> float:
        return self.columns.height(y, x)

    def point(self, across: float, level: float) -> tuple[float, float]:
        """The point of the picture that lies at these straightened places."""
        x, y = across, level
        for _ in range(4):
            x, y = x + across - self.across(x, y), y + level - self.level(x, y)
        return x, y

    def straightened(self, line: Line) -> Line:
        """The line with its box as it would lie on a straight page; its size is kept."""
        x, y = self.across(line.x, line.y), self.level(line.x, line.y)
        return line.moved(x - line.x, y - line.y)
