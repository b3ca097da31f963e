"""What the use cases of this room ask of the world, and the one way a person's record is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.access.accounts import Challenge
from chalicelib.access.actors import Officer
from chalicelib.access.denials import Denials
from chalicelib.access.oversight import Watch
from chalicelib.access.policy import Action, Subject, allow, require
from chalicelib.errors import BadInput, Conflict, Forbidden, Hidden, StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.offices.person import Person
from chalicelib.ports import Clock
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.events import Event
from chalicelib.usulan.store import ClientRequest

_TRIES = 8
LONGEST_REASON = 300


@dataclass(frozen=True)
class Step:
    """One change of a record: what it becomes and what happened."""

    person: Person
    events: Sequence[NewEvent]


class Staff(Protocol):
    """Officers' records. A write is one transaction: record, events, index and remembered request, or nothing."""

    def load(self, officer_id: str) -> Person:
        """NotFound PETUGAS_TIDAK_DITEMUKAN."""

    def people(self, ids: Iterable[str]) -> Mapping[str, Person]:
        """Those of them who are on record, read together and without their sessions: to be shown, not to be changed."""

    def regions(self, officer_id: str) -> tuple[RegionCode, ...]:
        """Of all offices on record, without opening what is sealed; none where nobody is on record."""

    def create(self, step: Step, at: datetime, request: ClientRequest | None) -> Person:
        """Conflict NAMA_PENGGUNA_DIPAKAI: the user name is or was somebody's. StaleWrite: the person is on record."""

    def save(self, before: Person, step: Step, at: datetime, request: ClientRequest | None) -> Person:
        """StaleWrite: `before` is no longer what is stored, or `request` was answered meanwhile."""

    def holder(self, username: str) -> str | None:
        """Whose the user name is or was: the officer's id."""

    def seen(self, officer_id: str, session_id: str, at: datetime) -> None:
        """The session was used; one that has ended meanwhile stays ended."""

    def remembered(self, request: ClientRequest) -> tuple[str, str] | None:
        """(fingerprint, officer) of a request done before."""

    def events(self, officer_id: str) -> Sequence[Event]:
        """The chain, oldest first, with what was sealed in it."""

    def at(self, region: RegionCode) -> Sequence[str]:
        """Those on record for exactly this region, whether or not they still are."""

    def below(
        self, region: RegionCode, limit: int, after: str | None
    ) -> tuple[Sequence[tuple[RegionCode, str]], str | None]:
        """(region, officer) of those on record for a region below this one, by region; and the cursor to go on."""


class Accounts(Protocol):
    """The user pool's side: who may sign in at all."""

    def create(self, username: str) -> str:
        """The subject of a new account that cannot be used yet. An account of that name that nobody has on record (left
        over by a broken line) is taken up again."""

    def temporary_password(self, username: str) -> str:
        """A fresh password, good for one sign-in, at which another one must be chosen; the old one is void."""

    def forget_second_factor(self, username: str) -> None:
        """The next sign-in sets one up anew."""

    def shut(self, username: str) -> None:
        """No sign-in any more; what was renewed by refresh tokens ends."""

    def open(self, username: str) -> None: ...

    def sign_out(self, username: str) -> None: ...


class OwnAccount(Protocol):
    """The user pool's side of what officers do about their own sign-in."""

    def opens(self, username: str, password: str) -> bool:
        """Whether this is the password. It begins no session."""

    def set_password(self, username: str, password: str) -> None:
        """A lasting password. BadInput ISIAN_SALAH: the pool does not take it."""

    def begin_factor(self, username: str, password: str, code: str) -> Challenge:
        """NotSignedIn KATA_SANDI_LAMA_SALAH, KODE_SALAH."""

    def confirm_factor(self, username: str, handle: str, code: str) -> None:
        """NotSignedIn MASUK_LAMA: the handle is not of this account, or too old; KODE_SALAH."""


@dataclass(frozen=True)
class Personnel:
    """The ports of this room, joined by bootstrap."""

    staff: Staff
    accounts: Accounts
    denials: Denials
    watch: Watch
    now: Clock


def change(
    house: Personnel, officer_id: str, apply: Callable[[Person], Step], request: ClientRequest | None = None
) -> Person:
    """Apply a pure step to a record and write it once; a request repeated over a bad line changes nothing more."""
    for _ in range(_TRIES):
        before = house.staff.load(officer_id)
        if request is not None and done_before(house, request) is not None:
            return house.staff.load(officer_id)
        step = apply(before)
        try:
            return house.staff.save(before, step, house.now(), request)
        except StaleWrite:
            continue
    raise StaleWrite


def done_before(house: Personnel, request: ClientRequest) -> str | None:
    """The officer whom this request was about when it was done. Conflict PERMINTAAN_BEDA: same id, other body."""
    found = house.staff.remembered(request)
    if found is None:
        return None
    if found[0] != request.fingerprint:
        raise Conflict("PERMINTAAN_BEDA")
    return found[1]


def may_see(actor: Officer, person: Person, at: datetime) -> bool:
    """Whether some region the person belongs to lies under one of the administrator's."""
    return any(allow(actor, Action.VIEW_STAFF, Subject(region=region)) for region in person.places(at))


def require_seen(actor: Officer, person: Person, at: datetime) -> None:
    """Hidden PETUGAS_TIDAK_DITEMUKAN: told like an officer who is not there. Forbidden: no administrator at all."""
    require(actor, Action.VIEW_STAFF, Subject())
    if not may_see(actor, person, at):
        raise Hidden("PETUGAS_TIDAK_DITEMUKAN")


def require_regions(actor: Officer, action: Action, wanted: Sequence[RegionCode]) -> None:
    """Each of the regions lies under the administrator's. Forbidden TIDAK_BERWENANG."""
    require(actor, action, Subject())
    for region in wanted:
        require(actor, action, Subject(region=region))


def require_other(actor: Officer, person_id: str) -> None:
    """Nobody is their own administrator. Forbidden BUKAN_DIRI_SENDIRI."""
    if actor.id == person_id:
        raise Forbidden("BUKAN_DIRI_SENDIRI")


def require_whole(actor: Officer, action: Action, person: Person, at: datetime) -> None:
    """For what touches the person and not one office: all they belong to lies under the administrator's regions."""
    require_seen(actor, person, at)
    require_other(actor, person.id)
    require_regions(actor, action, person.places(at))


def reason_given(reason: str) -> str:
    """BadInput ISIAN_SALAH: no reason, or a long one. No change is made without one."""
    words = " ".join(reason.split())
    if not 5 <= len(words) <= LONGEST_REASON:
        raise BadInput("ISIAN_SALAH", fields={"reason": message("ALASAN_PERUBAHAN_KURANG", n=LONGEST_REASON)})
    return words
