"""How large a photo is as people see it."""

from __future__ import annotations

from pathlib import Path

_ORIENTATION = 0x0112
_ON_ITS_SIDE = 5
"""EXIF orientations from this on are turned by a quarter."""


def shown_size(photo: Path) -> tuple[int, int]:
    """Width and height in pixels, EXIF obeyed; (0, 0) where its header does not tell, as for a PDF."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  (scores of answers need no imaging library)

    try:
        with Image.open(photo) as picture:
            on_its_side = picture.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
            return (picture.height, picture.width) if on_its_side else picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return 0, 0
