"""Addresses of assets that a phone may keep for ever: each carries a digest of what it brings.

`./page.js` becomes `./page.js?v=3f2a…` wherever one of our pages or modules names it. A module's digest is taken of its
text with the addresses in it already written, so a change travels up: whoever imports a changed module has a new address
too, and no kept file can name one that is gone.

What our files say to who reads the code does not travel: lines that are comment alone are sent empty, so that a line
has the same number here and there. It is a sixth of what a phone would load. Vendored files, which hold their licences,
are sent as they are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_NAMED = re.compile(r"""(?P<before>["'`](?:aset/|\./))(?P<name>[\w-]+(?:\.[\w-]+)+)(?=["'`#])""")
_IMPORTED = re.compile(r"""^(?:import|export)\b[^;]*?\bfrom\s+['"]\./(?P<name>[\w.-]+)['"]""", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)
_COMMENTED = (".js", ".css")
_VENDORED = "vendor-"
_DIGITS = 12


def bare(name: str, text: str) -> str:
    """A file of ours without the lines that are comment alone; their line ends stay."""
    if not name.endswith(_COMMENTED) or name.startswith(_VENDORED):
        return text
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


class Assets:
    """The files of one folder, by name; text only."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._served: dict[str, str] = {}
        self._digests: dict[str, str] = {}

    def served(self, name: str) -> str:
        """The file's text with every address in it written out. KeyError: no such file; ValueError: it imports itself by
        some way round, so that no digest can be taken."""
        return self._written(name, ())

    def digest(self, name: str) -> str:
        """What the file's address carries."""
        return self._digest(name, ())

    def addressed(self, text: str) -> str:
        """A page's text with every address of an asset in it written out."""
        return self._with_addresses(text, ())

    def imports(self, name: str) -> tuple[str, ...]:
        """The modules that `name` imports at once, directly or not, in the order in which they are met."""
        found: dict[str, None] = {}
        for imported in (match["name"] for match in _IMPORTED.finditer(self._files[name])):
            found |= dict.fromkeys((imported, *self.imports(imported)))
        return tuple(found)

    def _written(self, name: str, importers: tuple[str, ...]) -> str:
        if name in importers:
            raise ValueError(f"assets import each other in a circle: {' > '.join((*importers, name))}")
        if name not in self._served:
            self._served[name] = self._with_addresses(bare(name, self._files[name]), (*importers, name))
        return self._served[name]

    def _with_addresses(self, text: str, importers: tuple[str, ...]) -> str:
        def address(found: re.Match[str]) -> str:
            name = found["name"]
            if name not in self._files:
                return found[0]
            return f"{found['before']}{name}?v={self._digest(name, importers)}"

        return _NAMED.sub(address, text)

    def _digest(self, name: str, importers: tuple[str, ...]) -> str:
        if name not in self._digests:
            text = self._written(name, importers)
            self._digests[name] = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
        return self._digests[name]
