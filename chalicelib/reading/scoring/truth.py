"""The two sides of a comparison as they stand in files: what is printed on a document, and what a reader answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, str]
WEAK = "weak_"
"""What a flag of a truth begins with that names a value whose print cannot be made out on the photo."""


class UnusableTruth(ValueError):
    """The file is not a truth: no JSON object with a `kind` and `fields`."""


@dataclass(frozen=True)
class Truth:
    """What a photo shows. `hidden`: values that cannot be seen on it; `params`: what its camera did, where that is known;
    `negative`: it is to be refused, or is a document with something missing."""

    kind: str
    grade: str
    fields: Row
    members: tuple[Row, ...] = ()
    codes: tuple[str, ...] | None = None
    flags: frozenset[str] = frozenset()
    hidden: Row = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    corners: tuple[tuple[float, float], ...] = ()
    negative: bool = False


@dataclass(frozen=True)
class Said:
    """A value that was read, and how sure the reader is of it, in [0, 1]."""

    value: str
    confidence: float


@dataclass(frozen=True)
class Cost:
    """What reading one photo took: seconds of processor and of waiting, and the most memory held at once, in MiB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True)
class Answer:
    """What a reader said of a photo; `ok` False: it could not be read at all."""

    ok: bool
    kind: str = "other"
    fields: Mapping[str, Said] = field(default_factory=dict)
    members: tuple[Mapping[str, Said], ...] = ()
    codes: tuple[str, ...] = ()
    findings: frozenset[str] = frozenset()
    turned: int = 0
    cost: Cost | None = None


NOTHING = Answer(ok=False)


def truth_of(path: Path) -> Truth:
    """The truth in a file. UnusableTruth, OSError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise UnusableTruth(str(wrong)) from wrong
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict) or "kind" not in data:
        raise UnusableTruth("no kind, or no fields")
    codes = data.get("codes")
    if codes is None and data["kind"] == "barkot" and "payload" in data["fields"]:
        codes = [{"text": data["fields"]["payload"]}]
    readable = data["kind"] in ("ktp", "kk", "negative")
    return Truth(
        kind=str(data["kind"]),
        grade=str(data.get("grade", "")),
        fields=_values(data["fields"]) if readable else {},
        members=tuple(_values(row) for row in data.get("members", ())),
        codes=None if codes is None else tuple(str(code["text"]) for code in codes),
        flags=frozenset(map(str, data.get("flags", ()))),
        hidden=_values(data.get("hidden", {})),
        params=data.get("params", {}),
        corners=tuple((float(x), float(y)) for x, y in data.get("quad_oriented", ())),
        negative=data["kind"] in ("negative", "other") or "expected" in data,
    )


def _values(raw: Mapping[str, Any]) -> dict[str, str]:
    return {str(k): "" if v is None else str(v) for k, v in raw.items() if not str(k).startswith("_")}


def answer_of(data: Mapping[str, Any]) -> Answer:
    """One object of `python -m chalicelib read`. A `cost` beside it (`cpu`, `wall`, `peak`) is taken too; without one the
    seconds it took are all that is known. KeyError, TypeError, ValueError: it is none."""
    if not data.get("ok", True):
        return NOTHING
    cost = data.get("cost")
    return Answer(
        ok=True,
        kind=str(data["kind"]),
        fields=_said(data["fields"]),
        members=tuple(_said(row) for row in data.get("members", ())),
        codes=tuple(str(code["text"]) for code in data.get("codes", ())),
        findings=frozenset(str(one["code"]) for one in data.get("findings", ())),
        turned=int(data.get("quality", {}).get("turned", 0)),
        cost=Cost(float(cost["cpu"]), float(cost["wall"]), float(cost["peak"])) if cost else None,
    )


def _said(raw: Mapping[str, Any]) -> dict[str, Said]:
    return {name: Said(str(one["value"]), float(one["confidence"])) for name, one in raw.items()}
