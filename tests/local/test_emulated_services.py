"""The emulated services hold what the product relies on: closed doors, forms, notifications, tokens, queues."""

from __future__ import annotations

import http.client
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

import boto3
import jwt
import pytest
from botocore.config import Config

from chalicelib.local import resources
from chalicelib.local.stack import RunningStack
from tests.local.conftest import eventually

pytestmark = pytest.mark.stack


def client(stack: RunningStack, service: Any) -> Any:
    e = stack.environment
    return boto3.client(
        service,
        endpoint_url=e["AWS_ENDPOINT_URL"],
        region_name=e["AWS_REGION"],
        aws_access_key_id=e["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=e["AWS_SECRET_ACCESS_KEY"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}) if service == "s3" else None,
    )


def http_ask(
    url: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(
            method, target, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def form(fields: dict[str, str], content: bytes) -> tuple[bytes, str]:
    """A multipart form as a browser sends it: all fields, then `file`."""
    line = uuid.uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    parts.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


def presigned(stack: RunningStack, key: str, most: int = 1000) -> dict[str, Any]:
    made: dict[str, Any] = client(stack, "s3").generate_presigned_post(
        stack.environment["BERKAS_BUCKET"],
        key,
        Fields={"Content-Type": "image/jpeg"},
        Conditions=[{"Content-Type": "image/jpeg"}, ["content-length-range", 1, most]],
        ExpiresIn=60,
    )
    return made


def seen(stack: RunningStack, pk: str) -> int:
    """How often the sample app's handlers have met `pk`."""
    item = (
        client(stack, "dynamodb")
        .get_item(TableName=stack.environment["BERKAS_TABLE"], Key={"pk": {"S": pk}, "sk": {"S": "NOTE"}})
        .get("Item")
    )
    return int(item["seen"]["N"]) if item else 0


def test_a_form_from_our_pages_reaches_the_reader(sample_stack: RunningStack) -> None:
    key = f"karantina/{uuid.uuid4()}/ktp/a"
    post = presigned(sample_stack, key)
    body, content_type = form(post["fields"], b"a photo")
    status, headers, _ = http_ask(
        post["url"], "POST", body, Content_Type=content_type, Origin=sample_stack.base_url
    )
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == sample_stack.base_url
    assert eventually(lambda: seen(sample_stack, key)) == 1


def test_a_form_is_held_to_its_size_and_key(sample_stack: RunningStack) -> None:
    key = f"karantina/{uuid.uuid4()}/ktp/b"
    post = presigned(sample_stack, key, most=10)
    body, content_type = form(post["fields"], b"x" * 11)
    assert http_ask(post["url"], "POST", body, Content_Type=content_type)[0] == 400
    body, content_type = form({**post["fields"], "key": f"{key}-else"}, b"x")
    assert http_ask(post["url"], "POST", body, Content_Type=content_type)[0] == 403


def test_strangers_get_nothing(sample_stack: RunningStack) -> None:
    endpoint = sample_stack.environment["AWS_ENDPOINT_URL"]
    client(sample_stack, "s3").put_object(
        Bucket=sample_stack.environment["BERKAS_BUCKET"], Key="olahan/private", Body=b"x"
    )
    photo = f"{endpoint}/{sample_stack.environment['BERKAS_BUCKET']}/olahan/private"
    assert http_ask(photo)[0] == 403
    assert http_ask(f"{endpoint}/_ministack/reset", "POST")[0] == 404
    scan = json.dumps({"TableName": "berkas"}).encode()
    target = {"X_Amz_Target": "DynamoDB_20120810.Scan", "Content_Type": "application/x-amz-json-1.0"}
    status, _, answer = http_ask(endpoint + "/", "POST", scan, **target)
    assert status in (400, 403), answer


def test_a_foreign_page_may_not_send_photos(sample_stack: RunningStack) -> None:
    url = presigned(sample_stack, "karantina/x/ktp/c")["url"]
    ask = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type"}
    assert http_ask(url, "OPTIONS", Origin="https://elsewhere.example", **ask)[0] == 403
    status, headers, _ = http_ask(url, "OPTIONS", Origin=sample_stack.base_url, **ask)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, sample_stack.base_url)


def test_an_officers_token_verifies_against_the_published_keys(sample_stack: RunningStack) -> None:
    e = sample_stack.environment
    people = client(sample_stack, "cognito-idp")
    name, password = f"contoh-{uuid.uuid4().hex[:8]}", "kata-sandi-contoh-1"
    people.admin_create_user(UserPoolId=e["BERKAS_USER_POOL"], Username=name, MessageAction="SUPPRESS")
    people.admin_set_user_password(
        UserPoolId=e["BERKAS_USER_POOL"], Username=name, Password=password, Permanent=True
    )
    token = people.initiate_auth(
        ClientId=e["BERKAS_USER_POOL_CLIENT"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )["AuthenticationResult"]["AccessToken"]
    keys = json.loads(http_ask(e["BERKAS_JWKS_URL"])[2])
    key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(
        token, key, algorithms=["RS256"], issuer=e["BERKAS_ISSUER"], options={"verify_aud": False}
    )
    assert claims["client_id"] == e["BERKAS_USER_POOL_CLIENT"]
    assert claims["token_use"] == "access"
    assert claims["exp"] - claims["iat"] == 4 * 3600
    pool = people.describe_user_pool(UserPoolId=e["BERKAS_USER_POOL"])["UserPool"]
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True


def test_a_failed_message_stays_and_its_neighbours_go(sample_stack: RunningStack) -> None:
    sqs = client(sample_stack, "sqs")
    url = sample_stack.environment["BERKAS_QUEUE_SUBMISSIONS"]
    good, bad = f"good-{uuid.uuid4()}", f"bad-{uuid.uuid4()}"
    sqs.send_message_batch(
        QueueUrl=url,
        Entries=[{"Id": "0", "MessageBody": good}, {"Id": "1", "MessageBody": bad}],
    )
    assert eventually(lambda: seen(sample_stack, good) and seen(sample_stack, bad))

    def left() -> tuple[str, str]:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return found[names[0]], found[names[1]]

    assert eventually(lambda: left() == ("0", "1"))


def test_what_should_expire_does(sample_stack: RunningStack) -> None:
    found = client(sample_stack, "dynamodb").describe_time_to_live(TableName="berkas")[
        "TimeToLiveDescription"
    ]
    assert found == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_the_sweeper_runs_at_start(sample_stack: RunningStack) -> None:
    assert eventually(lambda: seen(sample_stack, "swept"))


def test_the_stack_is_left_alone_when_nothing_changed(sample_stack: RunningStack) -> None:
    cloudformation = client(sample_stack, "cloudformation")
    before = cloudformation.describe_stack_events(StackName=resources.STACK)["StackEvents"]
    outputs = resources.ensure(cloudformation, {"PagesOrigin": sample_stack.base_url})
    assert outputs["BERKAS_TABLE"] == sample_stack.environment["BERKAS_TABLE"]
    after = cloudformation.describe_stack_events(StackName=resources.STACK)["StackEvents"]
    assert [event["EventId"] for event in after] == [event["EventId"] for event in before]
