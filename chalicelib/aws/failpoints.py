"""Where a process may die: a named point before and after each write to the outside.

The points do nothing until a test installs a plan. A plan is called with the name of each point that is crossed, such as
`dynamodb.write:before`; it dies there by raising `Died`, or does meanwhile what another process would do. Nothing
installs a plan in the product, and no setting does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

POINTS = (
    "dynamodb.put",
    "dynamodb.write",
    "s3.put",
    "s3.delete",
    "sqs.send",
    "sqs.delete",
    "kms.new_data_key",
)
"""All writes: each has the points `NAME:before` and `NAME:after`."""

Plan = Callable[[str], None]


class Died(BaseException):
    """The process ends here. Not an Exception, so that no handler takes it for a fault of its own work."""


class _Installed:
    plan: Plan | None = None


@contextmanager
def installed(plan: Plan) -> Iterator[None]:
    """Let `plan` be called at each crossing, in whichever thread it happens. One at a time in a process."""
    if _Installed.plan is not None:
        raise RuntimeError("a plan is installed already")
    _Installed.plan = plan
    try:
        yield
    finally:
        _Installed.plan = None


@contextmanager
def around(write: str) -> Iterator[None]:
    """Stands around one write, one of `POINTS`. A write that raised is not crossed a second time."""
    if _Installed.plan is not None:
        _Installed.plan(f"{write}:before")
    yield
    if _Installed.plan is not None:
        _Installed.plan(f"{write}:after")
