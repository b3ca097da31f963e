"""Quality checks against what the camera is known to have done: precision and recall of each finding.

`flags.json` says which parameters make a photo clearly blurred, dark … and which clearly not; what lies between counts
for neither. Photos without parameters count only where a flag of their truth names the fault.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.reading.scoring.tally import Share
from chalicelib.reading.scoring.truth import Answer, Truth

TURNED, CUT, REFUSED = "turned", "cropped", "wrong document"
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_DOCUMENTS = ("ktp", "kk")
_BEYOND = 0.01
"""Of the photo's long side: a corner so far outside is cut off."""


@dataclass(frozen=True)
class Check:
    """One quality check: of the photos it named so many have the fault, of those with the fault it named so many."""

    what: str
    code: str
    precision: Share
    recall: Share


def checks(pairs: Iterable[tuple[Truth, Answer]], sizes: Iterable[tuple[int, int]]) -> list[Check]:
    """Each check that some photo speaks for. `sizes`: width and height of each photo as shown, (0, 0) where not known."""
    counts: dict[tuple[str, str], list[int]] = {}
    for (truth, answer), size in zip(pairs, sizes, strict=True):
        for what, code, present, named in _verdicts(truth, answer, size):
            count = counts.setdefault((what, code), [0, 0, 0])
            count[0] += present and named
            count[1] += named
            count[2] += present
    return [
        Check(what, code, Share(both, named), Share(both, present))
        for (what, code), (both, named, present) in sorted(counts.items())
        if named or present
    ]


def _verdicts(truth: Truth, answer: Answer, size: tuple[int, int]) -> Iterable[tuple[str, str, bool, bool]]:
    if not answer.ok:
        return
    if truth.kind in _DOCUMENTS:
        for code, rule in _rules().items():
            present = _present(rule, truth)
            if present is not None and (answer.kind in _DOCUMENTS or present):
                yield rule["what"], code, present, code in answer.findings
        lying = any(flag.startswith("rotated_") and flag != "rotated_0" for flag in truth.flags)
        if answer.kind in _DOCUMENTS:
            yield TURNED, "", lying, answer.turned != 0
            cut = _cut(truth, size)
            if cut is not None:
                yield (
                    CUT,
                    "FOTO_TERPOTONG",
                    cut,
                    bool(answer.findings & {"FOTO_TERPOTONG", "KK_TIDAK_LENGKAP"}),
                )
    if truth.kind in (*_DOCUMENTS, "negative", "other"):
        foreign = truth.kind not in _DOCUMENTS
        yield REFUSED, "BUKAN_DOKUMEN", foreign, answer.kind not in _DOCUMENTS


def _present(rule: Mapping[str, Any], truth: Truth) -> bool | None:
    """Whether the photo has the fault; None where that is not clear."""
    if truth.flags & set(rule["yes"]["flags"]) or any(_holds(one, truth) for one in rule["yes"]["any"]):
        return True
    return False if all(_holds(one, truth) for one in rule["no"]["all"]) else None


def _holds(condition: list[Any], truth: Truth) -> bool:
    name, sign, limit = condition
    return name in truth.params and _COMPARE[sign](truth.params[name], limit)


def _cut(truth: Truth, size: tuple[int, int]) -> bool | None:
    if not truth.corners or size == (0, 0):
        return None
    room = _BEYOND * max(size)
    return any(x < -room or y < -room or x > size[0] + room or y > size[1] + room for x, y in truth.corners)


@cache
def _rules() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("flags.json").read_text(encoding="utf-8")
    rules: dict[str, dict[str, Any]] = json.loads(text)
    return rules
