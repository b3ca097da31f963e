"""Where a command finds its stack: one served on this machine (`--data DIR`), or the environment's, as on AWS."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from chalicelib.local.problems import CannotServe

READY_FILE = "serving.json"
"""Written by a served stack into its data folder, mode 600: addresses, environment, process ids."""
_NEEDED = ("AWS_REGION", "BERKAS_TABLE")


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, help="data folder of a stack served on this machine (default: the environment)"
    )


def enter(data: Path | None) -> None:
    """Make the environment that of the wanted stack. CannotServe, in one sentence: there is none."""
    if data is not None:
        try:
            facts = json.loads((data / READY_FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise CannotServe(f"No stack is served from {data}: start one with `make run`.") from None
        os.environ.update(facts["environment"])
    missing = [name for name in _NEEDED if name not in os.environ]
    if missing:
        raise CannotServe(
            f"{', '.join(missing)} is not set: name a served stack with --data, or run this where the stack's "
            "environment is."
        )
