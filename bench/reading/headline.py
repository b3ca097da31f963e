"""The figures of the reading that the project promises, as the bench keeps them: shares of what is not exact, against the
bars of their grade, with plain Tesseract over the same photos beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.figures import Figure, Peer
from chalicelib.reading.scoring import report, trust
from chalicelib.reading.scoring.compare import CELL, HEAD, KTP, Item
from chalicelib.reading.scoring.report import GRADES, Scored
from chalicelib.reading.scoring.tally import tally

_BARS: Mapping[str, tuple[str, str, bool, tuple[float, float, float]]] = {
    "ktp.fields": ("KTP, all fields", KTP, False, (98.5, 97.0, 88.0)),
    "ktp.nik": ("KTP, NIK", KTP, True, (99.5, 99.0, 95.0)),
    "kk.head": ("KK, head", HEAD, False, (97.0, 95.0, 80.0)),
    "kk.cells": ("KK, member cells", CELL, False, (95.0, 92.0, 70.0)),
    "kk.niks": ("KK, member NIKs", CELL, True, (99.0, 98.0, 78.0)),
}
"""Name → what, part, whether only NIKs count, and the least share exact that is promised for easy, medium and hard."""
_COST = {"ktp": (2.5, 6.0), "kk": (8.0, None)}
"""Kind → processor seconds, median and 95 %, that a photo is to stay under."""
_PEAK = 800.0
"""MiB."""
_UNIT = "% not exact"

WHAT = {
    **{
        f"blind.{name}.{grade}": f"{what}, {grade}: values not exact on unseen photos"
        for name, (what, *_) in _BARS.items()
        for grade in GRADES
    },
    "blind.silent.fields": "Fields with confidence ≥ 0.95 that are wrong (easy, medium and hard)",
    "blind.silent.fields.uncovered": "Printed fields, easy and medium, not covered at ≥ 0.95",
    "blind.silent.niks": "NIKs with confidence ≥ 0.99 that are wrong (none may be)",
    "blind.silent.niks.uncovered": "Printed NIKs not covered at ≥ 0.99",
    "blind.inseparable": "Confidence: 1 − AUROC over all values offered",
    "blind.ktp.cpu.p50": "KTP, processor a photo, median",
    "blind.ktp.cpu.p95": "KTP, processor a photo, 95 %",
    "blind.kk.cpu.p50": "KK, processor a photo, median",
    "blind.peak": "Most memory of a process that reads",
    "engine.start": "Loading the reader and its engine, processor",
}
"""Figure → what it is, for the page of figures."""


def figures(product: Scored, tesseract: Scored) -> Iterator[Figure]:
    """What the photos that were read speak for; a figure without a photo behind it is left out."""
    yield from _exact(product, tesseract)
    yield from _silent(product)
    yield from _cost(product, tesseract)


def _exact(product: Scored, tesseract: Scored) -> Iterator[Figure]:
    for name, (_, part, niks, bars) in _BARS.items():
        for grade, bar in zip(GRADES, bars, strict=True):
            ours = tally(report.of(product, part, niks=niks, grade=grade)).exact
            beside = tally(report.of(tesseract, part, niks=niks, grade=grade)).exact
            if ours.n:
                peer = Peer("Tesseract alone", 100 * (1 - beside.value)) if beside.n else None
                missed = 100 * (1 - ours.value)
                yield Figure(f"blind.{name}.{grade}", missed, _UNIT, ours.n, peer, round(100 - bar, 1))


def _silent(product: Scored) -> Iterator[Figure]:
    documents = [item for item in product.items if item.part in (KTP, HEAD, CELL)]
    if not documents:
        return
    clear = [item for item in documents if item.grade in ("easy", "medium")]
    niks = [item for item in documents if item.is_nik]
    wanted: Sequence[tuple[str, float, Sequence[Item], Sequence[Item], float | None, float]] = (
        ("fields", trust.FIELD_LIMIT, documents, clear, 0.3, 20.0),
        ("niks", trust.NIK_LIMIT, niks, niks, None, 15.0),
    )
    for name, limit, all_of_them, covered, wrong_bar, open_bar in wanted:
        wrong, cover = trust.silent(all_of_them, limit).wrong, trust.silent(covered, limit).covered
        yield Figure(f"blind.silent.{name}", 100 * wrong.value, "% wrong", wrong.n, None, wrong_bar)
        open_share = 100 * (1 - cover.value)
        yield Figure(f"blind.silent.{name}.uncovered", open_share, "% not covered", cover.n, None, open_bar)
    found = trust.trust(documents)
    if found.auroc is not None:
        yield Figure("blind.inseparable", 1 - found.auroc, "1 − AUROC", found.offered, None, 0.1)


def _cost(product: Scored, tesseract: Scored) -> Iterator[Figure]:
    for kind, (median_bar, high_bar) in _COST.items():
        ours, beside = _seconds(product, kind), _seconds(tesseract, kind)
        for name, share, bar in (("p50", 50, median_bar), ("p95", 95, high_bar)):
            if ours and f"blind.{kind}.cpu.{name}" in WHAT:
                peer = Peer("Tesseract alone", report.nearest_rank(beside, share)) if beside else None
                value = report.nearest_rank(ours, share)
                yield Figure(f"blind.{kind}.cpu.{name}", value, "s of processor", len(ours), peer, bar)
    peaks = [photo.answer.cost.peak for photo in product.photos if photo.answer.cost is not None]
    if peaks:
        yield Figure("blind.peak", max(peaks), "MiB", len(peaks), None, _PEAK)


def _seconds(scored: Scored, kind: str) -> list[float]:
    return [p.answer.cost.cpu for p in scored.photos if p.truth.kind == kind and p.answer.cost is not None]
