"""`docs/reading.md`: its words are written by hand, its tables stand between two marks and come from `tables.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chalicelib.reading.scoring.table import Table

PAGE = Path(__file__).parents[2] / "docs" / "reading.md"
TABLES = Path(__file__).with_name("tables.json")
BEGIN, END = "<!-- measured: python -m bench.reading -->", "<!-- /measured -->"


def keep(taken: Mapping[str, Any], tables: Sequence[Table], path: Path = TABLES) -> None:
    """Keep the tables of a run; `taken` tells when, by which command, under what load."""
    told = [{"title": t.title, "head": t.head, "rows": t.rows, "note": t.note} for t in tables]
    text = json.dumps({"taken": dict(taken), "tables": told}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def measured(path: Path = TABLES) -> str:
    """The measured part of the page, marks included."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    taken = kept["taken"]
    lines = [
        BEGIN,
        f"Taken {taken['date']} by `{taken['command']}`, seed {taken['seed']}, "
        f"load {taken['load']} on {taken['processors']} processors, reader {taken['state']}.",
    ]
    for raw in kept["tables"]:
        table = Table(raw["title"], tuple(raw["head"]), tuple(map(tuple, raw["rows"])), raw["note"])
        lines += ["", table.markdown()]
    return "\n".join([*lines, END])


def renewed(page: str, part: str) -> str:
    """The page with its measured part replaced. ValueError: it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no place for what was measured")
    return before + part + after


def write() -> None:
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), measured()), encoding="utf-8")
