"""`python -m chalicelib queue status|redrive NAME`: see how much waits and what lies aside, and put it back.

Works wherever the environment's queue addresses lead: to AWS, or to a served stack.
"""

from __future__ import annotations

import argparse

from chalicelib import bootstrap
from chalicelib.aws.dead_letters import DeadLetters
from chalicelib.local import place


def main(argv: list[str]) -> int:
    """Exit code 0 done, 1 `status` found dead letters. CannotServe: nothing leads to a stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib queue", description=__doc__)
    parser.add_argument("what", choices=["status", "redrive"])
    parser.add_argument("name", nargs="?", choices=bootstrap.QUEUES, help="only this queue (status: all)")
    place.add_option(parser)
    options = parser.parse_args(argv)
    if options.what == "redrive" and options.name is None:
        parser.error(
            "redrive needs the name of a queue: mend what made its messages fail, then put them back"
        )
    place.enter(options.data)
    queues = {name: bootstrap.dead_letters(name) for name in bootstrap.QUEUES}
    if options.what == "redrive":
        print(f"{options.name}: {queues[options.name].redrive()} put back")  # noqa: T201  (what the command tells)
        return 0
    return _status({options.name: queues[options.name]} if options.name else queues)


def _status(queues: dict[str, DeadLetters]) -> int:
    dead = 0
    for name, queue in queues.items():
        standing = queue.standing()
        dead += standing.dead
        print(  # noqa: T201  (what the command tells)
            f"{name:14} waiting {standing.waiting}  in work {standing.in_work}  dead {standing.dead}"
        )
    return 1 if dead else 0
