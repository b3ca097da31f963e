"""What lies on an officer's desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.access.actors import Officer
from chalicelib.access.paging import paged
from chalicelib.access.policy import Action, Subject, allow, require, stages_of
from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.roads import road_for
from chalicelib.usulan.store import Offer, World

PAGE = 25


def desk(world: World, officer: Officer, after: str | None = None) -> tuple[Sequence[Offer], str | None]:
    """Open work in the officer's regions at the officer's stages, oldest first on each desk, a page at a time; and the
    cursor from which to go on."""
    require(officer, Action.LIST_DESK, Subject())

    def page(place: tuple[RegionCode, str], limit: int, cursor: str | None) -> tuple[list[Offer], str | None]:
        offers, more = world.store.desk(*place, limit, cursor)
        return [offer for offer in offers if allow(officer, Action.VIEW_CASE, offer.case.subject)], more

    return paged(list(_desks(world, officer)), page, PAGE, after)


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
