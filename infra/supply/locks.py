"""The lock files as they stand: each package with its version, marker, hashes and who asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from packaging.utils import canonicalize_name

LOCKS = (
    "requirements.txt",
    "requirements-reader.txt",
    "requirements-dev.txt",
    "infra/reader/requirements-runtime.txt",
)
"""In the order in which what they hold is needed: the functions, the reader, tests and checks, the reader's image."""
OURS = "berkas"
_PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$"
)
_HASH = re.compile(r"\s+--hash=sha256:([0-9a-f]{64})\s*\\?$")
_VIA = re.compile(r"\s+#\s+(?:via\s+)?(?P<what>\S.*)$")


class NotLocked(Exception):
    """A line of a lock file that pins nothing, or a package without a hash; `str(error)` names file and line."""


@dataclass(frozen=True)
class Locked:
    """One pinned package. `hashes` are SHA-256 of its files, `via` the packages that need it (`OURS`: we name it)."""

    name: str
    version: str
    marker: str = ""
    hashes: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    locks: tuple[str, ...] = field(default=())

    @property
    def purl(self) -> str:
        """The package as the package URL specification writes it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read(path: Path, called: str) -> list[Locked]:
    """The packages of one lock file, `called` so in what is found. NotLocked: a line that is no pin, or no hash."""
    found: list[Locked] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if pinned := _PINNED.match(line):
            name = canonicalize_name(pinned["name"])
            found.append(Locked(name, pinned["version"], pinned["marker"] or "", locks=(called,)))
        elif not found or not line.startswith(" "):
            raise NotLocked(f"{called}:{number}: not pinned by version: {line.strip()}")
        elif hashed := _HASH.match(line):
            found[-1] = replace(found[-1], hashes=found[-1].hashes | {hashed[1]})
        elif (
            (via := _VIA.match(line)) and not via["what"].startswith(("-c ", "-r ")) and via["what"] != "via"
        ):
            asker = via["what"].split(" ")[0]
            found[-1] = replace(found[-1], via=found[-1].via | {canonicalize_name(asker)})
    bare = [package.name for package in found if not package.hashes]
    if bare:
        raise NotLocked(f"{called}: without a hash: {', '.join(bare)}")
    return found


def all_locked(root: Path) -> list[Locked]:
    """What all lock files pin, each version once, by name. NotLocked as `read`."""
    merged: dict[tuple[str, str], Locked] = {}
    for package in _each(root):
        place = (package.name, package.version)
        before = merged.get(place)
        if before is None:
            merged[place] = package
            continue
        merged[place] = replace(
            before,
            hashes=before.hashes | package.hashes,
            via=before.via | package.via,
            locks=(*before.locks, *package.locks),
        )
    return [merged[place] for place in sorted(merged)]


def _each(root: Path) -> Iterator[Locked]:
    for name in LOCKS:
        yield from read(root / name, name)
