"""`python -m bench.quality.phone`: what the phone itself says of photos with one fault each (web/aset/nilai.js), in
Chromium, and how long one look takes on a processor slowed down four times. The photos are those of
`python -m bench.quality`; with `--edges DIR` also good photos of the reading's bench, whole and cut off (`edges.py`).
`--only far far-medium none`: documents photographed from farther and farther away (decision 0026)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.phone_page import phone_page
from bench.quality import edges, pictures
from bench.quality.__main__ import FOLDER
from bench.quality.pictures import Picture
from chalicelib.reading.scoring.table import Table

_SLOTS = {"ktp": "ktp", "kk": "kk", "house": "rumah_depan"}
_SLOWER = 4
"""How many times slower the processor is made: a cheap phone's against this machine's."""
_COUNTS = {"ktp": 7, "kk": 1, "house": 16}
_LOOK = """
async ([photo, slot]) => {
  const { fault, measure } = await import('/aset/nilai.js');
  const picture = await createImageBitmap(await (await fetch(photo)).blob(), { imageOrientation: 'from-image' });
  const began = performance.now();
  const looks = fault(measure(picture), slot);
  return { looks, took: performance.now() - began };
}
"""


@dataclass(frozen=True)
class Looked:
    """What the phone said of a photo ('' for nothing), and after how many milliseconds."""

    picture: Picture
    looks: str
    took: float


def main(argv: list[str]) -> int:
    """Exit code 0; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.phone", description=__doc__)
    for kind, count in _COUNTS.items():
        parser.add_argument(f"--{kind}", type=int, default=count, metavar="N", help=f"default {count}")
    parser.add_argument(
        "--only", nargs="*", metavar="FAULT", help="of faults.json, or nothing (default: all)"
    )
    parser.add_argument("--work", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--edges", type=Path, metavar="DIR", help="good photos, NAME.jpg beside NAME.json")
    parser.add_argument("--most", type=int, default=1000, metavar="N", help="of them, of each kind and grade")
    parser.add_argument("--whole", action="store_true", help="of them, none cut off")
    options = parser.parse_args(argv)
    if options.edges is not None:
        _say(edges.table(edges.look(options.edges, options.most, whole=options.whole)).text())
    counts = {kind: getattr(options, kind) for kind in _COUNTS}
    made = pictures.pictures(counts, options.work / "pictures", options.only)
    wanted = [one for one in made if one.kind in _SLOTS]
    for name in pictures.make(wanted, len(os.sched_getaffinity(0))):
        _say(f"made {name}")
    if not wanted:
        return 0
    found = look(wanted)
    _say(table(found).text())
    slow = [one.took for one in found]
    _say(
        f"\nOne look, processor slowed down {_SLOWER} times: median {median(slow):.0f} ms, most {max(slow):.0f} ms "
        f"({len(slow)} photos; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)"
    )
    return 0


def look(wanted: Sequence[Picture]) -> list[Looked]:
    """Shows every photo to the script as the form does, one page for all."""
    with phone_page([one.photo for one in wanted], slower=_SLOWER) as page:
        return [_look(page, number, one) for number, one in enumerate(wanted)]


def _look(page: Page, number: int, one: Picture) -> Looked:
    said: dict[str, Any] = page.evaluate(_LOOK, [f"/photo/{number}", _SLOTS[one.kind]])
    return Looked(one, said["looks"], said["took"])


def table(found: Sequence[Looked]) -> Table:
    """Of each kind, fault and strength: how many photos, and what was said of them."""
    groups: dict[tuple[str, str, str], list[Looked]] = {}
    for one in found:
        step = one.picture.step
        groups.setdefault((one.picture.kind, step.fault, str(step.value)), []).append(one)
    rows = []
    for (kind, fault, strength), mine in groups.items():
        said = [one.looks for one in mine if one.looks]
        names = ", ".join(f"{name} {said.count(name)}" for name in dict.fromkeys(said))
        rows.append((kind, fault, strength, str(len(mine)), names or "–"))
    return Table(
        "What the phone says of photos with one fault",
        ("kind", "fault", "strength", "photos", "said"),
        tuple(rows),
    )


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
