"""DynamoDB spoken in plain dicts: the few calls that the stores need, typed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from chalicelib.aws.failpoints import around
from chalicelib.errors import StaleWrite

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
_to_wire = TypeSerializer()
_from_wire = TypeDeserializer()
_BATCH = 100
"""What DynamoDB takes in one BatchGetItem."""


class Refused(Exception):
    """A transaction's condition failed; `places` are the indexes of the writes that refused."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(f"writes {list(places)} refused")
        self.places = places


def _wire(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _to_wire.serialize(value) for name, value in item.items()}


def _plain(item: Mapping[str, Any]) -> Item:
    values = {name: _from_wire.deserialize(value) for name, value in item.items()}
    # boto3's stubs do not know that Binary can be made into bytes
    return {name: bytes(value) if isinstance(value, Binary) else value for name, value in values.items()}  # type: ignore[call-overload]


class Table:
    """One DynamoDB table with string keys `pk` and `sk`."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self.name = name

    def get(self, pk: str, sk: str) -> Item | None:
        found = self._client.get_item(
            TableName=self.name, Key=_wire({"pk": pk, "sk": sk}), ConsistentRead=True
        ).get("Item")
        return _plain(found) if found else None

    def query(self, pk: str, *, prefix: str = "", at_least: str = "") -> Iterator[Item]:
        """All items of a partition whose sort key begins with `prefix`, or is at least `at_least`, in order."""
        condition = "pk = :pk"
        values = {":pk": pk}
        if prefix:
            condition += " AND begins_with(sk, :sk)"
            values[":sk"] = prefix
        elif at_least:
            condition += " AND sk >= :sk"
            values[":sk"] = at_least
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=_wire(values),
            ConsistentRead=True,
        )
        for page in pages:
            yield from (_plain(item) for item in page["Items"])

    def page(self, pk: str, prefix: str, limit: int, after: str | None) -> list[Item]:
        """At most `limit` items of a partition whose sort key begins with `prefix`, in order, behind `after`."""
        edges = {":pk": pk, ":sk": f"{prefix}{after}" if after else prefix, ":end": f"{prefix}\U0010ffff"}
        found = self._client.query(
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :sk AND :end",
            ExpressionAttributeValues=_wire(edges),
            ConsistentRead=True,
            Limit=limit + 1,
        )["Items"]
        items = [_plain(item) for item in found]
        return [item for item in items if item["sk"] != edges[":sk"]][:limit]

    def index(
        self,
        name: str,
        pk: str,
        *,
        before: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> list[Item]:
        """Items of one index partition in the order of its sort key, between `after` and `before`, both excluded."""
        condition, values = f"{name}_pk = :pk", {":pk": pk}
        sort = "todo_at" if name == "todo" else f"{name}_sk"
        if before is not None and after is not None:
            condition += f" AND {sort} BETWEEN :after AND :edge"  # both included: DynamoDB has no other
            values |= {":after": after, ":edge": before}
        elif before is not None:
            condition += f" AND {sort} < :edge"
            values[":edge"] = before
        elif after is not None:
            condition += f" AND {sort} > :edge"
            values[":edge"] = after
        found: list[Item] = []
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            IndexName=name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=_wire(values),
        )
        for page in pages:
            found += [item for item in map(_plain, page["Items"]) if item[sort] not in (before, after)]
            if limit is not None and len(found) >= limit:
                return found[:limit]
        return found

    def scan(self, sk: str) -> Iterator[Item]:
        """Every item with that sort key, over the whole table: for commands, never for a request."""
        pages = self._client.get_paginator("scan").paginate(
            TableName=self.name,
            FilterExpression="sk = :sk",
            ExpressionAttributeValues=_wire({":sk": sk}),
            ConsistentRead=True,
        )
        for page in pages:
            yield from (_plain(item) for item in page["Items"])

    def wrapped_keys(
        self, after: tuple[str, str] | None, limit: int
    ) -> tuple[list[Item], tuple[str, str] | None]:
        """The wrapped data keys among the `limit` items behind `after`, and the place to go on from (None: the end).
        Only what a rotation needs is asked for, so that its role can be kept from all else."""
        more: Any = {"ExclusiveStartKey": _wire({"pk": after[0], "sk": after[1]})} if after else {}
        page = self._client.scan(
            TableName=self.name,
            FilterExpression="attribute_exists(#wrapped)",
            ProjectionExpression="pk, sk, #wrapped, wrapped_at",
            ExpressionAttributeNames={"#wrapped": "wrapped"},
            Select="SPECIFIC_ATTRIBUTES",
            Limit=limit,
            ConsistentRead=True,
            **more,
        )
        last = page.get("LastEvaluatedKey")
        place = _plain(last) if last else None
        return [_plain(item) for item in page["Items"]], (place["pk"], place["sk"]) if place else None

    def put_new(self, item: Mapping[str, Any]) -> bool:
        """Put an item unless its key is taken; whether it was put."""
        try:
            with around("dynamodb.put"):
                self._client.put_item(
                    TableName=self.name, Item=_wire(item), ConditionExpression="attribute_not_exists(pk)"
                )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def put(self, item: Mapping[str, Any]) -> None:
        with around("dynamodb.put"):
            self._client.put_item(TableName=self.name, Item=_wire(item))

    def update(
        self,
        pk: str,
        sk: str,
        change: str,
        condition: str,
        values: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
    ) -> bool:
        """Change one item if `condition` holds, making it where it is not; whether it did. `names`: of attributes that
        are words of DynamoDB's own, `#name` → name. StaleWrite: a transaction is at that item."""
        more: Any = {"ExpressionAttributeNames": dict(names)} if names else {}
        try:
            with around("dynamodb.put"):
                self._client.update_item(
                    TableName=self.name,
                    Key=_wire({"pk": pk, "sk": sk}),
                    UpdateExpression=change,
                    ConditionExpression=condition,
                    ExpressionAttributeValues=_wire(values),
                    **more,
                )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        except self._client.exceptions.TransactionConflictException as problem:
            raise StaleWrite from problem
        return True

    def batch(self, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Item]:
        """The items at these places that there are, a hundred to a call."""
        found: dict[tuple[str, str], Item] = {}
        for start in range(0, len(places), _BATCH):
            wanted = [_wire({"pk": pk, "sk": sk}) for pk, sk in places[start : start + _BATCH]]
            while wanted:
                answer = self._client.batch_get_item(
                    RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}}
                )
                for item in map(_plain, answer["Responses"].get(self.name, [])):
                    found[item["pk"], item["sk"]] = item
                left = answer["UnprocessedKeys"].get(self.name)
                wanted = list(left["Keys"]) if left else []
        return found

    def new(self, item: Mapping[str, Any]) -> Any:
        """A write for `write`: the item must not exist yet."""
        return {
            "Put": {
                "TableName": self.name,
                "Item": _wire(item),
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }

    def replaced(self, item: Mapping[str, Any], seq: int) -> Any:
        """A write for `write`: the item must still stand at `seq`."""
        return {
            "Put": {
                "TableName": self.name,
                "Item": _wire(item),
                "ConditionExpression": "seq = :seq",
                "ExpressionAttributeValues": _wire({":seq": seq}),
            }
        }

    def set(self, item: Mapping[str, Any]) -> Any:
        """A write for `write`: whatever stood there."""
        return {"Put": {"TableName": self.name, "Item": _wire(item)}}

    def merged(self, pk: str, sk: str, values: Mapping[str, Any]) -> Any:
        """A write for `write`: these attributes of the item, which is made where it is not; its others stay."""
        names = {f"#{place}": name for place, name in enumerate(values)}
        return {
            "Update": {
                "TableName": self.name,
                "Key": _wire({"pk": pk, "sk": sk}),
                "UpdateExpression": "SET "
                + ", ".join(f"#{place} = :{place}" for place in range(len(values))),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": _wire(
                    {f":{place}": value for place, value in enumerate(values.values())}
                ),
            }
        }

    def standing(self, pk: str, sk: str, seq: int) -> Any:
        """A condition for `write`: the item still stands at `seq`."""
        return {
            "ConditionCheck": {
                "TableName": self.name,
                "Key": _wire({"pk": pk, "sk": sk}),
                "ConditionExpression": "seq = :seq",
                "ExpressionAttributeValues": _wire({":seq": seq}),
            }
        }

    def removed(self, pk: str, sk: str) -> Any:
        return {"Delete": {"TableName": self.name, "Key": _wire({"pk": pk, "sk": sk})}}

    def without(self, pk: str, sk: str, *names: str) -> Any:
        """A write for `write`: the item loses these attributes."""
        return {
            "Update": {
                "TableName": self.name,
                "Key": _wire({"pk": pk, "sk": sk}),
                "UpdateExpression": "REMOVE " + ", ".join(names),
            }
        }

    def counted(self, pk: str, sk: str, told: Mapping[str, Any], counters: Sequence[str]) -> Any:
        """A write for `write` or `count`: the item says `told` and each counter has grown by one."""
        names = {f"#{place}": name for place, name in enumerate((*told, *counters))}
        values = {f":{place}": value for place, value in enumerate(told.values())}
        change = "SET " + ", ".join(f"#{place} = :{place}" for place in range(len(told)))
        if counters:
            values[":one"] = 1
            change += " ADD " + ", ".join(f"#{len(told) + place} :one" for place in range(len(counters)))
        return {
            "Update": {
                "TableName": self.name,
                "Key": _wire({"pk": pk, "sk": sk}),
                "UpdateExpression": change,
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": _wire(values),
            }
        }

    def count(self, counted: Any) -> None:
        """Do what `counted` gave, alone."""
        with around("dynamodb.put"):
            self._client.update_item(**counted["Update"])

    def write(self, writes: Sequence[Any]) -> None:
        """All writes or none. Refused: a condition failed. StaleWrite: another transaction was at the same items."""
        try:
            with around("dynamodb.write"):
                self._client.transact_write_items(TransactItems=list(writes))
        except self._client.exceptions.TransactionCanceledException as problem:
            raise _reason(problem) from problem


def _reason(problem: ClientError) -> Exception:
    reasons: list[Mapping[str, Any]] = problem.response.get("CancellationReasons", [])  # type: ignore[assignment]
    codes = [reason.get("Code", "None") for reason in reasons]
    refused = [place for place, code in enumerate(codes) if code == "ConditionalCheckFailed"]
    if refused:
        return Refused(refused)
    return StaleWrite() if "TransactionConflict" in codes else problem
