"""`python -m infra.supply.sbom`: what the product is made of, as a CycloneDX 1.6 bill in `build/sbom.json`.

Made of the lock files, of the copied files' table and of installed metadata (licences), without a network. The same
sources give the same bytes: no times, and the serial number is made of the content.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from infra.supply.copied import Copied, copied
from infra.supply.licences import licence
from infra.supply.locks import OURS, Locked, all_locked

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "build" / "sbom.json"
RUNTIME = frozenset({"requirements.txt", "requirements-reader.txt", "infra/reader/requirements-runtime.txt"})
SERVED = frozenset({"qr"})
"""Copied packages that browsers get; the others are for tests."""

Json = dict[str, Any]


def main() -> int:
    PLACE.parent.mkdir(exist_ok=True)
    made = bill(ROOT)
    PLACE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{PLACE.relative_to(ROOT)}: {len(made['components'])} components")  # noqa: T201  (what the command tells)
    return 0


def bill(root: Path) -> Json:
    """The bill of the checkout at `root`, in JSON's types."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = f"pkg:generic/{OURS}@{project['version']}"
    packages, files = all_locked(root), copied(root)
    body: Json = {
        "metadata": {
            "lifecycles": [{"phase": "pre-build"}],
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": OURS,
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": [*map(_locked, packages), *map(_copied, files)],
        "dependencies": list(_needs(ours, packages, files)),
    }
    content = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        **body,
    }


def _locked(package: Locked) -> Json:
    expression = licence(package)
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if RUNTIME & set(package.locks) else "excluded",
        **({"licenses": _licences(expression)} if expression else {}),
        "purl": package.purl,
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{package.name}/{package.version}/",
                "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(package.hashes)],
            }
        ],
        "properties": [
            *({"name": "berkas:lock", "value": lock} for lock in package.locks),
            *([{"name": "berkas:marker", "value": package.marker}] if package.marker else []),
        ],
    }


def _copied(package: Copied) -> Json:
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.name in SERVED else "excluded",
        "licenses": _licences(package.licence),
        "purl": package.purl,
        "components": [
            {
                "type": "file",
                "bom-ref": f"{package.purl}#{name}",
                "name": name,
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
            for name, digest in package.files
        ],
    }


def _licences(expression: str) -> list[Json]:
    return [{"expression": expression}] if " " in expression else [{"license": {"id": expression}}]


def _needs(ours: str, packages: Iterable[Locked], files: Iterable[Copied]) -> Iterable[Json]:
    """Who needs whom, read backwards from the locks' `via`; of a name locked twice (by marker) both versions."""
    needs: dict[str, set[str]] = {}
    packages = list(packages)
    for package in packages:
        for asker in package.via:
            needs.setdefault(asker, set()).add(package.purl)
    own = needs.get(OURS, set()) | {package.purl for package in files}
    own |= {package.purl for package in packages if not package.via}
    yield {"ref": ours, "dependsOn": sorted(own)}
    for package in packages:
        yield {"ref": package.purl, "dependsOn": sorted(needs.get(package.name, set()))}
    for copy in files:
        yield {"ref": copy.purl}


if __name__ == "__main__":
    sys.exit(main())
