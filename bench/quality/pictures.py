"""Photos with one fault each: a document is drawn once, then photographed in all other respects well, the fault in steps
from hardly there to severe (`faults.json`). What is made stays; a run that was stopped goes on."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2

from chalicelib.local.specimens.camera.conditions import Conditions, Grade, conditions
from chalicelib.local.specimens.camera.files import jpeg
from chalicelib.local.specimens.camera.legibility import grade_of, measured
from chalicelib.local.specimens.camera.photo import photograph
from chalicelib.local.specimens.camera.shot import Shot
from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.kk import draw_kk
from chalicelib.local.specimens.ktp import draw_ktp
from chalicelib.local.specimens.plans import FAMILIES
from chalicelib.local.specimens.prints import Print, Wish, made
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.truth import kk_fields, kk_members, ktp_fields, truth
from chalicelib.reading.model import Point, Quad

SEED = 4880
NEGATIVE = "wrong document"
FAR = "scale"
"""The axis of documents photographed from farther and farther away."""
_CUT = "cut"
_AS_THEY_ARE = ("negative", "house")
"""Kinds that are not swept."""


@dataclass(frozen=True)
class Step:
    """One fault in one strength: `axis` of the camera's conditions, or `cut`; no axis for a photo without fault. `grade`
    is that of all else."""

    fault: str
    finding: str
    axis: str
    value: float | str
    grade: Grade = Grade.EASY


@dataclass(frozen=True)
class Picture:
    """One photo of the sweep: of the document or house `number` of a `kind`, kept in `photo` and its truth beside it;
    `slot`: as what it is sent."""

    kind: str
    number: int
    step: Step
    photo: Path
    slot: str

    @property
    def truth(self) -> Path:
        return self.photo.with_suffix(".json")


def pictures(counts: Mapping[str, int], folder: Path, only: Collection[str] | None = None) -> list[Picture]:
    """All photos of so many documents of each kind (`ktp`, `kk`, `negative`, `house`), whether made yet or not, or those
    with one of the faults `only`. Those without a fault are sent as a house too."""
    found = []
    for kind in ("ktp", "kk"):
        for number in range(1, counts.get(kind, 0) + 1):
            for place, step in enumerate(steps(kind)):
                name = f"{kind}-{number:02d}-{step.fault}-{place:02d}"
                found.append(Picture(kind, number, step, folder / f"{name}.jpg", kind))
    instead = Step("a document as a house", "BUKAN_DOKUMEN", "", 0)
    found += [
        Picture("instead", one.number, instead, one.photo, "house") for one in found if not one.step.axis
    ]
    foreign, house = Step(NEGATIVE, "BUKAN_DOKUMEN", "", 0), Step("dark, blurred or neither", "", "", 0)
    for kind, step, slot in (("negative", foreign, "ktp"), ("house", house, "house")):
        for number in range(1, counts.get(kind, 0) + 1):
            found.append(Picture(kind, number, step, folder / f"{kind}-{number:02d}.jpg", slot))
    return [one for one in found if only is None or one.step.fault in only]


def steps(kind: str) -> tuple[Step, ...]:
    """The steps of all faults that a photo of this kind can have."""
    return tuple(
        Step(
            sweep["fault"],
            sweep.get("finding", ""),
            sweep["axis"],
            value,
            Grade(sweep.get("grade", Grade.EASY)),
        )
        for sweep in _data()["sweeps"]
        if kind in sweep.get("kinds", (kind,))
        for value in sweep["steps"]
    )


def make(wanted: list[Picture], processes: int) -> Iterator[str]:
    """Make what is not there yet; yields the name of each document whose photos are made. FontMissing."""
    missing = [one for one in wanted if one.kind != "instead" and not one.truth.exists()]
    documents = [list(some) for _, some in groupby(missing, key=lambda one: (one.kind, one.number))]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        yield from pool.map(_photos_of_one, documents)


def _photos_of_one(wanted: list[Picture]) -> str:
    first = wanted[0]
    first.photo.parent.mkdir(parents=True, exist_ok=True)
    if first.kind in _AS_THEY_ARE:
        hard = first.kind == "house" and first.number % 2 == 0  # a hard one is dark or blurred
        wish = Wish(
            first.photo.stem, first.kind, FAMILIES + first.number, SEED, Grade.HARD if hard else Grade.EASY
        )
        for piece in made(wish):
            piece.write(first.photo.parent)
        return first.photo.stem
    home = family(FAMILIES + first.number, SEED)
    rng = draws(SEED, f"{first.kind}-{first.number}")
    page = first.kind == "kk"
    sheet = draw_kk(home, rng) if page else draw_ktp(home, home.holder, rng)
    for one in wanted:
        chance = draws(SEED, one.photo.stem)
        seen = _conditions(one.step, chance, page=page)
        photo = photograph(sheet, seen, chance, page=page)
        left = measured(photo, seen)
        shot = Shot(photo, seen, left, grade_of(seen, left), 0)
        image, quad = photo.image, photo.quad
        if one.step.axis == _CUT:
            box = window(quad, image.size, float(one.step.value), chance)
            image, quad = image.crop(box), _shifted(quad, box)
        params = shot.params | {
            "size": list(image.size),
            "cut": one.step.value if one.step.axis == _CUT else 0,
        }
        record = truth(
            name=one.photo.stem,
            kind=first.kind,
            seed=SEED,
            quad=quad,
            fields=kk_fields(home) if page else ktp_fields(home, home.holder),
            members=kk_members(home) if page else (),
            flags=shot.flags,
            home=home,
            grade=str(shot.grade),
            params=params,
        )
        Print(one.photo.stem, jpeg(image, quality=round(seen.jpeg)), record).write(one.photo.parent)
    return f"{first.kind}-{first.number:02d}"


def _conditions(step: Step, rng: random.Random, *, page: bool) -> Conditions:
    """A photo of the step's grade, but for the one fault."""
    mode = str(step.value) if step.axis == "mode" else "photo"
    drawn = conditions(step.grade, rng, page=page, mode=mode)
    width, height = _data()["sizes"]["kk" if page else "ktp"]
    good = replace(drawn, size=(width, height), quarter_turns=0, exif=1)
    if step.axis in ("", "mode", _CUT):
        return good
    changed: dict[str, Any] = {step.axis: step.value, "axes": (*drawn.axes, step.axis)}
    return replace(good, **changed)


def window(quad: Quad, size: tuple[int, int], share: float, rng: random.Random) -> tuple[int, int, int, int]:
    """What is left of a photo when one of its sides is moved in until `share` of the document lies beyond it."""
    xs, ys = zip(*quad, strict=True)
    width, height = size
    side = rng.choice(("left", "top", "right", "bottom"))
    across, down = (max(xs) - min(xs)) * share, (max(ys) - min(ys)) * share
    return (
        round(min(xs) + across) if side == "left" else 0,
        round(min(ys) + down) if side == "top" else 0,
        round(max(xs) - across) if side == "right" else width,
        round(max(ys) - down) if side == "bottom" else height,
    )


def _shifted(quad: Quad, box: tuple[int, int, int, int]) -> Quad:
    points: list[Point] = [(x - box[0], y - box[1]) for x, y in quad]
    return points[0], points[1], points[2], points[3]


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("faults.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
