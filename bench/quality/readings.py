"""What the product says of the photos of a sweep, each answer kept: a run that was stopped goes on."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2

from bench.quality.pictures import Picture, Step
from chalicelib.reading.command import answers
from chalicelib.reading.scoring.compare import items
from chalicelib.reading.scoring.shown import shown_size
from chalicelib.reading.scoring.truth import Answer, Truth, answer_of, truth_of


@dataclass(frozen=True)
class Read:
    """A photo of the sweep, what is known of it and what was said. `lost`: share of its printed values that the answer
    does not have as printed, in [0, 1]."""

    kind: str
    step: Step
    truth: Truth
    answer: Answer
    size: tuple[int, int]
    lost: float


def read(wanted: Sequence[Picture], folder: Path, processes: int) -> Iterator[str]:
    """Read what was not read yet; yields the name of each photo read."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [(one, _kept(one, folder)) for one in wanted if not _kept(one, folder).exists()]
    if not missing:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        yield from pool.map(_read, missing)


def found(wanted: Sequence[Picture], folder: Path) -> list[Read]:
    """The photos that were read."""
    return [_joined(one, _kept(one, folder)) for one in wanted if _kept(one, folder).exists()]


def _kept(one: Picture, folder: Path) -> Path:
    return folder / f"{one.photo.stem}-{one.slot}.json"


def _read(task: tuple[Picture, Path]) -> str:
    one, path = task
    part = path.with_suffix(".part")
    part.write_text(json.dumps(answers(one.photo, one.slot)[0], ensure_ascii=False), encoding="utf-8")
    part.rename(path)  # a run that is killed leaves no half answer
    return one.photo.stem


def _joined(one: Picture, path: Path) -> Read:
    truth = truth_of(one.truth)
    answer = answer_of(json.loads(path.read_text(encoding="utf-8")))
    printed = [item for item in items(truth, answer) if not item.empty] if one.kind in ("ktp", "kk") else []
    lost = sum(not item.right for item in printed) / len(printed) if printed else 0.0
    return Read(one.kind, one.step, truth, answer, shown_size(one.photo), lost)
