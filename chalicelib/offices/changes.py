"""What happens to an officer's record: the closed vocabulary of changes. They form a chain like a case's events do
(`usulan.events`), under the name `officer:<id>`; the reason is sealed."""

from __future__ import annotations

from enum import StrEnum

from chalicelib.offices.person import Office


class Change(StrEnum):
    INVITED = "admin:officer:invite"
    OFFICE_GIVEN = "admin:office:give"
    OFFICE_ENDED = "admin:office:end"
    LEAVE_SET = "admin:leave:set"
    LEAVE_ENDED = "admin:leave:end"
    DEACTIVATED = "admin:officer:deactivate"
    REACTIVATED = "admin:officer:reactivate"
    FACTOR_RESET = "admin:second_factor:reset"
    PASSWORD_RESET = "admin:password:reset"  # noqa: S105  a word of the vocabulary
    RECOVERED = "operator:officer:recover"
    LOOKS_SEEN = "admin:looks:see"
    FACTOR_SET = "officer:second_factor:set"
    PASSWORD_CHANGED = "officer:password:change"  # noqa: S105  a word of the vocabulary
    SIGNED_IN = "officer:session:begin"
    SIGNED_OUT = "officer:session:leave"
    SESSION_ENDED = "officer:session:end"
    KIOSK_OPENED = "officer:kiosk:open"


def chain_name(officer_id: str) -> str:
    """What the chain of an officer's changes is bound to."""
    return f"officer:{officer_id}"


def described(office: Office) -> dict[str, str]:
    """An office as an event tells it: nothing personal."""
    return {
        "office": office.id,
        "role": office.role.value,
        "regions": " ".join(map(str, office.regions)),
        "kind": office.kind.value,
        "begins": office.begins.isoformat(),
        "last_day": office.last_day.isoformat() if office.last_day else "",
    }
