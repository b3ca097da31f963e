"""Files of the data folder: readable by their owner only, replaced as a whole, on the disk when the call returns."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


def replace(path: Path, write: Callable[[TextIO], object], *, sync: bool = True) -> None:
    """Lets `write` fill a draft beside `path`, syncs it, puts it in place. Raises OSError; then `path` is as before.

    Without `sync` the file survives the end of this process, but not that of the machine.
    """
    draft = path.with_name(path.name + ".tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        write(file)
        if sync:
            file.flush()
            os.fsync(file.fileno())
    draft.replace(path)
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes renames and new names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
