"""`python -m bench.reading.sent`: what it costs the reading that the phone makes photos small before it sends them.

Each photo is shown to the form's own script (web/aset/foto.js) in Chromium, and what it would send is read beside the
photo as it was taken. The photos are the blind ones of `python -m bench.reading`, or those of a folder of specimens.
Photos that the phone sends as they are say nothing here and are left out.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench.phone_page import SCRIPTS, phone_page
from bench.reading import pictures, rivals, runs
from bench.reading.__main__ import FOLDER
from bench.reading.pictures import Picture
from bench.reading.runs import Work
from chalicelib.reading.scoring import report
from chalicelib.reading.scoring.report import WHAT, Scored
from chalicelib.reading.scoring.table import Table, percent
from chalicelib.reading.scoring.tally import tally

_EDGES = {"ktp": 1600, "kk": 2600}
_SEND = """
async ([photo, slot]) => {
  const { prepared } = await import('/aset/foto.js');
  const file = new File([await (await fetch(photo)).blob()], 'foto.jpg', { type: 'image/jpeg' });
  const { blob } = await prepared(file, 'image/jpeg', slot);
  const reader = new FileReader();
  await new Promise((resolve) => { reader.onload = resolve; reader.readAsDataURL(blob); });
  return reader.result.split(',')[1];
}
"""


@dataclass(frozen=True)
class Pair:
    """A photo as it was taken, and as the phone sends it."""

    taken: Picture
    sent: Picture

    @property
    def changed(self) -> bool:
        return self.taken.photo.read_bytes() != self.sent.photo.read_bytes()


def main(argv: list[str]) -> int:
    """Exit code 0; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.sent", description=__doc__)
    parser.add_argument("--photos", type=Path, metavar="DIR", help="specimens: NAME.jpg beside NAME.json")
    parser.add_argument(
        "--share", type=float, default=0.3, metavar="S", help="of the blind photos (default 0.3)"
    )
    parser.add_argument("--work", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--processes", type=int, default=2, metavar="P")
    options = parser.parse_args(argv)
    taken = Work(options.work if options.photos is None else options.work / "specimens", runs.state())
    sent = Work(taken.folder / f"sent-{_script_state()}", taken.state)
    wanted = _of_folder(options.photos) if options.photos else _blind(options.share, taken, options.processes)
    changed = [pair for pair in shown_to_the_phone(wanted, sent.pictures) if pair.changed]
    product = next(one for one in rivals.READERS if one.name == rivals.PRODUCT)
    runs.run(taken, product, [pair.taken for pair in changed], options.processes, _say)
    runs.run(sent, product, [pair.sent for pair in changed], options.processes, _say)
    before = runs.scored(taken, product, [pair.taken for pair in changed])
    after = runs.scored(sent, product, [pair.sent for pair in changed])
    _say(f"{len(changed)} of {len(wanted)} photos are made smaller")
    _say(sizes(changed).text())
    _say(table(before, after).text())
    return 0


def _script_state() -> str:
    """Eight letters for the script that makes photos small: what another one made is not taken up."""
    return hashlib.sha256((SCRIPTS / "foto.js").read_bytes()).hexdigest()[:8]


def _blind(share: float, work: Work, processes: int) -> list[Picture]:
    counts = pictures.share_of({kind: (*pictures.FULL[kind][:3], 0) for kind in _EDGES}, share)
    for name in pictures.make(counts, work.pictures, processes):
        _say(f"made {name}")
    return pictures.pictures(counts, work.pictures)


def _of_folder(folder: Path) -> list[Picture]:
    return [
        Picture(kind, photo.stem, photo, photo.with_suffix(".json"))
        for kind in _EDGES
        for photo in sorted(folder.rglob(f"{kind}_*.jpg"))
    ]


def shown_to_the_phone(wanted: Sequence[Picture], folder: Path) -> list[Pair]:
    """Every photo with what the form's script makes of it; what was made before is taken up."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [
        Pair(one, replace(one, photo=folder / one.photo.name, truth=folder / one.truth.name))
        for one in wanted
    ]
    missing = [pair for pair in pairs if not rivals.still_true(pair.sent.photo, pair.taken.photo)]
    with phone_page([pair.taken.photo for pair in missing]) as page:
        for number, pair in enumerate(missing):
            pair.sent.photo.write_bytes(_as_sent(page, number, pair.taken.kind))
            shutil.copy(pair.taken.truth, pair.sent.truth)
    return pairs


def _as_sent(page: Page, number: int, kind: str) -> bytes:
    return base64.b64decode(page.evaluate(_SEND, [f"/photo/{number}", kind]))


def sizes(pairs: Sequence[Pair]) -> Table:
    """How large the files are, before and after."""
    rows = []
    for kind in _EDGES:
        mine = [pair for pair in pairs if pair.taken.kind == kind]
        if mine:
            before, after = ([one.stat().st_size / 1000 for one in photos] for photos in _files(mine))
            rows.append(
                (kind, str(len(mine)), *(f"{value:.0f}" for value in _spread(before) + _spread(after)))
            )
    head = ("kind", "photos", "taken, median kB", "most", "sent, median kB", "most")
    return Table("Size of the files that the phone makes smaller", head, tuple(rows))


def _files(pairs: Sequence[Pair]) -> tuple[list[Path], list[Path]]:
    return [pair.taken.photo for pair in pairs], [pair.sent.photo for pair in pairs]


def _spread(values: Sequence[float]) -> list[float]:
    return [median(values), max(values)]


def table(before: Scored, after: Scored) -> Table:
    """The same photos, as taken and as sent: how much is exact, and how many values became wrong or right by it."""
    rows = []
    for what in WHAT:
        if what.seen:
            continue
        for grade in (*before.grades, None):
            was, now = (report.of(one, what.part, niks=what.niks, grade=grade) for one in (before, after))
            if not was:
                continue
            lost = sum(a.right and not b.right for a, b in zip(was, now, strict=True))
            won = sum(b.right and not a.right for a, b in zip(was, now, strict=True))
            shares = [percent(tally(items).exact) for items in (was, now)]
            rows.append((what.name, grade or "all", str(len(was)), *shares, str(lost), str(won)))
    head = ("what", "grade", "n", "as taken", "as sent", "lost", "won")
    return Table("Exact match before and after the phone's shrinking", head, tuple(rows))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
