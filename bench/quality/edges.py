"""What the phone says of photos whose edge cuts the document off (web/aset/nilai.js): each good photo whole, and with
one of its sides moved in until so much of the document lies beyond it. None of them is taken from too far away, which is
asked as well. The photos are those of the reading's bench."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from bench.phone_page import phone_page
from chalicelib.reading.scoring.table import Table, with_interval
from chalicelib.reading.scoring.tally import Share

CUTS = {"1/12": 1 / 12, "1/6": 1 / 6, "1/4": 1 / 4, "1/3": 1 / 3}
"""Name → share of the document's width or height that lies beyond the photo's edge."""
SIDES = ("left", "top", "right", "bottom")
WHOLE = "none"
_KINDS = ("ktp", "kk")
_GOOD = ("easy", "medium")
_LOOK = """
async ([photo, boxes, slot]) => {
  const { fault, measure } = await import('/aset/nilai.js');
  const picture = await createImageBitmap(await (await fetch(photo)).blob(), { imageOrientation: 'from-image' });
  const found = [];
  for (const box of boxes) {
    const figures = measure(await createImageBitmap(picture, ...box));
    const far = fault({ edge: figures.edge, only: figures.only, sharp: null }, slot) === 'jauh';
    found.push([figures.cut, far]);
  }
  return found;
}
"""
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the photo."""


@dataclass(frozen=True)
class Told:
    """Whether the phone called a photo cut off, of which `cut` (a name of `CUTS`, or `WHOLE`) was, or taken from `far`
    away, when it looks for nothing else."""

    kind: str
    cut: str
    said: bool
    far: bool


def look(folder: Path, most: int, *, whole: bool = False) -> list[Told]:
    """At so many of each kind and grade: whole, and cut at each side unless only `whole` ones are wanted. Hard photos are
    no good ones, and are left out; of copies, scans and screens, where a document has no edge of its own, only the
    whole ones count."""
    photos = [
        photo
        for kind in _KINDS
        for grade in _GOOD
        for photo in sorted(folder.glob(f"{kind}-{grade}-*.jpg"))[:most]
    ]
    with phone_page(photos) as page:
        return [
            told for number, photo in enumerate(photos) for told in _of_one(page, number, photo, whole=whole)
        ]


def _of_one(page: Page, number: int, photo: Path, *, whole: bool) -> Iterator[Told]:
    truth = json.loads(photo.with_suffix(".json").read_text(encoding="utf-8"))
    if truth["grade"] not in _GOOD:
        return
    width, height = truth["params"]["size"]
    names, boxes = [WHOLE], [(0, 0, width, height)]
    if truth["params"]["mode"] == "photo" and not whole:
        for name, share in CUTS.items():
            names += [name] * len(SIDES)
            boxes += [window(truth["quad_oriented"], (width, height), share, side) for side in SIDES]
    found = page.evaluate(_LOOK, [f"/photo/{number}", boxes, truth["kind"]])
    for name, (said, far) in zip(names, found, strict=True):
        yield Told(truth["kind"], name, said, far)


def window(quad: Sequence[Sequence[float]], size: tuple[int, int], share: float, side: str) -> Box:
    """What is left of a photo when one of its sides is moved in until `share` of the document lies beyond it."""
    xs, ys = zip(*quad, strict=True)
    across, down = (max(xs) - min(xs)) * share, (max(ys) - min(ys)) * share
    left = round(min(xs) + across) if side == "left" else 0
    top = round(min(ys) + down) if side == "top" else 0
    right = round(max(xs) - across) if side == "right" else size[0]
    bottom = round(max(ys) - down) if side == "bottom" else size[1]
    return left, top, right - left, bottom - top


def table(told: Sequence[Told]) -> Table:
    """Of each kind and cut that there is: how many photos were called cut off, and how many too far away, with the 95 %
    interval."""
    rows = []
    for kind in _KINDS:
        for cut in (WHOLE, *CUTS):
            mine = [one for one in told if one.kind == kind and one.cut == cut]
            cut_off = Share(sum(one.said for one in mine), len(mine))
            far = Share(sum(one.far for one in mine), len(mine))
            if mine:
                rows.append((kind, cut, str(len(mine)), with_interval(cut_off), with_interval(far)))
    return Table("Called cut off, or too far away", ("kind", "cut", "photos", "cut off", "far"), tuple(rows))
