"""Whether a photo shows a building outside, by simple looks at colour and lines. Coarse on purpose: a
person looks too."""

from __future__ import annotations

import cv2
import numpy as np

from chalicelib.reading.decode import Pixels


def looks_like_house(pixels: Pixels) -> bool:
    """True where the upper part is calmer than the lower (sky over ground), the two differ in colour, and the middle
    holds upright straight edges."""
    scale = 480 / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    height = small.shape[0]
    top, bottom = lab[: height // 6], lab[-height // 6 :]
    apart = float(np.linalg.norm(np.median(top, axis=(0, 1)) - np.median(bottom, axis=(0, 1))))
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(cv2.GaussianBlur(gray, (0, 0), 1.5), 30, 90)
    calm = float((edges[: height // 6] > 0).mean())
    busy = float((edges[height // 4 : -height // 4] > 0).mean())
    return apart > 12 and calm < 0.03 and busy > calm + 0.01
