"""`python -m chalicelib privacy due|erase`: see what is kept no longer before it goes, and erase a case.

`due` is the dry run of what the sweeper does by itself: how many cases of each kind go until a day. `erase` begins to
erase cases at once; their keys are destroyed ten minutes later. Works wherever the environment leads.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta

from chalicelib import bootstrap
from chalicelib.errors import NotFound
from chalicelib.local import place
from chalicelib.local.problems import CannotServe
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
    """Exit code 0 done, 1 some case is not there, 2 wrong options or no environment."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib privacy", description=__doc__)
    parser.add_argument("what", choices=["due", "erase"])
    parser.add_argument("case_number", nargs="*", help="erase: these cases")
    parser.add_argument("--days", type=int, default=0, help="due: what goes within so many days (default 0)")
    place.add_option(parser)
    options = parser.parse_intermixed_args(argv)
    if (options.what == "erase") != bool(options.case_number):
        parser.error("erase needs case numbers, due takes none")
    try:
        place.enter(options.data)
    except CannotServe as problem:
        print(f"berkas: {problem}", file=sys.stderr)  # noqa: T201  (what the command tells)
        return 2
    world = bootstrap.world()
    return _erase(world, options.case_number) if options.what == "erase" else _due(world, options.days)


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
