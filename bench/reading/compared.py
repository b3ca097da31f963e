"""The readers beside each other, on the photos that all of them have read: what they get right and what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.reading.rivals import READERS
from chalicelib.reading.scoring import report, trust
from chalicelib.reading.scoring.compare import CELL, HEAD, KTP
from chalicelib.reading.scoring.report import Photo, Scored
from chalicelib.reading.scoring.table import Table, percent
from chalicelib.reading.scoring.tally import Share, tally

_DOCUMENTS = {"ktp": (("fields", KTP, False), ("NIK", KTP, True)),
              "kk": (("head", HEAD, False), ("cells", CELL, False), ("member NIKs", CELL, True))}  # fmt: skip
"""Kind → what is compared on it: name, part, whether only NIKs count."""


@dataclass(frozen=True)
class Point:
    """A reader on the curve: seconds of processor a photo (median), and the share of values exact."""

    reader: str
    cpu: float
    exact: Share


def common(runs: Mapping[str, Scored], kind: str) -> dict[str, Scored]:
    """Of each reader's photos of a kind those that every reader with photos of the kind has read."""
    mine = {
        name: {
            (p.truth.grade, *sorted(p.truth.fields.items())): p for p in run.photos if p.truth.kind == kind
        }
        for name, run in runs.items()
    }
    mine = {name: photos for name, photos in mine.items() if photos}
    shared = set.intersection(*(set(photos) for photos in mine.values())) if mine else set()
    return {
        name: Scored(tuple(p for key, p in photos.items() if key in shared)) for name, photos in mine.items()
    }


def tables(runs: Mapping[str, Scored]) -> list[Table]:
    """A table for each kind of document."""
    return [_table(kind, common(runs, kind)) for kind in _DOCUMENTS if common(runs, kind)]


def points(runs: Mapping[str, Scored], kind: str) -> list[Point]:
    """The curve of a kind: all its values of all grades, in the order of the readers."""
    parts = {part for _, part, _ in _DOCUMENTS[kind]}
    found = []
    for reader in READERS:
        run = common(runs, kind).get(reader.name)
        if run is not None and run.photos:
            exact = tally(item for item in run.items if item.part in parts).exact
            found.append(Point(reader.what, report.nearest_rank(_cpu(run.photos), 50), exact))
    return found


def _table(kind: str, runs: Mapping[str, Scored]) -> Table:
    rows = []
    for reader in READERS:
        run = runs.get(reader.name)
        if run is None or not run.photos:
            continue
        cells = [reader.what]
        for _, part, niks in _DOCUMENTS[kind]:
            each = (tally(report.of(run, part, niks=niks, grade=grade)).exact for grade in run.grades)
            cells.append(" / ".join(f"{100 * share.value:.1f}" if share.n else "–" for share in each))
        documents = [item for item in run.items if item.part in (KTP, HEAD, CELL)]
        auroc, sure = trust.trust(documents).auroc, trust.silent(documents, trust.FIELD_LIMIT)
        cpu, peak = (
            _cpu(run.photos),
            max((p.answer.cost.peak for p in run.photos if p.answer.cost), default=0.0),
        )
        cells += [
            "–" if auroc is None else f"{auroc:.3f}",
            f"{percent(sure.wrong)} of {sure.wrong.n}",
            f"{report.nearest_rank(cpu, 50):.2f}",
            f"{report.nearest_rank(cpu, 95):.2f}",
            f"{peak:.0f}",
        ]
        rows.append(tuple(cells))
    grades = " / ".join(next(iter(runs.values())).grades)
    counts = next(iter(runs.values())).photos
    many = " / ".join(
        str(sum(photo.truth.grade == grade for photo in counts)) for grade in next(iter(runs.values())).grades
    )
    head = ("reader", *(f"{name}, % exact: {grades}" for name, _, _ in _DOCUMENTS[kind]), "AUROC",
            "wrong at ≥ 0.95", "CPU s median", "95 %", "peak MiB")  # fmt: skip
    note = f"The same {many} photos for all readers ({grades})."
    return Table(f"{kind.upper()}: readers beside each other", head, tuple(rows), note)


def _cpu(photos: Sequence[Photo]) -> list[float]:
    return [photo.answer.cost.cpu for photo in photos if photo.answer.cost is not None]
