"""Find the case behind a scanned barkot or a typed case number."""

from __future__ import annotations

from chalicelib.access.actors import Officer
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.errors import Hidden, NotFound
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.store import World


def resolve(world: World, officer: Officer, scanned: str) -> str:
    """The case number behind `scanned`. NotFound BARKOT_TIDAK_DIKENAL: none, or none in the officer's regions, which
    sound the same on purpose."""
    require(officer, Action.RESOLVE_BARKOT, Subject())
    number = number_of(world, scanned)
    if number is None:
        raise NotFound("BARKOT_TIDAK_DIKENAL")
    try:
        case = world.store.load(number)
    except NotFound:
        raise NotFound("BARKOT_TIDAK_DIKENAL") from None
    if not allow(officer, Action.RESOLVE_BARKOT, case.subject):
        raise Hidden("BARKOT_TIDAK_DIKENAL")
    return number


def number_of_token(world: World, token: str) -> str | None:
    """The case a receipt's token belongs to."""
    return world.store.case_of_barkot(world.digests.of("barkot", token.upper()))


def number_of(world: World, scanned: str) -> str | None:
    """The case number in a barkot's text or as typed; None: it is neither, or the barkot is not one of ours."""
    trimmed = scanned.strip()
    _, found, token = trimmed.upper().rpartition("/B/")
    if found:
        return number_of_token(world, token)
    return parse_case_number(trimmed)
