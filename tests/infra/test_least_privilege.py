"""What the roles allow and refuse, asked of the emulator, which enforces IAM."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.local.stack import RunningStack
from infra.policies import POLICIES

pytestmark = pytest.mark.stack

REGION, ACCOUNT = "ap-southeast-3", "000000000000"
KEY = {"pk": {"S": "LEAST"}, "sk": {"S": "A"}}


def arns(environment: dict[str, str]) -> dict[str, str]:
    """Logical id → ARN, of the stack's resources that policies speak of."""
    queues = {
        f"Queue{name.capitalize()}": f"arn:aws:sqs:{REGION}:{ACCOUNT}:berkas-{name}"
        for name in ("uploads", "submissions", "verification", "notices")
    }
    return queues | {
        "Table": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{environment['BERKAS_TABLE']}",
        "Photos": f"arn:aws:s3:::{environment['BERKAS_BUCKET']}",
        "SealingKey": environment["BERKAS_SEALING_KEY"],
        "UserPool": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{environment['BERKAS_USER_POOL']}",
        "PhotosKey": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/photos",
    }


def resolved(value: Any, known: dict[str, str]) -> Any:
    """CloudFormation's `Fn::GetAtt` and `Fn::Sub` on those ARNs, worked out."""
    if isinstance(value, list):
        return [resolved(one, known) for one in value]
    if not isinstance(value, dict):
        return value
    if "Fn::GetAtt" in value:
        return known[value["Fn::GetAtt"][0]]
    if "Fn::Sub" in value:
        text = re.sub(r"\$\{(\w+)\.Arn\}", lambda match: known[match[1]], value["Fn::Sub"])
        for name, word in (("Region", REGION), ("AccountId", ACCOUNT), ("Partition", "aws")):
            text = text.replace(f"${{AWS::{name}}}", word)
        return text
    return {name: resolved(one, known) for name, one in value.items()}


class As:
    """boto3 clients with a function's role."""

    def __init__(self, stack: RunningStack, function: str) -> None:
        self._endpoint = stack.environment["AWS_ENDPOINT_URL"]
        self._keys = {
            "aws_access_key_id": stack.environment["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": stack.environment["AWS_SECRET_ACCESS_KEY"],
        }
        iam = self.client("iam")
        trust = {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": "sts:AssumeRole",
        }
        policy = resolved(POLICIES[function], arns(stack.environment))
        name = f"least-{function}"
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(_document([trust])))
        if policy:
            iam.put_role_policy(
                RoleName=name, PolicyName="least", PolicyDocument=json.dumps(_document(policy))
            )
        role = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        session = self.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
        self._keys = {
            "aws_access_key_id": session["AccessKeyId"],
            "aws_secret_access_key": session["SecretAccessKey"],
            "aws_session_token": session["SessionToken"],
        }

    def client(self, service: Any) -> Any:
        at_a_path = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        config = at_a_path if service == "s3" else None
        return boto3.client(
            service, endpoint_url=self._endpoint, region_name=REGION, config=config, **self._keys
        )


def _document(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}


Call = Callable[[As, dict[str, str]], object]

CALLS: dict[str, Call] = {
    "read a record": lambda who, e: who.client("dynamodb").get_item(TableName=e["BERKAS_TABLE"], Key=KEY),
    "write records": lambda who, e: who.client("dynamodb").transact_write_items(
        TransactItems=[{"Put": {"TableName": e["BERKAS_TABLE"], "Item": KEY}}]
    ),
    "look at a desk": lambda who, e: who.client("dynamodb").query(
        TableName=e["BERKAS_TABLE"],
        IndexName="desk",
        KeyConditionExpression="desk_pk = :p",
        ExpressionAttributeValues={":p": {"S": "x"}},
    ),
    "scan": lambda who, e: who.client("dynamodb").scan(TableName=e["BERKAS_TABLE"]),
    "seal": lambda who, e: who.client("kms").generate_data_key(
        KeyId=e["BERKAS_SEALING_KEY"], KeySpec="AES_256"
    ),
    "take an original": lambda who, e: who.client("s3").put_object(
        Bucket=e["BERKAS_BUCKET"], Key="karantina/least", Body=b"x"
    ),
    "see an original": lambda who, e: who.client("s3").head_object(
        Bucket=e["BERKAS_BUCKET"], Key="karantina/least"
    ),
    "ask whether an original came": lambda who, e: who.client("s3").list_object_versions(
        Bucket=e["BERKAS_BUCKET"], Prefix="karantina/least"
    ),
    "make a copy": lambda who, e: who.client("s3").put_object(
        Bucket=e["BERKAS_BUCKET"], Key="olahan/least", Body=b"x"
    ),
    "show a copy": lambda who, e: who.client("s3").get_object(Bucket=e["BERKAS_BUCKET"], Key="olahan/least"),
    "delete a photo": lambda who, e: who.client("s3").delete_object(
        Bucket=e["BERKAS_BUCKET"], Key="olahan/nothing"
    ),
    "send a submission": lambda who, e: who.client("sqs").send_message(
        QueueUrl=e["BERKAS_QUEUE_SUBMISSIONS"], MessageBody='{"case_number": "none"}'
    ),
    "ask for verification": lambda who, e: who.client("sqs").send_message(
        QueueUrl=e["BERKAS_QUEUE_VERIFICATION"], MessageBody='{"case_number": "none", "stage": "desa"}'
    ),
    "ask for a notice": lambda who, e: who.client("sqs").send_message(
        QueueUrl=e["BERKAS_QUEUE_NOTICES"], MessageBody='{"case_number": "none"}'
    ),
    "look up an account": lambda who, e: who.client("cognito-idp").admin_get_user(
        UserPoolId=e["BERKAS_USER_POOL"], Username="least"
    ),
    "shut an account": lambda who, e: who.client("cognito-idp").admin_disable_user(
        UserPoolId=e["BERKAS_USER_POOL"], Username="least"
    ),
    "forget a second factor": lambda who, e: who.client("cognito-idp").admin_delete_software_token(
        UserPoolId=e["BERKAS_USER_POOL"], Username="least"
    ),
    "delete an account": lambda who, e: who.client("cognito-idp").admin_delete_user(
        UserPoolId=e["BERKAS_USER_POOL"], Username="least"
    ),
    "take a photo's message": lambda who, e: who.client("sqs").receive_message(
        QueueUrl=e["BERKAS_QUEUE_UPLOADS"], WaitTimeSeconds=0, VisibilityTimeout=0
    ),
}

ALLOWED = {
    "APIHandler": {
        "read a record",
        "write records",
        "look at a desk",
        "seal",
        "take an original",
        "ask whether an original came",
        "show a copy",
        "look up an account",
        "shut an account",
        "forget a second factor",
        "send a submission",
        "ask for verification",
        "ask for a notice",
    },
    "ReadUploads": {
        "read a record",
        "write records",
        "look at a desk",
        "seal",
        "see an original",
        "make a copy",
        "take a photo's message",
    },
    "CheckSubmissions": {"read a record", "write records", "look at a desk", "seal", "ask for verification"},
    "OfferWork": {"read a record", "write records", "look at a desk", "seal"},
    "SendNotices": {"read a record", "write records", "look at a desk", "seal"},
    "Sweep": {
        "read a record",
        "write records",
        "look at a desk",
        "seal",
        "ask whether an original came",
        "delete a photo",
        "send a submission",
        "ask for verification",
        "ask for a notice",
    },
}


@pytest.mark.parametrize("function", sorted(POLICIES))
def test_a_function_may_do_its_work_and_nothing_else(function: str, sample_stack: RunningStack) -> None:
    environment = sample_stack.environment
    as_root: dict[str, Any] = {
        "endpoint_url": environment["AWS_ENDPOINT_URL"],
        "region_name": REGION,
        "aws_access_key_id": environment["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": environment["AWS_SECRET_ACCESS_KEY"],
        "config": Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    }
    root, accounts = boto3.client("s3", **as_root), boto3.client("cognito-idp", **as_root)
    with suppress(accounts.exceptions.UsernameExistsException):
        accounts.admin_create_user(UserPoolId=environment["BERKAS_USER_POOL"], Username="least")
    for key in ("karantina/least", "olahan/least"):
        root.put_object(Bucket=environment["BERKAS_BUCKET"], Key=key, Body=b"x")
    who = As(sample_stack, function)
    done = {name for name, call in CALLS.items() if allowed(call, who, environment)}
    assert done == ALLOWED[function]


def allowed(call: Call, who: As, environment: dict[str, str]) -> bool:
    """Whether the call went through; any refusal but one by policy is an error of the test."""
    try:
        call(who, environment)
    except ClientError as refused:
        if not re.search("AccessDenied|Forbidden", str(refused)):
            raise
        return False
    return True
