"""The whole road on moto, in one process: a world whose queues are drained by hand and whose clock stands still.

Adapters, keys, sealing, transactions and queues are the real ones; only the reader is a stand-in, because its own tests
read pictures (the port is a plain function for that reason).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from chalicelib.access.accounts import Session
from chalicelib.access.actors import Citizen, Officer, Role, Stranger
from chalicelib.access.challenge import Work
from chalicelib.access.sealing import DataKeys, Digests
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.aws.denials import DynamoDenials
from chalicelib.aws.meter import DynamoMeter
from chalicelib.aws.officers import CognitoOfficers
from chalicelib.aws.outbox import DynamoOutbox
from chalicelib.aws.photos import S3Photos
from chalicelib.aws.queues import SqsQueues, arrivals
from chalicelib.aws.searches import DynamoSearches
from chalicelib.aws.staff import DynamoStaff
from chalicelib.aws.table import Table
from chalicelib.aws.vault import KmsVault, index_key
from chalicelib.aws.watch import DynamoWatch
from chalicelib.desk.offer import offer_work
from chalicelib.errors import BadInput
from chalicelib.identity.region import RegionCode
from chalicelib.offices import own
from chalicelib.offices.personnel import Personnel
from chalicelib.ports import Unsent
from chalicelib.reading.model import Field, Kind, Quality, Reading, ReadPhoto
from chalicelib.usulan.add_photo import add_photo
from chalicelib.usulan.case import Case, Target
from chalicelib.usulan.check import check_submission
from chalicelib.usulan.documents import REQUIRED, Slot, original_key
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.start import start
from chalicelib.usulan.store import ClientRequest, World
from chalicelib.usulan.submit import Submission, submit
from chalicelib.usulan.tell import tell

RESOURCES = json.loads(
    (Path(__file__).parent.parent / "infra" / "resources.json").read_text(encoding="utf-8")
)
VILLAGE = "13.05.02.2001"
OTHER_VILLAGE = "13.05.02.2002"
NIK = "1305026006879901"
NAMA = "RATNA CONTOH DEWI"
NOMOR_KK = "1305021203159902"
ALAMAT = "KORONG CONTOH LAMA"
BUCKET = "berkas-photos-test"

OPERATOR = Officer("sub-operator", "Operator Contoh", Role.VILLAGE_OPERATOR, (RegionCode(VILLAGE),))
COLLEAGUE = Officer("sub-colleague", "Rekan Contoh", Role.VILLAGE_HEAD, (RegionCode(VILLAGE),))
NEIGHBOUR = Officer("sub-neighbour", "Operator Sebelah", Role.VILLAGE_OPERATOR, (RegionCode(OTHER_VILLAGE),))
VERIFIER = Officer("sub-verifier", "Verifikator Contoh", Role.DINSOS_VERIFIER, (RegionCode("13.05"),))
FIELD_OFFICER = Officer("sub-field", "Petugas Contoh", Role.FIELD_OFFICER, (RegionCode("13.05.02"),))


class Clock:
    """Time that moves only when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **length: float) -> None:
        self.at += timedelta(**length)


def ktp_reading(nik: str = NIK, nama: str = NAMA) -> Reading:
    box = ((1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0))
    values = {
        "nik": nik,
        "nama": nama,
        "provinsi": "SUMATERA BARAT",
        "kabupaten_kota": "KABUPATEN PADANG PARIAMAN",
        "kecamatan": "BATANG ANAI",
        "kel_desa": "KATAPIANG",
    }
    return Reading(
        Kind.KTP,
        {name: Field(value, 0.97, box, "test") for name, value in values.items()},
        quality=Quality(complete=True),
        size=(1600, 1200),
    )


def kk_reading() -> Reading:
    values = {"nomor_kk": NOMOR_KK, "alamat": ALAMAT, "rt": "003", "rw": "005"}
    return Reading(Kind.KK, {name: Field(value, 0.95) for name, value in values.items()}, size=(2600, 1800))


class Pool:
    """The user pool of infra/resources.json on moto, with its one client."""

    def __init__(self) -> None:
        self.client = boto3.client("cognito-idp")
        pool, client = (RESOURCES["Resources"][name]["Properties"] for name in ("UserPool", "UserPoolClient"))
        made = self.client.create_user_pool(
            PoolName=pool["UserPoolName"],
            Policies=pool["Policies"],
            AdminCreateUserConfig=pool["AdminCreateUserConfig"],
            UsernameConfiguration=pool["UsernameConfiguration"],
        )
        self.id = made["UserPool"]["Id"]
        self.client.set_user_pool_mfa_config(
            UserPoolId=self.id,
            SoftwareTokenMfaConfiguration={"Enabled": True},
            MfaConfiguration=pool["MfaConfiguration"],
        )
        self.client.admin_delete_software_token = self._delete_software_token  # moto does not know it yet
        self.voided: list[str] = []
        self.client.revoke_token = self._revoke_token  # nor this
        self.client_id = self.client.create_user_pool_client(
            UserPoolId=self.id,
            ClientName=client["ClientName"],
            ExplicitAuthFlows=client["ExplicitAuthFlows"],
        )["UserPoolClient"]["ClientId"]

    def _revoke_token(self, **asked: Any) -> None:
        assert asked["ClientId"] == self.client_id
        self.voided.append(asked["Token"])

    def _delete_software_token(self, **asked: Any) -> None:
        off = {"Enabled": False, "PreferredMfa": False}
        self.client.admin_set_user_mfa_preference(**asked, SoftwareTokenMfaSettings=off)


@dataclass
class StandInReader:
    """Says what it was told to say; counts how often it was asked."""

    by_kind: dict[Kind, Reading] = field(
        default_factory=lambda: {
            Kind.KTP: ktp_reading(),
            Kind.KK: kk_reading(),
            Kind.HOUSE: Reading(Kind.HOUSE, size=(800, 600)),
        }
    )
    refuse: str | None = None
    asked: list[bytes] = field(default_factory=list)

    def __call__(self, data: bytes, expected: Kind) -> ReadPhoto:
        self.asked.append(data)
        if self.refuse:
            raise BadInput(self.refuse)
        return ReadPhoto(self.by_kind[expected], b"working copy of " + data)


@dataclass
class StandInMessenger:
    """Keeps what it is given to send; refuses with `refuse` while that is set."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    refuse: Unsent | None = None

    def send(self, address: str, text: str, key: str) -> None:
        if self.refuse:
            raise self.refuse
        self.sent.append((address, text, key))


def request(scope: str = "test", body: str = "") -> ClientRequest:
    return ClientRequest(uuid.uuid4().hex, scope, body)


class Road:
    """A world on moto, and the steps of a case through it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.reader = StandInReader()
        self.s3 = boto3.client("s3")
        self.sqs = boto3.client("sqs")
        self.dynamodb = boto3.client("dynamodb")
        self._make_table()
        self.s3.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"}
        )
        self.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        self.queues = {
            name: self.sqs.create_queue(QueueName=name)["QueueUrl"]
            for name in ("berkas-uploads", "berkas-submissions", "berkas-verification", "berkas-notices")
        }
        self.bodies: list[str] = []
        self.messenger = StandInMessenger()
        self.secrets: dict[str, str] = {}
        key = boto3.client("kms").create_key()["KeyMetadata"]["KeyId"]
        self.key = key
        vault = KmsVault(boto3.client("kms"), key)
        self.table = Table(self.dynamodb, "berkas")
        self.keys = DataKeys(vault)
        self.digests = Digests(index_key(self.table, vault))
        self.store = DynamoCaseStore(self.table, self.keys, self.digests)
        meter = DynamoMeter(self.table, self.digests)
        self.world = World(
            store=self.store,
            photos=S3Photos(self.s3, self.s3, BUCKET),
            queues=SqsQueues(self.sqs, *self.queues.values()),
            digests=self.digests,
            meter=meter,
            challenge=Work(self.digests, meter),
            denials=DynamoDenials(self.table),
            searches=DynamoSearches(self.table),
            outbox=DynamoOutbox(self.table),
            messenger=lambda _: self.messenger,
            now=self.clock,
            public_url="https://berkas.contoh.example.id",
        )

    @cached_property
    def staff(self) -> DynamoStaff:
        return DynamoStaff(self.table, self.keys, self.digests)

    @cached_property
    def pool(self) -> Pool:
        """A user pool as the template makes it."""
        return Pool()

    @cached_property
    def personnel(self) -> Personnel:
        accounts = CognitoAccounts(self.pool.client, self.pool.id)
        return Personnel(self.staff, accounts, self.world.denials, DynamoWatch(self.table), self.clock)

    @cached_property
    def officers(self) -> CognitoOfficers:
        pool = self.pool
        return CognitoOfficers(self.personnel, self.digests, pool.client, pool.id, pool.client_id, self.clock)

    def session(self, officer_id: str, name: str = "one") -> Session:
        """What a token of four hours says; nothing is on record for it yet."""
        return Session("token", f"{name}-{officer_id}", officer_id, self.clock() + timedelta(hours=4))

    def signed_in(self, officer_id: str, name: str = "one") -> Session:
        """A session on record. NotSignedIn: they may not sign in now."""
        session = self.session(officer_id, name)
        own.begin(self.personnel, session, "android/chrome")
        return session

    def officer_now(self, officer_id: str) -> Officer:
        """The officer as somebody who signs in at this moment."""
        return self.officers.officer(self.signed_in(officer_id))

    def _make_table(self) -> None:
        made = RESOURCES["Resources"]["Table"]["Properties"]
        self.dynamodb.create_table(
            TableName="berkas",
            KeySchema=made["KeySchema"],
            AttributeDefinitions=made["AttributeDefinitions"],
            GlobalSecondaryIndexes=made["GlobalSecondaryIndexes"],
            BillingMode="PAY_PER_REQUEST",
        )

    def draft(self) -> Citizen:
        made = start(self.world, Stranger(), Target.SELF, request())
        self.secrets[made["case_number"]] = made["secret"]
        return Citizen(made["case_number"])

    def send(self, citizen: Citizen, slot: Slot, data: bytes = b"photo") -> str:
        """Ask for a form, put the photo where the form would, tell the queue as S3 does; the object's key."""
        upload, _ = add_photo(
            self.world, citizen, citizen.case_number, slot, "image/jpeg", len(data), request()
        )
        key = original_key(citizen.case_number, upload)
        self.put(key, data)
        return key

    def put(self, key: str, data: bytes) -> str:
        version = self.s3.put_object(Bucket=BUCKET, Key=key, Body=data)["VersionId"]
        self.world.queues.photo_arrived(key, version)
        return version

    def photographed(self) -> Citizen:
        citizen = self.draft()
        for slot in REQUIRED:
            self.send(citizen, slot, slot.value.encode())
        return citizen

    def form(self, **other: Any) -> Submission:
        values: dict[str, Any] = {
            "nik": NIK,
            "nama": NAMA,
            "nomor_kk": NOMOR_KK,
            "kode_wilayah": VILLAGE,
            "alamat": ALAMAT,
            "rt": "003",
            "rw": "005",
            "statement": True,
        }
        return Submission(**(values | other))

    def submitted(self) -> Citizen:
        """A case that was photographed, read, sent, checked and offered."""
        citizen = self.photographed()
        self.drain()
        submit(self.world, citizen, citizen.case_number, self.form(), request())
        self.drain()
        return citizen

    def case(self, who: Citizen) -> Case:
        return self.store.load(who.case_number)

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """At the end the table, the queues and the clock are as they were."""
        then, before = self.clock.at, self._items()
        yield
        now = self._items()
        for key in now.keys() - before.keys():
            self.dynamodb.delete_item(TableName="berkas", Key={"pk": {"S": key[0]}, "sk": {"S": key[1]}})
        for key, item in before.items():
            if item != now.get(key):
                self.dynamodb.put_item(TableName="berkas", Item=item)
        for name in self.queues:
            self.received(name)
        self.clock.at = then

    def _items(self) -> dict[tuple[str, str], Any]:
        pages = self.dynamodb.get_paginator("scan").paginate(TableName="berkas")
        return {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}

    def drain(self) -> None:
        """Work through the queues until they are empty, in the way app.py's handlers do."""
        handlers: dict[str, Callable[[str], None]] = {
            "berkas-uploads": self._read,
            "berkas-submissions": lambda body: check_submission(self.world, json.loads(body)["case_number"]),
            "berkas-verification": lambda body: offer_work(self.world, **_work(body)),
            "berkas-notices": lambda body: tell(self.world, json.loads(body)["case_number"]),
        }
        busy = True
        while busy:
            busy = False
            for name, handle in handlers.items():
                for body in self.received(name):
                    busy = True
                    handle(body)

    def received(self, name: str) -> list[str]:
        """The messages waiting in one queue, taken out of it."""
        taken = []
        while messages := self.sqs.receive_message(QueueUrl=self.queues[name], MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                taken.append(message["Body"])
                self.sqs.delete_message(QueueUrl=self.queues[name], ReceiptHandle=message["ReceiptHandle"])
        self.bodies += taken
        return taken

    def _read(self, body: str) -> None:
        for key, version in arrivals(body):
            read_upload(self.world, self.reader, key, version)


def _work(body: str) -> dict[str, str]:
    message = json.loads(body)
    return {"number": message["case_number"], "stage": message["stage"]}
