"""`python -m bench.reading.failures`: the small pictures of docs/reading.md, of invented documents that are read badly.

They come from seeds for development; the blind pictures are not looked at.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.plans import FAMILIES
from chalicelib.local.specimens.prints import Wish, made
from chalicelib.reading.picture.decode import Pixels, decode

Corners = npt.NDArray[np.float32]
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_LONG = 440
"""Pixels of the longer side."""
_QUALITY = 62


@dataclass(frozen=True)
class Case:
    """One picture of the page, called reading-`name`.jpg: number `number` of a bench of specimens. `part`: left, top,
    right, bottom of what is shown, in shares of the document's frame; None: the whole photo."""

    name: str
    kind: str
    number: int
    seed: int
    grade: Grade
    part: tuple[float, float, float, float] | None = None


CASES = (
    Case("swallowed-blank", "ktp", 30, 4402, Grade.MEDIUM, (0.0, 0.36, 0.75, 0.62)),
    Case("low-resolution", "ktp", 3, 4403, Grade.EXTREME, (0.0, 0.36, 0.75, 0.62)),
    Case("nik-left-out", "ktp", 14, 4403, Grade.EXTREME, (0.0, 0.0, 1.0, 0.5)),
    Case("small-card", "ktp", 108, 4101, Grade.HARD),
    Case("far-sheet", "kk", 20, 4102, Grade.HARD),
)


def drawn(case: Case) -> bytes:
    """The case's JPEG."""
    (picture, *_) = made(
        Wish(f"{case.kind}-{case.number:04d}", case.kind, FAMILIES + case.number, case.seed, case.grade)
    )
    raster = decode(picture.data)
    pixels = raster.pixels
    if case.part:
        scale = pixels.shape[1] / raster.shown[0]
        corners = np.array(picture.truth["quad_oriented"], dtype=np.float32) * scale
        pixels = _flat(pixels, corners, case.part)
    shrunk = _LONG / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    _, buffer = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return buffer.tobytes()


def _flat(pixels: Pixels, corners: Corners, part: tuple[float, float, float, float]) -> Pixels:
    left, top, right, bottom = part
    wide, high = 1012, 638
    frame = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    flat = cv2.warpPerspective(pixels, cv2.getPerspectiveTransform(corners, frame), (wide, high))
    cut = flat[int(top * high) : int(bottom * high), int(left * wide) : int(right * wide)]
    return np.asarray(cut, dtype=np.uint8)


def main() -> int:
    """Always 0. FontMissing: a font is not installed."""
    for case in CASES:
        data = drawn(case)
        FOLDER.joinpath(f"reading-{case.name}.jpg").write_bytes(data)
        sys.stderr.write(f"reading-{case.name}.jpg  {len(data) // 1024} KiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
