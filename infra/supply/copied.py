"""What is copied into the repository from others, as `docs/dependencies.md` lists it by version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_ROW = re.compile(
    r"^\| \[(?P<name>[\w-]+)\]\(https://www\.npmjs\.com/package/[\w-]+\)[^|]*"
    r"\| (?P<version>[\d.]+) \| (?P<licence>[\w.-]+)"
)
_SHA256 = re.compile(r"^- `(?P<file>[\w.-]+)` (?P<hash>[0-9a-f]{64})$")


@dataclass(frozen=True)
class Copied:
    """A package of npm of which files stand here: `files` name → SHA-256."""

    name: str
    version: str
    licence: str
    files: tuple[tuple[str, str], ...]

    @property
    def purl(self) -> str:
        return f"pkg:npm/{self.name}@{self.version}"


def copied(root: Path) -> list[Copied]:
    """In the page's order; the hashes listed after a package's row are those of its files."""
    found: list[Copied] = []
    for line in (root / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines():
        if row := _ROW.match(line):
            found.append(Copied(row["name"], row["version"], row["licence"], ()))
        elif (file := _SHA256.match(line)) and found:
            last = found[-1]
            found[-1] = Copied(
                last.name, last.version, last.licence, (*last.files, (file["file"], file["hash"]))
            )
    return found
