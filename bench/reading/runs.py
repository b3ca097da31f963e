"""Running the readers over the pictures: one pool of processes a reader, each answer kept as soon as it is there."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2

import chalicelib
from bench.reading import rivals
from bench.reading.pictures import Picture
from bench.reading.rivals import Reader
from chalicelib.reading.scoring.report import Photo, Scored
from chalicelib.reading.scoring.shown import shown_size
from chalicelib.reading.scoring.truth import answer_of, truth_of

Say = Callable[[str], None]
_EACH = 10
"""Answers between two words of progress."""


@dataclass(frozen=True)
class Work:
    """Where a run keeps what it makes. `state`: of the reader's code; answers of another state are not taken up."""

    folder: Path
    state: str

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    def answer(self, reader: Reader, name: str) -> Path:
        return self.folder / "answers" / self.state / reader.name / f"{name}.json"

    def lines(self, reader: Reader, name: str) -> Path:
        return self.folder / "lines" / reader.name / f"{name}.json"


_AFTERWARDS = ("confidence.py", "confidence.json", "signals.py")
"""What only makes confidences, which are made anew when answers are scored."""


def state() -> str:
    """Eight letters for the code and the data that values are read with."""
    root = Path(chalicelib.__file__).parent
    digest = hashlib.sha256()
    for folder in ("identity", "reading"):
        for path in sorted((root / folder).rglob("*")):
            if (
                path.suffix in (".py", ".json", ".onnx")
                and "scoring" not in path.parts
                and path.name not in _AFTERWARDS
            ):
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def run(work: Work, reader: Reader, pictures: Sequence[Picture], processes: int, say: Say) -> None:
    """Read what `reader` has not read yet."""
    mine = [one for one in pictures if one.kind in reader.kinds]
    missing = [one for one in mine if not rivals.still_true(work.answer(reader, one.name), one.photo)]
    say(f"{reader.name}: {len(mine) - len(missing)} of {len(mine)} read before")
    if not missing:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_ready, initargs=(reader.name,)
    ) as pool:
        tasks = ((work, reader.name, one) for one in missing)
        for done, name in enumerate(pool.map(_read, tasks), 1):
            if done % _EACH == 0 or done == len(missing):
                say(f"{reader.name}: {done} of {len(missing)}  {name}")


def scored(work: Work, reader: Reader, pictures: Sequence[Picture]) -> Scored:
    """The answers of a reader to those of the pictures that it has read, with their truths."""
    found = []
    for one in pictures:
        path = work.answer(reader, one.name)
        if rivals.still_true(path, one.photo):
            answer = answer_of(rivals.calibrated(json.loads(path.read_text(encoding="utf-8"))))
            found.append(Photo(truth_of(one.truth), answer, shown_size(one.photo)))
    return Scored(found)


def _reader(name: str) -> Reader:
    return next(one for one in rivals.READERS if one.name == name)


def _ready(name: str) -> None:
    cv2.setNumThreads(1)
    rivals.ready(_reader(name))


def _read(task: tuple[Work, str, Picture]) -> str:
    work, name, picture = task
    reader = _reader(name)
    answer = rivals.read(reader, picture.kind, picture.photo, work.lines(reader, picture.name))
    path = work.answer(reader, picture.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    part.rename(path)  # a run that is killed leaves no half answer
    return picture.name
