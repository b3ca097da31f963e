"""What each function may do, and on what: least privilege, one table.

Resources are CloudFormation expressions on `infra/resources.json`. No statement joins a wildcard action with a wildcard
resource; X-Ray's two calls know no resources at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Statement = dict[str, Any]


def _arn(resource: str, tail: str = "") -> dict[str, Any]:
    if tail:
        return {"Fn::Sub": f"${{{resource}.Arn}}{tail}"}
    return {"Fn::GetAtt": [resource, "Arn"]}


def _allow(name: str, actions: list[str], resources: list[Any], **more: Any) -> Statement:
    return {"Sid": name, "Effect": "Allow", "Action": actions, "Resource": resources, **more}


RECORDS = _allow(
    "Records",
    [f"dynamodb:{action}Item" for action in ("Get", "Put", "Update", "Delete", "ConditionCheck")]
    + ["dynamodb:BatchGetItem", "dynamodb:Query"],
    [_arn("Table"), _arn("Table", "/index/desk"), _arn("Table", "/index/todo")],
)
SEALING = _allow("Sealing", ["kms:GenerateDataKey", "kms:Decrypt"], [_arn("SealingKey")])
FORMER_SEALING = _allow("FormerSealing", ["kms:Decrypt"], [{"Ref": "FormerSealingKey"}])
"""While data keys are wrapped anew, those under the key before still open; every role that seals has it then."""
FROM_FORMER = _allow("FromFormer", ["kms:ReEncryptFrom"], [{"Ref": "FormerSealingKey"}])
PHOTO_KEY = _allow(
    "PhotoKey",
    ["kms:GenerateDataKey", "kms:Decrypt"],
    [_arn("PhotosKey")],
    Condition={"StringEquals": {"kms:ViaService": {"Fn::Sub": "s3.${AWS::Region}.amazonaws.com"}}},
)
WHETHER_THERE = _allow(
    "WhetherThere",
    ["s3:ListBucketVersions"],
    [_arn("Photos")],
    Condition={"StringLike": {"s3:prefix": "karantina/*"}},
)
WHICH_VERSIONS = _allow(
    "WhichVersions",
    ["s3:ListBucketVersions"],
    [_arn("Photos")],
    Condition={"StringLike": {"s3:prefix": ["karantina/*", "olahan/*"]}},
)
LET_GO = _allow(
    "LetGo",
    ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    [_arn("Photos", "/karantina/*"), _arn("Photos", "/olahan/*")],
)
"""What is kept no longer (usulan/forget.py)."""
WHETHER_GONE = _allow("WhetherGone", ["s3:ListBucket"], [_arn("Photos")])
"""Without it S3 answers 403 instead of 404 for a photo that is not there."""
SEE_ORIGINALS = _allow(
    "SeeOriginals", ["s3:GetObject", "s3:GetObjectVersion"], [_arn("Photos", "/karantina/*")]
)
TAKE_ORIGINALS = _allow("TakeOriginals", ["s3:PutObject"], [_arn("Photos", "/karantina/*")])
SHOW_COPIES = _allow("ShowCopies", ["s3:GetObject"], [_arn("Photos", "/olahan/*")])
MAKE_COPIES = _allow("MakeCopies", ["s3:PutObject"], [_arn("Photos", "/olahan/*")])
TRACES = _allow("Traces", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"])


ACCOUNTS = _allow(
    "Accounts",
    [
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminSetUserMFAPreference",
        "cognito-idp:AdminDeleteSoftwareToken",
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminEnableUser",
        "cognito-idp:AdminUserGlobalSignOut",
    ],
    [_arn("UserPool")],
)
"""What the console does to accounts. Nothing deletes one: a user name is never free again."""


GATEWAY_SECRET = _allow(
    "GatewaySecret",
    ["ssm:GetParameter"],
    [{"Fn::Sub": "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/berkas/notices/*"}],
)
"""A SecureString under the account's own key for parameters (`aws/ssm`), which needs no statement of its own."""
MAIL = _allow(
    "Mail",
    ["ses:SendEmail"],
    [{"Fn::Sub": "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*"}],
)


def _send(*queues: str) -> Statement:
    return _allow("Send", ["sqs:SendMessage"], [_arn(queue) for queue in queues])


def _consume(queue: str) -> Statement:
    actions = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
    ]
    return _allow("Consume", actions, [_arn(queue)])


ROTATION: list[Statement] = [
    _allow(
        "WrappedKeys",
        ["dynamodb:Scan", "dynamodb:UpdateItem"],
        [_arn("Table")],
        Condition={
            "ForAllValues:StringEquals": {
                "dynamodb:Attributes": ["pk", "sk", "wrapped", "wrapped_at", "wrapped_by"]
            },
            "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
        },
    ),
    _allow(
        "ItsRun",
        ["dynamodb:GetItem", "dynamodb:PutItem"],
        [_arn("Table")],
        Condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["ROTATION"]}},
    ),
    _allow("WrapAnew", ["kms:ReEncryptFrom", "kms:ReEncryptTo"], [_arn("SealingKey")]),
]
"""For whoever runs `privacy rotate`: wrapped keys and nothing beside them, and no right to open any."""

POLICIES: Mapping[str, list[Statement]] = {
    "APIHandler": [
        RECORDS,
        SEALING,
        PHOTO_KEY,
        WHETHER_THERE,
        TAKE_ORIGINALS,
        SHOW_COPIES,
        ACCOUNTS,
        _send("QueueSubmissions", "QueueVerification", "QueueNotices"),
    ],
    "ReadUploads": [
        RECORDS,
        SEALING,
        PHOTO_KEY,
        WHETHER_GONE,
        SEE_ORIGINALS,
        MAKE_COPIES,
        _consume("QueueUploads"),
    ],
    "CheckSubmissions": [RECORDS, SEALING, _consume("QueueSubmissions"), _send("QueueVerification")],
    "OfferWork": [RECORDS, SEALING, _consume("QueueVerification")],
    "Sweep": [
        RECORDS,
        SEALING,
        WHICH_VERSIONS,
        LET_GO,
        _send("QueueUploads", "QueueSubmissions", "QueueVerification", "QueueNotices"),
    ],
    "SendNotices": [RECORDS, SEALING, GATEWAY_SECRET, MAIL, _consume("QueueNotices")],
}
"""Logical id of a function → what it may do, beside writing its own log."""


def own_log(function: str) -> Statement:
    """Writing into the function's own log group. The name is literal: the group's own name refers to the function."""
    groups = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
    group = {"Fn::Sub": f"{groups}/aws/lambda/${{AWS::StackName}}-{function}-*:*"}
    return _allow("OwnLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [group])
