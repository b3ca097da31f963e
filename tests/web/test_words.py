"""Templates have no words of their own: all that a page says stands in the catalogue, once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import chalicelib

ROOT = Path(chalicelib.__file__).parent
TEMPLATES = sorted((ROOT / "web").glob("*/*.html"))
CATALOGUE = json.loads((ROOT / "messages" / "id.json").read_text(encoding="utf-8"))
SAID_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title"}
"""Attributes that a person reads or hears."""
_TOLD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SENTENCE = re.compile(r"(?:\S+\s+){3}\S+|.*[.?!]$")
"""What ends as one, or has four words; a shorter label may mean something else elsewhere."""


class Words(HTMLParser):
    """What is left in a template for people to read once everything from the catalogue is taken out."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(_TOLD.sub("", template))

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spoken = SAID_ALOUD | ({"content"} if ("name", "description") in attrs else set())
        for name, value in attrs:
            if name in spoken:
                self._keep(value or "")

    def _keep(self, text: str) -> None:
        if re.search(r"[^\W\d_]", text):
            self.found.append(text.strip())


def named() -> Iterator[str]:
    """Every key that a template asks for by its whole name, and the beginning of one that it puts together."""
    for template in TEMPLATES:
        for key, joined in re.findall(r'pesan\("([\w.-]+)"(\s*~)?', template.read_text(encoding="utf-8")):
            yield key + ("*" if joined else "")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert Words(text).found == []
    assert not re.search(r'\{%\s*set\s+(?:title|description)\s*=\s*"', text)


def test_words_of_a_template_would_be_seen() -> None:
    assert Words(
        '<p class="x">{{ pesan("a") }} lagi</p><img alt="Foto {{ x }}"><meta name="description" content="Usul">'
    ).found == [
        "lagi",
        "Foto",
        "Usul",
    ]


def test_what_templates_ask_for_is_what_the_catalogue_has_for_them() -> None:
    wanted = set(named())
    begun = tuple(name[:-1] for name in wanted if name.endswith("*"))
    whole = {name for name in wanted if not name.endswith("*")}
    assert whole - set(CATALOGUE) == set()
    ours = {key for key in CATALOGUE if key.startswith("laman.")}
    assert len(ours) > 200
    assert {key for key in ours - whole if not key.startswith(begun)} == set()


def test_no_sentence_stands_in_two_places() -> None:
    places: dict[str, list[str]] = {}
    for key, entry in CATALOGUE.items():
        places.setdefault(entry["message"], []).append(key)
    assert {text: keys for text, keys in places.items() if len(keys) > 1 and _SENTENCE.match(text)} == {}
