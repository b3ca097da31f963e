"""Quality checks against what the camera is known to have done: precision and recall of each finding.

`flags.json` says which parameters make a photo clearly blurred, dark … (from where it costs values or is plain to see)
and which clearly not; what lies between counts for neither. Photos without parameters count only where a flag of their
truth names the fault.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.reading.scoring.tally import Share
from chalicelib.reading.scoring.truth import WEAK, Answer, Truth

TURNED, CUT, REFUSED = "turned", "cropped", "wrong document"
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_DOCUMENTS = ("ktp", "kk")
_OF_HOUSES = ("FOTO_GELAP", "FOTO_BURAM")
"""Faults of house pictures: their truths flag each."""
_BEYOND, _INSIDE = 0.03, 0.005
"""Of the photo's long side: a corner so far outside is cut off, print being lost soon; no farther, and all is there."""


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
            there = present(code, truth, size)
            if there is not None and (answer.kind in _DOCUMENTS or there):
                yield rule["what"], code, there, code in answer.findings
        lying = any(flag.startswith("rotated_") and flag != "rotated_0" for flag in truth.flags)
        if answer.kind in _DOCUMENTS:
            yield TURNED, "", lying, answer.turned != 0
            cut = _cut(truth, size)
            if cut is not None:
                yield CUT, "FOTO_TERPOTONG", cut, bool(answer.findings & _says_cut(cut=cut))
    if truth.kind == "house" and truth.params:
        for code in _OF_HOUSES:
            rule = _rules()[code]
            yield (
                f"{rule['what']} house",
                code,
                bool(truth.flags & set(rule["yes"]["flags"])),
                code in answer.findings,
            )
    if truth.kind in (*_DOCUMENTS, "negative", "other"):
        foreign = truth.kind not in _DOCUMENTS
        yield REFUSED, "BUKAN_DOKUMEN", foreign, answer.kind not in _DOCUMENTS


def _says_cut(*, cut: bool) -> set[str]:
    """A family card's incomplete table says that it may be cut off; it may as well be illegible, and is no false alarm
    where nothing is cut."""
    return {"FOTO_TERPOTONG", "KK_TIDAK_LENGKAP"} if cut else {"FOTO_TERPOTONG"}


def present(code: str, truth: Truth, size: tuple[int, int]) -> bool | None:
    """Whether a photo of `size` has the fault that a finding names; None where that is not clear, or where it is no fault
    of this kind of document."""
    if code == "BUKAN_DOKUMEN":
        return truth.kind not in _DOCUMENTS
    if code == "FOTO_TERPOTONG":
        return _cut(truth, size)
    rule = _rules()[code]
    if truth.kind not in rule.get("kinds", _DOCUMENTS):
        return None
    if truth.flags & set(rule["yes"]["flags"]) or any(_hold(some, truth) for some in rule["yes"]["any"]):
        return True
    return False if _hold(rule["no"], truth) else None


def _hold(conditions: Sequence[tuple[str, str, Any]], truth: Truth) -> bool:
    """Whether all conditions hold: on a parameter of the camera, on the document's `kind`, or on `weak`, the number of
    values whose letters are gone."""
    weak = sum(flag.startswith(WEAK) for flag in truth.flags)
    known = {**truth.params, "kind": truth.kind, "weak": weak}
    return all(name in known and _COMPARE[sign](known[name], limit) for name, sign, limit in conditions)


def _cut(truth: Truth, size: tuple[int, int]) -> bool | None:
    if not truth.corners or size == (0, 0):
        return None
    outside = max(max(-x, -y, x - size[0], y - size[1]) for x, y in truth.corners) / max(size)
    return None if _INSIDE < outside <= _BEYOND else outside > _BEYOND


@cache
def _rules() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("flags.json").read_text(encoding="utf-8")
    rules: dict[str, dict[str, Any]] = json.loads(text)
    return rules
