"""`python -m chalicelib notices list|dead|revive`: what waits in the outbox and would be sent next (a dry run: it sends
nothing), what could not be sent, and begin that anew once its cause is mended. Numbers and mail addresses are not shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from chalicelib import bootstrap
from chalicelib.local import place
from chalicelib.usulan.notices import Notice


def main(argv: list[str]) -> int:
    """Exit code 0 done, 1 `dead` found some. CannotServe: nothing leads to a stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib notices", description=__doc__)
    parser.add_argument("what", choices=["list", "dead", "revive"])
    place.add_option(parser)
    options = parser.parse_args(argv)
    place.enter(options.data)
    outbox = bootstrap.outbox()
    if options.what == "list":
        _show(outbox.all_waiting())
        return 0
    dead = list(outbox.dead())
    if options.what == "dead":
        _show(dead)
        return 1 if dead else 0
    for notice in dead:
        outbox.revive(notice, bootstrap.utc_now())
    print(f"{len(dead)} begin anew within a minute or two")  # noqa: T201  (what the command tells)
    return 0


def _show(notices: Iterable[Notice]) -> None:
    for one in notices:
        due = f"{one.due_at:%Y-%m-%d %H:%M} UTC"
        print(f"{one.key}  {due}  tries {one.tries}  {one.fault or '-'}  {one.text}")  # noqa: T201  (what the command tells)
