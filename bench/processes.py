"""What Linux tells of a running process: memory and processor time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Resident memory in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


def processor_seconds(pid: int) -> float:
    """Processor time of all its threads and of the children it has waited for, in seconds (to 0.01 s)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def with_word(root: int, word: str) -> list[int]:
    """Descendants of `root` whose command line holds `word`. Threads and processes that end meanwhile are passed over."""
    found = []
    for task in Path(f"/proc/{root}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in map(int, (task / "children").read_text(encoding="ascii").split()):
                if word in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8", errors="replace"):
                    found.append(child)
                found += with_word(child, word)
    return found
