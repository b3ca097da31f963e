"""Who may not work on a case any more: who decided another stage of it, and who helped to make it (DOMAIN 2: the same
person may not both verify and approve)."""

from __future__ import annotations

from chalicelib.access.actors import Officer
from chalicelib.errors import Conflict
from chalicelib.usulan.case import Case


def require_other_eyes(officer: Officer, case: Case, stage: str) -> None:
    """Conflict DUA_ORANG: decided another stage. Conflict PEMBANTU_MEMUTUS: helped the citizen with this case."""
    if any(decision.by == officer.id and decision.stage != stage for decision in case.decisions):
        raise Conflict("DUA_ORANG")
    if case.entry.helped_by(officer.id):
        raise Conflict("PEMBANTU_MEMUTUS")
