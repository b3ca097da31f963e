"""The pages as files: small, self-contained, and every name they use is there."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chalicelib.api.pages import GUIDES
from chalicelib.api.rendering import assets, filled
from chalicelib.api.rendering import page as rendered
from chalicelib.api.rendering import words as said
from chalicelib.messages import Language, message, speaking, spoken

WEB = Path(__file__).parents[2] / "chalicelib" / "web"
PAGES = sorted((WEB / "pages").glob("*.html"))
OUR_FILES = sorted(path for path in (WEB / "aset").iterdir() if not path.name.startswith("vendor-"))
BUDGETS = dict.fromkeys((path.stem for path in PAGES), 60) | {"meja": 120}
"""KiB, gzipped, of all that a page loads before anyone does anything."""


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, str] = {}
        self.loose_script = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self._inside = tag if tag in {"script", "style"} else attributes.get("data-kata", "")
        if "data-kata" in attributes:
            self.words[attributes["data-kata"]] = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"}:
            self.loose_script += data.strip()
        elif self._inside:
            self.words[self._inside] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


SEEN = {
    "status": {
        "seen": {
            "number": "7K3M-9QTD-2",
            "state_label": "Perlu diperbaiki",
            "facts": [("Sekarang di", "Anda")],
            "needs": [
                {
                    "slot": "ktp",
                    "title": "KTP",
                    "message": "Foto KTP kurang jelas.",
                    "sent": False,
                    "before": "aset/contoh-ktp.svg",
                    "after": None,
                }
            ],
            **dict.fromkeys(("notice", "late", "draft", "notes", "news", "channel", "channel_label"), ""),
            **dict.fromkeys(("pass", "name", "post", "done", "trouble"), ""),
            "timeline": [{"label": "Usulan dikirim", "detail": None, "iso": "", "when": ""}],
        }
    }
}
"""What a page shows of a case, where it shows one."""


def sent(path: Path) -> str:
    """The page as it is sent."""
    values = SEEN.get(path.stem)
    return filled(path.stem, "DATA CONTOH", **values) if values else rendered(path.stem, "DATA CONTOH")


def text_of(path: Path) -> str:
    """The same, its assets by their plain names."""
    return re.sub(r"\?v=[0-9a-f]{12}", "", sent(path))


def page(path: Path) -> Page:
    return Page(text_of(path))


def modules(path: Path, *, lazy: bool = False) -> set[Path]:
    """The modules a page loads, with what they import; `lazy`: also those loaded only when needed."""
    found: set[Path] = set()
    waiting = [
        WEB / attributes["src"]
        for tag, attributes in page(path).elements
        if tag == "script" and "src" in attributes
    ]
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        text = module.read_text(encoding="utf-8")
        names = re.findall(r"from '\./([\w.-]+)'", text)
        if lazy:
            names += re.findall(r"import\('\./([\w.-]+)'\)", text)
        waiting += [module.parent / name for name in names]
    return found


def used(path: Path, function: str) -> Iterator[tuple[str, str]]:
    """(module, name) for each call of `function` with a plain name in the modules of a page, late ones too."""
    for module in modules(path, lazy=True):
        for name in re.findall(rf"\b{function}\('([\w-]+)'", module.read_text(encoding="utf-8")):
            yield module.name, name


def weight(paths: set[Path]) -> int:
    """Bytes when each file is gzipped by itself, as it is served."""
    return sum(len(gzip.compress(assets().served(path.name).encode(), 9)) for path in paths)


@pytest.fixture(
    params=[(path, language) for path in PAGES for language in Language],
    ids=lambda param: f"{param[0].stem}-{param[1]}",
)
def path(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Each page, in each language."""
    chosen, language = request.param
    with speaking(language):
        yield chosen


def test_there_are_these_pages_and_no_others() -> None:
    assert [path.stem for path in PAGES if not path.stem.startswith("panduan-")] == [
        "admin",
        "akun",
        "beranda",
        "gaya",
        "kios-isian",
        "kios",
        "loket-isian",
        "loket",
        "meja",
        "panduan",
        "permintaan",
        "petugas",
        "status",
        "usulan",
    ]
    assert {path.stem for path in PAGES if path.stem.startswith("panduan-")} == {
        f"panduan-{role}" for role in GUIDES
    }


def test_head(path: Path) -> None:
    text = text_of(path)
    parsed = page(path)
    assert ("html", {"lang": spoken()}) in parsed.elements
    assert "width=device-width, initial-scale=1" in parsed.values("content")
    assert re.search(r"<title>[^<]+</title>", text)
    assert (
        f'<body>\n<aside class="pita-contoh" aria-label="{message("laman.umum.keterangan")}">DATA CONTOH</aside>\n'
        in text
    )
    assert "pita-contoh" not in rendered(path.stem, "")


def test_nothing_inline(path: Path) -> None:
    """The content security policy forbids inline script, style and handlers."""
    parsed = page(path)
    assert parsed.loose_script == ""
    names = {name for _, attributes in parsed.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_every_address_is_relative_and_there(path: Path) -> None:
    parsed = page(path)
    page_doors = {
        "./",
        "usulan",
        "status",
        "status-foto",
        "status-kirim",
        "status-kabar",
        "petugas",
        "meja",
        "admin",
        "permintaan",
        "akun",
        "loket",
        "kios",
        *(path.stem for path in PAGES if path.stem.startswith("panduan")),
    }
    other = "id" if spoken() == "en" else "en"
    doors = page_doors | {f"bahasa/{other}?ke={'' if path.stem == 'beranda' else path.stem}"}
    for address in parsed.values("src") + parsed.values("href") + parsed.values("action"):
        assert not re.match(r"[a-z]+:|/", address), address
        target, _, fragment = address.partition("#")
        if target.startswith("aset/"):
            assert (WEB / target).is_file(), address
            if fragment:
                assert f'<symbol id="{fragment}"' in (WEB / target).read_text(encoding="utf-8"), address
        else:
            assert target in doors | {""}, address


def test_scripts_fetch_nothing_from_elsewhere() -> None:
    for module in OUR_FILES:
        text = module.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|\burl\(|@import|innerHTML|\beval\b", text), module.name


def test_ids_are_unique_and_labels_point_somewhere(path: Path) -> None:
    parsed = page(path)
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    pointers = parsed.values("for") + parsed.values("aria-labelledby")
    pointers += [name for names in parsed.values("aria-describedby") for name in names.split()]
    assert set(pointers) <= set(ids)


def test_every_name_the_scripts_use_is_on_the_page(path: Path) -> None:
    """byId('x'), clone('x'), part(root, 'x') and words('x') in a page's modules find their element."""
    parsed = page(path)
    ids, parts = set(parsed.values("id")), set(parsed.values("data-part"))
    for module, name in [*used(path, "byId"), *used(path, "clone")]:
        assert name in ids, f"{module}: #{name}"
    for module in modules(path, lazy=True):
        for name in re.findall(r"\bpart\(\w+, '([\w-]+)'\)", module.read_text(encoding="utf-8")):
            assert name in parts, f"{module.name}: data-part {name}"
    for module, name in used(path, "words"):
        assert name in parsed.words, f"{module}: words {name}"


def test_every_icon_is_drawn() -> None:
    sprite = (WEB / "aset" / "ikon.svg").read_text(encoding="utf-8")
    for module in (WEB / "aset").glob("*.js"):
        for name in re.findall(r"\bicon\('(\w+)'\)", module.read_text(encoding="utf-8")):
            assert f'<symbol id="{name}"' in sprite, f"{module.name}: {name}"


def test_sentences_are_short(path: Path) -> None:
    """At most 15 words a sentence (DOMAIN 7.2) in what the page itself says; the catalogue has a test of its own."""
    text = re.sub(r"<template id=\"kata\">.*?</template>", "", text_of(path), flags=re.DOTALL)
    said = [
        re.sub(r"<[^>]+>", " ", block)
        for block in re.findall(r"<(?:p|h1|h2|li|label|legend|small)\b.*?>(.*?)</", text)
    ]
    for sentence in (one for block in said for one in re.split(r"[.?!]\s", block)):
        assert len(sentence.split()) <= 15, sentence


def weight_of_all(path: Path, *, lazy: bool = False) -> float:
    """KiB of a page with what it loads; `lazy`: also what comes when it is needed."""
    files = modules(path, lazy=lazy)
    files |= {
        WEB / address.partition("#")[0]
        for address in page(path).values("src") + page(path).values("href")
        if address.startswith("aset/")
    }
    return (weight(files) + len(gzip.compress(sent(path).encode(), 9))) / 1024


def test_weight(path: Path) -> None:
    assert weight_of_all(path) <= BUDGETS[path.stem]


def test_the_form_weighs_no_more_with_all_that_comes_later() -> None:
    assert weight_of_all(WEB / "pages" / "usulan.html", lazy=True) <= BUDGETS["usulan"]


def test_the_decoder_is_loaded_only_by_the_scan_page_and_only_when_needed() -> None:
    vendored = set((WEB / "aset").glob("vendor-*.js"))
    for path in PAGES:
        assert not vendored & modules(path)
        assert bool(vendored & modules(path, lazy=True)) == (path.stem == "petugas")


def test_preloads_are_what_is_imported(path: Path) -> None:
    preloaded = {
        WEB / attributes["href"]
        for tag, attributes in page(path).elements
        if tag == "link" and attributes.get("rel") == "modulepreload"
    }
    entry = {WEB / attributes["src"] for tag, attributes in page(path).elements if tag == "script"}
    assert preloaded == modules(path) - entry


def test_modules_stay_small() -> None:
    for module in OUR_FILES:
        if module.suffix == ".js":
            assert len(module.read_text(encoding="utf-8").splitlines()) <= 300, module.name


def test_vendored_files_are_the_ones_we_looked_at() -> None:
    listed = (WEB.parents[1] / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for path in [*(WEB / "aset").glob("vendor-*.js"), *Path(__file__).parent.glob("vendor/*.js")]:
        assert f"`{path.name}` {hashlib.sha256(path.read_bytes()).hexdigest()}" in listed, path.name


def test_two_groups_that_name_other_words_alike_are_refused() -> None:
    with pytest.raises(ValueError, match="terkirim"):
        said(["usulan", "status"])
