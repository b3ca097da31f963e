"""How somebody without an account proves that a case is theirs: its number and its secret, five tries and then a wait.

Who is right, and nobody has guessed at this case of late, is answered after one read (`store.status`). All others go a
longer way that is the same for a wrong secret and for a number that is none: the case's limits are asked, the guess is
counted. A guess also marks the case (`store.mark_guessed`), so that from then on the right secret goes that way too and
no limit can be passed by being right in the end; the mark lasts for as long as a guess can still count.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.access.limits import GUESS_REMEMBERED, GUESSES_FREE, MISSES, WRONG_SECRETS, refuse, spend
from chalicelib.errors import MustProve, NotFound
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.start import knows_secret
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import World


@dataclass(frozen=True)
class Shown:
    """What was shown: a number and a secret as typed, the proof of a challenge, and where it comes from."""

    number: str
    secret: str
    proof: str
    address: str


def opened(world: World, shown: Shown) -> Status:
    """The status of the case that is shown to be theirs. NotFound USULAN_TIDAK_DITEMUKAN: no such case, or another
    secret, which sound the same. TooMany: five wrong secrets for it from this address, or many misses from there.
    MustProve: many wrong secrets for this case from anywhere."""
    number = parse_case_number(shown.number)
    if number is None:
        raise NotFound("USULAN_TIDAK_DITEMUKAN")
    now = world.now()
    status = world.store.status(number)
    right = status is not None and knows_secret(world, status, shown.secret)
    if status and right and not status.guessed(now):
        return status
    holder = f"{number}|{shown.address}"
    refuse(world.meter.wait(WRONG_SECRETS, holder, now))
    if world.meter.wait(GUESSES_FREE, number, now):
        prove(world, shown.proof, shown.address)
    if status and right:
        return status
    if shown.secret:
        world.store.mark_guessed(number, now + GUESS_REMEMBERED)
        world.meter.take(GUESSES_FREE, number, now)
        spend(world.meter, MISSES, shown.address, now)
        spend(world.meter, WRONG_SECRETS, holder, now)
    raise NotFound("USULAN_TIDAK_DITEMUKAN")


def prove(world: World, proof: str, address: str) -> None:
    """MustProve: `proof` meets no challenge that was given to this address."""
    if not world.challenge.met(proof, address, world.now()):
        raise MustProve(world.challenge.given(address, world.now()))
