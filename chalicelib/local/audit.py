"""`python -m chalicelib audit verify`: walk every case's chain of events and name the first broken link."""

from __future__ import annotations

import argparse
import sys

from chalicelib import bootstrap
from chalicelib.local import place
from chalicelib.local.problems import CannotServe
from chalicelib.usulan.events import verify


def main(argv: list[str]) -> int:
    """Exit code 0 all chains hold, 1 some chain is broken, 2 wrong options or no environment."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib audit", description=__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.add_argument("case_number", nargs="*", help="only these cases (default: all)")
    place.add_option(parser)
    options = parser.parse_intermixed_args(argv)
    try:
        place.enter(options.data)
    except CannotServe as problem:
        print(f"berkas: {problem}", file=sys.stderr)  # noqa: T201  (what the command tells)
        return 2
    store = bootstrap.store()
    held = broken = 0
    for number in options.case_number or store.numbers():
        head, seq = store.chain_head(number)
        broken_link = verify(number, store.events(number), head, seq)
        if broken_link is None:
            held += 1
        else:
            broken += 1
            print(f"{number}: event {broken_link.seq}: {broken_link.why}")  # noqa: T201  (what the command tells)
    print(f"{held} chains hold, {broken} broken")  # noqa: T201  (what the command tells)
    return 1 if broken else 0
