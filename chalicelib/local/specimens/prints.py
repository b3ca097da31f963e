"""From a wish (kind, number, seed, grade) to finished pictures with their truth. Each wish stands by itself.

A wish's draws depend on its seed and name alone, so that order, number and processes change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from chalicelib.local.specimens.barkot import SLIPS, aged
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.camera.files import jpeg
from chalicelib.local.specimens.camera.shot import Shot, shoot
from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.house import build_of, draw_house
from chalicelib.local.specimens.kk import draw_kk, qr_text
from chalicelib.local.specimens.ktp import draw_ktp
from chalicelib.local.specimens.negatives.all import NEGATIVES
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.resaved import copies
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.truth import kk_fields, kk_members, ktp_fields, truth
from chalicelib.reading.model import Quad

CARD_PHOTO, SHEET_PHOTO = (1600, 1200), (2400, 1800)
FAR = {Grade.EASY: (0.5, 0.9), Grade.MEDIUM: (0.26, 0.6), Grade.HARD: (0.17, 0.4), Grade.EXTREME: (0.17, 0.4)}
"""Share of the picture that a slip with a code spans."""
WORN = {Grade.EASY: 0.1, Grade.MEDIUM: 0.35, Grade.HARD: 0.65, Grade.EXTREME: 0.65}
"""How worn a slip is, give or take: 0 new, 1 hardly to be read."""
NEGATIVE_HOMES = 9
"""The family on the committed negatives."""


@dataclass(frozen=True)
class Wish:
    """One picture (a house may come with its copies): `number` from 1 chooses family, slip or negative.

    `tidy` wishes are the committed ones: upright, of a known size, at most `limit` bytes.
    """

    name: str
    kind: str
    number: int
    seed: int
    grade: Grade
    tidy: bool = False
    limit: int = 0
    sideways: bool = False
    series: bool = False


@dataclass(frozen=True)
class Print:
    """One picture ready to be written: its name, its JPEG and its truth; `places`: where each value is printed."""

    name: str
    data: bytes
    truth: dict[str, Any]
    places: Mapping[str, Quad] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        (folder / f"{self.name}.jpg").write_bytes(self.data)
        text = json.dumps(self.truth, indent=1, ensure_ascii=False)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")


def ktp_prints(wish: Wish) -> list[Print]:
    """The photographed KTP of the family's holder."""
    home = family(wish.number, wish.seed)
    rng = draws(wish.seed, wish.name)
    sheet = draw_ktp(home, home.holder, rng)
    shot = shoot(sheet, wish.grade, rng, upright=wish.tidy, size=CARD_PHOTO if wish.tidy else None)
    flags = []
    if not home.holder.nik_agrees:
        flags.append("nik_inconsistent")
    if home.holder.nik[:4] != home.region.district_digits[:4]:
        flags.append("nik_region_moved")
    fields = ktp_fields(home, home.holder)
    return [_print(wish, shot, fields=fields, flags=flags, home=home)]


def kk_prints(wish: Wish) -> list[Print]:
    """The photographed family card, in the layout of its day."""
    home = family(wish.number, wish.seed)
    rng = draws(wish.seed, wish.name)
    sheet = draw_kk(home, rng)
    shot = shoot(
        sheet, wish.grade, rng, page=True, upright=wish.tidy, size=SHEET_PHOTO if wish.tidy else None
    )
    slips = [row for row, person in enumerate(home.members, 1) if not person.nik_agrees]
    flags = [
        "new_layout" if home.new_layout else "old_layout",
        *(f"nik_inconsistent_row_{row}" for row in slips),
    ]
    codes = [{"text": qr_text(home), "format": "QRCode"}] if home.new_layout else []
    issued = home.issued.isoformat()
    return [
        _print(
            wish, shot, fields=kk_fields(home), members=kk_members(home), flags=flags, home=home, codes=codes,
            issued=issued,
        )
    ]  # fmt: skip


def house_prints(wish: Wish) -> list[Print]:
    """The front of the family's house; `scene` names its materials. With a series: its copies, `same_as` the first."""
    home = family(wish.number, wish.seed)
    rng = draws(wish.seed, wish.name)
    build = build_of(wish.number, rng)
    shot = draw_house(build, rng, wish.grade)
    scene = {"dinding": build.wall, "atap": build.roof, "halaman": build.yard}
    quality = 90 if wish.tidy else rng.randint(72, 92)

    def record(name: str, **more: Any) -> dict[str, Any]:
        given = {"quad": shot.quad, "grade": str(wish.grade), "params": dict(shot.params), **more}
        return truth(
            name=name, kind="house", seed=wish.seed, flags=shot.faults, home=home, scene=scene, **given
        )

    found = [Print(wish.name, jpeg(shot.image, limit=wish.limit, quality=quality), record(wish.name))]
    if wish.series:
        for copy in copies(shot.image, shot.quad):
            name = f"{wish.name}-{copy.what}"
            more = {"quad": copy.quad, "same_as": f"{wish.name}.jpg", "change": copy.what}
            found.append(Print(name, jpeg(copy.image, quality=copy.quality), record(name, **more)))
    return found


def barkot_prints(wish: Wish) -> list[Print]:
    """A slip with a code: new in an easy picture, worn, small or far away in the others."""
    rng = draws(wish.seed, wish.name)
    what, draw = SLIPS[(wish.number - 1) % len(SLIPS)]
    slip = draw(rng)
    wear = WORN[wish.grade] * rng.uniform(0.5, 1.3)
    if not wish.tidy:
        slip = aged(slip, min(wear, 0.8), rng)
    size = None
    if wish.tidy:
        standing = slip.sheet.image.height > slip.sheet.image.width
        size = (CARD_PHOTO[1], CARD_PHOTO[0]) if standing else CARD_PHOTO
    shot = shoot(slip.sheet, wish.grade, rng, upright=wish.tidy, size=size, far=FAR[wish.grade])
    left, _, right, _ = slip.sheet.boxes["code"]
    quiet = 8 if slip.format == "QRCode" else 20
    module = (right - left) / slip.sheet.density / (slip.modules + quiet)
    codes = [{"text": slip.text, "format": slip.format}]
    more = {"module_mm": round(module, 3), "module_px": round(module * shot.photo.px_per_mm, 2)}
    return [_print(wish, shot, codes=codes, what=what, params=shot.params | more | {"modules": slip.modules})]


def negative_prints(wish: Wish) -> list[Print]:
    """A picture that is to be refused, and why."""
    rng = draws(wish.seed, wish.name)
    home = family(NEGATIVE_HOMES if wish.tidy else NEGATIVE_HOMES + wish.number, wish.seed)
    made = NEGATIVES[(wish.number - 1) % len(NEGATIVES)][1](home, rng)
    size = None
    if wish.tidy:
        standing = made.sheet.image.height > made.sheet.image.width
        size = (CARD_PHOTO[1], CARD_PHOTO[0]) if standing else CARD_PHOTO
    shot = shoot(
        made.sheet, wish.grade, rng, page=made.page and made.kind == "kk", upright=wish.tidy, size=size,
        aimed=made.aimed, blur=made.blur, mode=made.mode,
    )  # fmt: skip
    return [
        _print(
            wish, shot, kind=made.kind, fields=made.fields, flags=[made.what], what=made.what,
            expected=made.expected, hidden=dict(made.hidden), codes=[dict(code) for code in made.codes],
        )
    ]  # fmt: skip


def _print(
    wish: Wish,
    shot: Shot,
    *,
    kind: str = "",
    flags: list[str] | None = None,
    fields: Mapping[str, str] | None = None,
    members: list[dict[str, str]] | None = None,
    home: Family | None = None,
    **more: Any,
) -> Print:
    if wish.sideways:
        shot = replace(shot, seen=replace(shot.seen, exif=6))
    record = truth(
        name=wish.name,
        kind=kind or wish.kind,
        seed=wish.seed,
        quad=shot.photo.quad,
        fields=fields,
        members=members or (),
        flags=[*(flags or []), *shot.flags],
        home=home,
        grade=str(shot.grade),
        **({"params": shot.params} | _signed(shot) | more),
    )
    places = {key: shot.photo.place(box) for key, box in shot.photo.sheet.boxes.items()}
    return Print(wish.name, shot.data(wish.limit), record, places)


def _signed(shot: Shot) -> dict[str, Any]:
    """Where signatures lie in the picture; nothing where nobody signed."""
    quads = [shot.photo.place(box) for box in shot.photo.sheet.signatures]
    told = [[[round(x, 1), round(y, 1)] for x, y in quad] for quad in quads]
    return {"signatures": told} if told else {}


MAKERS: dict[str, Callable[[Wish], list[Print]]] = {
    "ktp": ktp_prints,
    "kk": kk_prints,
    "house": house_prints,
    "barkot": barkot_prints,
    "negative": negative_prints,
}


def made(wish: Wish) -> list[Print]:
    """The wish's pictures. FontMissing: a font is not installed."""
    return MAKERS[wish.kind](wish)
