"""One measured figure, and how figures are kept in `results.json`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Peer:
    """What stands beside a figure, measured in the same run, in the same unit."""

    what: str
    value: float


@dataclass(frozen=True)
class Figure:
    """A named figure. `n` is how many measurements it speaks for; `aim` what it should stay under, if anything."""

    name: str
    value: float
    unit: str
    n: int
    peer: Peer | None = None
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the peer's value."""
        return self.value / self.peer.value if self.peer and self.peer.value else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 … 1) of the values do not exceed (nearest rank). ValueError: none."""
    if not values:
        raise ValueError("no values")
    rank = -(-share * len(values) // 1)
    return sorted(values)[max(0, int(rank) - 1)]


def entry(figure: Figure, command: str, load: float) -> dict[str, Any]:
    """The figure as kept; `load` is the machine's load average (1 min), the higher of begin and end."""
    return {
        "value": round(figure.value, 3),
        "unit": figure.unit,
        "aim": figure.aim,
        "peer": asdict(figure.peer) | {"value": round(figure.peer.value, 3)} if figure.peer else None,
        "ratio": round(figure.ratio, 2) if figure.ratio is not None else None,
        "n": figure.n,
        "command": command,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "load": round(load, 2),
        "processors": os.cpu_count(),
    }


def read(path: Path = RESULTS) -> dict[str, dict[str, Any]]:
    """All figures kept so far, by name; empty when nothing was measured yet."""
    if not path.exists():
        return {}
    kept: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def keep(figures: Iterable[Figure], command: str, load: float, path: Path = RESULTS) -> None:
    """Put figures beside those of other runs; one of the same name is replaced."""
    kept = read(path) | {figure.name: entry(figure, command, load) for figure in figures}
    text = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
