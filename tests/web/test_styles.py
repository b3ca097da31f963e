"""The style sheets: every colour and size of type is a token, and citizens' pages carry none of the officers' rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chalicelib.api.design import icons, tokens
from chalicelib.api.rendering import assets
from tests.web.test_pages import PAGES, WEB, modules, page

SHEETS = {
    name: (WEB / "aset" / name).read_text(encoding="utf-8")
    for name in ("berkas.css", "kasus.css", "kantor.css")
}
CITIZENS = {"beranda", "usulan", "status"}


def rules(sheet: str) -> str:
    """A sheet without its tokens, its comments and its print part (black on white, in points)."""
    text = re.sub(r"/\*.*?\*/", "", SHEETS[sheet].partition("@media print")[0], flags=re.DOTALL)
    return re.sub(r":root \{.*?\}", "", text, flags=re.DOTALL)


def classes(selectors: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{.*?\}", "{}", selectors, flags=re.DOTALL)))


def shown(path: Path) -> set[str]:
    """The classes that a page has, or that its scripts give."""
    found = {name for value in page(path).values("class") for name in value.split()}
    for module in modules(path, lazy=True):
        for text in re.findall(r"class(?:Name)?: ['`]([^'`]+)['`]", module.read_text(encoding="utf-8")):
            found |= set(text.split())
    return found


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_colours_and_sizes_of_type_are_tokens(sheet: str) -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgb\(.*?\)", rules(sheet)) == []
    assert re.findall(r"font-size: (?!var|inherit)[^;]+", rules(sheet)) == []
    used = set(re.findall(r"var\((--[\w-]+)", SHEETS[sheet]))
    assert used <= {name for names in tokens(assets()).values() for name in names}


def test_every_token_is_used() -> None:
    declared = {name for names in tokens(assets()).values() for name in names}
    assert len(declared) > 30
    assert {name for name in declared if not any(f"var({name}" in text for text in SHEETS.values())} == set()


def test_a_dark_scheme_changes_tokens_and_adds_none() -> None:
    light, dark = re.findall(r":root \{(.*?)\n *\}", SHEETS["berkas.css"], re.DOTALL)[:2]
    declared = re.compile(r"(--[\w-]+):")
    assert set(declared.findall(dark)) < set(declared.findall(light))


def test_citizens_load_no_rules_for_officers() -> None:
    officers_alone = classes(rules("kantor.css")) - classes(rules("berkas.css")) - classes(rules("kasus.css"))
    assert {"queue", "stage", "panel"} <= officers_alone
    for path in PAGES:
        linked = {address for address in page(path).values("href") if address.endswith(".css")}
        assert ("aset/kantor.css" in linked) == (path.stem not in CITIZENS), path.stem
        if path.stem in CITIZENS:
            assert shown(path) & officers_alone == set(), path.stem


def test_who_shows_what_became_of_a_case_loads_its_rules() -> None:
    of_cases = classes(rules("kasus.css")) - classes(rules("berkas.css"))
    assert {"timeline", "chip", "photo-list"} <= of_cases
    for path in PAGES:
        if shown(path) & of_cases:
            assert "aset/kasus.css" in page(path).values("href"), path.stem


def test_the_living_page_shows_every_token_and_every_icon() -> None:
    living = page(next(path for path in PAGES if path.stem == "gaya"))
    shown_tokens = living.values("data-token")
    assert sorted(set(shown_tokens)) == sorted(
        {name for names in tokens(assets()).values() for name in names}
    )
    drawn = {address.partition("#")[2] for address in living.values("href") if "ikon.svg#" in address}
    assert drawn >= set(icons(assets()))
