"""`python -m infra.supply`: hashes, licences, secrets and advisories, all at once; prints what is wrong."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from infra.supply import advisories
from infra.supply.licences import licence, refused
from infra.supply.locks import NotLocked, all_locked
from infra.supply.secrets import secrets
from infra.supply.used import used

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Exit code 0: nothing is wrong (warnings are printed); 1: something is."""
    try:
        packages = all_locked(ROOT)
    except NotLocked as problem:
        print(f"supply: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    faults = [
        f"{find.path}:{find.line}: {find.kind} (if it is none: secrets_known.json, {find.digest})"
        for find in secrets(ROOT)
    ]
    for package in packages:
        faults += [f"{package.name}: licence {name} is not taken" for name in refused(licence(package))]
    accepted = json.loads(advisories.ACCEPTED.read_text(encoding="utf-8"))
    verdict = advisories.judge(used(ROOT), advisories.load(), accepted, datetime.now(UTC).date())
    for warning in verdict.warnings:
        print(f"supply: warning: {warning}", file=sys.stderr)  # noqa: T201
    for fault in (*faults, *verdict.faults):
        print(f"supply: {fault}", file=sys.stderr)  # noqa: T201
    if not faults and not verdict.faults:
        print(f"supply: {len(packages)} packages locked by hash, no secret found")  # noqa: T201
    return 1 if faults or verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
