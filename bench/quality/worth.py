"""Two tables of a sweep: each finding by the strength of its fault, and each finding's precision and recall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.quality.pictures import FAR
from bench.quality.readings import Read
from chalicelib.reading.scoring import flags
from chalicelib.reading.scoring.table import Table, percent, with_interval
from chalicelib.reading.scoring.tally import Share

ASKS_AGAIN = (
    "FOTO_BURAM",
    "FOTO_GELAP",
    "FOTO_TERANG",
    "FOTO_SILAU",
    "FOTO_TERPOTONG",
    "KK_TIDAK_LENGKAP",
    "FOTOKOPI",
)
"""Findings that ask a citizen for another photo; FOTO_LAYAR is for officers only."""
_HARMLESS = 0.02
"""Share of the values below which nothing is lost by a fault."""


def by_strength(found: Sequence[Read]) -> Table:
    """Of each fault in each strength: values lost, whether it counts as there, how often it was named, and how often a
    citizen was asked for another photo for something else."""
    rows = []
    for kind in dict.fromkeys(one.kind for one in found):
        mine = [one for one in found if one.kind == kind]
        for step in dict.fromkeys(one.step for one in mine):
            some = [one for one in mine if one.step == step]
            named = sum(_named(one) for one in some)
            others = sum(bool((one.answer.findings & set(ASKS_AGAIN)) - _own(one)) for one in some)
            there = (
                [flags.present(step.finding, one.truth, one.size) for one in some]
                if step.axis and step.finding
                else []
            )
            rows.append(
                (
                    f"{kind} {step.fault}", f"{step.value}", str(len(some)),
                    f"{100 * sum(one.lost for one in some) / len(some):.0f} %", _count(there),
                    f"{named}" if step.finding or step.axis not in ("", FAR) else "–", f"{others}",
                )
            )  # fmt: skip
    head = ("fault", "strength", "photos", "values lost", "there", "named", "other faults named")
    return Table("Findings by the strength of the fault", head, tuple(rows))


def by_finding(found: Sequence[Read]) -> Table:
    """Precision and recall by what the camera's parameters say, over all photos of the sweep but those taken from far
    away: of a document that cannot be read, no finding can be asked."""
    found = [one for one in found if one.kind != "instead" and one.step.axis != FAR]
    pairs = [(one.truth, one.answer) for one in found]
    rows = tuple(
        (one.what, one.code or "–", with_interval(one.precision), str(one.precision.n),
         with_interval(one.recall), str(one.recall.n))
        for one in flags.checks(pairs, [one.size for one in found])
    )  # fmt: skip
    return Table("Findings", ("fault", "finding", "precision", "named", "recall", "there"), rows)


def alarms(found: Iterable[Read]) -> Table:
    """How often a citizen is asked for another photo although the photo is good: without fault, or with all its values
    read as printed."""
    documents = [one for one in found if one.kind in ("ktp", "kk")]
    groups = {
        "without a fault": [one for one in documents if not one.step.axis],
        "all values read as printed": [one for one in documents if one.lost < _HARMLESS],
        "values lost": [one for one in documents if one.lost >= _HARMLESS],
    }
    rows = []
    for name, some in groups.items():
        asked = sum(bool(one.answer.findings & set(ASKS_AGAIN)) for one in some)
        rows.append((name, str(len(some)), str(asked), percent(Share(asked, len(some)))))
    return Table("Asked for another photo", ("photos", "n", "asked", "share"), tuple(rows))


def _own(one: Read) -> set[str]:
    beside = {"FOTO_TERPOTONG": {"KK_TIDAK_LENGKAP"}}
    return {one.step.finding} | beside.get(one.step.finding, set())


def _named(one: Read) -> bool:
    if not one.step.finding:
        return bool(one.answer.turned)
    if one.step.finding == "BUKAN_DOKUMEN":
        return one.answer.kind not in ("ktp", "kk")
    return bool(one.answer.findings & _own(one))


def _count(there: Sequence[bool | None]) -> str:
    """How many have the fault; `–` where none is clear."""
    clear = [one for one in there if one is not None]
    return f"{sum(clear)} of {len(clear)}" if clear else "–"
