"""Pages out of their templates: `web/pages/NAME.html` inside the frame of `web/bagian/kerangka.html`.

What a page's scripts say comes from the message catalogue (`kata`), what they load is preloaded by name (`modules`), and
every asset is named by the address that may be kept for ever (`assets.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from chalicelib import messages
from chalicelib.api import design
from chalicelib.api.assets import Assets

WEB = Path(__file__).parent.parent / "web"
TEXTS = frozenset({".css", ".js", ".svg", ".txt", ".webmanifest"})


@cache
def assets() -> Assets:
    """All that lies in `web/aset`."""
    folder = WEB / "aset"
    return Assets(
        {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in TEXTS}
    )


def page(name: str, banner: str) -> str:
    """The page `name` as it is sent in the language of the moment; `banner` stands above everything on it, empty for
    none. TemplateNotFound: there is no such page."""
    return _page(name, banner, messages.spoken())


@cache
def _page(name: str, banner: str, _: messages.Language) -> str:
    return filled(name, banner)


def filled(name: str, banner: str, **values: Any) -> str:
    """The page `name` with what it is to show to one person."""
    template = _templates().get_template(f"pages/{name}.html")
    return assets().addressed(template.render(page=name, language=messages.spoken(), banner=banner, **values))


def piece(name: str) -> str:
    """`bagian/NAME.html` by itself, in the language of the moment: what stands in a frame of a page."""
    template = _templates().get_template(f"bagian/{name}.html")
    return assets().addressed(template.render(language=messages.spoken()))


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(WEB),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"ikon": _icon, "kata": _words, "modules": _modules, "pesan": _message}
    made.globals |= {"tokens": lambda: design.tokens(assets()), "icons": lambda: design.icons(assets())}
    return made


@cache
def _icon(name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true"><use href="aset/ikon.svg#{}"/></svg>').format(name)


def _message(code: str, **values: object) -> Markup:
    """A sentence of the catalogue for a template; a gap takes text, or a piece of markup the template has made."""
    return _sentence(code, messages.spoken()).format(**values) if values else _whole(code, messages.spoken())


@cache
def _sentence(code: str, _: messages.Language) -> Markup:
    return escape(messages.text(code))


@cache
def _whole(code: str, language: messages.Language) -> Markup:
    """A sentence without gaps. KeyError: it has one."""
    return _sentence(code, language).format()


def _words(groups: Sequence[str], codes: Sequence[str] = ()) -> Markup:
    return _said(tuple(groups), tuple(codes), messages.spoken())


@cache
def _said(groups: tuple[str, ...], codes: tuple[str, ...], _: messages.Language) -> Markup:
    return words(groups, codes)


def words(groups: Sequence[str], codes: Sequence[str] = ()) -> Markup:
    """What the page's scripts say, in a template they look it up in: the words of these groups of the catalogue, and the
    messages with these codes (`CODE`, and `CODE_saran` for what the person can do next). ValueError: two groups give one
    name different words, and a script would say the wrong ones."""
    said: dict[str, str] = {}
    for group in groups:
        these = messages.words(group)
        if twice := [name for name in said.keys() & these.keys() if said[name] != these[name]]:
            raise ValueError(f"{group} and another group both say {twice}")
        said |= these
    for code in codes:
        said[code] = messages.text(code)
        if messages.hint(code):
            said[f"{code}_saran"] = messages.hint(code)
    entries = "\n".join(f'<p data-kata="{escape(name)}">{escape(text)}</p>' for name, text in said.items())
    return Markup(f'<template id="kata">\n{entries}\n</template>')  # noqa: S704  (each part was escaped)


@cache
def _modules(script: str) -> Sequence[str]:
    """The modules that a page's script imports, directly or not, in the order in which they are met."""
    return assets().imports(f"{script}.js")
