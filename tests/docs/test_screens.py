"""The list of screens names every state that the accessibility tests look at, and no other."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def looked_at() -> Iterator[str]:
    """Each state by its name; a test that goes through a table of pages has all it looks at in its module's STATES."""
    for path in (ROOT / "tests" / "e2e").glob("test_*.py"):
        table = False
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("look", "photograph")
            ):
                if isinstance(node.args[1], ast.Constant):
                    yield node.args[1].value
                else:
                    table = True
        if table:
            yield from importlib.import_module(f"tests.e2e.{path.stem}").STATES


def test_every_state_stands_in_the_list_once_and_has_a_file_of_its_own() -> None:
    page = (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| [^|]*\| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)[1:]
    assert sorted(listed) == sorted(looked_at())
    assert len({re.sub(r"[^a-z0-9]+", "-", state.lower()) for state in listed}) == len(listed)
