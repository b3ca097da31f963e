"""`python -m chalicelib specimens OUT [--families N] [--seed S]`: print pictures of invented documents, with their truth.

Writes NAME.jpg and NAME.json side by side; the defaults print the committed set in `pictures/` again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from chalicelib.local.specimens.barkot import SLIPS
from chalicelib.local.specimens.camera import Photo, jpeg, photograph
from chalicelib.local.specimens.family import Family, family
from chalicelib.local.specimens.fonts import FontMissing
from chalicelib.local.specimens.house import build_of, draw_house
from chalicelib.local.specimens.kk import draw_kk, qr_text
from chalicelib.local.specimens.ktp import draw_ktp
from chalicelib.local.specimens.negative import NEGATIVES
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.truth import kk_fields, kk_members, ktp_fields, truth

SEED, FAMILIES = 2026, 8
CARD_PHOTO, SHEET_PHOTO = (1600, 1200), (2640, 1980)
CARD_LIMIT, SHEET_LIMIT, HOUSE_LIMIT = 180_000, 480_000, 180_000
"""Bytes of a JPEG at most, as a phone sends them after shrinking."""
TURNED_BY_EXIF = 4
"""Each fourth family's KTP is stored lying on its side, with EXIF to say so."""


@dataclass(frozen=True)
class Print:
    """One picture ready to be written: its name, its JPEG and its truth."""

    name: str
    data: bytes
    truth: dict[str, Any]

    def write(self, folder: Path) -> None:
        (folder / f"{self.name}.jpg").write_bytes(self.data)
        text = json.dumps(self.truth, indent=1, ensure_ascii=False)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")


def ktp_print(home: Family, index: int, seed: int) -> Print:
    """The photographed KTP of the family's holder."""
    name = f"{home.name}-ktp"
    rng = draws(seed, name)
    shot = photograph(draw_ktp(home, home.holder, rng), rng, size=CARD_PHOTO, fill=0.92)
    sideways = index % TURNED_BY_EXIF == 0
    flags = ["exif_orientation"] if sideways else []
    record = truth(
        name=name,
        kind="ktp",
        seed=seed,
        quad=shot.quad,
        fields=ktp_fields(home, home.holder),
        flags=flags,
        home=home,
    )
    return Print(name, jpeg(shot.image, limit=CARD_LIMIT, orientation=6 if sideways else 1), record)


def kk_print(home: Family, seed: int) -> Print:
    """The photographed family card, in the layout of its day."""
    name = f"{home.name}-kk"
    rng = draws(seed, name)
    shot = photograph(draw_kk(home, rng), rng, size=SHEET_PHOTO, fill=0.98)
    codes = [{"text": qr_text(home), "format": "QRCode"}] if home.new_layout else []
    record = truth(
        name=name,
        kind="kk",
        seed=seed,
        quad=shot.quad,
        fields=kk_fields(home),
        members=kk_members(home),
        flags=["new_layout" if home.new_layout else "old_layout"],
        home=home,
        codes=codes,
        issued=home.issued.isoformat(),
    )
    return Print(name, jpeg(shot.image, limit=SHEET_LIMIT), record)


def house_print(home: Family, index: int, seed: int) -> Print:
    """The front of the family's house; `scene` names its materials."""
    name = f"{home.name}-rumah_depan"
    rng = draws(seed, name)
    build = build_of(index, rng)
    shot = draw_house(build, rng)
    scene = {"dinding": build.wall, "atap": build.roof, "halaman": build.yard}
    record = truth(name=name, kind="house", seed=seed, quad=shot.quad, home=home, scene=scene)
    return Print(name, jpeg(shot.image, limit=HOUSE_LIMIT), record)


def barkot_prints(seed: int) -> Iterator[Print]:
    """The slips with codes, photographed."""
    for number, (what, draw) in enumerate(SLIPS, 1):
        name = f"barkot-{number:02d}-{what}"
        rng = draws(seed, name)
        slip = draw(rng)
        shot = _small(slip.sheet, rng, fill=0.72)
        codes = [{"text": slip.text, "format": slip.format}]
        record = truth(name=name, kind="barkot", seed=seed, quad=shot.quad, codes=codes, what=what)
        yield Print(name, jpeg(shot.image, limit=CARD_LIMIT), record)


def negative_prints(seed: int) -> Iterator[Print]:
    """The pictures that are to be refused, photographed."""
    home = family(FAMILIES + 1, seed)
    for number, (what, draw) in enumerate(NEGATIVES, 1):
        name = f"negative-{number:02d}-{what}"
        rng = draws(seed, name)
        made = draw(home, rng)
        shot = _small(made.sheet, rng, fill=0.86)
        record = truth(
            name=name,
            kind=made.kind,
            seed=seed,
            quad=shot.quad,
            fields=made.fields,
            flags=[made.what],
            what=made.what,
            expected=made.expected,
            hidden=dict(made.hidden),
            codes=[dict(code) for code in made.codes],
        )
        yield Print(name, jpeg(shot.image, limit=CARD_LIMIT), record)


def _small(sheet: Image.Image, rng: random.Random, *, fill: float) -> Photo:
    """A photo of a slip, held as its shape asks for."""
    size = CARD_PHOTO if sheet.width > sheet.height else (CARD_PHOTO[1], CARD_PHOTO[0])
    return photograph(sheet, rng, size=size, fill=fill)


def prints(families: int, seed: int) -> Iterator[Print]:
    """All pictures of a seed, one after another: each family's three, then barkot, then negatives."""
    for index in range(1, families + 1):
        home = family(index, seed)
        yield ktp_print(home, index, seed)
        yield kk_print(home, seed)
        yield house_print(home, index, seed)
    yield from barkot_prints(seed)
    yield from negative_prints(seed)


def main(argv: list[str]) -> int:
    """0: all written; 1: a font is missing or OUT cannot be written; 2: usage."""
    parser = argparse.ArgumentParser(
        prog="python -m chalicelib specimens", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="folder for the pictures; made if it is not there"
    )
    parser.add_argument(
        "--families", type=int, default=FAMILIES, metavar="N", help="how many families (default 8)"
    )
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help="another seed, other people")
    try:
        wanted = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if wanted.families < 0:
        sys.stderr.write("specimens: --families cannot be negative\n")
        return 2
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
        for piece in prints(wanted.families, wanted.seed):
            piece.write(wanted.out)
            sys.stderr.write(f"{piece.name}.jpg  {len(piece.data) // 1024} KiB\n")
    except FontMissing as missing:
        sys.stderr.write(f"specimens: {missing}\n")
        return 1
    except OSError as refused:
        sys.stderr.write(f"specimens: {wanted.out} cannot be written: {refused.strerror}\n")
        return 1
    return 0
