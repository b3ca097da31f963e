"""Where print stands on a KTP, in parts of its width and height: to check an outline against the text read, and to tell
the card's corners from the text where no outline was found (photocopies, a card on a table of its own colour)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading import layouts
from chalicelib.reading.card.ktp import Card
from chalicelib.reading.picture.page import CARD, Corners

NEAR = 0.012
"""Mean distance, in parts of the card, up to which an outline goes with the text read on it."""
_STIFF = 0.05
"""Weight of the card's own shape against its print when the corners are bent."""
_UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


@dataclass(frozen=True)
class Number:
    """Where the NIK's sixteen digits stand, in parts of the card's width, `y` of its height."""

    left: float
    width: float
    y: float


def number() -> Number:
    return Number(*_anchors()["number"])


def misfit(card: Card, corners: Corners) -> float:
    """Mean distance of the card's print from its usual places if `corners` were the card's, in parts of the card."""
    off = np.abs(_residuals(_Print(card), corners.astype(np.float64)))
    return float(off.mean()) if len(off) else 0.0


def corners_from_text(card: Card) -> Corners | None:
    """The card's corners where its print says they are; None where too little print was read. First turned, shifted and
    scaled onto a few known points, then bent until rows are level and labels stand below each other."""
    there, usual = _points(card)
    if len(there) < 3:
        return None
    size = np.array([CARD, 1.0])
    fitted, _ = cv2.estimateAffinePartial2D(
        (usual * size).astype(np.float32), there.astype(np.float32), method=cv2.LMEDS
    )
    if fitted is None:
        return None
    start = (_UNIT * size) @ fitted[:, :2].T + fitted[:, 2]
    return np.asarray(_bent(_Print(card), np.asarray(start, dtype=np.float64)), dtype=np.float32)


class _Print:
    """Points of a card's print on the photo, gathered once."""

    def __init__(self, card: Card) -> None:
        self.there, self.usual = _points(card)
        self.edges = _left_edges(card)
        self.pairs = _level_pairs(card)


def _residuals(printed: _Print, corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far each piece of print would be from its usual place, in parts of the card."""
    onto = cv2.getPerspectiveTransform(corners.astype(np.float32), _UNIT)
    points = np.concatenate([printed.there, printed.edges, printed.pairs.reshape(-1, 2)])
    if not len(points):
        return np.zeros(0)
    seen = cv2.perspectiveTransform(points[None].astype(np.float64), onto)[0]
    known, edges = len(printed.there), len(printed.edges)
    level = seen[known + edges :].reshape(-1, 2, 2)
    return np.concatenate(
        [
            (seen[:known] - printed.usual).ravel(),
            seen[known : known + edges, 0] - _anchors()["labels_left"],
            level[:, 0, 1] - level[:, 1, 1],
        ]
    )


def _bent(printed: _Print, start: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Damped least squares over the eight coordinates of the corners, held back from bending without reason."""
    if len(printed.edges) + len(printed.pairs) < 6:
        return start
    scale = float(np.hypot(*(start[1] - start[0])))

    def cost(flat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        corners = flat.reshape(4, 2)
        a, b, c, d = corners
        uneven = _STIFF * (a - b + c - d) / scale
        across = np.hypot(*(b - a)) + np.hypot(*(c - d))
        down = np.hypot(*(d - a)) + np.hypot(*(c - b))
        shape = _STIFF * (across / down / CARD - 1)
        return np.concatenate([_residuals(printed, corners), uneven, [shape]])

    best = start.ravel()
    off = cost(best)
    damping = 1e-3
    for _ in range(25):
        slopes = np.stack([(cost(best + step) - off) / 0.5 for step in 0.5 * np.eye(8)], axis=1)
        normal = slopes.T @ slopes
        move = np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-12), -slopes.T @ off)
        tried = cost(best + move)
        if float(tried @ tried) < float(off @ off):
            best, off, damping = best + move, tried, damping / 3
            if float(np.abs(move).max()) < 0.05:
                break
        else:
            damping *= 5
    return best.reshape(4, 2)


def _points(card: Card) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Points on the photo and their usual places on the card."""
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for key in ("nik", "nama"):
        if key in card.labels:
            line = card.labels[key].line
            pairs.append(((line.left, line.y), tuple(_anchors()[key])))
    if len(card.head) == 2:
        for line, place in zip(card.head, _anchors()["head"], strict=True):
            pairs.append(((line.x, line.y), tuple(place)))
    there = np.array([pair[0] for pair in pairs], dtype=np.float64).reshape(-1, 2)
    usual = np.array([pair[1] for pair in pairs], dtype=np.float64).reshape(-1, 2)
    return there, usual


def _left_edges(card: Card) -> npt.NDArray[np.float64]:
    straight = (
        "lahir",
        "jenis_kelamin",
        "alamat",
        "agama",
        "status_perkawinan",
        "pekerjaan",
        "berlaku_hingga",
    )
    found = [card.labels[key].line for key in straight if key in card.labels]
    return np.array([[line.left, line.y] for line in found], dtype=np.float64).reshape(-1, 2)


def _level_pairs(card: Card) -> npt.NDArray[np.float64]:
    """Middles of label and value in one row, as pairs of points."""
    pairs = []
    for key, hit in card.labels.items():
        beside = [line for line in card.pieces.get(key, ()) if line.left > hit.line.right]
        if beside:
            first = min(beside, key=lambda line: (round(line.y / max(1.0, line.height)), line.left))
            pairs.append(((hit.line.x, hit.line.y), (first.x, first.y)))
    return np.array(pairs, dtype=np.float64).reshape(-1, 2, 2)


@cache
def _anchors() -> dict[str, Any]:
    raw = layouts.load("ktp")
    anchors: dict[str, Any] = raw["anchors"]
    return anchors
