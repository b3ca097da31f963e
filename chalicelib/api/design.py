"""What the living page of components (`/gaya`) shows of the style sheet and the icons: read from the files themselves."""

from __future__ import annotations

import re
from functools import cache

from chalicelib.api.assets import Assets

_ROOT = re.compile(r":root \{(?P<body>.*?)\n\}", re.DOTALL)
_TOKEN = re.compile(r"^ +(?P<name>--[\w-]+): (?P<value>.+);$", re.MULTILINE)
_KINDS = {
    "jarak": ("--gap-", "--touch"),
    "sudut": ("--radius-",),
    "ukuran": ("--size-",),
    "huruf": ("--sans", "--mono"),
    "bayangan": ("--shadow", "--lift", "--veil"),
}


@cache
def tokens(assets: Assets) -> dict[str, list[str]]:
    """Kind → the names of its tokens, as they stand in `berkas.css`; what is of no other kind is a colour."""
    sheet = _ROOT.search(assets.served("berkas.css"))
    names = [found["name"] for found in _TOKEN.finditer(sheet["body"])] if sheet else []
    kinds: dict[str, list[str]] = {"warna": [], **{kind: [] for kind in _KINDS}}
    for name in names:
        kind = next((kind for kind, begun in _KINDS.items() if name.startswith(begun)), "warna")
        kinds[kind].append(name)
    return kinds


def icons(assets: Assets) -> list[str]:
    """The names of all icons, in the order in which they are drawn."""
    return re.findall(r'<symbol id="(\w+)"', assets.served("ikon.svg"))
