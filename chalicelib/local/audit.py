"""`python -m chalicelib audit verify`: walk every case's chain of events and name the first broken link."""

from __future__ import annotations

import argparse
import sys

from chalicelib import bootstrap
from chalicelib.usulan.events import verify


def main(argv: list[str]) -> int:
    """Exit code 0 all chains hold, 1 some chain is broken, 2 wrong options or no environment."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib audit", description=__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.add_argument("case_number", nargs="*", help="only these cases (default: all)")
    options = parser.parse_args(argv)
    try:
        store = bootstrap.store()
    except KeyError as missing:
        print(f"berkas: {missing} is not set: run this where the stack's environment is.", file=sys.stderr)  # noqa: T201
        return 2
    held = broken = 0
    for number in options.case_number or store.numbers():
        head, seq = store.chain_head(number)
        problem = verify(number, store.events(number), head, seq)
        if problem is None:
            held += 1
        else:
            broken += 1
            print(f"{number}: event {problem.seq}: {problem.why}")  # noqa: T201
    print(f"{held} chains hold, {broken} broken")  # noqa: T201
    return 1 if broken else 0
