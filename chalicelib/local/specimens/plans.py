"""Which pictures a run makes: the committed set, more families of its kind, or many of each kind for a bench."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.local.specimens.barkot import SLIPS
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.negatives.all import COMMITTED, NEGATIVES
from chalicelib.local.specimens.prints import MAKERS, Wish
from chalicelib.local.specimens.seeds import draws

SEED, FAMILIES = 2026, 8
KINDS = tuple(MAKERS)
CARD_LIMIT, SHEET_LIMIT, HOUSE_LIMIT = 175_000, 430_000, 170_000
"""Bytes of a committed JPEG at most, as a phone sends them after shrinking."""
TURNED_BY_EXIF = 4
"""Each fourth family's KTP is stored lying on its side, with EXIF to say so."""
SERIES_EACH = 5
"""Each fifth house of a bench comes with its copies."""
MIXTURE = ((Grade.EASY, 4), (Grade.MEDIUM, 5), (Grade.HARD, 3))
HARDER = (
    ("ktp", 20, Grade.MEDIUM),
    ("ktp", 21, Grade.MEDIUM),
    ("ktp", 22, Grade.EXTREME),
    ("ktp", 23, Grade.EXTREME),
    ("kk", 24, Grade.MEDIUM),
    ("kk", 25, Grade.EXTREME),
    ("house", 26, Grade.EXTREME),
    ("barkot", 2, Grade.EXTREME),
)
"""The committed pictures that are not easy: kind, number, grade."""


def committed(families: int, seed: int) -> Iterator[Wish]:
    """Each family's three easy pictures, the slips, the first negatives; with all families also the harder ones."""
    easy = Grade.EASY
    for index in range(1, families + 1):
        name = f"family-{index:02d}"
        sideways = index % TURNED_BY_EXIF == 0
        yield Wish(f"{name}-ktp", "ktp", index, seed, easy, tidy=True, limit=CARD_LIMIT, sideways=sideways)
        yield Wish(f"{name}-kk", "kk", index, seed, easy, tidy=True, limit=SHEET_LIMIT)
        yield Wish(f"{name}-rumah_depan", "house", index, seed, easy, tidy=True, limit=HOUSE_LIMIT)
    for number, (what, _) in enumerate(SLIPS, 1):
        yield Wish(f"barkot-{number:02d}-{what}", "barkot", number, seed, easy, tidy=True, limit=CARD_LIMIT)
    for number, (what, _) in enumerate(NEGATIVES[:COMMITTED], 1):
        yield Wish(
            f"negative-{number:02d}-{what}", "negative", number, seed, easy, tidy=True, limit=CARD_LIMIT
        )
    if families >= FAMILIES:
        for number, (kind, which, grade) in enumerate(HARDER, 1):
            limit = SHEET_LIMIT if kind == "kk" else CARD_LIMIT
            yield Wish(f"harder-{number:02d}-{kind}", kind, which, seed, grade, limit=limit)


def bench(kinds: tuple[str, ...], count: int, seed: int, grade: Grade | None) -> Iterator[Wish]:
    """`count` pictures of each kind, all of one grade or (None) mixed as 4 : 5 : 3."""
    for kind in kinds:
        for number in range(1, count + 1):
            name = f"{kind}-{number:04d}"
            chosen = grade or _grade(seed, name)
            series = kind == "house" and number % SERIES_EACH == 1
            which = number if kind in ("barkot", "negative") else FAMILIES + number
            yield Wish(name, kind, which, seed, chosen, series=series)


def _grade(seed: int, name: str) -> Grade:
    weights = [weight for _, weight in MIXTURE]
    return draws(seed, f"{name}/grade").choices([grade for grade, _ in MIXTURE], weights)[0]
