"""HEIC photos are opened in a process of their own: libheif is native code that broken files can bring down, as fuzzing
has shown, and nobody else's photo, nor any key in our environment, is to be within its reach."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import IntEnum

SECONDS = 30


class Ended(IntEnum):
    """How the child ends; any other code: the file brought it down."""

    OPENED = 0
    BROKEN = 3
    TOO_LARGE = 4


def opened(data: bytes, max_pixels: int) -> tuple[Ended, bytes]:
    """The first picture in `data` as an uncompressed PNG with its EXIF. BROKEN: whatever the reason; TOO_LARGE: more
    pixels than that, by its header."""
    command = [sys.executable, "-m", "chalicelib.reading.picture.heif_child", str(max_pixels)]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  (our own program)
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except subprocess.TimeoutExpired:
        return Ended.BROKEN, b""
    known = done.returncode in (Ended.OPENED, Ended.TOO_LARGE)
    return (Ended(done.returncode), done.stdout) if known else (Ended.BROKEN, b"")
