"""Reading a Code 128 from its brightness across the bars, by likelihood: for labels too small or blurred for readers that
look for edges.

A symbol is compared with all symbols as the blur would show them between each possible neighbours; whole texts
compete, and one is believed only if its check symbol is right, it fits, and it beats the next text with a right check
symbol by far. Symbols and widths: ISO/IEC 15417 (layouts/code128.json).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading import layouts

Floats = npt.NDArray[np.float64]

_FINE = 4
"""Samples a module."""
_SYMBOL, _STOP = 11, 13
"""Modules of a symbol and of the stop."""
_AROUND = 4
"""Modules of the neighbours that blur carries into a symbol."""
_BLURS = (0.3, 0.6, 0.9, 1.2, 1.5)
"""Standard deviations of the blur tried, in modules."""
_LENGTHS = range(4, 27)
"""Symbols of a label, start and check included."""
_BEAM = 200
_HYPOTHESES = 6
_NARROWEST = 1.5
"""Samples a module has at least."""
_FIT, _FIT_WELL = 0.88, 0.95
"""Share of the signal that a believed text explains at least; and that it explains where it fits well."""
_AHEAD, _AHEAD_ROUGH, _AHEAD_DIGITS = 8.0, 25.0, 40.0
"""Log-likelihood by which it beats the next text: where it fits well; where not; and in texts nearly all digits, where
nothing else speaks against noise."""
_MOST_DIGITS = 0.7
_SHORTEST, _LONGEST = 6, 24
_LABEL = re.compile(r"[A-Z0-9]+([-./: ][A-Z0-9]+)*")
"""What labels hold. Of texts read into noise hardly one in a thousand is like this."""


@dataclass(frozen=True)
class Text:
    """A text read. `fit`: share of the signal explained, in [0, 1]; `ahead`: log-likelihood before the next text."""

    text: str
    fit: float
    ahead: float

    @property
    def sure(self) -> bool:
        digits = sum(sign.isdigit() for sign in self.text)
        ahead = _AHEAD_DIGITS if digits > _MOST_DIGITS * len(self.text) else _AHEAD
        like_a_label = _SHORTEST <= len(self.text) <= _LONGEST and bool(_LABEL.fullmatch(self.text))
        clear = self.fit >= _FIT and self.ahead >= max(ahead, _AHEAD_ROUGH)
        return like_a_label and (clear or (self.fit >= _FIT_WELL and self.ahead >= ahead))


def read(signal: Floats) -> Text | None:
    """The best text in `signal`: darkness across the bars in even steps, in either direction. None where nothing is like
    a Code 128."""
    even = _evened(signal)
    guesses = [(guess, way) for way in (even, even[::-1]) for guess in _guesses(way)]
    guesses.sort(key=lambda one: -one[0].score)
    found = [text for guess, way in guesses[:_HYPOTHESES] if (text := _decoded(way, guess))]
    return max(found, key=lambda one: (one.sure, one.fit), default=None)


def _evened(signal: Floats) -> Floats:
    """The signal between the lightest and the darkest nearby, so that a reflection on one end does not hide its bars."""
    row = signal[None, :].astype(np.float32)
    near = np.ones((1, max(3, len(signal) // 6) | 1), np.uint8)
    soft = len(signal) / 16
    low = cv2.GaussianBlur(cv2.erode(row, near), (0, 0), sigmaX=soft, sigmaY=1e-6)[0]
    high = cv2.GaussianBlur(cv2.dilate(row, near), (0, 0), sigmaX=soft, sigmaY=1e-6)[0]
    least = 0.15 * float(signal.max() - signal.min())
    return np.asarray((signal - low) / np.maximum(high - low, max(least, 1e-6)), dtype=np.float64)


@dataclass(frozen=True)
class _Guess:
    """A number of symbols, a blur (modules) and ends (samples). `score`: how much start and stop look like ones."""

    score: float
    length: int
    blur: float
    first: float
    last: float


def _guesses(signal: Floats) -> list[_Guess]:
    dark = np.flatnonzero(signal > 0.45)
    if len(dark) < 8:
        return []
    first, last = float(dark[0]), float(dark[-1] + 1)
    found = []
    for length in _LENGTHS:
        module = (last - first) / (_SYMBOL * length + _STOP)
        if module < _NARROWEST:
            break
        shifts = np.arange(-1.0, 1.01, 0.25) * module
        starts = _unit(_windows(signal, first + shifts, module, _SYMBOL))
        stops = _unit(_windows(signal, last + shifts - _STOP * module, module, _STOP))
        for blur in _BLURS:
            forms = _forms(blur)
            start, stop = (forms.start @ starts.T).max(axis=0), (forms.stop @ stops.T).max(axis=0)
            a, b = int(start.argmax()), int(stop.argmax())
            found.append(
                _Guess(
                    float(start[a] + stop[b]), length, blur, first + float(shifts[a]), last + float(shifts[b])
                )
            )
    return found


def _windows(signal: Floats, begins: Floats, module: float, modules: int) -> Floats:
    """Pieces of the signal, `modules` long, one a row."""
    places = begins[:, None] + (np.arange(modules * _FINE) + 0.5) * module / _FINE - 0.5
    return np.interp(places, np.arange(len(signal)), signal)


def _unit(rows: Floats) -> Floats:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    length = np.linalg.norm(centred, axis=-1, keepdims=True)
    return np.asarray(centred / np.maximum(length, 1e-9))


def _decoded(signal: Floats, guess: _Guess) -> Text | None:
    length, forms = guess.length, _forms(guess.blur)
    module = (guess.last - guess.first) / (_SYMBOL * length + _STOP)
    begins = guess.first + np.arange(length) * _SYMBOL * module
    shifts = np.arange(-0.75, 0.76, 0.25) * module
    every = _windows(signal, (begins[:, None] + shifts).ravel(), module, _SYMBOL)
    chosen = _chosen(every.reshape(length, len(shifts), -1), forms)
    energy = ((chosen - chosen.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    flat = forms.middles.reshape(-1, forms.middles.shape[-1])
    like = np.clip(
        (_unit(chosen).astype(np.float32) @ flat.T).reshape(length, *forms.middles.shape[:3]), 0, 1
    )
    weights = energy / max(float(energy.mean()), 1e-9)
    return _searched(list((1 - like**2) * weights[:, None, None, None]), guess.blur)


def _chosen(windows: Floats, forms: _Forms) -> Floats:
    """Of each symbol's windows, `windows[k][shift]`, one: where symbols fit best, shifts following a smooth curve, for
    paper is bent and seen aslant."""
    like = np.asarray((_unit(windows) @ forms.loose.T).max(axis=2))
    count, steps = like.shape
    score, came = like[0] * 1.0, np.zeros((count, steps), dtype=int)
    bend = 0.06 * np.abs(np.subtract.outer(np.arange(steps), np.arange(steps)))
    for k in range(1, count):
        total = score[:, None] - bend
        came[k] = total.argmax(axis=0)
        score = total.max(axis=0) + like[k]
    at = int(score.argmax())
    picked = []
    for k in range(count - 1, -1, -1):
        picked.append(windows[k, at])
        at = int(came[k, at])
    return np.array(picked[::-1])


def _searched(costs: Sequence[npt.NDArray[Any]], blur: float) -> Text | None:
    """The likeliest sequence of symbols whose check symbol is right. `costs[k][tail, symbol, head]`."""
    table = _table()
    count = len(costs)
    symbols = np.array([[103], [104], [105]])
    scores = np.zeros(3)
    tails = np.full(3, table.quiet)
    sums = symbols[:, 0] % 103
    for k in range(1, count):
        step = costs[k - 1][tails, symbols[:, -1]][:, table.heads[:103]] + scores[:, None]
        flat = step.ravel()
        keep = np.argpartition(flat, _BEAM)[:_BEAM] if flat.size > _BEAM else np.arange(flat.size)
        parents, values = np.divmod(keep, 103)
        tails = table.tails[symbols[parents, -1]]
        scores = flat[keep]
        if k == count - 1:
            right = values == sums[parents]
            parents, values, tails, scores = parents[right], values[right], tails[right], scores[right]
        else:
            sums = (sums[parents] + k * values) % 103
        symbols = np.column_stack([symbols[parents], values])
    if not len(symbols):
        return None
    scores = scores + costs[-1][tails, symbols[:, -1], table.heads[106]]
    order = np.argsort(scores)
    best = float(scores[order[0]])
    text = spelled([int(v) for v in symbols[order[0]]])
    if text is None:
        return None
    other = float(scores[order[1]]) if len(order) > 1 else max(best * 2, 0.2 * count)
    looks = _SYMBOL * count / max(1.0, 2 * blur)
    ahead = looks / 2 * float(np.log(max(other, 1e-6) / max(best, 1e-6)))
    return Text(text, 1 - best / count, ahead)


def spelled(values: list[int]) -> str | None:
    """The text of start, data and check symbols; None where it is empty or holds what labels do not (control characters,
    function characters)."""
    code = "ABC"[values[0] - 103]
    text, shifted = "", ""
    for value in values[1:-1]:
        now, shifted = shifted or code, ""
        if now == "C":
            if value < 100:
                text += f"{value:02d}"
            elif value in (100, 101):
                code = "BA"[value - 100]
            else:
                return None
        elif value < (96 if now == "B" else 64):
            text += chr(value + 32)
        elif value == 98:
            shifted = "A" if now == "B" else "B"
        elif value == 99:
            code = "C"
        elif value == (100 if now == "A" else 101):
            code = "B" if now == "A" else "A"
        else:
            return None
    return text if text.strip() == text and text else None


@dataclass(frozen=True, eq=False)
class _Table:
    """Symbols 0 to 106 (106: stop) as modules; the kinds of ends by which they blur into neighbours."""

    modules: list[list[int]]
    heads: npt.NDArray[np.int64]
    tails: npt.NDArray[np.int64]
    head_forms: list[tuple[int, ...]]
    tail_forms: list[tuple[int, ...]]
    quiet: int


@cache
def _table() -> _Table:
    raw: dict[str, Any] = layouts.load("code128")
    modules = [
        [1 - i % 2 for i, width in enumerate(widths) for _ in range(int(width))]
        for widths in [*raw["symbols"], raw["stop"]]
    ]
    heads = [tuple(row[:_AROUND]) for row in modules]
    tails = [tuple(row[-_AROUND:]) for row in modules]
    head_forms = sorted(set(heads))
    tail_forms = sorted({*tails, (0,) * _AROUND})
    return _Table(
        modules,
        np.array([head_forms.index(one) for one in heads]),
        np.array([tail_forms.index(one) for one in tails]),
        head_forms,
        tail_forms,
        tail_forms.index((0,) * _AROUND),
    )


@dataclass(frozen=True, eq=False)
class _Forms:
    """What a blur makes of symbols, rows of mean 0 and length 1. `middles[tail, symbol, head]`; `loose`: between the
    commonest neighbours only."""

    start: Floats
    stop: Floats
    middles: npt.NDArray[np.float32]
    loose: Floats


@cache
def _forms(blur: float) -> _Forms:
    """Blur being linear, neighbours are added to what they stand beside."""
    table = _table()
    tails = np.array([_blurred([*tail, *[0] * _SYMBOL, *[0] * _AROUND], blur) for tail in table.tail_forms])
    heads = np.array([_blurred([*[0] * _AROUND, *[0] * _SYMBOL, *head], blur) for head in table.head_forms])
    rows = np.array([_blurred([*[0] * _AROUND, *row, *[0] * _AROUND], blur) for row in table.modules[:106]])
    tail, head = tails[np.bincount(table.tails).argmax()], heads[np.bincount(table.heads).argmax()]
    stop = _blurred(
        [*table.tail_forms[np.bincount(table.tails).argmax()], *table.modules[106], *[0] * _AROUND], blur
    )
    middles = tails[:, None, None] + rows[None, :, None] + heads[None, None, :]
    return _Forms(
        _unit(rows[103:] + head),
        _unit(stop[None]),
        _unit(middles).astype(np.float32),
        _unit(rows + tail + head),
    )


def _blurred(modules: list[int], blur: float) -> Floats:
    """What is seen of modules, the neighbours' at either end cut off."""
    fine = np.repeat(np.array(modules, dtype=np.float64), _FINE)[None, :]
    soft = cv2.GaussianBlur(fine, (0, 0), sigmaX=blur * _FINE, sigmaY=1e-6, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(soft[0, _AROUND * _FINE : -_AROUND * _FINE])
