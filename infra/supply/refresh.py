"""`python -m infra.supply.refresh`: ask osv.dev for all advisories on what we lock, and write `advisories.json` anew.

The only part of the supply chain's checks that needs a network. It sends names of packages, nothing else. The data is
that of the OSV sources (PyPA and GitHub advisories, CC-BY-4.0).
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from infra.supply.advisories import SNAPSHOT
from infra.supply.used import used

SOURCE = "https://api.osv.dev/v1"
ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
_ORDERED = ("ECOSYSTEM", "SEMVER")
_AT_ONCE = 100

Ask = Callable[[str, bytes | None], bytes]
"""(address, body to POST or None) → answer."""


def main() -> int:
    """Exit code 0: written; 1: the source could not be asked, and the snapshot stays as it is."""
    names = sorted({package for package, _ in used(Path(__file__).parents[2])})
    try:
        made = snapshot(names, _ask, datetime.now(UTC).date())
    except (urllib.error.URLError, TimeoutError) as problem:
        print(f"advisories: {SOURCE} does not answer: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    SNAPSHOT.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{SNAPSHOT.name}: {len(made['advisories'])} advisories on {len(names)} packages")  # noqa: T201
    return 0


def snapshot(names: Iterable[str], ask: Ask, today: date) -> dict[str, Any]:
    """What `advisories.load` reads, for packages like `pypi/pillow`."""
    names = sorted(names)
    ids = {
        found
        for start in range(0, len(names), _AT_ONCE)
        for found in _ids(names[start : start + _AT_ONCE], ask)
    }
    told = [json.loads(ask(f"{SOURCE}/vulns/{name}", None)) for name in sorted(ids)]
    return {
        "asked_at": today.isoformat(),
        "source": SOURCE,
        "asked": names,
        "advisories": [_kept(entry, set(names)) for entry in told if "withdrawn" not in entry],
    }


def _ids(names: list[str], ask: Ask) -> Iterable[str]:
    """Ids of all advisories on `names`; the source answers in pages, a token for each query."""
    queries = [{"package": _package(name)} for name in names]
    while queries:
        body = json.dumps({"queries": queries}).encode()
        results = json.loads(ask(f"{SOURCE}/querybatch", body))["results"]
        for result in results:
            yield from (found["id"] for found in result.get("vulns", ()))
        queries = [
            {**query, "page_token": result["next_page_token"]}
            for query, result in zip(queries, results, strict=True)
            if result.get("next_page_token")
        ]


def _package(name: str) -> dict[str, str]:
    ecosystem, _, plain = name.partition("/")
    return {"ecosystem": ECOSYSTEMS[ecosystem], "name": plain}


def _kept(entry: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """Of an OSV entry what judging needs, and only for packages we use."""
    affected = []
    for part in entry.get("affected", ()):
        name = f"{part.get('package', {}).get('ecosystem', '').lower()}/{part.get('package', {}).get('name', '')}"
        if name.lower() not in names:
            continue
        ranges = [
            [[what, at] for event in kept["events"] for what, at in event.items() if what != "limit"]
            for kept in part.get("ranges", ())
            if kept["type"] in _ORDERED
        ]
        affected.append(
            {
                "package": name.lower(),
                "ranges": ranges,
                "versions": [] if ranges else part.get("versions", []),
            }
        )
    summary = entry.get("summary") or entry.get("details", "").strip().split("\n")[0][:200]
    return {"id": entry["id"], "aliases": entry.get("aliases", []), "summary": summary, "affected": affected}


def _ask(address: str, body: bytes | None) -> bytes:
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310  (https)
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  (https, fixed host)
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    sys.exit(main())
