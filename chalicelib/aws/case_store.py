"""The case store on DynamoDB: one transaction a change, one sealed attribute an item, one chain of events a case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.access.sealing import DataKeys, Digests, seal, unseal
from chalicelib.aws import entry_items, items, request_items, status_items, watch
from chalicelib.aws.outbox import notice_item
from chalicelib.aws.table import Refused, Table
from chalicelib.errors import Erased, NotFound, StaleWrite
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Case, NewEvent, Todo
from chalicelib.usulan.documents import Slot, UploadState
from chalicelib.usulan.entry import Pile
from chalicelib.usulan.events import Event, link, told_after, told_of
from chalicelib.usulan.status import Status, status_of
from chalicelib.usulan.store import (
    AlreadyAnswered,
    Answer,
    ClientRequest,
    Late,
    Offer,
    OpenUpload,
    Step,
    notices_of,
)

_REMEMBER = timedelta(days=2)


class DynamoCaseStore:
    """Implements `usulan.store.CaseStore`. Threads may share it."""

    def __init__(self, table: Table, keys: DataKeys, digests: Digests) -> None:
        self._table = table
        self._keys = keys
        self._digests = digests

    def create(self, step: Step, at: datetime, request: ClientRequest) -> Case:
        pk = items.case_pk(step.case.number)
        data_key, wrapped = self._keys.new(pk)
        case, _, event_writes = self._chained(step.case, step.events, at, data_key)
        writes = [
            self._table.new(self._request_item(request, case.number, step.answer or {}, at, data_key)),
            self._table.new(items.meta_item(case, self._sealer(pk, data_key))),
            self._table.new({"pk": pk, "sk": "KEY", "wrapped": wrapped}),
            self._status_write(case),
            *self._index_writes(replace(case, answers=None), case),
            *event_writes,
        ]
        try:
            self._table.write(writes)
        except Refused as refused:
            raise AlreadyAnswered if 0 in refused.places else StaleWrite from refused
        return case

    def load(self, number: str) -> Case:
        return self._load(number)[0]

    def save(self, before: Case, step: Step, at: datetime, request: ClientRequest | None) -> Case:
        pk = items.case_pk(before.number)
        data_key = self._data_key(pk)
        sealer = self._sealer(pk, data_key)
        chain = replace(step.case, seq=before.seq, head=before.head, told=before.told)
        case, events, event_writes = self._chained(chain, step.events, at, data_key)
        writes = [self._table.replaced(items.meta_item(case, sealer), before.seq)]
        if request is not None:
            writes.append(
                self._table.new(self._request_item(request, case.number, step.answer or {}, at, data_key))
            )
        for slot, upload in case.uploads.items():
            if before.uploads.get(slot) != upload:
                writes.append(self._table.set(items.upload_item(case.number, upload, sealer)))
        for replaced in before.uploads.values():
            successor = case.uploads.get(replaced.slot)
            if replaced.open and (successor is None or successor.upload_id != replaced.upload_id):
                closed = replace(replaced, state=UploadState.REPLACED)
                writes.append(self._table.set(items.upload_item(case.number, closed, sealer)))
        for stage, work in case.works.items():
            if before.works.get(stage) != work:
                writes.append(self._table.set(items.work_item(case.number, work)))
        for asked in case.requests.values():
            if before.requests.get(asked.id) != asked:
                writes.append(self._table.set(request_items.request_item(pk, case.region, asked, sealer)))
        if status_of(before) != status_of(case):
            writes.append(self._status_write(case))
        writes += self._index_writes(before, case)
        writes += event_writes
        writes += watch.writes_of(self._table, case, events)
        writes += [self._table.new(notice_item(notice)) for notice in notices_of(case, step.events, at)]
        try:
            self._table.write(writes)
        except Refused as refused:
            raise AlreadyAnswered if request is not None and 1 in refused.places else StaleWrite from refused
        return case

    def shred(self, number: str) -> None:
        pk = items.case_pk(number)
        self._data_key(pk)
        self._table.write(
            [
                self._table.removed(pk, "KEY"),
                self._table.removed(pk, status_items.SK),
                self._table.without(pk, "META", "todo_pk", "todo_at"),
            ]
        )

    def status(self, number: str) -> Status | None:
        item = self._table.get(items.case_pk(number), status_items.SK)
        return status_items.status_from(item) if item else None

    def mark_guessed(self, number: str, until: datetime) -> None:
        values = {":until": int(until.timestamp())}
        change, condition = "SET guessed_until = :until", "attribute_exists(pk)"
        self._table.update(items.case_pk(number), status_items.SK, change, condition, values)

    def status_put_right(self, number: str, *, apply: bool) -> bool:
        """Whether the stored status is what case and chain say; with `apply` one that is not is written anew. NotFound:
        no such case. StaleWrite: the case was changed meanwhile."""
        case = self.load(number)
        case = replace(case, told=told_of(self.events(number)))
        if self.status(number) == status_of(case):
            return True
        if apply:
            standing = self._table.standing(items.case_pk(number), "META", case.seq)
            try:
                self._table.write([standing, self._status_write(case)])
            except Refused as refused:
                raise StaleWrite from refused
        return False

    def remembered(self, request: ClientRequest) -> tuple[str, Answer] | None:
        pk = self._request_pk(request)
        item = self._table.get(pk, "REQUEST")
        if item is None:
            return None
        data_key = self._data_key(items.case_pk(item["owner"]))
        return item["fingerprint"], unseal(data_key, self._place(pk, "REQUEST"), bytes(item["pribadi"]))

    def events(self, number: str, *, private: bool = False) -> Sequence[Event]:
        pk, found = items.case_pk(number), []
        data_key = self._data_key(pk) if private else None
        for item in self._table.query(pk, prefix="EVENT#"):
            sealed = bytes(item["pribadi"]) if "pribadi" in item else None
            event = items.event_of(item, hashlib.sha256(sealed).hexdigest() if sealed else "")
            if sealed and data_key:
                event = replace(event, private=unseal(data_key, self._place(pk, item["sk"]), sealed))
            found.append(event)
        return found

    def said(self, links: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        places = [(items.case_pk(number), items.event_sk(seq)) for number, seq in links]
        keys = [(pk, "KEY") for pk in dict.fromkeys(pk for pk, _ in places)]
        found = self._table.batch([*places, *keys])
        told = {}
        for (number, seq), (pk, sk) in zip(links, places, strict=True):
            key, event = found.get((pk, "KEY")), found.get((pk, sk), {})
            if key is None or "pribadi" not in event:
                continue  # erased: what was said went with its key
            data_key = self._keys.unwrap(pk, bytes(key["wrapped"]))
            told[number, seq] = str(
                unseal(data_key, self._place(pk, sk), bytes(event["pribadi"])).get("note", "")
            )
        return told

    def overdue(
        self, office: RegionCode, now: datetime, limit: int, after: str | None
    ) -> tuple[Sequence[Late], str | None]:
        found = self._table.index(
            "desk", request_items.queue_pk(office), before=now.isoformat(), after=after, limit=limit + 1
        )
        late = [request_items.late_of(item) for item in found[:limit]]
        return late, found[limit - 1]["desk_sk"] if len(found) > limit else None

    def desk(
        self, desk: RegionCode, stage: str, limit: int, after: str | None
    ) -> tuple[Sequence[Offer], str | None]:
        found = self._table.index("desk", items.desk_pk(desk, stage), after=after, limit=limit + 1)
        offers = [Offer(item["stage"], self.load(item["pk"].removeprefix("CASE#"))) for item in found[:limit]]
        return offers, found[limit - 1]["desk_sk"] if len(found) > limit else None

    def at_counter(
        self, counter: RegionCode, pile: Pile, limit: int, after: str | None
    ) -> tuple[Sequence[Case], str | None]:
        found = self._table.index("desk", entry_items.pile_pk(counter, pile), after=after, limit=limit + 1)
        cases = [self.load(item["pk"].removeprefix("CASE#")) for item in found[:limit]]
        return cases, found[limit - 1]["desk_sk"] if len(found) > limit else None

    def requests(
        self, office: RegionCode, limit: int, after: str | None
    ) -> tuple[Sequence[tuple[str, Case]], str | None]:
        found = self._table.index("desk", request_items.queue_pk(office), after=after, limit=limit + 1)
        waits = [(item["id"], self.load(item["pk"].removeprefix("CASE#"))) for item in found[:limit]]
        return waits, found[limit - 1]["desk_sk"] if len(found) > limit else None

    def cases_with(self, purpose: str, digest: str) -> Sequence[str]:
        found = self._table.query(f"{purpose.upper()}#{digest}")
        return [item["sk"].removeprefix("CASE#") for item in found]

    def case_of_barkot(self, token_digest: str) -> str | None:
        item = self._table.get(f"BARKOT#{token_digest}", "BARKOT")
        return item["case"] if item else None

    def unfinished(self, todo: Todo, before: datetime) -> Iterator[str]:
        for item in self._table.index("todo", todo.value, before=before.isoformat()):
            yield item["pk"].removeprefix("CASE#")

    def open_uploads(self, before: datetime) -> Iterator[OpenUpload]:
        for item in self._table.index("todo", items.READ_TODO, before=before.isoformat()):
            yield OpenUpload(
                item["pk"].removeprefix("CASE#"),
                Slot(item["slot"]),
                item["upload_id"],
                datetime.fromisoformat(item["issued_at"]),
            )

    def ping(self) -> None:
        self._table.get("INDEXKEY", "v1")

    def numbers(self) -> Iterable[str]:
        for item in self._table.scan("META"):
            if item["pk"].startswith("CASE#"):
                yield item["pk"].removeprefix("CASE#")

    def chain_head(self, number: str) -> tuple[str, int]:
        """(hash, seq) that the case remembers as the end of its chain; needs no key, so it outlives an erasure."""
        meta = self._table.get(items.case_pk(number), "META")
        if meta is None:
            raise NotFound("USULAN_TIDAK_DITEMUKAN")
        return meta["head"], int(meta["seq"])

    def _load(self, number: str) -> tuple[Case, bytes]:
        pk = items.case_pk(number)
        found = list(self._table.query(pk, at_least="KEY"))
        wrapped = next((item["wrapped"] for item in found if item["sk"] == "KEY"), None)
        if wrapped is None:
            raise (Erased if found else NotFound)("USULAN_TIDAK_DITEMUKAN")
        data_key = self._keys.unwrap(pk, bytes(wrapped))
        case = items.case_of(found, lambda sk, sealed: unseal(data_key, self._place(pk, sk), sealed))
        if not case.told:  # stored before there was a status: every chain begins with something told
            case = replace(case, told=told_of(self.events(number)))
        return case, data_key

    def _status_write(self, case: Case) -> Any:
        kept = status_items.attributes(status_of(case))
        return self._table.merged(items.case_pk(case.number), status_items.SK, kept)

    def _data_key(self, pk: str) -> bytes:
        item = self._table.get(pk, "KEY")
        if item is None:
            raise NotFound("USULAN_TIDAK_DITEMUKAN")
        return self._keys.unwrap(pk, bytes(item["wrapped"]))

    def _place(self, pk: str, sk: str) -> str:
        return f"{self._table.name}/{pk}/{sk}"

    def _sealer(self, pk: str, data_key: bytes) -> items.Seal:
        return lambda sk, content: seal(data_key, self._place(pk, sk), content)

    def _chained(
        self, case: Case, events: Sequence[NewEvent], at: datetime, data_key: bytes
    ) -> tuple[Case, list[Event], list[Any]]:
        """The case with its chain drawn on over `events`, these as links, and the writes that put them there."""
        links, writes = [], []
        seq, head, told = case.seq, case.head, case.told
        sealer = self._sealer(items.case_pk(case.number), data_key)
        for event in events:
            seq += 1
            sealed = sealer(items.event_sk(seq), event.private) if event.private else None
            digest = hashlib.sha256(sealed).hexdigest() if sealed else ""
            previous = head
            head = link(case.number, seq, at, str(event.action), event.actor, event.detail, previous, digest)
            linked = Event(seq, at, event.action, event.actor, event.detail, previous, head, digest)
            told = told_after(told, at, event.action, event.detail)
            links.append(linked)
            writes.append(self._table.new(items.event_item(case.number, linked, sealed)))
        return replace(case, seq=seq, head=head, told=told), links, writes

    def _index_writes(self, before: Case, after: Case) -> list[Any]:
        sk = items.case_pk(after.number)
        new, gone = after.marks - before.marks, before.marks - after.marks
        writes = [self._table.set({"pk": self._index_pk(*mark), "sk": sk}) for mark in sorted(new)]
        writes += [self._table.removed(self._index_pk(*mark), sk) for mark in sorted(gone)]
        if before.barkot_token and not after.barkot_token:
            digest = self._digests.of("barkot", before.barkot_token)
            writes.append(self._table.removed(f"BARKOT#{digest}", "BARKOT"))
        if after.barkot_token and not before.barkot_token:
            digest = self._digests.of("barkot", after.barkot_token)
            writes.append(self._table.new({"pk": f"BARKOT#{digest}", "sk": "BARKOT", "case": after.number}))
        return writes

    def _index_pk(self, purpose: str, value: str) -> str:
        return f"{purpose.upper()}#{self._digests.of(purpose, value)}"

    def _request_pk(self, request: ClientRequest) -> str:
        return f"REQUEST#{self._digests.of('request', f'{request.scope}:{request.id}')}"

    def _request_item(
        self, request: ClientRequest, owner: str, answer: Mapping[str, Any], at: datetime, data_key: bytes
    ) -> dict[str, Any]:
        pk = self._request_pk(request)
        return {
            "pk": pk,
            "sk": "REQUEST",
            "owner": owner,
            "fingerprint": request.fingerprint,
            "expires_at": int((at + _REMEMBER).timestamp()),
            "pribadi": seal(data_key, self._place(pk, "REQUEST"), answer),
        }
