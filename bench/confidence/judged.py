"""How good a fit is on pictures it has not seen: each fifth of the pictures judged by a model of the other four."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from bench.confidence.fit import fit
from bench.confidence.gather import Sample
from chalicelib.reading.confidence import Model
from chalicelib.reading.scoring import trust
from chalicelib.reading.scoring.compare import CELL, HEAD, KTP, Item
from chalicelib.reading.scoring.table import Table
from chalicelib.reading.signals import HEAD as NO_ROW

FOLDS = 5
_COPY = "-spoilt"


def crossed(samples: Sequence[Sample], groups: Mapping[str, str]) -> list[Item]:
    """An item a sample, its confidence from a model that has seen neither its picture nor a copy of it."""
    pictures = sorted({_original(one) for one in samples})
    random.Random(1).shuffle(pictures)  # noqa: S311 - the same parts in each run
    found = []
    for part in range(FOLDS):
        out = set(pictures[part::FOLDS])
        model = fit([one for one in samples if _original(one) not in out], groups)
        found += [item(one, model) for one in samples if _original(one) in out]
    return found


def item(sample: Sample, model: Model) -> Item:
    """The sample as an item of a score: a value offered, of which no more is known than whether it is right."""
    row, name = sample.place
    part = CELL if row != NO_ROW else KTP if sample.photo.startswith("ktp") else HEAD
    sure = model.probability(sample.place, sample.found)
    return Item(part, name, sample.grade, sample.right, False, False, True, sure)


def table(items: Sequence[Item]) -> Table:
    """Bins, with AUROC, ECE and the silent errors below."""
    found = trust.trust(items)
    clear = [one for one in items if one.grade in ("easy", "medium")]
    fields = trust.silent(clear, trust.FIELD_LIMIT)
    niks = trust.silent([one for one in items if one.is_nik], trust.NIK_LIMIT)
    rows = tuple(
        (f"{one.low:g}–{one.high:g}", str(one.right.n), str(one.right.n - one.right.hits), f"{one.mean:.3f}",
         f"{one.right.value:.3f}")
        for one in found.bins
    )  # fmt: skip
    note = (
        f"AUROC {found.auroc or 0:.3f}, ECE {found.ece:.4f}, {found.offered} values, {found.errors} wrong. "
        f"Easy and medium at ≥ {trust.FIELD_LIMIT}: {fields.wrong.hits} of {fields.wrong.n} wrong, "
        f"{100 * fields.covered.value:.1f} % of the values offered. "
        f"NIKs at ≥ {trust.NIK_LIMIT}: {niks.wrong.hits} of {niks.wrong.n} wrong, {100 * niks.covered.value:.1f} %."
    )
    head = ("confidence", "values", "wrong", "mean", "right")
    return Table(f"Judged by models of the other pictures ({FOLDS} parts)", head, rows, note)


def _original(sample: Sample) -> str:
    return sample.photo.removesuffix(_COPY)
