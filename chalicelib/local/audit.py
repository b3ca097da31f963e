"""`python -m chalicelib audit verify`: walk the chain of events of every case, and of changes of every officer, and name
the first broken link. `audit status`: name each case whose status is not what case and chain say; with `--apply` it is
written anew (also for cases that were stored before there was a status)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from chalicelib import bootstrap
from chalicelib.errors import Erased
from chalicelib.local import place
from chalicelib.offices.changes import chain_name
from chalicelib.usulan.events import Broken, verify


def main(argv: list[str]) -> int:
    """Exit code 0 all chains hold, 1 some chain is broken. CannotServe: nothing leads to a stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib audit", description=__doc__)
    parser.add_argument("what", choices=["verify", "status"])
    parser.add_argument("--apply", action="store_true", help="with `status`: write anew what is not right")
    parser.add_argument("case_number", nargs="*", help="only these cases (default: all)")
    place.add_option(parser)
    options = parser.parse_intermixed_args(argv)
    place.enter(options.data)
    if options.what == "status":
        return _status(options.case_number, apply=options.apply)
    held = broken = 0
    for name, broken_link in _walked(options.case_number):
        if broken_link is None:
            held += 1
        else:
            broken += 1
            print(f"{name}: event {broken_link.seq}: {broken_link.why}")  # noqa: T201  (what the command tells)
    print(f"{held} chains hold, {broken} broken")  # noqa: T201  (what the command tells)
    return 1 if broken else 0


def _status(numbers: Sequence[str], *, apply: bool) -> int:
    store = bootstrap.store()
    right = wrong = 0
    for number in numbers or store.numbers():
        try:
            if store.status_put_right(number, apply=apply):
                right += 1
                continue
        except Erased:
            continue
        wrong += 1
        print(f"{number}: {'written anew' if apply else 'not what case and chain say'}")  # noqa: T201  (what the command tells)
    print(f"{right} statuses right, {wrong} {'written anew' if apply else 'wrong'}")  # noqa: T201  (what the command tells)
    return 1 if wrong and not apply else 0


def _walked(numbers: Sequence[str]) -> Iterator[tuple[str, Broken | None]]:
    """(name of the chain, its first broken link) of these cases; without any named, of all cases and officers."""
    store, staff = bootstrap.store(), bootstrap.staff()
    for number in numbers or store.numbers():
        yield number, verify(number, store.events(number), *store.chain_head(number))
    for officer_id in () if numbers else staff.ids():
        name = chain_name(officer_id)
        yield name, verify(name, staff.events(officer_id), *staff.chain_head(officer_id))
