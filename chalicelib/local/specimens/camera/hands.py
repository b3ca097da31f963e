"""Fingers that hold or steady the document at its edge, and the mask of what they hide."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np

from chalicelib.local.specimens.paint import Colour, Plane
from chalicelib.reading.model import Quad

SKINS: tuple[Colour, ...] = ((196, 150, 116), (172, 126, 94), (150, 106, 78), (120, 84, 62))


@dataclass(frozen=True)
class Finger:
    """A capsule from `root` (outside the document) to `tip`, `radius` in pixels."""

    root: tuple[float, float]
    tip: tuple[float, float]
    radius: float


def fingers(quad: Quad, scale: float, rng: random.Random, *, held: bool, reach: float) -> list[Finger]:
    """One thumb on the document's edge, reaching `reach` mm inwards; a second one on the other side where it is held."""
    corners = np.array(quad)
    centre = corners.mean(axis=0)
    first = rng.randrange(4)
    sides = [first, (first + 2) % 4] if held and rng.random() < 0.5 else [first]
    found = []
    for side in sides:
        a, b = corners[side], corners[(side + 1) % 4]
        edge = a + (b - a) * rng.choice((rng.uniform(0.04, 0.2), rng.uniform(0.75, 0.95)))
        inwards = (centre - (a + b) / 2) / np.linalg.norm(centre - (a + b) / 2)
        slant = rng.uniform(-0.5, 0.5)
        way = inwards * np.cos(slant) + np.array([-inwards[1], inwards[0]]) * np.sin(slant)
        radius = rng.uniform(7.5, 10) * scale
        tip = edge + way * (reach * scale - radius)
        root = tip - way * 130 * scale
        found.append(Finger((float(root[0]), float(root[1])), (float(tip[0]), float(tip[1])), radius))
    return found


def laid(scene: Plane, hand: list[Finger], rng: random.Random) -> Plane:
    """The scene (height, width, 3) with these fingers on it: round, lit from above, with nail and shadow."""
    height, width = scene.shape[:2]
    skin = np.array(rng.choice(SKINS), np.float32)
    out = scene
    for finger in hand:
        root, tip, radius = np.array(finger.root), np.array(finger.tip), finger.radius
        low = np.floor(np.minimum(root, tip) - 2.2 * radius).astype(int)
        high = np.ceil(np.maximum(root, tip) + 2.2 * radius).astype(int)
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        x1, y1 = min(int(high[0]), width), min(int(high[1]), height)
        if x0 >= x1 or y0 >= y1:
            continue
        y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
        line = tip - root
        share = np.clip(((x - root[0]) * line[0] + (y - root[1]) * line[1]) / float(line @ line), 0, 1)
        thick = radius * (1.12 - 0.16 * share + 0.05 * np.cos((1 - share) * 18))
        far = np.hypot(x - root[0] - share * line[0], y - root[1] - share * line[1])
        cover = np.clip((thick - far) / 1.5 + 0.5, 0, 1)
        round_off = np.sqrt(np.clip(1 - (far / thick) ** 2, 0, 1))
        way = line / np.linalg.norm(line)
        along = (x - tip[0]) * way[0] + (y - tip[1]) * way[1]
        across = -(x - tip[0]) * way[1] + (y - tip[1]) * way[0]
        nail = np.clip(
            1.4 - ((along - 0.1 * radius) / (0.72 * radius)) ** 4 - (across / (0.56 * radius)) ** 4, 0, 0.5
        )
        crease = 0.07 * np.exp(-(((along + 2.6 * radius) / (0.2 * radius)) ** 2))
        tone = (0.55 + 0.5 * round_off - crease)[..., None] * skin
        tone = (
            tone * (1 - 0.5 * nail[..., None]) + np.array((226, 186, 172), np.float32) * 0.5 * nail[..., None]
        )
        shade = cv2.GaussianBlur(np.asarray(far < 1.12 * thick, np.float32), (0, 0), max(radius / 4, 0.5))
        part = out[y0:y1, x0:x1] * (1 - 0.4 * shade)[..., None]
        out[y0:y1, x0:x1] = part * (1 - cover[..., None]) + tone * cover[..., None]
    return out
