"""The wrapping key turns while cases are made and erased, and the turn dies and goes on; moto's KMS re-encrypts."""

from __future__ import annotations

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.access.sealing import DataKeys, Digests
from chalicelib.aws.case_store import DynamoCaseStore
from chalicelib.aws.failpoints import Died, installed
from chalicelib.aws.rotation import Rotation, Run
from chalicelib.aws.vault import KmsVault, index_key
from chalicelib.errors import Erased
from chalicelib.usulan.forget import GRACE, erase
from chalicelib.usulan.sweep import sweep
from infra.policies import ROTATION
from tests.road import NIK, Road


def new_key() -> str:
    made: str = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
    return made


def wrapped(road: Road) -> dict[str, bytes]:
    """Every wrapped data key by its owner."""
    found: dict[str, bytes] = {}
    place: tuple[str, str] | None = None
    while True:
        items, place = road.table.wrapped_keys(place, 50)
        found |= {item["pk"]: bytes(item["wrapped"]) for item in items}
        if place is None:
            return found


def turned(rotation: Rotation) -> Run:
    return list(rotation.turn())[-1]


def store_under(road: Road, key: str) -> DynamoCaseStore:
    """The store of a fresh process that knows this wrapping key alone."""
    vault = KmsVault(boto3.client("kms"), key)
    return DynamoCaseStore(road.table, DataKeys(vault), Digests(index_key(road.table, vault)))


def test_all_keys_open_under_the_new_key_alone_and_nothing_sealed_is_touched(road: Road) -> None:
    numbers = [road.submitted().case_number for _ in range(2)]
    before, meta = wrapped(road), road.table.get(f"CASE#{numbers[0]}", "META")
    key = new_key()
    run = turned(Rotation(road.table, KmsVault(boto3.client("kms"), key), road.clock, page=5))
    assert (run.rewrapped, run.gone, run.failed, run.finished_at) == (3, 0, 0, road.clock.at)
    after = wrapped(road)
    assert after.keys() == before.keys() == {"INDEXKEY", *(f"CASE#{number}" for number in numbers)}
    assert all(after[owner] != before[owner] for owner in after)
    assert road.table.get(f"CASE#{numbers[0]}", "META") == meta
    fresh = store_under(road, key)
    assert [fresh.load(number).typed["nik"] for number in numbers] == [NIK, NIK]
    assert set(fresh.cases_with("nik", road.digests.of("nik", NIK))) == set(numbers)
    kept = road.table.get(f"CASE#{numbers[0]}", "KEY")
    assert kept is not None
    assert (kept["wrapped_at"], kept["wrapped_by"]) == (road.clock.at.isoformat(), key)


def test_a_dry_run_tells_and_changes_nothing(road: Road) -> None:
    road.draft()
    before = wrapped(road)
    rotation = Rotation(road.table, KmsVault(boto3.client("kms"), new_key()), road.clock, page=2)
    standing = rotation.standing()
    assert (standing.cases, standing.officers, standing.other) == (1, 0, 1)
    assert (standing.oldest, standing.run) == (None, None)
    assert wrapped(road) == before
    road.clock.pass_(days=1)
    turned(rotation)
    assert rotation.standing().oldest == road.clock.at


@pytest.mark.parametrize("crossing", range(1, 8))
def test_a_turn_that_died_goes_on_and_counts_each_key_once(road: Road, crossing: int) -> None:
    numbers = [road.draft().case_number for _ in range(3)]
    before = wrapped(road)
    key = new_key()
    rotation = Rotation(road.table, KmsVault(boto3.client("kms"), key), road.clock, page=4)
    crossed = 0

    def die(point: str) -> None:
        nonlocal crossed
        crossed += point == "dynamodb.put:after"
        if crossed == crossing:
            raise Died

    with installed(die), pytest.raises(Died):
        turned(rotation)
    road.clock.pass_(hours=1)
    started = road.clock.at
    run = turned(rotation)
    assert (run.rewrapped, run.failed, run.gone) == (len(before), 0, 0)
    assert run.started_at < started == run.finished_at
    assert all(store_under(road, key).load(number).number == number for number in numbers)
    assert turned(rotation).started_at == started, "a finished turn is followed by a new one"


def test_a_key_destroyed_meanwhile_stays_destroyed(road: Road) -> None:
    numbers = [road.draft().case_number for _ in range(2)]
    erase(road.world, numbers[0])
    road.clock.pass_(seconds=GRACE.total_seconds() + 60)
    key = new_key()

    class Meanwhile(KmsVault):
        def rewrap(self, wrapped: bytes, owner: str) -> tuple[bytes, str]:
            sweep(road.world)
            return super().rewrap(wrapped, owner)

    run = turned(Rotation(road.table, Meanwhile(boto3.client("kms"), key), road.clock))
    assert road.table.get(f"CASE#{numbers[0]}", "KEY") is None
    assert (run.gone, run.failed) == (1, 0)
    with pytest.raises(Erased):
        store_under(road, key).load(numbers[0])
    assert store_under(road, key).load(numbers[1]).number == numbers[1]


def test_cases_made_during_the_turn_open_by_either_key(road: Road) -> None:
    old = road.draft().case_number
    key = new_key()
    known = road.key
    both = DynamoCaseStore(road.table, DataKeys(KmsVault(boto3.client("kms"), key, known)), road.digests)
    assert both.load(old).number == old
    with pytest.raises(ClientError):
        store_under_case(road, key, old)
    turned(Rotation(road.table, KmsVault(boto3.client("kms"), key), road.clock))
    assert store_under_case(road, key, old) == old


def store_under_case(road: Road, key: str, number: str) -> str:
    keys = DataKeys(KmsVault(boto3.client("kms"), key))
    return DynamoCaseStore(road.table, keys, road.digests).load(number).number


def test_a_key_that_belongs_to_another_place_is_counted_and_left(road: Road) -> None:
    one, two = (road.draft().case_number for _ in range(2))
    stolen = road.table.get(f"CASE#{one}", "KEY")
    assert stolen is not None
    road.table.put({**stolen, "pk": f"CASE#{two}"})
    run = turned(Rotation(road.table, KmsVault(boto3.client("kms"), new_key()), road.clock))
    assert (run.rewrapped, run.failed) == (2, 1)
    left = road.table.get(f"CASE#{two}", "KEY")
    assert left is not None
    assert left["wrapped"] == stolen["wrapped"]


def test_whoever_turns_the_key_may_open_nothing() -> None:
    actions = {action for statement in ROTATION for action in statement["Action"]}
    assert {"kms:ReEncryptFrom", "kms:ReEncryptTo"} <= actions
    assert not actions & {
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "kms:Encrypt",
        "dynamodb:Query",
        "dynamodb:DeleteItem",
    }
    (scan,) = (statement for statement in ROTATION if "dynamodb:Scan" in statement["Action"])
    assert "pribadi" not in json.dumps(scan)
    assert scan["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"]
