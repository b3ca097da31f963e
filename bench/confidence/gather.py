"""Samples: each value that was read on a training picture, as its signals and whether it is right."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.confidence.spoil import PLAIN, spoilt
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.command import printed
from chalicelib.local.specimens.plans import bench
from chalicelib.reading.model import Kind, Reading
from chalicelib.reading.scoring.alignment import aligned
from chalicelib.reading.scoring.normal import normal
from chalicelib.reading.scoring.truth import Truth, truth_of
from chalicelib.reading.signals import HEAD, Place, signals, values

SAMPLES = Path(__file__).with_name("samples.csv.gz")


@dataclass(frozen=True)
class Batch:
    """So many pictures of a kind and grade (None: mixed) of a seed."""

    kind: str
    grade: Grade | None
    count: int
    seed: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.grade or 'mixed'}-{self.seed}"


BATCHES = (
    Batch("ktp", Grade.MEDIUM, 60, 4402),
    Batch("ktp", Grade.EXTREME, 100, 4700),
    Batch("kk", Grade.MEDIUM, 14, 4405),
    Batch("kk", Grade.EXTREME, 30, 4701),
    Batch("ktp", None, 60, 4101),
    Batch("kk", None, 24, 4102),
)


@dataclass(frozen=True)
class Sample:
    """One value: the `photo` it stood on (a name that says nothing), the fault its copy was given, where it stood."""

    photo: str
    fault: str
    grade: str
    place: Place
    right: bool
    found: dict[str, float]


@dataclass(frozen=True)
class Task:
    """One picture to be read, as it is or spoilt; its reading goes to `kept`."""

    name: str
    photo: Path
    spoil: bool
    kept: Path


def make(batch: Batch, folder: Path, processes: int) -> Iterator[str]:
    """Make the pictures of a batch that are not there yet; yields their names."""
    home = folder / batch.name
    home.mkdir(parents=True, exist_ok=True)
    wishes = list(bench((batch.kind,), batch.count, batch.seed, batch.grade))
    missing = [wish for wish in wishes if not (home / f"{wish.name}.json").exists()]
    for pieces in printed(missing, processes):
        for piece in pieces:
            piece.write(home)
            yield piece.name


def tasks(batch: Batch, folder: Path) -> list[Task]:
    """What is to be read of a batch: each picture as it is, and a spoilt copy of it."""
    found = []
    for photo in sorted((folder / batch.name).glob("*.jpg")):
        for spoil in (False, True):
            name = f"{batch.name}/{photo.stem}{'-spoilt' if spoil else ''}"
            found.append(Task(name, photo, spoil, folder / "readings" / f"{name.replace('/', '-')}.json"))
    return found


def read(task: Task) -> None:
    """Read the task's picture and keep the reading, with the rules' own confidence, and what was done to the picture."""
    from chalicelib.errors import BerkasError  # noqa: PLC0415  (the reader's packages are heavy)
    from chalicelib.reading.photo import read_photo  # noqa: PLC0415  (the same)

    nothing = Reading(Kind.OTHER)
    fault, data = PLAIN, task.photo.read_bytes()
    if task.spoil:
        fault, data = spoilt(data, task.name)
    try:
        reading = read_photo(data).by_rules or nothing
    except BerkasError:
        reading = nothing
    task.kept.parent.mkdir(parents=True, exist_ok=True)
    task.kept.write_text(json.dumps({"fault": fault, "reading": reading.to_dict()}), encoding="utf-8")


def samples(task: Task) -> list[Sample]:
    """The samples of a task that was read."""
    kept = json.loads(task.kept.read_text(encoding="utf-8"))
    truth = truth_of(task.photo.with_suffix(".json"))
    reading = Reading.from_dict(kept["reading"])
    if reading.kind.value != truth.kind:
        return []
    found = signals(reading)
    return [
        Sample(task.name, kept["fault"], truth.grade, place, right, found[place])
        for place, right in verdicts(truth, reading)
    ]


def verdicts(truth: Truth, reading: Reading) -> Iterator[tuple[Place, bool]]:
    """Whether each value of the reading is right; a value in a row that is on no card is wrong. Values that the truth
    does not speak of are left out."""
    read = [{name: normal(field.value) for name, field in row.items()} for row in reading.members]
    rows = [{name: normal(value) for name, value in row.items()} for row in truth.members]
    known = {place: row for row, place in enumerate(aligned(rows, read)) if place is not None}
    for (row, name), field in values(reading):
        if row == HEAD:
            wanted = truth.fields.get(name)
        elif row in known:
            wanted = truth.members[known[row]].get(name)
        else:
            yield (row, name), False
            continue
        if wanted is not None:
            yield (row, name), normal(wanted) == normal(field.value)


def write(found: Iterable[Sample], path: Path = SAMPLES) -> None:
    """Keep samples, one a line; numbers to three places. No value of a document is among them."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["photo", "fault", "grade", "row", "field", "right", "signals"])
    for one in found:
        told = " ".join(f"{name}={value:.3g}" for name, value in sorted(one.found.items()))
        out.writerow([one.photo, one.fault, one.grade, *one.place, int(one.right), told])
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def kept(path: Path = SAMPLES) -> list[Sample]:
    """The samples of a file that `write` made."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [_sample(row) for row in csv.DictReader(file)]


def _sample(row: dict[str, Any]) -> Sample:
    pairs = (part.split("=") for part in row["signals"].split())
    return Sample(
        row["photo"], row["fault"], row["grade"], (int(row["row"]), row["field"]), row["right"] == "1",
        {name: float(value) for name, value in pairs},
    )  # fmt: skip
