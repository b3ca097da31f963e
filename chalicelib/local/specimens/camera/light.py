"""Light on the scene, in linear light: uneven lamps, a cast shadow, the lamp's mirror, exposure, white balance, haze."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np

from chalicelib.local.specimens.camera.conditions import Conditions
from chalicelib.local.specimens.paint import Plane, clouds
from chalicelib.reading.model import Quad

GAMMA = 2.2


@dataclass(frozen=True)
class Glare:
    """A mirrored lamp: centre and half axes in pixels, turned by `angle` degrees, `strength` of white."""

    x: float
    y: float
    long: float
    short: float
    angle: float
    strength: float

    def record(self) -> list[float]:
        return [
            round(value, 2) for value in (self.x, self.y, self.long, self.short, self.angle, self.strength)
        ]


def linear(scene: Plane) -> Plane:
    """Picture values of 0 to 255 as light of 0 to 1."""
    return np.asarray(cv2.pow(np.clip(scene, 0, 255) / np.float32(255), GAMMA), np.float32)


def shown(light: Plane) -> Plane:
    """Light as picture values of 0 to 255."""
    return np.asarray(cv2.pow(np.clip(light, 0, 1), 1 / GAMMA) * np.float32(255), np.float32)


def lamps(quad: Quad, seen: Conditions, rng: random.Random) -> list[Glare]:
    """Where lamps mirror in the document: none to two, larger and brighter as `seen.glare` grows."""
    corners = np.array(quad)
    span = float(np.linalg.norm(corners[2] - corners[0]))
    found = []
    for _ in range(1 if seen.glare < 0.3 else rng.choice((1, 1, 2))):
        a, b = rng.random(), rng.random()
        top = corners[0] + (corners[1] - corners[0]) * a
        low = corners[3] + (corners[2] - corners[3]) * a
        at = top + (low - top) * b
        size = span * rng.uniform(0.05, 0.11) * (0.6 + seen.glare)
        strength = 2.4 * seen.glare**1.5
        found.append(
            Glare(
                float(at[0]),
                float(at[1]),
                size * rng.uniform(1, 2.2),
                size * 0.7,
                rng.uniform(0, 180),
                strength,
            )
        )
    return found


def lit(light: Plane, mirror: Plane, found: list[Glare], seen: Conditions, rng: random.Random) -> Plane:
    """All that happens to the light on its way to the lens. `mirror` (height, width): how far each pixel mirrors."""
    height, width = light.shape[:2]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    way = np.radians(seen.light_dir)
    cos, sin = np.float32(np.cos(way)), np.float32(np.sin(way))
    slope = np.float32(seen.light / 1.3) * (cos * x + sin * y)
    patch = cv2.resize(
        clouds(64, 48, rng, coarse=30, octaves=2), (width, height), interpolation=cv2.INTER_CUBIC
    )
    falloff = 1 + slope - seen.light * 0.25 * (x * x + y * y) + 0.3 * seen.light * patch
    if seen.shadow:
        falloff *= 1 - seen.shadow * _cast(width, height, rng)
    light *= np.clip(falloff, 0.05, None)[..., None] * np.float32(2**seen.exposure)
    light *= (
        np.array([1 + seen.cast * 0.5, 1.0, 1 - seen.cast * 0.5], np.float32)
        if rng.random() < 0.6
        else np.array([1 - seen.cast * 0.5, 1.0, 1 + seen.cast * 0.5], np.float32)
    )
    for glare in found:
        cos, sin = np.float32(np.cos(np.radians(glare.angle))), np.float32(np.sin(np.radians(glare.angle)))
        px = (x + 1) * np.float32(width / 2) - np.float32(glare.x)
        py = (y + 1) * np.float32(height / 2) - np.float32(glare.y)
        a = (px * cos + py * sin) / np.float32(glare.long)
        b = (py * cos - px * sin) / np.float32(glare.short)
        far = a * a + b * b
        shine = np.exp(-far) + np.float32(0.12) * np.exp(-far / 9)
        light += (np.float32(glare.strength) * shine * mirror)[..., None]
    if seen.haze:
        light += seen.haze * (0.55 - light)
    return light


def _cast(width: int, height: int, rng: random.Random) -> Plane:
    """The shadow of a head, a hand with a phone or a window frame: (height, width) of 0 to 1, soft at its edge."""
    small_w, small_h = 320, max(round(320 * height / width), 8)
    y, x = np.mgrid[0:small_h, 0:small_w].astype(np.float32) / small_w
    kind = rng.choice(("edge", "round", "bar"))
    way = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(way) + (y - small_h / small_w / 2) * np.sin(way)
    across = -(x - 0.5) * np.sin(way) + (y - small_h / small_w / 2) * np.cos(way)
    if kind == "edge":
        dark = along > rng.uniform(-0.2, 0.2) + 0.04 * np.sin(across * 9)
    elif kind == "round":
        dark = np.hypot(along - rng.uniform(0.1, 0.35), across * 0.8) < rng.uniform(0.22, 0.34)
    else:
        dark = np.abs(along - rng.uniform(-0.2, 0.2)) < rng.uniform(0.06, 0.14)
    soft = cv2.GaussianBlur(np.asarray(dark, np.float32), (0, 0), rng.uniform(3, 14))
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
