"""All that we take from registries, as pairs of package (`pypi/pillow`, `npm/qr`) and version."""

from __future__ import annotations

from pathlib import Path

from infra.supply.copied import copied
from infra.supply.locks import all_locked


def used(root: Path) -> list[tuple[str, str]]:
    locked = [(f"pypi/{package.name}", package.version) for package in all_locked(root)]
    return [*locked, *((f"npm/{package.name}", package.version) for package in copied(root))]
