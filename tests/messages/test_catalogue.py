"""The catalogue: every code that the source names has its text, and every text is short and plain."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import chalicelib
from chalicelib.messages import message
from chalicelib.usulan.case import FIELDS
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.events import Happened

ROOT = Path(chalicelib.__file__).parent
CATALOGUE = json.loads((ROOT / "messages" / "id.json").read_text(encoding="utf-8"))
ERRORS = {
    "BadInput",
    "NotFound",
    "Conflict",
    "Forbidden",
    "NotSignedIn",
    "TooLarge",
    "UnreadablePhoto",
    "InvalidNik",
}
MAKERS = ERRORS | {"Finding", "message", "Doubt", "BerkasError"}
LONGEST = 15


def named_codes() -> Iterator[str]:
    """First arguments in capitals of everything that takes a code."""
    for path in [*ROOT.rglob("*.py"), ROOT.parent / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if (
                name in MAKERS
                and isinstance(first, ast.Constant)
                and re.fullmatch(r"[A-Z_]{4,}", str(first.value))
            ):
                yield str(first.value)


def test_every_code_in_the_source_has_a_text() -> None:
    codes = set(named_codes())
    assert len(codes) > 40
    assert codes - set(CATALOGUE) == set()


def test_families_of_codes_are_whole() -> None:
    for field in FIELDS:
        assert f"ISIAN_{field}" in CATALOGUE
    for happened in Happened:
        assert f"PERISTIWA_{happened.name}" in CATALOGUE
    for slot in Slot:
        assert f"DOKUMEN_{slot}" in CATALOGUE
    for month in range(1, 13):
        assert f"BULAN_{month}" in CATALOGUE
    for road in json.loads((ROOT / "usulan" / "roads.json").read_text(encoding="utf-8")):
        for stage in road["stages"]:
            assert {f"TAHAP_{stage['code']}", f"KANTOR_{stage['code']}"} <= set(CATALOGUE)


def test_sentences_are_short_and_nobody_is_told_just_that_it_failed() -> None:
    too_long = []
    for code, entry in CATALOGUE.items():
        for text in entry.values():
            assert not re.search(r"\b(gagal|error|invalid)\b", text, re.IGNORECASE), code
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                words = [word for word in sentence.split() if re.search(r"\w", word)]
                if len(words) > LONGEST:
                    too_long.append((code, len(words), sentence))
    assert too_long == []


def test_gaps_are_filled() -> None:
    assert message("NIK_KURANG", n=3).startswith("NIK harus 16 angka. Yang Anda ketik 3 angka.")
