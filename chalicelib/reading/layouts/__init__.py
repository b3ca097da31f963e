"""What documents look like, as data: labels, places, vocabularies, fitted numbers. One file a subject."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """The content of `NAME.json`. FileNotFoundError: there is none."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
