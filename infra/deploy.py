"""`python -m infra.deploy --parameters FILE`: uploads what `infra.package` made and creates or updates the stack.

Credentials and account come from the AWS environment of whoever calls. The region is always ap-southeast-3. The change is
shown and only executed with `--yes`.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError, WaiterError

from infra.package import BUILD, REGION, digest

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_cloudformation.literals import ChangeSetTypeType
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef

STACK = "berkas"


def main(argv: list[str]) -> int:
    """Exit code 0: the stack is as packaged, or the change was only shown; 1: it is not; 2: wrong options."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument(
        "--parameters", type=Path, required=True, help='JSON: {"CodeBucket": …, "PublicUrl": …}'
    )
    parser.add_argument("--yes", action="store_true", help="execute the change set")
    options = parser.parse_args(argv)
    package = BUILD / "package"
    if not (package / "template.json").exists():
        print("deploy: nothing is packaged: run `python -m infra.package` first", file=sys.stderr)  # noqa: T201
        return 1
    values: dict[str, str] = json.loads(options.parameters.read_text(encoding="utf-8"))
    zip_path = package / "deployment.zip"
    values["CodeKey"] = f"berkas/{digest(zip_path)}.zip"
    template_key = f"berkas/{digest(package / 'template.json')}.json"
    s3 = boto3.client("s3", region_name=REGION)
    s3.upload_file(str(zip_path), values["CodeBucket"], values["CodeKey"])
    s3.upload_file(str(package / "template.json"), values["CodeBucket"], template_key)
    template_url = f"https://{values['CodeBucket']}.s3.{REGION}.amazonaws.com/{template_key}"
    try:
        return deploy(
            boto3.client("cloudformation", region_name=REGION), template_url, values, execute=options.yes
        )
    except (ClientError, WaiterError) as problem:
        print(f"deploy: {problem}", file=sys.stderr)  # noqa: T201
        return 1


def deploy(
    cloudformation: CloudFormationClient, template_url: str, values: dict[str, str], *, execute: bool
) -> int:
    """Makes a change set, prints it, executes it when asked, prints the outputs. Raises ClientError, WaiterError."""
    kind: ChangeSetTypeType = "UPDATE" if _exists(cloudformation) else "CREATE"
    name = f"change-{values['CodeKey'].rpartition('/')[2].removesuffix('.zip')}"
    parameters: list[ParameterTypeDef] = [
        {"ParameterKey": key, "ParameterValue": value} for key, value in sorted(values.items())
    ]
    made = cloudformation.create_change_set(
        StackName=STACK,
        ChangeSetName=name,
        ChangeSetType=kind,
        TemplateURL=template_url,
        Parameters=parameters,
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    change_set = made["Id"]
    try:
        cloudformation.get_waiter("change_set_create_complete").wait(ChangeSetName=change_set)
    except WaiterError as problem:
        reason = str(
            cloudformation.describe_change_set(ChangeSetName=change_set).get("StatusReason", problem)
        )
        cloudformation.delete_change_set(ChangeSetName=change_set)
        if "didn't contain changes" in reason or "No updates" in reason:
            _say("Nothing to change.")
            return 0
        raise
    for line in changes(cloudformation.describe_change_set(ChangeSetName=change_set)):
        _say(line)
    if not execute:
        cloudformation.delete_change_set(ChangeSetName=change_set)
        _say("Nothing was done; add --yes to execute this.")
        return 0
    cloudformation.execute_change_set(ChangeSetName=change_set)
    done = "stack_update_complete" if kind == "UPDATE" else "stack_create_complete"
    cloudformation.get_waiter(done).wait(StackName=STACK)  # type: ignore[call-overload]  # one of two literals
    for output in cloudformation.describe_stacks(StackName=STACK)["Stacks"][0].get("Outputs", []):
        _say(f"{output['OutputKey']} = {output['OutputValue']}")
    return 0


def changes(change_set: Any) -> list[str]:
    """One line a changed resource; what would be replaced or removed is in capitals."""
    lines = []
    for change in (entry["ResourceChange"] for entry in change_set.get("Changes", [])):
        loud = change["Action"] == "Remove" or change.get("Replacement") in ("True", "Conditional")
        action = f"{change['Action']}{', REPLACED' if change.get('Replacement') == 'True' else ''}"
        line = f"{action:12} {change['LogicalResourceId']} ({change['ResourceType']})"
        lines.append(line.upper() if loud else line)
    return lines


def _exists(cloudformation: CloudFormationClient) -> bool:
    try:
        found = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as problem:
        if "does not exist" in str(problem):
            return False
        raise
    return found["StackStatus"] != "REVIEW_IN_PROGRESS"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
