"""Officers' records in DynamoDB. One officer is one partition: `KEY`, `META`, the chain `EVENT#…` and the sessions that
stand (`SESSION#…`, see `session_items.py`); beside it an index by region (`STAFF#<province>` / `<region>#<officer>`) and
the user names that are taken for ever (`USERNAME#<digest>`).

Names, user names, leave and reasons are sealed under the officer's data key; offices are not personal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.access.actors import Role
from chalicelib.access.sealing import DataKeys, Digests, seal, unseal
from chalicelib.aws import watch
from chalicelib.aws.session_items import SESSIONS, session_writes, signed_of, write_seen
from chalicelib.aws.table import Item, Refused, Table
from chalicelib.errors import Conflict, NotFound, StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.offices.changes import Change, chain_name
from chalicelib.offices.person import Kind, Leave, Office, Person
from chalicelib.offices.personnel import Step
from chalicelib.offices.sessions import Signed
from chalicelib.usulan.case import NewEvent
from chalicelib.usulan.events import Event, link
from chalicelib.usulan.store import ClientRequest

_REMEMBER = timedelta(days=2)


class DynamoStaff:
    """Implements `offices.personnel.Staff`. Threads may share it."""

    def __init__(self, table: Table, keys: DataKeys, digests: Digests) -> None:
        self._table = table
        self._keys = keys
        self._digests = digests

    def load(self, officer_id: str) -> Person:
        pk = _pk(officer_id)
        found = {item["sk"]: item for item in self._table.query(pk, at_least="KEY")}
        if "META" not in found:
            raise NotFound("PETUGAS_TIDAK_DITEMUKAN")
        signed = tuple(signed_of(item) for sk, item in found.items() if sk.startswith(SESSIONS))
        return self._opened(officer_id, found["META"], found["KEY"], signed)

    def people(self, ids: Iterable[str]) -> Mapping[str, Person]:
        wanted = list(dict.fromkeys(ids))
        found = self._table.batch([(_pk(one), sk) for one in wanted for sk in ("META", "KEY")])
        return {
            one: self._opened(one, found[_pk(one), "META"], found[_pk(one), "KEY"])
            for one in wanted
            if (_pk(one), "META") in found
        }

    def regions(self, officer_id: str) -> tuple[RegionCode, ...]:
        meta = self._table.get(_pk(officer_id), "META")
        offices = [_office(item) for item in meta["offices"]] if meta else []
        return tuple(dict.fromkeys(region for office in offices for region in office.regions))

    def _opened(self, officer_id: str, meta: Item, key: Item, signed: tuple[Signed, ...] = ()) -> Person:
        pk = _pk(officer_id)
        data_key = self._keys.unwrap(pk, bytes(key["wrapped"]))
        private = unseal(data_key, self._place(pk, "META"), bytes(meta["pribadi"]))
        return _person(officer_id, meta, private, signed)

    def create(self, step: Step, at: datetime, request: ClientRequest | None) -> Person:
        person = step.person
        pk = _pk(person.id)
        data_key, wrapped = self._keys.new(pk)
        made, _, events = self._chained(person, step.events, at, data_key)
        writes = [
            self._table.new({**self._username_key(person.username), "officer": person.id}),
            self._table.new(self._meta(made, data_key)),
            self._table.new({"pk": pk, "sk": "KEY", "wrapped": wrapped}),
            *events,
            *self._index(None, made),
            *self._remember(request, person.id, at),
        ]
        try:
            self._table.write(writes)
        except Refused as refused:
            raise Conflict("NAMA_PENGGUNA_DIPAKAI") if 0 in refused.places else StaleWrite from refused
        return made

    def save(self, before: Person, step: Step, at: datetime, request: ClientRequest | None) -> Person:
        data_key = self._data_key(_pk(before.id))
        after, links, events = self._chained(
            replace(step.person, seq=before.seq, head=before.head), step.events, at, data_key
        )
        writes = [
            self._table.replaced(self._meta(after, data_key), before.seq),
            *events,
            *session_writes(self._table, _pk(before.id), before.sessions, after.sessions),
            *self._index(before, after),
            *self._remember(request, before.id, at),
            *(
                watch.seen_write(self._table, before.id, one)
                for one in links
                if one.action == Change.LOOKS_SEEN
            ),
        ]
        try:
            self._table.write(writes)
        except Refused as refused:
            raise StaleWrite from refused
        return after

    def holder(self, username: str) -> str | None:
        item = self._table.get(*self._username_key(username).values())
        return str(item["officer"]) if item else None

    def seen(self, officer_id: str, session_id: str, at: datetime) -> None:
        write_seen(self._table, _pk(officer_id), session_id, at)

    def remembered(self, request: ClientRequest) -> tuple[str, str] | None:
        item = self._table.get(self._request_pk(request), "REQUEST")
        return (item["fingerprint"], item["officer"]) if item else None

    def events(self, officer_id: str) -> Sequence[Event]:
        pk = _pk(officer_id)
        data_key = self._data_key(pk)
        found = []
        for item in self._table.query(pk, prefix="EVENT#"):
            sealed = bytes(item["pribadi"]) if "pribadi" in item else None
            found.append(
                Event(
                    int(item["seq"]),
                    datetime.fromisoformat(item["at"]),
                    item["action"],
                    item["actor"],
                    item["detail"],
                    item["previous"],
                    item["hash"],
                    hashlib.sha256(sealed).hexdigest() if sealed else "",
                    unseal(data_key, self._place(pk, item["sk"]), sealed) if sealed else {},
                )
            )
        return found

    def at(self, region: RegionCode) -> Sequence[str]:
        return [str(item["officer"]) for item in self._table.query(_index_pk(region), prefix=f"{region}#")]

    def below(
        self, region: RegionCode, limit: int, after: str | None
    ) -> tuple[Sequence[tuple[RegionCode, str]], str | None]:
        found = self._table.page(_index_pk(region), f"{region}.", limit + 1, after)
        rows = [(RegionCode(item["sk"].partition("#")[0]), str(item["officer"])) for item in found[:limit]]
        return rows, found[limit - 1]["sk"].removeprefix(f"{region}.") if len(found) > limit else None

    def ids(self) -> Iterator[str]:
        """Every officer on record: for commands, never for a request."""
        for item in self._table.scan("META"):
            if item["pk"].startswith("OFFICER#"):
                yield item["pk"].removeprefix("OFFICER#")

    def chain_head(self, officer_id: str) -> tuple[str, int]:
        """(hash, seq) that the record remembers as the end of its chain; needs no key."""
        meta = self._table.get(_pk(officer_id), "META")
        if meta is None:
            raise NotFound("PETUGAS_TIDAK_DITEMUKAN")
        return meta["head"], int(meta["seq"])

    def _chained(
        self, person: Person, events: Sequence[NewEvent], at: datetime, data_key: bytes
    ) -> tuple[Person, list[Event], list[Any]]:
        """The record with its chain drawn on over `events`, these as links, and the writes that put them there."""
        pk, seq, head = _pk(person.id), person.seq, person.head
        links, writes = [], []
        for event in events:
            seq += 1
            sk = f"EVENT#{seq:06d}"
            sealed = seal(data_key, self._place(pk, sk), event.private) if event.private else None
            digest = hashlib.sha256(sealed).hexdigest() if sealed else ""
            previous, action = head, str(event.action)
            head = link(chain_name(person.id), seq, at, action, event.actor, event.detail, previous, digest)
            item = {
                "pk": pk,
                "sk": sk,
                "seq": seq,
                "at": at.isoformat(),
                "action": action,
                "actor": event.actor,
                "detail": dict(event.detail),
                "previous": previous,
                "hash": head,
            }
            links.append(Event(seq, at, action, event.actor, event.detail, previous, head, digest))
            writes.append(self._table.new(item | ({"pribadi": sealed} if sealed else {})))
        return replace(person, seq=seq, head=head), links, writes

    def _index(self, before: Person | None, after: Person) -> list[Any]:
        """Rows for every region of every office, ended ones too: whether somebody still belongs there is asked of the
        record, which knows the day."""
        old = {region for office in before.offices for region in office.regions} if before else set()
        new = {region for office in after.offices for region in office.regions}
        return [
            self._table.set({"pk": _index_pk(region), "sk": f"{region}#{after.id}", "officer": after.id})
            for region in sorted(new - old)
        ]

    def _remember(self, request: ClientRequest | None, officer_id: str, at: datetime) -> list[Any]:
        if request is None:
            return []
        item = {
            "pk": self._request_pk(request),
            "sk": "REQUEST",
            "officer": officer_id,
            "fingerprint": request.fingerprint,
            "expires_at": int((at + _REMEMBER).timestamp()),
        }
        return [self._table.new(item)]

    def _meta(self, person: Person, data_key: bytes) -> Item:
        pk = _pk(person.id)
        private = {
            "name": person.name,
            "username": person.username,
            "leaves": [[one.id, one.begins.isoformat(), one.last_day.isoformat()] for one in person.leaves],
        }
        return {
            "pk": pk,
            "sk": "META",
            "active": person.active,
            "second_factor": person.second_factor,
            "offices": [_office_item(office) for office in person.offices],
            "seq": person.seq,
            "head": person.head,
            "pribadi": seal(data_key, self._place(pk, "META"), private),
        }

    def _data_key(self, pk: str) -> bytes:
        item = self._table.get(pk, "KEY")
        if item is None:
            raise NotFound("PETUGAS_TIDAK_DITEMUKAN")
        return self._keys.unwrap(pk, bytes(item["wrapped"]))

    def _place(self, pk: str, sk: str) -> str:
        return f"{self._table.name}/{pk}/{sk}"

    def _username_key(self, username: str) -> dict[str, str]:
        return {"pk": f"USERNAME#{self._digests.of('username', username.casefold())}", "sk": "USERNAME"}

    def _request_pk(self, request: ClientRequest) -> str:
        return f"REQUEST#{self._digests.of('request', f'{request.scope}:{request.id}')}"


def _pk(officer_id: str) -> str:
    return f"OFFICER#{officer_id}"


def _index_pk(region: RegionCode) -> str:
    return f"STAFF#{region.at(1)}"


def _office_item(office: Office) -> Item:
    return {
        "id": office.id,
        "role": office.role.value,
        "regions": [str(region) for region in office.regions],
        "kind": office.kind.value,
        "begins": office.begins.isoformat(),
        "last_day": office.last_day.isoformat() if office.last_day else "",
    }


def _person(
    officer_id: str, meta: Mapping[str, Any], private: Mapping[str, Any], sessions: tuple[Signed, ...]
) -> Person:
    return Person(
        id=officer_id,
        username=private["username"],
        name=private["name"],
        offices=tuple(_office(item) for item in meta["offices"]),
        leaves=tuple(
            Leave(key, date.fromisoformat(begins), date.fromisoformat(last_day))
            for key, begins, last_day in private["leaves"]
        ),
        active=meta["active"],
        second_factor=meta["second_factor"],
        sessions=sessions,
        seq=int(meta["seq"]),
        head=meta["head"],
    )


def _office(item: Mapping[str, Any]) -> Office:
    return Office(
        item["id"],
        Role(item["role"]),
        tuple(RegionCode(code) for code in item["regions"]),
        Kind(item["kind"]),
        date.fromisoformat(item["begins"]),
        date.fromisoformat(item["last_day"]) if item["last_day"] else None,
    )
