"""Known faults of what is locked, held against a dated copy of the advisories: no network is asked.

`advisories.json` holds, for each package we lock or copied, all advisories that the source knew on the day it was asked
(`infra.supply.refresh`), so that a changed version is judged too. `accepted.json` names those that we live with: advisory
→ why, and until when. Format of ranges: the OSV schema, https://ossf.github.io/osv-schema/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

HERE = Path(__file__).parent
SNAPSHOT = HERE / "advisories.json"
ACCEPTED = HERE / "accepted.json"
OLD_AFTER_DAYS = 30


@dataclass(frozen=True)
class Advisory:
    """`affected`: per package (`pypi/pillow`) its ranges, each a list of events, and single versions."""

    id: str
    summary: str
    affected: Mapping[str, tuple[tuple[tuple[tuple[str, str], ...], ...], frozenset[str]]]


@dataclass(frozen=True)
class Snapshot:
    """`asked_at` None: no source has been asked yet. `asked`: the packages asked about."""

    asked_at: date | None
    source: str
    asked: frozenset[str]
    advisories: tuple[Advisory, ...]


@dataclass(frozen=True)
class Verdict:
    """`faults` fail the check, `warnings` do not."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def load(path: Path = SNAPSHOT) -> Snapshot:
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Snapshot(
        asked_at=date.fromisoformat(kept["asked_at"]) if kept["asked_at"] else None,
        source=kept["source"],
        asked=frozenset(kept["asked"]),
        advisories=tuple(_advisory(entry) for entry in kept["advisories"]),
    )


def judge(
    used: Iterable[tuple[str, str]],
    snapshot: Snapshot,
    accepted: Mapping[str, Mapping[str, str]],
    today: date,
) -> Verdict:
    """What is known against `used`, pairs of package (`pypi/pillow`) and version."""
    used = sorted(set(used))
    faults, applying = [], set()
    for advisory in snapshot.advisories:
        for package, version in used:
            if not affects(advisory, package, version):
                continue
            known = accepted.get(advisory.id)
            applying.add(advisory.id)
            if known and date.fromisoformat(known["until"]) >= today:
                continue
            over = f" (accepted only until {known['until']})" if known else ""
            faults.append(f"{package} {version}: {advisory.id} {advisory.summary}{over}")
    warnings = list(_age(snapshot, today))
    unknown = [package for package, _ in used if package not in snapshot.asked]
    if snapshot.asked_at and unknown:
        warnings.append(f"the snapshot was not asked about {', '.join(unknown)}")
    warnings += [
        f"accepted.json names {name}, which applies no more" for name in sorted(set(accepted) - applying)
    ]
    return Verdict(tuple(faults), tuple(warnings))


def affects(advisory: Advisory, package: str, version: str) -> bool:
    """Whether the advisory is about this version. A version that cannot be ordered counts as affected."""
    if package not in advisory.affected:
        return False
    ranges, versions = advisory.affected[package]
    if version in versions:
        return True
    try:
        return any(_within(Version(version), events) for events in ranges)
    except InvalidVersion:
        return True


def _within(version: Version, events: Sequence[tuple[str, str]]) -> bool:
    """OSV's evaluation: the last event at or before `version` tells."""
    inside = False
    for what, at in sorted(events, key=lambda event: Version("0" if event[1] == "0" else event[1])):
        point = Version(at)
        if what == "introduced" and version >= point:
            inside = True
        elif (what == "fixed" and version >= point) or (what == "last_affected" and version > point):
            inside = False
    return inside


def _age(snapshot: Snapshot, today: date) -> Iterable[str]:
    if snapshot.asked_at is None:
        yield "the snapshot of advisories is empty: no source has been asked yet (make advisories)"
    elif (days := (today - snapshot.asked_at).days) > OLD_AFTER_DAYS:
        yield f"the snapshot of advisories is {days} days old (make advisories)"


def _advisory(entry: Mapping[str, Any]) -> Advisory:
    affected = {}
    for part in entry["affected"]:
        ranges = tuple(tuple((what, at) for what, at in events) for events in part["ranges"])
        affected[part["package"]] = (ranges, frozenset(part["versions"]))
    return Advisory(entry["id"], entry["summary"], affected)
