"""One case on its whole road over faults: what a phone, a queue, a sweeper and an officer do when a process dies.

A phone or a desk that gets no answer posts again under the same request id; a message whose handler died was not deleted
and comes again; the sweeper runs each minute. `Journey.legs` is the road; `left` is all that it leaves behind.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from chalicelib.access.actors import Citizen, Officer, Stranger
from chalicelib.aws.failpoints import Died
from chalicelib.aws.queues import arrivals
from chalicelib.desk.claim import claim
from chalicelib.desk.correct import correct
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.desk.offer import offer_work
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.case import Target
from chalicelib.usulan.check import check_submission
from chalicelib.usulan.documents import REQUIRED, Slot, original_key
from chalicelib.usulan.events import verify
from chalicelib.usulan.mend import mend
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.start import start
from chalicelib.usulan.store import ClientRequest
from chalicelib.usulan.submit import submit
from chalicelib.usulan.sweep import sweep
from tests.road import BUCKET, COLLEAGUE, NIK, OPERATOR, VERIFIER, Road

T = TypeVar("T")
TYPED_NIK = "1305026006879902"
"""What the citizen types by mistake; the officer corrects it to the one on the card."""
UPLOADS, SUBMISSIONS, VERIFICATION = "berkas-uploads", "berkas-submissions", "berkas-verification"

Message = tuple[str, str]
"""(queue, body)"""


@dataclass
class Journey:
    """`next_message` chooses the place of the message that is handled next, `again` whether it comes once more.
    `patient`: the citizen waits for the readings before sending, and the officers for the queues."""

    road: Road
    next_message: Callable[[int], int] = lambda waiting: 0
    again: Callable[[], bool] = lambda: False
    patient: bool = True
    number: str = ""
    doing: Callable[[], object] = lambda: None
    """What some process is about right now; called again, it is what a second process does with the same input."""
    _waiting: list[Message] = field(default_factory=list)
    _requests: int = 0

    def legs(self) -> Iterator[None]:
        """The road, leg by leg: draft; each photo; submission, check, offer; claim, correction; return; the new photo;
        mending; the village's decision; the last one. After each leg the queues are empty and the sweeper has been."""
        self.number = self.ask(lambda r: start(self.road.world, Stranger(), Target.SELF, r))["case_number"]
        yield self.settle()
        for slot in REQUIRED:
            self.send_photo(slot)
            if self.patient:
                yield self.settle()
        form = self.road.form(nik=TYPED_NIK)
        self.ask(lambda r: submit(self.road.world, self.citizen, self.number, form, r))
        yield self.settle()
        fence = self.claim(OPERATOR, "desa")
        self.ask(lambda r: correct(self.road.world, OPERATOR, self.number, "desa", fence, "nik", NIK, r))
        yield self.settle()
        self.decide(OPERATOR, "desa", fence, Ruling(Verdict.PERLU_PERBAIKAN, "FOTO_BURAM", [Slot.KTP]))
        yield self.settle()
        self.send_photo(Slot.KTP)
        if self.patient:
            yield self.settle()
        self.ask(lambda r: mend(self.road.world, self.citizen, self.number, r))
        yield self.settle()
        self.decide(COLLEAGUE, "desa", self.claim(COLLEAGUE, "desa"), Ruling(Verdict.LULUS))
        yield self.settle()
        self.decide(VERIFIER, "dinsos", self.claim(VERIFIER, "dinsos"), Ruling(Verdict.LULUS))
        yield self.settle()

    def walk(self) -> None:
        """The whole road."""
        for _ in self.legs():
            pass

    @property
    def citizen(self) -> Citizen:
        return Citizen(self.number)

    def claim(self, officer: Officer, stage: str) -> int:
        fence: int = self.ask(lambda r: claim(self.road.world, officer, self.number, stage, r))["fence"]
        return fence

    def decide(self, officer: Officer, stage: str, fence: int, ruling: Ruling) -> None:
        self.ask(lambda r: decide(self.road.world, officer, self.number, stage, fence, ruling, r))

    def send_photo(self, slot: Slot) -> None:
        """The phone asks for a form and posts the photo; the store notifies the queue."""
        upload, _ = self.ask(
            lambda r: add_photo(self.road.world, self.citizen, self.number, slot, "image/jpeg", 5, r)
        )
        key = original_key(self.number, upload)
        version = self.road.s3.put_object(Bucket=BUCKET, Key=key, Body=slot.value.encode())["VersionId"]
        record = {"eventName": "ObjectCreated:Post", "s3": {"object": {"key": key, "versionId": version}}}
        self._waiting.append((UPLOADS, json.dumps({"Records": [record]})))

    def ask(self, post: Callable[[ClientRequest], T]) -> T:
        """Post until there is an answer, always under the same request id."""
        self._requests += 1
        request = ClientRequest(f"request-{self._requests:04}", "journey", "")
        self.doing = lambda: post(request)
        return until_alive(lambda: post(request))

    def settle(self) -> None:
        """Empty the queues; a minute later the sweeper finds what got lost, and the queues are emptied again."""
        self.drain()
        self.road.clock.pass_(seconds=61)
        if until_alive(lambda: sweep(self.road.world)).resent:
            self.drain()

    def drain(self) -> None:
        while self._receive():
            message = self._waiting.pop(self.next_message(len(self._waiting)))
            self.doing = partial(self.handle, message)
            if self.again():
                self._waiting.append(message)
            try:
                self.handle(message)
            except Died:
                self._waiting.append(message)

    def handle(self, message: Message) -> None:
        """What app.py's handler of that queue does."""
        queue, body = message
        if queue == UPLOADS:
            for key, version in arrivals(body):
                read_upload(self.road.world, self.road.reader, key, version)
        elif queue == SUBMISSIONS:
            check_submission(self.road.world, json.loads(body)["case_number"])
        else:
            told = json.loads(body)
            offer_work(self.road.world, told["case_number"], told["stage"])

    def _receive(self) -> bool:
        for queue in self.road.queues:
            self._waiting += [(queue, body) for body in self.road.received(queue)]
        return bool(self._waiting)


def until_alive(work: Callable[[], T]) -> T:
    while True:
        try:
            return work()
        except Died:
            continue


def left(journey: Journey) -> dict[str, Any]:
    """All that a journey has left behind, without times, numbers and ids: equal for all that went the same way so far.

    Fails when a message is left, the chain does not verify, or a photo has been waiting for its reading for a minute.
    """
    road = journey.road
    case = road.store.load(journey.number)
    items = [item for page in _pages(road) for item in page]
    events = road.store.events(journey.number)
    assert not journey._receive()
    assert verify(journey.number, events, case.head, case.seq) is None
    assert [upload for upload in case.uploads.values() if upload.open] == []
    kept = [found["Key"] for found in road.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    return {
        "state": str(case.state),
        "stage": case.stage,
        "decisions": [(d.stage, str(d.decision), d.reason, d.slots, d.by) for d in case.decisions],
        "works": {stage: (work.fence, work.done_at is not None) for stage, work in case.works.items()},
        "uploads": {slot: (upload.state, upload.reading) for slot, upload in case.uploads.items()},
        "values": [case.value("nik"), case.value("nama"), case.value("nomor_kk")],
        "findings": sorted(finding.code for finding in case.findings),
        "events": Counter(f"{event.action} {event.detail.get('stage', '')}" for event in events),
        "items": Counter((_kind(item["pk"]["S"]), _kind(item["sk"]["S"])) for item in items),
        "unfinished": sorted(item["todo_pk"]["S"] for item in items if "todo_pk" in item),
        "on desks": sorted(item["stage"]["S"] for item in items if "desk_pk" in item),
        "objects": Counter(tuple(key.split("/")[::2]) for key in kept),
    }


def _pages(road: Road) -> list[list[dict[str, Any]]]:
    pages = road.dynamodb.get_paginator("scan").paginate(TableName="berkas")
    return [page["Items"] for page in pages]


def _kind(key: str) -> str:
    return key.partition("#")[0]
