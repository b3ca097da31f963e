"""Each dependency we name has its line: why, licence, upkeep, what would replace it."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_named_dependency_has_its_line_and_no_line_is_left_over() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=~; ]", spec)[0] for spec in wanted}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").split("## Python", 1)[1]
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")][1:]
    assert {row[0].strip() for row in rows} == names
    assert all(len(row) == 5 and all(cell.strip() for cell in row) for row in rows)
