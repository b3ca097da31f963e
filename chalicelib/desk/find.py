"""Find cases of one village by (part of) a name: by digests of the beginnings of its words; no names are read through.

The index is keyed by village, so a search in one tells nothing of another; an erased case leaves it with its marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.access.actors import Officer
from chalicelib.access.limits import SEARCHES, spend
from chalicelib.access.policy import Action, Subject, office_for
from chalicelib.access.searches import Search
from chalicelib.errors import BadInput, NotFound
from chalicelib.identity import name_tokens, regions
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case, name_mark
from chalicelib.usulan.store import World

SHOWN = 20
_LOADED = 60
_MOST_WORDS = 4
_VILLAGE_LEVEL = 4


@dataclass(frozen=True)
class Found:
    """`more`: there are others than these; another word would part them."""

    cases: Sequence[Case]
    more: bool


def find(world: World, officer: Officer, village: RegionCode, typed: str) -> Found:
    """Cases of `village` in whose name each typed word begins some word. BadInput WILAYAH_SALAH (no village),
    NAMA_TERLALU_PENDEK (no word of three letters); Forbidden: not the officer's; TooMany."""
    if village.level != _VILLAGE_LEVEL or not regions.exists(village):
        raise BadInput("WILAYAH_SALAH")
    office = office_for(officer, Action.SEARCH, Subject(region=village)).regions[0]
    wanted = name_tokens.words(typed)[:_MOST_WORDS]
    if not wanted:
        raise BadInput("NAMA_TERLALU_PENDEK")
    spend(world.meter, SEARCHES, officer.id, world.now())
    found = _found(world, village, wanted)
    shown = tuple(case.number for case in found.cases)
    world.searches.record(Search(world.now(), officer.id, office, village, len(wanted), shown, found.more))
    return found


def _found(world: World, village: RegionCode, wanted: tuple[str, ...]) -> Found:
    numbers = _numbers(world, village, wanted)
    cases: list[Case] = []
    for number in numbers[:_LOADED]:
        try:
            case = world.store.load(number)
        except NotFound:
            continue  # its index outlived it by a moment
        if case.region == village and name_tokens.answers(case.value("nama"), wanted):
            cases.append(case)
    cases.sort(key=lambda case: case.submitted_at or case.created_at, reverse=True)
    return Found(cases[:SHOWN], more=len(cases) > SHOWN or len(numbers) > _LOADED)


def _numbers(world: World, village: RegionCode, wanted: tuple[str, ...]) -> list[str]:
    """Numbers of the cases that stand under each wanted word."""
    each = []
    for word in wanted:
        purpose, value = name_mark(village, name_tokens.token(word))
        each.append(set(world.store.cases_with(purpose, world.digests.of(purpose, value))))
    return sorted(set.intersection(*each))
