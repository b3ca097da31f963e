"""Memory that Python and OpenCV let go of, given back to the system: the allocator keeps it for what may come, up to
150 MiB after a large photo, and a process that reads many photos never needs so much at once again."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give freed memory back; a few milliseconds. Nothing where the allocator is not GNU's."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return None
