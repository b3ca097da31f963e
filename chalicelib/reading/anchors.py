"""Where print stands on a KTP, in parts of its width and height: to check an outline against the text read, and to tell
the card's corners from the text where no outline was found (photocopies, a card on a table of its own colour)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.reading.ktp import Card
from chalicelib.reading.page import CARD, Corners

FAR = 0.06
"""Mean distance, in parts of the card, from which an outline does not belong to the text."""
_UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


def misfit(card: Card, corners: Corners) -> float:
    """Mean distance of the card's print from its usual places if `corners` were the card's, in parts of the card."""
    there, usual = _points(card)
    edges = _left_edges(card)
    onto = cv2.getPerspectiveTransform(corners, _UNIT)
    distances: list[float] = []
    if len(there):
        seen = cv2.perspectiveTransform(there[None].astype(np.float32), onto)[0]
        distances += [float(d) for d in np.abs(seen - usual).max(axis=1)]
    if len(edges):
        seen = cv2.perspectiveTransform(edges[None].astype(np.float32), onto)[0]
        distances += [float(d) for d in np.abs(seen[:, 0] - _anchors()["labels_left"])]
    return sum(distances) / len(distances) if distances else 0.0


def corners_from_text(card: Card) -> Corners | None:
    """The card's corners where its print says they are, without perspective; None where too little print was read."""
    there, usual = _points(card)
    if len(there) < 3:
        return None
    size = np.array([CARD, 1.0])
    fitted, _ = cv2.estimateAffinePartial2D(
        (usual * size).astype(np.float32), there.astype(np.float32), method=cv2.LMEDS
    )
    if fitted is None:
        return None
    corners = (_UNIT * size) @ fitted[:, :2].T + fitted[:, 2]
    return np.asarray(corners, dtype=np.float32)


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


@cache
def _anchors() -> dict[str, Any]:
    raw = json.loads(Path(__file__).with_name("layouts").joinpath("ktp.json").read_text(encoding="utf-8"))
    anchors: dict[str, Any] = raw["anchors"]
    return anchors
