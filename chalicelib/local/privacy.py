"""`python -m chalicelib privacy due|erase|rotate`: see what is kept no longer before it goes, erase a case, turn the key.

`due` is the dry run of what the sweeper does by itself: how many cases of each kind go until a day. `erase` begins to
erase cases at once; their keys are destroyed ten minutes later. `rotate` tells which data keys there are, and with
`--apply` wraps each anew under the sealing key; interrupted, it goes on where it stopped. Works wherever the environment
leads.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from chalicelib import bootstrap
from chalicelib.aws.rotation import Rotation, Run
from chalicelib.errors import NotFound
from chalicelib.local import place
from chalicelib.usulan.case import Todo
from chalicelib.usulan.forget import erase
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.store import World

KINDS = {
    Todo.FINISH: "drafts that expire",
    Todo.ERASE: "cases to be erased",
    Todo.THIN: "cases whose originals go",
}


def main(argv: list[str]) -> int:
    """Exit code 0 done, 1 some case is not there or some key could not be opened. CannotServe: nothing leads to a
    stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib privacy", description=__doc__)
    parser.add_argument("what", choices=["due", "erase", "rotate"])
    parser.add_argument("case_number", nargs="*", help="erase: these cases")
    parser.add_argument("--days", type=int, default=0, help="due: what goes within so many days (default 0)")
    parser.add_argument("--apply", action="store_true", help="rotate: do it (without: only tell)")
    place.add_option(parser)
    options = parser.parse_intermixed_args(argv)
    if (options.what == "erase") != bool(options.case_number):
        parser.error("erase needs case numbers, due and rotate take none")
    if options.apply and options.what != "rotate":
        parser.error("--apply belongs to rotate")
    place.enter(options.data)
    if options.what == "rotate":
        return _rotate(bootstrap.rotation(), apply=options.apply)
    world = bootstrap.world()
    return _erase(world, options.case_number) if options.what == "erase" else _due(world, options.days)


def _rotate(rotation: Rotation, *, apply: bool) -> int:
    standing = rotation.standing()
    told = [
        f"{standing.cases:6} keys of cases",
        f"{standing.officers:6} keys of officers",
        f"{standing.other:6} other keys",
    ]
    run = standing.run
    if run and run.finished_at is None:
        told.append(
            f"a run of {run.started_at:%Y-%m-%d} was left after {run.rewrapped} keys: --apply goes on with it"
        )
    elif run:
        told.append(f"last turned on {run.finished_at:%Y-%m-%d}, {run.rewrapped} keys")
    print("\n".join(told))  # noqa: T201  (what the command tells)
    if not apply:
        print("nothing was changed; --apply wraps them anew")  # noqa: T201  (what the command tells)
        return 0
    *_, done = _told(rotation.turn())
    print(f"{done.rewrapped} wrapped anew, {done.gone} gone meanwhile, {done.failed} could not be opened")  # noqa: T201
    return 1 if done.failed else 0


def _told(turns: Iterable[Run]) -> Iterator[Run]:
    for run in turns:
        print(f"{run.rewrapped:6} wrapped anew", file=sys.stderr)  # noqa: T201  (its progress)
        yield run


def _due(world: World, days: int) -> int:
    until = world.now() + timedelta(days=days)
    for todo, what in KINDS.items():
        print(f"{sum(1 for _ in world.store.unfinished(todo, until)):6} {what}")  # noqa: T201  (what the command tells)
    return 0


def _erase(world: World, typed: Sequence[str]) -> int:
    missing = 0
    for given in typed:
        number = parse_case_number(given)
        try:
            if number is None:
                raise NotFound("USULAN_TIDAK_DITEMUKAN")
            erase(world, number)
        except NotFound:
            missing += 1
            print(f"{given}: there is no such case")  # noqa: T201  (what the command tells)
        else:
            print(f"{number}: its photos are gone, its key goes in ten minutes")  # noqa: T201  (what the command tells)
    return 1 if missing else 0
