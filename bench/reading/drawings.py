"""Two drawings, plain SVG: how far confidence keeps its word, and what accuracy costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

from bench.reading.compared import Point
from chalicelib.reading.scoring.trust import Bin

_WIDE, _HIGH, _EDGE = 560, 320, 48
_STYLE = "font-family='sans-serif' font-size='12' fill='#222'"


def reliability(bins: Sequence[Bin]) -> str:
    """Each bin a dot: mean confidence across, share right (with its 95 % interval) up, on a scale that opens near 1."""
    ticks = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
    marks = [_line(_x(_opened(0)), _y(_opened(0)), _x(_opened(1)), _y(_opened(1)), "#bbb", "4 4")]
    for tick in ticks:
        x, y = _x(_opened(tick)), _y(_opened(tick))
        marks += [_text(x, _HIGH - _EDGE + 16, f"{tick:g}"), _text(_EDGE - 20, y + 4, f"{tick:g}")]
    for one in bins:
        x, (low, high) = _x(_opened(one.mean)), one.right.interval
        marks.append(_line(x, _y(_opened(low)), x, _y(_opened(high)), "#2a6f97"))
        marks.append(f"<circle cx='{x:.1f}' cy='{_y(_opened(one.right.value)):.1f}' r='4' fill='#2a6f97'/>")
    return _drawn(marks, "confidence", "share right")


def curve(points: Mapping[str, Sequence[Point]]) -> str:
    """Each reader a dot, seconds of processor across (each doubling as wide), share exact up; a colour for each kind."""
    every = [point for some in points.values() for point in some]
    if not every:
        return _drawn([], "CPU s a photo", "% exact")
    least, most = min(p.cpu for p in every), max(p.cpu for p in every)
    floor = min(p.exact.value for p in every)
    marks = []
    for colour, (kind, some) in zip(("#2a6f97", "#b5541c"), points.items(), strict=False):
        for point in some:
            x = _x(_between(_doublings(point.cpu), _doublings(least), _doublings(most)) * 0.7)
            y = _y(_between(point.exact.value, floor, 1.0))
            marks.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'/>")
            told = f"{kind.upper()}: {point.reader}, {point.cpu:.1f} s, {100 * point.exact.value:.1f} %"
            marks.append(f"<text x='{x + 7:.1f}' y='{y + 4:.1f}' {_STYLE.replace('12', '10')}>{told}</text>")
    return _drawn(marks, "CPU s a photo", "share exact")


def _opened(value: float) -> float:
    """[0, 1] → [0, 1], the part near 1 drawn wide: 0.9, 0.99 and 0.999 lie equally far apart."""
    return 1 - _doublings(1 + 999 * (1 - value)) / _doublings(1000)


def _doublings(value: float) -> float:
    return log2(max(value, 1e-9))


def _between(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _x(share: float) -> float:
    return _EDGE + share * (_WIDE - 2 * _EDGE)


def _y(share: float) -> float:
    return _HIGH - _EDGE - share * (_HIGH - 2 * _EDGE)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, dashes: str = "") -> str:
    dashed = f" stroke-dasharray='{dashes}'" if dashes else ""
    return f"<line x1='{x0:.1f}' y1='{y0:.1f}' x2='{x1:.1f}' y2='{y1:.1f}' stroke='{colour}'{dashed}/>"


def _text(x: float, y: float, text: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='middle' {_STYLE.replace('12', '9')}>{text}</text>"


def _drawn(marks: Sequence[str], across: str, up: str) -> str:
    inner = f"width='{_WIDE - 2 * _EDGE}' height='{_HIGH - 2 * _EDGE}'"
    frame = f"<rect x='{_EDGE}' y='{_EDGE}' {inner} fill='none' stroke='#ddd'/>"
    names = [
        f"<text x='{_WIDE / 2}' y='{_HIGH - 8}' text-anchor='middle' {_STYLE}>{across}</text>",
        f"<text x='{_EDGE}' y='{_EDGE - 14}' {_STYLE}>{up}</text>",
    ]
    size = f"width='{_WIDE}' height='{_HIGH}' viewBox='0 0 {_WIDE} {_HIGH}'"
    body = "\n".join([f"<rect width='{_WIDE}' height='{_HIGH}' fill='white'/>", frame, *names, *marks])
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}>\n{body}\n</svg>\n"
