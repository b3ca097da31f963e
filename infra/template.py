"""One pure function: the template that `chalice package` made → the template that is deployed.

Chalice names the runtime of the Python that runs it, knows no container image, no partial batch response and no
environment that refers to resources, and a merge can remove nothing; all of that is set here. The resources themselves
come from `infra/resources.json` by Chalice's merge and are not touched.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

from infra import alarms
from infra.gateway import HEADERS, REFUSALS, SMALLEST_COMPRESSED, error_body
from infra.policies import (
    FORMER_SEALING,
    FROM_FORMER,
    POLICIES,
    ROTATION,
    SEALING,
    TRACES,
    Statement,
    own_log,
)

RUNTIME = "python3.13"
READER = "ReadUploads"
FUNCTION = "AWS::Serverless::Function"
QUEUES = {
    "berkas-uploads": "QueueUploads",
    "berkas-submissions": "QueueSubmissions",
    "berkas-verification": "QueueVerification",
    "berkas-notices": "QueueNotices",
}

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "CodeBucket": {"Type": "String", "Description": "Bucket that holds the functions' zip"},
    "CodeKey": {"Type": "String", "Description": "Key of the functions' zip, named by its content"},
    "ReaderImage": {
        "Type": "String",
        "Description": "Image of the reader (infra/reader), with its digest",
        "AllowedPattern": r"\d{12}\.dkr\.ecr\.ap-southeast-3\.amazonaws\.com/.+@sha256:[0-9a-f]{64}",
        "ConstraintDescription": "must be an image of ECR in ap-southeast-3, named by its digest",
    },
    "PublicUrl": {
        "Type": "String",
        "Description": "Where people reach the pages; printed into each barkot",
        "AllowedPattern": r"https://[^/]+(/.*)?",
    },
    "FormerSealingKey": {
        "Type": "String",
        "Default": "",
        "Description": "ARN of the sealing key before, while data keys are wrapped anew under the present one",
        "AllowedPattern": r"(arn:aws[\w-]*:kms:ap-southeast-3:\d{12}:key/[\w-]+)?",
    },
    "Notices": {
        "Type": "String",
        "Default": "",
        "Description": "How notices are sent (chalicelib/aws/messengers.py), as JSON; empty: only written to the log",
    },
    "Worker": {
        "Type": "String",
        "Default": "",
        "Description": "lepas: takes the pages' worker off all phones (decision 0020)",
        "AllowedValues": ["", "lepas"],
    },
    "Banner": {
        "Type": "String",
        "Default": "",
        "Description": "Text shown on each page; empty in production",
    },
}

TURNING = "SealingKeyTurns"
Template = dict[str, Any]


def finish(packaged: Mapping[str, Any], resources: Mapping[str, Any]) -> Template:
    """`packaged`: what Chalice made with `resources` merged in. Neither is changed. KeyError: a function or queue in it
    is not known here, which means that this file and `policies.py` must learn it first."""
    template = copy.deepcopy(dict(packaged))
    template["Parameters"] = {**template.get("Parameters", {}), **copy.deepcopy(dict(PARAMETERS))}
    variables = environment(resources)
    parts = template["Resources"]
    for name, part in list(parts.items()):
        if part["Type"] == FUNCTION:
            _finish_function(name, part["Properties"], variables)
            role = _role_of(part)
            parts[role]["Properties"]["Policies"] = [_policy(name)]
            _finish_log(name, role, parts)
    template["Conditions"] = {
        **template.get("Conditions", {}),
        TURNING: {"Fn::Not": [{"Fn::Equals": [{"Ref": "FormerSealingKey"}, ""]}]},
    }
    sealers = [{"Ref": _role_of(parts[name])} for name, policy in POLICIES.items() if SEALING in policy]
    parts["FormerSealing"] = _managed([FORMER_SEALING], "Opens what the sealing key before has wrapped")
    parts["FormerSealing"]["Condition"] = TURNING
    parts["FormerSealing"]["Properties"]["Roles"] = sealers
    from_former = {"Fn::If": [TURNING, FROM_FORMER, {"Ref": "AWS::NoValue"}]}
    parts["Rotation"] = _managed(
        [*ROTATION, from_former], "For whoever runs `privacy rotate`; attached to nobody"
    )
    _finish_api(parts["RestAPI"]["Properties"])
    alarms.add(template, QUEUES, [name for name, part in parts.items() if part["Type"] == FUNCTION])
    return template


def variable(output: str) -> str:
    """`BerkasQueueUploads` → `BERKAS_QUEUE_UPLOADS`; the one-machine stack reads the same outputs by the same rule."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", output).upper()


def environment(resources: Mapping[str, Any]) -> dict[str, Any]:
    """Each output of the resources named `Berkas…` is an environment variable, with the output's own expression."""
    outputs = resources["Outputs"]
    variables = {
        variable(name): output["Value"] for name, output in outputs.items() if name.startswith("Berkas")
    }
    return variables | {
        "BERKAS_PUBLIC_URL": {"Ref": "PublicUrl"},
        "BERKAS_BANNER": {"Ref": "Banner"},
        "BERKAS_NOTICES": {"Ref": "Notices"},
        "BERKAS_WORKER": {"Ref": "Worker"},
        "BERKAS_S3_PUBLIC_ENDPOINT": "",
        "BERKAS_FORMER_SEALING_KEY": {"Ref": "FormerSealingKey"},
        "POWERTOOLS_SERVICE_NAME": "berkas",
    }


def _finish_function(name: str, properties: dict[str, Any], variables: Mapping[str, Any]) -> None:
    properties["Environment"] = {"Variables": dict(variables)}
    if name == READER:
        handler = properties.pop("Handler")
        for not_for_images in ("Runtime", "CodeUri", "Layers"):
            properties.pop(not_for_images, None)
        properties["PackageType"] = "Image"
        properties["ImageUri"] = {"Ref": "ReaderImage"}
        properties["ImageConfig"] = {"Command": [handler]}
    else:
        properties["Runtime"] = RUNTIME
        properties["CodeUri"] = {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}}
    for event in properties.get("Events", {}).values():
        if event["Type"] == "SQS":
            _finish_queue(event["Properties"], properties.get("ReservedConcurrentExecutions"))


def _finish_queue(source: dict[str, Any], most: int | None) -> None:
    """Only failed messages come again; pollers never outrun the function's reserved concurrency, which would throttle."""
    queue = source["Queue"]["Fn::Sub"].rpartition(":")[2]
    source["Queue"] = {"Fn::GetAtt": [QUEUES[queue], "Arn"]}
    source["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
    if most is not None:
        source["ScalingConfig"] = {"MaximumConcurrency": most}


def _policy(function: str) -> dict[str, Any]:
    statements = [*POLICIES[function], own_log(function), TRACES]
    document = {"Version": "2012-10-17", "Statement": copy.deepcopy(statements)}
    return {"PolicyName": "least", "PolicyDocument": document}


def _role_of(function: Mapping[str, Any]) -> str:
    role: str = function["Properties"]["Role"]["Fn::GetAtt"][0]
    return role


def _managed(statements: list[Statement], description: str) -> dict[str, Any]:
    document = {"Version": "2012-10-17", "Statement": copy.deepcopy(statements)}
    properties: dict[str, Any] = {"Description": description, "PolicyDocument": document}
    return {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}


def _finish_log(function: str, role: str, parts: dict[str, Any]) -> None:
    """Chalice spells the API handler's id differently in its log group (`ApiHandler`), which then names nothing."""
    group = parts[role.removesuffix("Role") + "LogGroup"]
    group["Properties"]["LogGroupName"] = {"Fn::Sub": f"/aws/lambda/${{{function}}}"}
    group["DeletionPolicy"] = group["UpdateReplacePolicy"] = "Retain"


def _finish_api(properties: dict[str, Any]) -> None:
    properties["TracingEnabled"] = True
    properties["MinimumCompressionSize"] = SMALLEST_COMPRESSED
    properties["MethodSettings"] = [
        {
            "ResourcePath": "/*",
            "HttpMethod": "*",
            "MetricsEnabled": True,
            "ThrottlingRateLimit": 200,
            "ThrottlingBurstLimit": 400,
        },
        {
            "ResourcePath": "/~1status",
            "HttpMethod": "POST",
            "MetricsEnabled": True,
            "ThrottlingRateLimit": 1000,
            "ThrottlingBurstLimit": 2000,
        },
    ]
    properties["DefinitionBody"]["x-amazon-apigateway-gateway-responses"] = {
        kind: {
            "statusCode": status,
            "responseParameters": {
                # API Gateway wants constants in single quotes, and has no way to write one within
                f"gatewayresponse.header.{name}": f"'{value}'"
                for name, value in HEADERS.items()
                if "'" not in value
            },
            "responseTemplates": {"application/json": _error_template(code)},
        }
        for kind, (status, code) in REFUSALS.items()
    }


def _error_template(code: str) -> str:
    return json.dumps(error_body(code, "$context.requestId"), ensure_ascii=False)
