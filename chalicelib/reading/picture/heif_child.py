"""`python -m chalicelib.reading.picture.heif_child MAX_PIXELS`: a HEIF on standard input becomes a PNG on standard
output.

See `heif.py`, which starts it. It bounds its own processor time and memory, and leaves no core behind.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

from chalicelib.reading.picture.heif import Ended

_CPU_SECONDS = 20
_BYTES = 3 * 1024**3
"""Of addresses, not of memory in use."""


def main(max_pixels: int) -> int:
    """How it ended, see `Ended`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    import pi_heif  # noqa: PLC0415  (under the limits)
    from PIL import Image  # noqa: PLC0415

    warnings.simplefilter("ignore")
    pi_heif.register_heif_opener(thumbnails=False)
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["HEIF"]) as image:
            if image.width * image.height > max_pixels:
                return Ended.TOO_LARGE
            plain = image if image.mode in ("L", "LA", "RGB", "RGBA") else image.convert("RGB")
            out = io.BytesIO()
            exif = image.info.get("exif") or b""
            plain.save(out, "PNG", compress_level=0, exif=exif)
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        RuntimeError,
        MemoryError,
        Image.DecompressionBombError,
    ):
        return Ended.BROKEN  # Pillow's readers raise these for broken files, libheif's a RuntimeError
    sys.stdout.buffer.write(out.getvalue())
    return Ended.OPENED


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
