"""Copies of a picture with one fault more, so that a model learns from enough errors."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
PLAIN = "plain"


def _blurred(pixels: Pixels, rng: random.Random) -> Pixels:
    sigma = rng.uniform(0.0005, 0.0012) * max(pixels.shape[:2])
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8)


def _noisy(pixels: Pixels, rng: random.Random) -> Pixels:
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(12, 30), pixels.shape)
    return np.asarray(np.clip(pixels + grain, 0, 255), dtype=np.uint8)


def _dark(pixels: Pixels, rng: random.Random) -> Pixels:
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, 2.5, pixels.shape)
    return np.asarray(np.clip(pixels * rng.uniform(0.12, 0.35) + grain, 0, 255), dtype=np.uint8)


def _small(pixels: Pixels, rng: random.Random) -> Pixels:
    scale = rng.uniform(0.38, 0.62)
    return np.asarray(
        cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def _same(pixels: Pixels, rng: random.Random) -> Pixels:  # noqa: ARG001  (the fault is the file's quality alone)
    return pixels


_FAULTS: Mapping[str, tuple[Callable[[Pixels, random.Random], Pixels], tuple[int, int]]] = {
    "blur": (_blurred, (80, 92)),
    "noise": (_noisy, (70, 90)),
    "dark": (_dark, (75, 92)),
    "small": (_small, (70, 90)),
    "jpeg": (_same, (14, 30)),
}
"""Fault → what is done to the pixels, and the JPEG quality of the copy, from … to."""


def spoilt(data: bytes, name: str) -> tuple[str, bytes]:
    """A copy of the picture in the file `data` with a fault chosen by its `name`, and which. EXIF turns are obeyed."""
    rng = random.Random(name)  # noqa: S311 - invented people, no secret
    what = rng.choice(list(_FAULTS))
    work, quality = _FAULTS[what]
    pixels = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("not a picture")
    done, buffer = cv2.imencode(
        ".jpg",
        work(np.asarray(pixels, dtype=np.uint8), rng),
        [cv2.IMWRITE_JPEG_QUALITY, rng.randint(*quality)],
    )
    if not done:
        raise ValueError("the copy cannot be encoded")
    return what, buffer.tobytes()
