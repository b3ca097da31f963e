"""How the picture is stored: JPEG, once or twice, upright or lying on its side with EXIF to say so."""

from __future__ import annotations

import io

from PIL import Image

EXIF_ORIENTATION = 0x0112
STORED_TURNED = {6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180, 8: Image.Transpose.ROTATE_270}
"""How pixels are stored for each EXIF orientation whose picture is shown upright."""


def resaved(image: Image.Image, quality: int) -> Image.Image:
    """The picture as another program stored it before: JPEG at `quality`, decoded again."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    with Image.open(buffer) as stored:
        return stored.convert("RGB")


def jpeg(image: Image.Image, *, limit: int = 0, quality: int = 90, orientation: int = 1) -> bytes:
    """A JPEG without metadata, but for an EXIF orientation if asked.

    With a `limit` (bytes) the quality sinks by fours, down to about 50, until it fits. `orientation` 3, 6 or 8 stores the
    pixels turned, so that a viewer that obeys EXIF shows `image` itself.
    ValueError: even the lowest quality is larger than `limit`.
    """
    stored = image.transpose(STORED_TURNED[orientation]) if orientation != 1 else image
    exif = Image.Exif()
    if orientation != 1:
        exif[EXIF_ORIENTATION] = orientation
    for lower in range(quality, min(48, quality - 1), -4) if limit else (quality,):
        buffer = io.BytesIO()
        stored.save(buffer, "JPEG", quality=lower, optimize=bool(limit), exif=exif)
        if not limit or buffer.tell() <= limit:
            return buffer.getvalue()
    raise ValueError(f"the picture does not fit into {limit} bytes")
