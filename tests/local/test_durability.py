"""`kill -9` at any moment loses nothing that was answered."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.local.stack import RunningStack, running_stack
from tests.local.conftest import SAMPLE

pytestmark = pytest.mark.stack


def client(stack: RunningStack, service: Any) -> Any:
    e = stack.environment
    return boto3.client(
        service,
        endpoint_url=e["AWS_ENDPOINT_URL"],
        region_name=e["AWS_REGION"],
        aws_access_key_id=e["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=e["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def key(name: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": name}, "sk": {"S": "A"}}


def test_everything_that_was_answered_is_there_after_a_kill(data: Path) -> None:
    with running_stack(data, module=SAMPLE) as first:
        names = first.environment
        table, bucket, pool = names["BERKAS_TABLE"], names["BERKAS_BUCKET"], names["BERKAS_USER_POOL"]
        dynamodb = client(first, "dynamodb")
        dynamodb.put_item(TableName=table, Item={**key("put"), "n": {"N": "1"}})
        for _ in range(3):
            dynamodb.update_item(
                TableName=table,
                Key=key("put"),
                UpdateExpression="ADD n :one",
                ExpressionAttributeValues={":one": {"N": "1"}},
            )
        put = {
            "Put": {
                "TableName": table,
                "Item": key("both"),
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }
        dynamodb.transact_write_items(TransactItems=[put])
        with pytest.raises(ClientError, match="TransactionCanceled"):
            dynamodb.transact_write_items(TransactItems=[put])
        dynamodb.put_item(TableName=table, Item=key("gone"))
        dynamodb.delete_item(TableName=table, Key=key("gone"))

        kms = client(first, "kms")
        sealed = kms.encrypt(KeyId=names["BERKAS_SEALING_KEY"], Plaintext=b"rahasia")["CiphertextBlob"]
        made = kms.create_key()["KeyMetadata"]["KeyId"]
        sealed_by_made = kms.encrypt(KeyId=made, Plaintext=b"baru")["CiphertextBlob"]

        people = client(first, "cognito-idp")
        people.admin_create_user(UserPoolId=pool, Username="contoh", MessageAction="SUPPRESS")
        people.admin_set_user_password(
            UserPoolId=pool, Username="contoh", Password="kata-sandi-contoh-1", Permanent=True
        )
        s3 = client(first, "s3")
        version = s3.put_object(Bucket=bucket, Key="lain/a", Body=b"one")["VersionId"]
        s3.put_object(Bucket=bucket, Key="lain/a", Body=b"two")
        sqs = client(first, "sqs")
        dead = sqs.get_queue_url(QueueName="berkas-uploads-dlq")["QueueUrl"]
        sqs.send_message(QueueUrl=dead, MessageBody="still here")
        first.kill()

    with running_stack(data, module=SAMPLE) as second:
        assert second.environment["BERKAS_USER_POOL"] == pool
        dynamodb = client(second, "dynamodb")
        assert dynamodb.get_item(TableName=table, Key=key("put"))["Item"]["n"] == {"N": "4"}
        assert "Item" in dynamodb.get_item(TableName=table, Key=key("both"))
        assert "Item" not in dynamodb.get_item(TableName=table, Key=key("gone"))
        kms = client(second, "kms")
        assert kms.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"rahasia"
        assert kms.decrypt(CiphertextBlob=sealed_by_made)["Plaintext"] == b"baru"
        tokens = client(second, "cognito-idp").initiate_auth(
            ClientId=names["BERKAS_USER_POOL_CLIENT"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "contoh", "PASSWORD": "kata-sandi-contoh-1"},
        )
        assert tokens["AuthenticationResult"]["AccessToken"]
        s3 = client(second, "s3")
        assert s3.get_object(Bucket=bucket, Key="lain/a")["Body"].read() == b"two"
        assert s3.get_object(Bucket=bucket, Key="lain/a", VersionId=version)["Body"].read() == b"one"
        sqs = client(second, "sqs")
        dead = sqs.get_queue_url(QueueName="berkas-uploads-dlq")["QueueUrl"]
        received = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=1)["Messages"]
        assert [message["Body"] for message in received] == ["still here"]


def test_a_kill_amid_many_writers_loses_no_answered_write(data: Path) -> None:
    with running_stack(data, module=SAMPLE) as first:
        table = first.environment["BERKAS_TABLE"]
        answered: list[str] = []
        enough = threading.Event()

        def write(worker: int) -> None:
            dynamodb = client(first, "dynamodb")
            try:
                for number in range(1_000):
                    name = f"{worker}-{number}"
                    dynamodb.put_item(TableName=table, Item=key(name))
                    dynamodb.update_item(
                        TableName=table,
                        Key=key("count"),
                        UpdateExpression="ADD n :one",
                        ExpressionAttributeValues={":one": {"N": "1"}},
                    )
                    answered.append(name)
                    if len(answered) >= 150:
                        enough.set()
            except (BotoCoreError, ClientError):
                return

        with ThreadPoolExecutor(4) as pool:
            for worker in range(4):
                pool.submit(write, worker)
            assert enough.wait(60)
            first.kill()
    with running_stack(data, module=SAMPLE) as second:
        dynamodb = client(second, "dynamodb")
        lost = [name for name in answered if "Item" not in dynamodb.get_item(TableName=table, Key=key(name))]
        assert lost == []
        counted = int(dynamodb.get_item(TableName=table, Key=key("count"))["Item"]["n"]["N"])
        assert len(answered) <= counted <= len(answered) + 4
