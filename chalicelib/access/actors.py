"""Who asks. An actor is made once at the rim (token verified, secret matched) and travels unchanged into the use case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.identity.region import RegionCode


class Role(StrEnum):
    """Roles of DOMAIN 1. What each may do stands in `policy.py`, nowhere else."""

    CITIZEN = "CITIZEN"
    FIELD_OFFICER = "FIELD_OFFICER"
    VILLAGE_OPERATOR = "VILLAGE_OPERATOR"
    VILLAGE_HEAD = "VILLAGE_HEAD"
    DINSOS_VERIFIER = "DINSOS_VERIFIER"
    DINSOS_HEAD = "DINSOS_HEAD"
    ADMINISTRATOR = "ADMINISTRATOR"
    KIOSK = "KIOSK"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True)
class Stranger:
    """Somebody who has shown nothing yet."""

    id: str = "stranger"


@dataclass(frozen=True)
class Citizen:
    """Somebody who knows the secret of one case, and has no rights in any other."""

    case_number: str

    @property
    def id(self) -> str:
        return f"citizen:{self.case_number}"


@dataclass(frozen=True)
class Mandate:
    """What somebody may act as, and where; `regions` are code prefixes."""

    role: Role
    regions: tuple[RegionCode, ...]

    def covers(self, region: RegionCode) -> bool:
        return any(own.covers(region) for own in self.regions)

    def above(self, region: RegionCode) -> bool:
        """Whether `region` lies truly below one of the own: an office answers to the region above it."""
        return any(own.covers(region) and own != region for own in self.regions)


@dataclass(frozen=True)
class Officer:
    """A person with an office. `id` is the user pool's opaque subject; `also` are further offices (a village operator
    who acts as a head for a while), each with its own regions: no right of one reaches into the regions of another."""

    id: str
    name: str
    role: Role
    regions: tuple[RegionCode, ...]
    also: tuple[Mandate, ...] = ()

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        return (Mandate(self.role, self.regions), *self.also)


@dataclass(frozen=True)
class Kiosk:
    """A screen of the village office that citizens use by themselves, at the counter of one village. It is nobody: it
    holds one mandate, and none of `opened_by` (an account's subject, for the record)."""

    session: str
    counter: RegionCode
    opened_by: str

    @property
    def id(self) -> str:
        return kiosk_named(self.session)


def kiosk_named(session: str) -> str:
    """As what a kiosk acts; `session` names its session."""
    return f"kiosk:{session}"


@dataclass(frozen=True)
class System:
    """One of our own handlers, named."""

    handler: str

    @property
    def id(self) -> str:
        return f"system:{self.handler}"


Actor = Stranger | Citizen | Officer | Kiosk | System
