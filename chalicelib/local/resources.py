"""The resources of the product, made on the emulator from the very template that goes to AWS.

Outputs named `BerkasQueueUploads` are the environment variables `BERKAS_QUEUE_UPLOADS`, here as in `infra/template.py`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.local.problems import CannotServe
from infra.template import variable

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef, TagTypeDef
    from mypy_boto3_dynamodb.client import DynamoDBClient

TEMPLATE = Path(__file__).parents[2] / "infra" / "resources.json"
STACK = "berkas-data"
WAIT_SECONDS = 60.0
GONE = ("ROLLBACK_COMPLETE", "DELETE_COMPLETE")
DIGEST_TAG = "berkas-template"


def ensure(
    cloudformation: CloudFormationClient, parameters: Mapping[str, str], template: str | None = None
) -> dict[str, str]:
    """Creates or updates the stack, or leaves it when template and parameters are the same.

    Returns the outputs as environment variables. Raises CannotServe when the stack cannot be made.
    """
    body = template if template is not None else TEMPLATE.read_text(encoding="utf-8")
    same = json.dumps([json.loads(body), dict(parameters)], sort_keys=True)
    digest = hashlib.sha256(same.encode()).hexdigest()
    asked: list[ParameterTypeDef] = [
        {"ParameterKey": key, "ParameterValue": value} for key, value in sorted(parameters.items())
    ]
    tags: list[TagTypeDef] = [{"Key": DIGEST_TAG, "Value": digest}]
    found = _describe(cloudformation)
    if found is None or found["StackStatus"] in GONE:
        cloudformation.create_stack(StackName=STACK, TemplateBody=body, Parameters=asked, Tags=tags)
        found = _settled(cloudformation)
    elif {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])}.get(DIGEST_TAG) != digest:
        try:
            cloudformation.update_stack(StackName=STACK, TemplateBody=body, Parameters=asked, Tags=tags)
        except cloudformation.exceptions.ClientError as error:
            if "No updates" not in str(error):
                raise
        found = _settled(cloudformation)
    return {variable(output["OutputKey"]): output["OutputValue"] for output in found.get("Outputs", [])}


def let_expire(dynamodb: DynamoDBClient, template: str | None = None) -> None:
    """Turns on each table's time to live, which the emulator's CloudFormation passes over; harmless when it is on."""
    parts = json.loads(template if template is not None else TEMPLATE.read_text(encoding="utf-8"))[
        "Resources"
    ]
    for part in parts.values():
        if part["Type"] == "AWS::DynamoDB::Table" and "TimeToLiveSpecification" in part["Properties"]:
            table = part["Properties"]["TableName"]
            found = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
            if found["TimeToLiveStatus"] == "DISABLED":
                dynamodb.update_time_to_live(
                    TableName=table, TimeToLiveSpecification=part["Properties"]["TimeToLiveSpecification"]
                )


def _describe(cloudformation: CloudFormationClient) -> StackTypeDef | None:
    try:
        return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except cloudformation.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def _settled(cloudformation: CloudFormationClient) -> StackTypeDef:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        found = _describe(cloudformation)
        status = "GONE" if found is None else found["StackStatus"]
        if found is not None and status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return found
        if not status.endswith("_IN_PROGRESS") or time.monotonic() > until:
            events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"] if found else []
            why = [
                e.get("ResourceStatusReason", "") for e in events if e["ResourceStatus"].endswith("_FAILED")
            ]
            raise CannotServe(
                f"The local stack is {status} ({'; '.join(why) or 'no reason given'}): "
                "mend infra/resources.json, or serve with a fresh --data folder."
            )
        time.sleep(0.05)
