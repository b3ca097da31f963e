"""Where a flat sheet lies before a pinhole camera: the way from millimetres on the sheet to pixels of the picture."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chalicelib.local.specimens.camera.conditions import Conditions
from chalicelib.reading.model import Quad

Matrix = npt.NDArray[np.float64]
DISTANCE = 2.6
"""From lens to sheet, in lengths of the sheet's diagonal: how strong the perspective of a tilt is."""
EDGE = 0.012
"""Share of the picture that stays free round the document."""


@dataclass(frozen=True)
class Pose:
    """`matrix` (3, 3) takes millimetres of the document (origin: its printed top left) to pixels; `quad` its corners."""

    matrix: Matrix
    quad: Quad
    px_per_mm: float


def pose(width: float, height: float, seen: Conditions, rng: random.Random) -> Pose:
    """Lay a document of `width` x `height` mm into a picture of `seen.size`: tilted, rolled, turned, wholly visible."""
    roll = np.radians(seen.roll + 90 * seen.quarter_turns)
    tilt, way = np.radians(seen.tilt), np.radians(seen.tilt_dir)
    axis = np.array([np.cos(way), np.sin(way), 0.0])
    cross = np.array([[0, 0, axis[1]], [0, 0, -axis[0]], [-axis[1], axis[0], 0]])
    lean = np.eye(3) + np.sin(tilt) * cross + (1 - np.cos(tilt)) * cross @ cross
    spin = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn = lean @ spin
    far = DISTANCE * float(np.hypot(width, height))
    centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1.0]])
    plane = np.column_stack([turn[:, 0], turn[:, 1], np.array([0, 0, far])]) @ centre
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    near = through(plane, corners)
    size = np.array(seen.size, np.float64)
    room = size * (1 - 2 * EDGE)
    grow = float((room / np.ptp(near, axis=0)).min()) * min(seen.scale / (1 - 2 * EDGE), 1.0)
    spread = near * grow
    spare = np.maximum(room - np.ptp(spread, axis=0), 0)
    middle = np.array([rng.triangular(0, 1, 0.5), rng.triangular(0, 1, 0.5)])
    shift = size * EDGE + spare * middle - spread.min(axis=0)
    place = np.array([[grow, 0, shift[0]], [0, grow, shift[1]], [0, 0, 1.0]])
    matrix = place @ plane
    a, b, c, d = ((float(x), float(y)) for x, y in through(matrix, corners))
    area = _area((a, b, c, d))
    return Pose(matrix, (a, b, c, d), float(np.sqrt(area / (width * height))))


def through(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (n, 2) taken through a homography."""
    lifted = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(lifted[:, :2] / lifted[:, 2:], np.float64)


def _area(quad: Quad) -> float:
    x, y = np.array(quad).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
