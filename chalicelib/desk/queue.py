"""What lies on an officer's desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, Subject, allow, require, stages_of
from chalicelib.identity import regions
from chalicelib.identity.digits import is_digits
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.roads import road_for
from chalicelib.usulan.store import Offer, World

PAGE = 25


def desk(world: World, officer: Officer, after: str | None = None) -> tuple[Sequence[Offer], str | None]:
    """Open work in the officer's regions at the officer's stages, oldest first on each desk, a page at a time; and the
    cursor from which to go on."""
    require(officer, Action.LIST_DESK, Subject())
    places = list(_desks(world, officer))
    start, _, cursor = (after or "0:").partition(":")
    found: list[Offer] = []
    for index in range(int(start) if is_digits(start) else 0, len(places)):
        region, stage = places[index]
        offers, more = world.store.desk(region, stage, PAGE - len(found), cursor or None)
        found += [offer for offer in offers if allow(officer, Action.VIEW_CASE, offer.case.subject)]
        if more:
            return found, f"{index}:{more}"
        if len(found) >= PAGE and index + 1 < len(places):
            return found, f"{index + 1}:"
        cursor = ""
    return found, None


def _desks(world: World, officer: Officer) -> Iterator[tuple[RegionCode, str]]:
    for mandate in officer.mandates:
        for region in mandate.regions:
            for stage in road_for(region, world.now().date()).stages:
                if stage.code in stages_of(mandate):
                    for place in at_level(region, stage.desk_level):
                        yield place, stage.code


def at_level(region: RegionCode, level: int) -> Iterator[RegionCode]:
    """The regions of `level` in which `region` lies or which lie in it."""
    if region.level >= level:
        yield region.at(level)
        return
    for code, _ in regions.children(region):
        yield from at_level(RegionCode(code), level)
