"""Functions that a child process runs for `test_reader_process.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

STARTED: list[bool] = []


def warm_up() -> None:
    STARTED.append(True)


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return {"event": event, "pid": os.getpid(), "warmed": bool(STARTED), "function": context.function_name}


def misbehave(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`how`: raise, die, hang (with a grandchild whose id is written to `note`), or anything else: answer."""
    if event["how"] == "raise":
        raise ValueError("something personal")
    if event["how"] == "die":
        os._exit(3)
    if event["how"] == "hang":
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(event["note"]).write_text(str(grandchild.pid))
        while True:
            time.sleep(60)
    return {"remaining": context.get_remaining_time_in_millis(), "pid": os.getpid()}
