"""Each dependency we name has its line: why, licence, upkeep, what would replace it."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from infra.supply.locks import read

ROOT = Path(__file__).parents[2]


def test_every_named_dependency_has_its_line_and_no_line_is_left_over() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=~; ]", spec)[0] for spec in wanted}
    assert set(_table("## Python, named in", "package why licence upkeep instead")) == names


def test_so_has_every_debian_package() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^(?:RUN|TEST)_PACKAGES := (.*)$", makefile, re.MULTILINE)
    wanted = {word for line in named for word in line.split() if not word.startswith("$")}
    image = (ROOT / "infra" / "reader" / "Dockerfile").read_text(encoding="utf-8")
    (installed,) = re.findall(r"apt-get install .*", image)
    wanted |= {word.removesuffix("t64") for word in installed.split()[2:] if not word.startswith(("-", "\\"))}
    assert set(_table("## Debian", "package why licence upkeep instead")) == wanted


def test_so_has_what_only_the_readers_image_needs() -> None:
    asked = read(ROOT / "infra" / "reader" / "requirements-runtime.txt", "runtime")
    wanted = {package.name for package in asked}
    assert set(_table("## Python in the reader's image", "package why licence upkeep instead")) == wanted


@pytest.mark.parametrize("section", ["## In the browser", "## In the tests only"])
def test_so_has_every_copied_file(section: str) -> None:
    rows = _table(section, "what version licence where why change upkeep instead")
    assert rows
    held = {
        part
        for cells in rows.values()
        for part in re.findall(r"`(?:[\w/]+/)?([\w-]+\.(?:min\.)?js)`", " ".join(cells))
    }
    folder = {"## In the browser": "chalicelib/web/aset", "## In the tests only": "tests/web/vendor"}[section]
    pattern = "vendor-*.js" if "browser" in section else "*.js"
    assert {path.name for path in (ROOT / folder).glob(pattern)} <= held


def _table(section: str, columns: str) -> dict[str, list[str]]:
    """The rows of the first table under a heading: first cell → all cells, none of them empty."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    body = page.split(section, 1)[1].split("\n## ", 1)[0]
    lines = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line] for line in lines]
    assert " ".join(rows[0]) == columns
    assert all(len(row) == len(rows[0]) and all(row) for row in rows)
    return {row[0]: row for row in rows[1:]}
