"""Invented names and streets by custom (`names.toml`). Any likeness to a living person is chance."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Custom:
    """What people and streets are called among a people, and which religions are common there."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    second: tuple[str, ...]
    second_from_mother: bool
    streets: tuple[str, ...]
    religions: tuple[str, ...]


AT_HOME: dict[str, tuple[str, ...]] = {
    "11": ("aceh",), "12": ("batak", "batak", "jawa"), "13": ("minang",), "14": ("melayu",), "15": ("melayu",),
    "16": ("palembang",), "17": ("melayu", "jawa"), "18": ("jawa", "palembang"), "19": ("melayu", "tionghoa"),
    "21": ("melayu", "tionghoa"), "31": ("betawi", "jawa", "tionghoa"), "32": ("sunda",), "33": ("jawa",),
    "34": ("jawa",), "35": ("jawa", "madura"), "36": ("sunda", "betawi"), "51": ("bali",), "52": ("sasak",),
    "53": ("timor",), "61": ("dayak", "melayu", "tionghoa"), "62": ("dayak", "banjar"), "63": ("banjar",),
    "64": ("banjar", "dayak", "bugis"), "65": ("dayak", "bugis"), "71": ("minahasa",), "72": ("bugis",),
    "73": ("bugis",), "74": ("bugis",), "75": ("gorontalo",), "76": ("bugis",), "81": ("maluku",),
    "82": ("maluku",),
}  # fmt: skip
"""Customs that are common in a province (two digits); in Papua's provinces, 91 to 96, `papua`."""
HONOURS = ("H. ", "DRS. ", "H. ", "IR. ")
DEGREES = (", S.PD", ", S.E", ", S.SOS", ", A.MD", ", S.H., M.H")


@cache
def customs() -> dict[str, Custom]:
    """All customs by name."""
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return {name: _custom(row) for name, row in table.items()}


def _custom(row: dict[str, Any]) -> Custom:
    words = {key: tuple(value.split("|")) for key, value in row.items() if key != "second_from_mother"}
    return Custom(second_from_mother=row["second_from_mother"], **words)


def custom(village: str) -> Custom:
    """The commonest custom of a village's province."""
    return customs()[AT_HOME.get(village[:2], ("papua",))[0]]


def custom_by_chance(village: str, rng: random.Random) -> Custom:
    """One of the province's customs, or now and then that of people who came from elsewhere."""
    if rng.random() < 0.12:
        return customs()[rng.choice(sorted(customs()))]
    return customs()[rng.choice(AT_HOME.get(village[:2], ("papua",)))]


def adult(ways: Custom, rng: random.Random, *, woman: bool, taken: set[str]) -> str:
    """A full name that nobody in the family bears yet."""
    return _unused(rng, ways.women if woman else ways.men, ways.second, taken)


def child(ways: Custom, rng: random.Random, *, girl: bool, second: str, taken: set[str]) -> str:
    """A child's full name with the family's second name."""
    return _unused(rng, ways.girls if girl else ways.boys, (second,), taken)


def dressed(name: str, ways: Custom, rng: random.Random, *, woman: bool) -> str:
    """The name as offices meet it: bare, with a third word, an initial, an honour, a degree or an apostrophe."""
    first, *rest = name.split()
    third = rng.choice([word for word in ways.second if word not in name] or ["NUSA"])
    forms = {
        name: 48,
        first if len(first) > 3 else name: 14,
        f"{name} {third}": 18,
        f"{first} {rest[0][0]}. {third}" if rest else name: 6,
        f"{'HJ. ' if woman else rng.choice(HONOURS)}{name}": 4,
        f"{name}{rng.choice(DEGREES)}": 4,
        f"{first} NUR'{rng.choice(('AINI', 'ALIM', 'FA'))} {third}": 3,
        f"{name} {third} {rng.choice(ways.girls if woman else ways.boys)}": 3,
    }
    return rng.choices(list(forms), list(forms.values()))[0]


def _unused(rng: random.Random, first: tuple[str, ...], second: tuple[str, ...], taken: set[str]) -> str:
    free = [name for name in first if not any(other.startswith(f"{name} ") for other in taken)]
    name = f"{rng.choice(free or first)} {rng.choice(second)}"
    taken.add(name)
    return name
